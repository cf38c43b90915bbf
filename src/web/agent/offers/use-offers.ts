/** The offers for the customer on the desk; of a call about a sale, what it was made with. */
import { useQuery } from '@tanstack/react-query';
import type { AgentCall, DeskCampaign } from '../../../contract/agent-desk.ts';
import { api } from '../../api/client.ts';

export function useOffers(call: AgentCall, campaign: DeskCampaign | null) {
  const { attemptId } = call;
  const { data } = useQuery({
    queryKey: ['desk-offers', attemptId],
    enabled: call.part === 'own' && campaign?.offers === true,
    queryFn: ({ signal }) => api('GET /api/agent/offers', { query: { attemptId }, signal }),
    // While the customer waits for somebody's word it is looked at again.
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ asked }) => asked?.state === 'asked') ? 10_000 : false,
  });
  return data ?? null;
}
export type Offers = NonNullable<ReturnType<typeof useOffers>>;
