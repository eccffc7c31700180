import { useQuery } from '@tanstack/react-query';
import type { Query } from '../api/client.js';
import { countCases, listCases } from '../api/endpoints.js';
import { useLive } from './live.js';

/** The first cases of a list, those due first; the whole list is a link into the inbox. */
export function useCaseList(query: Query, limit = 20) {
  const { interval } = useLive();
  return useQuery({
    queryKey: ['cases', 'short', query, limit],
    queryFn: () => listCases({ ...query, sort: 'due', limit }),
    refetchInterval: interval,
  });
}

export function useCaseCount(query: Query) {
  return useQuery({ queryKey: ['count', query], queryFn: () => countCases(query), refetchInterval: 30_000 });
}
