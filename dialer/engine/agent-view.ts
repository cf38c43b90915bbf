/** What an agent's screen shows, from the desk, the call on it and the day so far. */
import type { AgentCall, AgentView } from '../dialer.ts';
import type { CallRow, Clock, DeskRow, Floor, Reading } from '../ports.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { startOfDay } from './day.ts';

export type AgentViews = { view(userId: string): Promise<AgentView> };

export function createAgentViews(parts: {
  floor: Floor;
  reading: Reading;
  cache: CampaignCache;
  clock: Clock;
}): AgentViews {
  const { floor, reading, cache, clock } = parts;
  return {
    async view(userId) {
      const now = clock.now();
      const found = (await floor.deskAndCall(userId)) ?? { desk: await floor.openDesk(userId, now), call: null };
      const { desk, call } = found;
      const campaign = desk.campaignId === null ? null : await cache.get(desk.campaignId);
      const dayStart = startOfDay(now, campaign?.timeZone ?? 'UTC');
      const [day, shown] = await Promise.all([
        reading.agentDay(userId, dayStart, now),
        call === null ? null : reading.callForDesk(call.attemptId, userId),
      ]);
      return {
        userId,
        presence: desk.presence,
        activity: desk.activity,
        since: desk.since,
        now,
        campaignId: desk.campaignId,
        breakReason: desk.breakReason,
        next: desk.next,
        deadlineAt: desk.deadlineAt,
        legState: desk.legState,
        maySell: desk.maySell,
        call: call === null || shown === null ? null : { ...shown, state: callState(desk, call), note: note(call) },
        today: { ...day, band: campaign?.settings.pacing.band ?? null },
        version: desk.version,
      };
    },
  };
}

function callState(desk: DeskRow, call: CallRow): AgentCall['state'] {
  if (desk.activity === 'wrap-up') return 'ended';
  switch (call.state) {
    case 'intended':
      return 'preview';
    case 'placing':
    case 'uncertain':
    case 'queued':
      return 'dialling';
    case 'ringing':
      return 'ringing';
    case 'answered':
    case 'waiting':
    case 'reserved':
      return 'reserved';
    case 'connected':
      return 'connected';
    case 'ended':
      return 'ended';
  }
}

/** Why the call ended, when it was not one of the two people. */
function note(call: CallRow): string | null {
  if (call.closing === 'machine') return 'machine';
  if (call.closing === 'agent-lost') return 'agent-lost';
  return null;
}
