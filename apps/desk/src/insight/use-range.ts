import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Query } from '../api/client.js';

export interface Range {
  from: string;
  to: string;
  department: string;
}

function monthOf(date: Date): string {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

/** Months and department of the page; they stand in the URL, so that a link shows the same figures. */
export function useRange() {
  const [params, setParams] = useSearchParams();
  const now = new Date();
  const range: Range = {
    from: params.get('from') ?? monthOf(new Date(now.getFullYear(), now.getMonth() - 11, 1)),
    to: params.get('to') ?? monthOf(now),
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
