import { useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchCase, fetchTimeline } from '../api/endpoints.js';
import { useCaseChanges, useLive } from '../shell/live.js';

export const caseKey = (number: string) => ['case', number] as const;
export const timelineKey = (number: string) => ['timeline', number] as const;

export function useCase(number: string) {
  const client = useQueryClient();
  const { interval } = useLive();
  useCaseChanges((change) => {
    if (change.number !== number) return;
    void client.invalidateQueries({ queryKey: caseKey(number) });
    void client.invalidateQueries({ queryKey: timelineKey(number) });
  });
  return useQuery({ queryKey: caseKey(number), queryFn: () => fetchCase(number), refetchInterval: interval });
}

export function useTimeline(number: string) {
  const { interval } = useLive();
  return useQuery({ queryKey: timelineKey(number), queryFn: () => fetchTimeline(number), refetchInterval: interval });
}
