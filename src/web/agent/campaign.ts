/** The campaign an agent works in: the same for every call, so it is kept for the whole shift. */
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';

/** `again`: asked anew so often, where the page waits for what becomes of it. */
export function useDeskCampaign(id: string | null, again: number | false = false) {
  return useQuery({
    queryKey: ['desk-campaign', id],
    queryFn: ({ signal }) => api('GET /api/agent/campaigns/:id', { params: { id: id ?? '' }, signal }),
    enabled: id !== null,
    staleTime: 5 * 60_000,
    refetchInterval: again,
  });
}
