import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

/** A list that comes page by page; `next` of each page is the cursor of the one after it, null at the end. */
export function usePages<P extends { next: string | null }>(
  queryKey: QueryKey,
  read: (cursor: string | null, signal: AbortSignal) => Promise<P>,
  options: { staleTime?: number; refetchOnWindowFocus?: boolean } = {},
) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...options,
  });
}
