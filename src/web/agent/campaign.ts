/** The campaign an agent works in: the same for every call, so it is kept for the whole shift. */
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';

export function useDeskCampaign(id: string | null) {
  return useQuery({
    queryKey: ['desk-campaign', id],
    queryFn: ({ signal }) => api('GET /api/agent/campaigns/:id', { params: { id: id ?? '' }, signal }),
    enabled: id !== null,
    staleTime: 5 * 60_000,
  });
}
