import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

/** Requests for offers: looked at again often enough that a deadline of hours is not missed. */
export const exceptionsQuery = queryOptions({
  queryKey: ['offer-exceptions'],
  queryFn: ({ signal }) => api('GET /api/offer-exceptions', { signal }),
  refetchInterval: 60_000,
});
