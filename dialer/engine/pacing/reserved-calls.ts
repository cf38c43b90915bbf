/**
 * Calls with an agent reserved before they are dialled: contacts after an abandoned call, appointments, calls that
 * quality asks for; and in preview and manual mode every call, which the agent sees first.
 */
import type { ContactPicker } from '../../ports/contacts.ts';
import type { CampaignRow, Clock, Floor, PacingStore } from '../../ports.ts';
import type { CallPlacer } from '../call-placer.ts';
import type { CallTracker } from '../call-tracker.ts';
import type { Desks } from '../desks.ts';
import type { Picture } from './picture.ts';
import type { Wanted } from './set-aside.ts';

/** How long an agent is held while a contact is being claimed; ended by the sweeper if this process dies. */
const HOLD_MS = 10_000;
const LOOK_AT = 20;

/** Lines and calls per second of the campaign, one by one. */
export type LineGate = { take(): Promise<boolean>; giveBack(): void };

export type ReservedCalls = {
  /** Whom the calls that are due want: an agent's name, or anybody (null). */
  due(campaign: CampaignRow): Promise<Wanted>;
  /**
   * Dials due contacts that need an agent, as far as there are lines; answers which calls it made. At most `spare` agents of the pool are
   * taken, and as many who are suspended from selling as it asks for.
   */
  dialDue(
    campaign: CampaignRow,
    lines: LineGate,
    picture: Pick<Picture, 'suspended'>,
    spare: number,
  ): Promise<string[]>;
  /** Offers the next contact to every ready agent, and to who is suspended from selling what quality asks of them; answers how many. */
  offer(campaign: CampaignRow, ready: number, suspended: number): Promise<number>;
};

type ReservedParts = {
  floor: Floor;
  pacing: PacingStore;
  picker: ContactPicker;
  desks: Desks;
  tracker: CallTracker;
  placer: CallPlacer;
  clock: Clock;
  run(what: string, work: () => Promise<unknown>): void;
};

export function createReservedCalls(parts: ReservedParts): ReservedCalls {
  const { floor, pacing, picker, desks, tracker, placer, clock, run } = parts;

  /** Reserves, claims and binds; null when there is no such agent or no contact for them. */
  async function take(
    campaign: CampaignRow,
    agentId: string | null,
    deadlineAt: number | null,
  ): Promise<string | null | 'no-agent'> {
    const now = clock.now();
    const desk = await floor.reserveAgent({ campaignId: campaign.id, agentId, holdUntil: now + HOLD_MS, now });
    if (desk === null) return 'no-agent';
    const { mode } = campaign.settings.pacing;
    const claims = await picker.claim({
      campaignId: campaign.id,
      count: 1,
      // A pool campaign's locked contacts are dialled one to one.
      mode: mode === 'predictive' ? 'progressive' : mode,
      agentId: desk.userId,
      decisionId: null,
      now,
    });
    const [claim] = claims;
    if (claim === undefined) {
      await desks.signal(desk.userId, { kind: 'release', attemptId: null });
      return null;
    }
    const { attemptId } = claim;
    const bound = await desks.signal(desk.userId, { kind: 'reserve', attemptId, deadlineAt });
    if (bound === null || bound.desk.attemptId !== attemptId) {
      await tracker.signal(attemptId, { kind: 'close', why: 'canceled', note: 'agent-left' });
      return null;
    }
    return attemptId;
  }

  return {
    async due(campaign) {
      return (await pacing.reservedWork(campaign.id, clock.now(), LOOK_AT)).map(({ agentId }) => agentId);
    },

    async dialDue(campaign, lines, picture, most) {
      const dialled: string[] = [];
      const suspended = new Set(picture.suspended());
      let spare = most;
      for (const { agentId } of await pacing.reservedWork(campaign.id, clock.now(), LOOK_AT)) {
        const ofThePool = agentId === null || !suspended.has(agentId);
        if (ofThePool && spare <= 0) continue;
        if (!(await lines.take())) break;
        const attemptId = await take(campaign, agentId, null);
        if (attemptId === 'no-agent' || attemptId === null) lines.giveBack();
        // Nobody is free for anybody: enough for now. A named agent who is busy does not hold up the others.
        if (attemptId === 'no-agent') {
          if (agentId === null) break;
          continue;
        }
        if (attemptId === null) continue;
        dialled.push(attemptId);
        if (ofThePool) spare -= 1;
        run('place', () => placer.place(attemptId));
      }
      return dialled;
    },

    async offer(campaign, ready, suspended) {
      const { mode, previewSeconds } = campaign.settings.pacing;
      const timed = mode === 'preview' && previewSeconds > 0;
      const offerTo = (agentId: string | null) =>
        take(campaign, agentId, timed ? clock.now() + previewSeconds * 1000 : null);
      let offered = 0;
      for (let tries = 0; tries < ready; tries += 1) {
        const attemptId = await offerTo(null);
        if (attemptId === 'no-agent' || attemptId === null) break;
        offered += 1;
      }
      if (suspended === 0) return offered;
      for (const { agentId } of await pacing.reservedWork(campaign.id, clock.now(), LOOK_AT)) {
        const attemptId = agentId === null ? null : await offerTo(agentId);
        if (attemptId !== 'no-agent' && attemptId !== null) offered += 1;
      }
      return offered;
    },
  };
}
