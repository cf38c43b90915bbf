import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';

/** The centre's own reasons of refusal, with their words. */
export const refusalReasonsQuery = queryOptions({
  queryKey: ['refusal-reasons'],
  queryFn: ({ signal }) => api('GET /api/refusal-reasons', { signal }),
  staleTime: 60_000,
});
