import type { CallRow, DeskRow } from '../ports.ts';
import type { CallSignal } from '../rules/call.ts';
import type { CampaignCache } from './campaign-cache.ts';

/** For a call whose campaign cannot be read any more. */
const WAIT_MS = 2_000;

/**
 * What it means for a call that its agent is lost: how long the customer waits for another one, and whether who gave the customer
 * away is still there. `other`: a second desk with a part in the call. `redirect`: the customer is to be fetched out of the room.
 */
export function createAgentLost(
  cache: CampaignCache,
): (call: CallRow, other: DeskRow | null, agentId: string, redirect: boolean) => Promise<CallSignal> {
  return async (call, other, agentId, redirect) => {
    const campaign = await cache.get(call.campaignId);
    const presentWithinMs = campaign?.settings.pacing.abandonWithinMs ?? WAIT_MS;
    const giverThere = other?.aside?.role === 'giver' && other.legState === 'joined';
    return { kind: 'agent-lost', agentId, presentWithinMs, redirect, giverThere };
  };
}
