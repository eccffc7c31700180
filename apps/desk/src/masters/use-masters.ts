import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MastersView as Answer, SubCategoryView } from '#libs/contracts/api/masters';
import type { ViewNames } from '#libs/contracts/api/views';
import { fetchMasters } from '../api/masters-endpoints.js';
import { useLocale } from '../use-locale.js';

type Masters = Pick<Answer, 'departments' | 'subCategories' | 'wards' | 'posts' | 'rejectReasons'>;

const NONE: Masters = { departments: [], subCategories: [], wards: [], posts: [], rejectReasons: [] };

export interface MastersView extends Masters {
  ready: boolean;
  /** Names in the reader's language; the code itself when a master is unknown. */
  departmentName: (code: string) => string;
  subCategoryName: (code: string) => string;
  wardName: (code: string) => string;
  reasonName: (code: string) => string;
  designation: (position: string) => string;
  subCategory: (code: string) => SubCategoryView | undefined;
  name: (names: ViewNames) => string;
}

function index<T>(items: readonly T[], key: (item: T) => string): Map<string, T> {
  return new Map(items.map((item) => [key(item), item]));
}

export function useMasters(): MastersView {
  const locale = useLocale();
  const { data } = useQuery({ queryKey: ['masters'], queryFn: fetchMasters, staleTime: 5 * 60_000 });
  return useMemo(() => {
    const masters = data ?? NONE;
    const departments = index(masters.departments, (item) => item.code);
    const subCategories = index(masters.subCategories, (item) => item.code);
    const wards = index(masters.wards, (item) => item.code);
    const reasons = index(masters.rejectReasons, (item) => item.code);
    const posts = index(masters.posts, (item) => item.position);
    const name = (names: ViewNames) => names[locale] || names.en;
    const named = (names: ViewNames | undefined, code: string) => (names ? name(names) : code);
    return {
      ...masters,
      ready: data !== undefined,
      name,
      departmentName: (code) => named(departments.get(code)?.names, code),
      subCategoryName: (code) => named(subCategories.get(code)?.names, code),
      subCategory: (code) => subCategories.get(code),
      wardName: (code) => wards.get(code)?.name ?? code,
      reasonName: (code) => named(reasons.get(code)?.names, code),
      designation: (position) => posts.get(position)?.designation ?? position,
    };
  }, [data, locale]);
}
