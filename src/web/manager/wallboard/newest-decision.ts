/**
 * The pacing's newest decision with its reason as a code. The live figures carry only the English sentence; the
 * decision's own record also has the code and figures that can be said in the reader's language.
 */
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

export function useNewestDecision(
  campaignId: string,
  running: boolean,
): { placed: number; why: string; reason: unknown } | null {
  const query = useQuery({
    queryKey: ['decisions', campaignId, 'newest'],
    queryFn: ({ signal }) =>
      api('GET /api/campaigns/:id/decisions', { params: { id: campaignId }, query: { limit: 1 }, signal }),
    enabled: running,
    refetchInterval: 2000,
  });
  const [newest] = query.data?.items ?? [];
  return newest === undefined ? null : { placed: newest.placed, why: newest.why, reason: newest.saw.reason };
}
