/**
 * An agent's desk as a pure state machine over two axes: presence (signed in, on break, signed out) and activity
 * (ready, reserved, ringing, talking, wrap-up). An agent is in at most one call; a break or sign-out asked for during a
 * call is taken when the call is written up. Ready means: signed in, standing leg joined, nothing to do.
 */
import { asideSignal, isAsideSignal } from './agent/aside.ts';
import { changed, enter, go, isBusy, refuse, rest, same, settle, takeBack } from './agent/steps.ts';
import type { Desk, DeskDecision, DeskSignal } from './agent-words.ts';

export { isBusy } from './agent/steps.ts';
export type * from './agent-words.ts';

export const newDesk = (now: number): Desk => ({
  presence: 'signed-out',
  activity: 'none',
  since: now,
  restSince: now,
  teamId: null,
  campaignId: null,
  attemptId: null,
  breakReason: null,
  next: null,
  deadlineAt: null,
  room: null,
  legId: null,
  legState: 'absent',
  seenAt: now,
  maySell: true,
  aside: null,
});

/** The call that the agent's time goes to: their own, or the one they have a part in. */
export const attemptOf = (desk: Desk): string | null => desk.attemptId ?? desk.aside?.attemptId ?? null;

/** True when both belong to one stretch of the time ledger. */
export const sameStretch = (a: Desk, b: Desk): boolean =>
  a.presence === b.presence &&
  a.activity === b.activity &&
  attemptOf(a) === attemptOf(b) &&
  a.campaignId === b.campaignId &&
  a.breakReason === b.breakReason;

/**
 * When a page that is known to be gone counts as seen for the last time: so long ago that its desk is silent `browserAwayMs` from now.
 * A page that only says nothing has the whole grace, because its line may come back.
 */
export const countsAsSeen = (now: number, of: { browserGraceMs: number; browserAwayMs: number }): number =>
  now - of.browserGraceMs + Math.min(of.browserAwayMs, of.browserGraceMs);

/** What a signal makes of a desk at `now`. A signal that does not apply changes nothing. */
export function decideDesk(desk: Desk, signal: DeskSignal, now: number): DeskDecision {
  const decision = apply(desk, signal, now);
  if (decision.desk === desk) return decision;
  return { ...decision, desk: { ...decision.desk, since: sameStretch(desk, decision.desk) ? desk.since : now } };
}

function apply(desk: Desk, signal: DeskSignal, now: number): DeskDecision {
  if (isAsideSignal(signal)) return asideSignal(desk, signal, now);
  switch (signal.kind) {
    case 'sign-in': {
      if (isBusy(desk)) return desk.campaignId === signal.campaignId ? takeBack(desk) : refuse(desk, 'in-call');
      const { campaignId, teamId } = signal;
      if (desk.presence === 'signed-in' && desk.campaignId === campaignId)
        return { ...same(desk), dialLeg: desk.legState === 'absent' };
      const signedIn = settle(
        { ...desk, presence: 'signed-in', campaignId, teamId, breakReason: null, next: null, seenAt: now },
        now,
        true,
      );
      return { desk: signedIn, refused: null, dialLeg: desk.legState === 'absent', dropLeg: null };
    }
    case 'sign-out':
      return leave(desk, { presence: 'signed-out', reason: null });
    case 'break':
      return leave(desk, { presence: 'on-break', reason: signal.reason });
    case 'ready': {
      if (desk.presence === 'signed-out') return refuse(desk, 'not-signed-in');
      if (desk.activity === 'wrap-up') return desk.next === null ? refuse(desk, 'outcome-missing') : takeBack(desk);
      if (isBusy(desk)) return takeBack(desk);
      const dialLeg = desk.legState === 'absent';
      if (desk.presence === 'signed-in') return { ...same(desk), dialLeg };
      return {
        desk: settle({ ...desk, presence: 'signed-in', breakReason: null }, now, true),
        refused: null,
        dialLeg,
        dropLeg: null,
      };
    }
    case 'leg-dialling':
      if (desk.presence === 'signed-out' || desk.legState !== 'absent') return same(desk);
      return changed({
        ...desk,
        legState: 'dialling',
        legId: null,
        room: signal.room,
        deadlineAt: isBusy(desk) ? desk.deadlineAt : signal.giveUpAt,
      });
    case 'leg-known':
      return desk.legState !== 'absent' && desk.legId === null ? changed({ ...desk, legId: signal.legId }) : same(desk);
    case 'leg-joined': {
      if (desk.room !== signal.room || desk.legState !== 'dialling') return same(desk);
      return changed(
        settle(
          { ...desk, legState: 'joined', legId: signal.legId, deadlineAt: isBusy(desk) ? desk.deadlineAt : null },
          now,
          true,
        ),
      );
    }
    case 'leg-lost': {
      if (desk.legState === 'absent' || (signal.legId !== null && desk.legId !== null && signal.legId !== desk.legId))
        return same(desk);
      const without: Desk = { ...desk, legState: 'absent', legId: null };
      if (isBusy(desk)) return changed(without);
      return changed(
        settle({ ...without, deadlineAt: desk.presence === 'signed-out' ? null : signal.retryAt }, now, false),
      );
    }
    case 'hold':
      return desk.activity === 'ready'
        ? changed(enter({ ...desk, deadlineAt: signal.until }, 'reserved', null))
        : refuse(desk, 'not-ready');
    case 'reserve': {
      const free = desk.activity === 'ready' || (desk.activity === 'reserved' && attemptOf(desk) === null);
      if (!free) return desk.attemptId === signal.attemptId ? same(desk) : refuse(desk, 'not-ready');
      return changed(enter({ ...desk, deadlineAt: signal.deadlineAt }, 'reserved', signal.attemptId));
    }
    case 'ring':
      if (desk.attemptId !== signal.attemptId || desk.activity !== 'reserved') return same(desk);
      return changed(enter({ ...desk, deadlineAt: null }, 'ringing', signal.attemptId));
    case 'join':
      if (desk.attemptId !== signal.attemptId || (desk.activity !== 'reserved' && desk.activity !== 'ringing'))
        return same(desk);
      return changed(enter({ ...desk, deadlineAt: null }, 'talking', signal.attemptId));
    case 'release':
      if (!isBusy(desk) || desk.aside !== null || desk.attemptId !== signal.attemptId || desk.activity === 'wrap-up')
        return same(desk);
      return rest(desk, now, desk.activity === 'talking');
    case 'wrap-up':
      if (desk.attemptId !== signal.attemptId || !isBusy(desk) || desk.activity === 'wrap-up') return same(desk);
      return changed(enter({ ...desk, deadlineAt: signal.deadlineAt }, 'wrap-up', signal.attemptId));
    case 'written-up':
      if (desk.attemptId !== signal.attemptId) return refuse(desk, 'other-call');
      if (desk.activity !== 'wrap-up') return refuse(desk, 'in-call');
      return rest(desk, now, true);
    case 'overdue': {
      if (desk.attemptId !== signal.attemptId || desk.activity !== 'wrap-up') return same(desk);
      // Somebody who does not write up their call may not be at the desk: no customer is put through until they come back.
      return rest({ ...desk, next: desk.next ?? { presence: 'on-break', reason: 'wrap-up-overdue' } }, now, true);
    }
    case 'silent':
      return isBusy(desk) ? same(desk) : leave(desk, { presence: 'signed-out', reason: 'browser-gone' });
  }
}

/** Break or sign-out: at once when idle, else when the call is written up. */
function leave(desk: Desk, next: NonNullable<Desk['next']>): DeskDecision {
  if (desk.presence === 'signed-out')
    return next.presence === 'signed-out' ? same(desk) : refuse(desk, 'not-signed-in');
  if (isBusy(desk)) {
    const again = desk.next?.presence === next.presence && desk.next.reason === next.reason;
    return again ? same(desk) : changed({ ...desk, next });
  }
  if (desk.presence === next.presence && desk.breakReason === next.reason) return same(desk);
  return go(desk, next);
}
