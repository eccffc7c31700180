import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CaseView, Page } from '#libs/contracts/api/views';
import type { Query } from '../api/client.js';
import { fetchCase, listCases } from '../api/endpoints.js';
import { ApiProblem } from '../api/problem.js';
import { usePages } from '../api/use-pages.js';
import { useCaseChanges, useLive } from '../shell/live.js';

const PAGE = 100;
type Cases = InfiniteData<Page<CaseView>, string | null>;

/** Replaces rows that changed where they stand: the reader's place in the list is never lost. */
function patch(cases: Cases, fresh: readonly CaseView[]): Cases {
  const byNumber = new Map(fresh.map((view) => [view.number, view]));
  return {
    ...cases,
    pages: cases.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => {
        const found = byNumber.get(row.number);
        return found && found.version > row.version ? found : row;
      }),
    })),
  };
}

export function useInbox(query: Query) {
  const client = useQueryClient();
  const { interval } = useLive();
  const key = useMemo(() => ['cases', query] as const, [query]);
  const [unseen, setUnseen] = useState<ReadonlySet<string>>(new Set());

  const result = usePages(key, (cursor, signal) => listCases({ ...query, cursor, limit: PAGE }, signal), {
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });

  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.items) ?? [], [result.data]);

  const merge = useCallback(
    (fresh: readonly CaseView[]) => {
      const cases = client.getQueryData<Cases>(key);
      if (!cases) return;
      const shown = new Set(cases.pages.flatMap((page) => page.items.map((row) => row.number)));
      client.setQueryData<Cases>(key, patch(cases, fresh));
      const others = fresh.filter((view) => !shown.has(view.number)).map((view) => view.number);
      if (others.length > 0) setUnseen((before) => new Set([...before, ...others]));
    },
    [client, key],
  );

  useCaseChanges(({ number }) => {
    if (rows.some((row) => row.number === number)) {
      void fetchCase(number).then(
        (view) => merge([view]),
        (error: unknown) => {
          // Gone out of our sight (transferred): told by the refresh mark rather than by a row that vanishes under the finger.
          if (error instanceof ApiProblem && error.status === 404) setUnseen((before) => new Set([...before, number]));
        },
      );
    } else setUnseen((before) => new Set([...before, number]));
  });

  useEffect(() => {
    if (interval === false) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible')
        void listCases({ ...query, limit: PAGE }).then(
          (page) => merge(page.items),
          () => undefined,
        );
    }, interval);
    return () => clearInterval(timer);
  }, [interval, query, merge]);

  useEffect(() => setUnseen(new Set()), [key]);
  const refresh = useCallback(() => {
    setUnseen(new Set());
    void client.resetQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: ['count'] });
  }, [client, key]);

  return { ...result, rows, unseen: unseen.size, refresh };
}
