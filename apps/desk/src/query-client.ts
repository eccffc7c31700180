import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api/problem.js';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal; only a lost network or a tired server is worth another try.
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status < 500),
    },
  },
});
