import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { cityMonth } from '#libs/ui/city-time';
import type { Query } from '../api/client.js';

export interface Range {
  from: string;
  to: string;
  department: string;
}

/** Months and department of the page; they stand in the URL, so that a link shows the same figures. */
export function useRange() {
  const [params, setParams] = useSearchParams();
  const now = Date.now();
  const range: Range = {
    from: params.get('from') ?? cityMonth(now, 11),
    to: params.get('to') ?? cityMonth(now),
    department: params.get('department') ?? '',
  };
  const { from, to, department } = range;
  const query = useMemo<Query>(() => ({ from, to, department }), [from, to, department]);
  const set = (name: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { range, query, set, params };
}
