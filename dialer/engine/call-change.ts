/** What a decision about a call writes: the call, the desks it concerns, its contact, recording and journal. */
import type { ContactPicker } from '../ports/contacts.ts';
import type { CallRow, Change, DeskRow } from '../ports.ts';
import { type DeskDecision, type DeskSignal, decideDesk } from '../rules/agent.ts';
import { type Call, type CallHappening, callDeadlines } from '../rules/call.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { newRoom } from './room-name.ts';

/** Recordings are announced by the carrier; this is when somebody asks after one that was not. */
const ASK_RECORDING_AFTER_MS = 15 * 60_000;
/** So long a desk may have a part in another's call until somebody looks whether it still has. */
export const ASIDE_CHECK_MS = 60_000;

/** A call, the desk that has it, and a second one: asked to help, asked to take over, or that gave the customer away. */
export type Found = { call: CallRow; desk: DeskRow | null; other: DeskRow | null };
export type DeskChange = { userId: string; decision: DeskDecision };
/** `refused`: the second desk does not do what was asked of it; nothing is written. */
export type CallChange = { change: Change; desks: DeskChange[]; refused: boolean };

type Side = 'desk' | 'other';

export function createCallChange({
  picker,
  cache,
}: {
  picker: ContactPicker;
  cache: CampaignCache;
}): (found: Found, after: Call, happened: CallHappening[], now: number) => Promise<CallChange> {
  const wrapUpMs = async (call: CallRow): Promise<number> =>
    ((await cache.get(call.campaignId))?.settings.pacing.wrapUpSeconds ?? 120) * 1000;

  /** What a happening tells the desks, in order. */
  async function deskSignals(call: CallRow, happening: CallHappening, now: number): Promise<[Side, DeskSignal][]> {
    const { attemptId } = call;
    switch (happening.kind) {
      case 'connected':
        return [['desk', { kind: 'join', attemptId }]];
      case 'agent-freed':
        if (!happening.talked) return [['desk', { kind: 'release', attemptId }]];
        return [['desk', { kind: 'wrap-up', attemptId, deadlineAt: now + (await wrapUpMs(call)) }]];
      case 'moved':
        return happening.to === 'placing' ? [['desk', { kind: 'ring', attemptId }]] : [];
      case 'helper-asked':
        return [
          ['other', { kind: 'assist', attemptId, deadlineAt: now + ASIDE_CHECK_MS }],
          ['other', { kind: 'leg-away' }],
        ];
      case 'helper-in':
        return [['other', { kind: 'assisting', attemptId }]];
      case 'helper-freed':
      case 'given-over':
        return [['other', { kind: 'aside-over', attemptId }]];
      case 'given':
        return [
          ['desk', { kind: 'give', attemptId, deadlineAt: now + ASIDE_CHECK_MS }],
          ['other', { kind: 'take', attemptId, deadlineAt: now + callDeadlines.joinMs }],
        ];
      case 'given-back':
        return [
          ['desk', { kind: 'release', attemptId }],
          ['other', { kind: 'take-back', attemptId }],
        ];
      case 'giver-writes':
        return [['other', { kind: 'giver-writes', attemptId, deadlineAt: now + (await wrapUpMs(call)) }]];
      case 'moved-out':
        return [['desk', { kind: 'leg-moving', room: newRoom() }]];
      case 'abandoned':
      case 'abandoned-unheard':
      case 'hang-up':
      case 'present-again':
      case 'ended':
      case 'stranger':
      case 'hold-changed':
      case 'helper-home-wanted':
      case 'guest-in':
      case 'taken-over':
      case 'guest-asked':
      case 'guest-dropped':
      case 'transfer-ended':
        return [];
    }
  }

  return async (found, after, happened, now) => {
    const { call } = found;
    const change: Change = { now, call: { before: call, after }, journal: happened.map(journalEntry) };
    const decided = new Map<Side, DeskDecision>();
    let refused = false;
    for (const happening of happened) {
      for (const [side, signal] of await deskSignals(call, happening, now)) {
        const row = found[side];
        if (row === null) {
          refused ||= signal.kind === 'assist' || signal.kind === 'take';
          continue;
        }
        const before = decided.get(side);
        const decision = decideDesk(before?.desk ?? row, signal, now);
        refused ||= decision.refused !== null;
        decided.set(side, { ...decision, dialLeg: decision.dialLeg || before?.dialLeg === true });
      }
      const leaves = happening.kind === 'agent-freed' || happening.kind === 'given';
      if (leaves && found.desk?.activity === 'talking') change.talkMs = Math.max(0, now - found.desk.since);
      if (happening.kind === 'connected') {
        if (call.connectedAt === null)
          change.recording = { agentId: happening.agentId, nextTryAt: now + ASK_RECORDING_AFTER_MS };
        else change.recordingAgent = happening.agentId;
      }
      // The conversation is the giver's, who has it to write up, when the customer never reached the other one.
      if (happening.kind === 'giver-writes') change.recordingAgent = happening.agentId;
      if (happening.kind === 'taken-over' && call.agentId !== null && after.transfer?.legId != null) {
        const { by } = happening;
        const { legId } = after.transfer;
        change.handoffs = [{ topic: 'call-taken-over', attemptId: call.attemptId, agentId: call.agentId, by, legId }];
      }
      // A conversation's contact waits for what the agent says of it.
      if (happening.kind === 'ended' && happening.outcome !== 'connected') {
        const { outcome } = happening;
        change.contact = await picker.afterAttempt(call.attemptId, { outcome, disposition: null, at: now });
        if (call.origin !== null && change.contact.state === 'finished') {
          const { attemptId, origin } = call;
          change.handoffs = [{ topic: 'task-call-unreached', attemptId, origin, outcome }];
        }
      }
    }
    const desks: DeskChange[] = [];
    for (const side of ['desk', 'other'] as const) {
      const [before, decision] = [found[side], decided.get(side)];
      if (before === null || decision === undefined || decision.desk === before) continue;
      change[side] = { before, after: decision.desk };
      desks.push({ userId: before.userId, decision });
    }
    return { change, desks, refused };
  };
}

/** What the journal keeps of a happening: no number, no name. */
function journalEntry(happening: CallHappening): { kind: string; data: { [key: string]: string | boolean } } {
  const { kind, ...data } = happening.kind === 'guest-asked' ? { kind: happening.kind } : happening;
  return { kind: kind === 'moved' && 'to' in data ? `moved-${data.to}` : kind, data };
}
