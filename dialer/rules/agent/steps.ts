/** The steps that desks take: into an activity, out of a call, away. */
import type { Activity, Desk, DeskDecision, DeskRefusal } from '../agent-words.ts';

/** A leg that was called back to its room is there within a second or two. */
const LEG_HOME_MS = 15_000;

/** True while the agent has a call or writes one up: nothing may take them away. */
export const isBusy = (desk: Desk): boolean => desk.activity !== 'none' && desk.activity !== 'ready';

/** After a call: what was asked for meanwhile, or ready again. `worked`: a new rest begins. */
export function rest(desk: Desk, now: number, worked: boolean): DeskDecision {
  // A leg that is still on its way back to its room is waited for, but not for ever.
  const deadlineAt = desk.legState === 'dialling' ? now + LEG_HOME_MS : null;
  const idle: Desk = { ...desk, attemptId: null, aside: null, deadlineAt };
  if (idle.next !== null) return go({ ...idle, activity: 'none' }, idle.next);
  return {
    desk: settle({ ...idle, activity: 'none' }, now, worked),
    refused: null,
    dialLeg: idle.legState === 'absent',
    dropLeg: null,
  };
}

export function go(desk: Desk, next: NonNullable<Desk['next']>): DeskDecision {
  const away: Desk = {
    ...desk,
    presence: next.presence,
    activity: 'none',
    attemptId: null,
    aside: null,
    next: null,
    deadlineAt: desk.legState === 'dialling' ? desk.deadlineAt : null,
    breakReason: next.reason,
  };
  if (next.presence === 'on-break') return { desk: away, refused: null, dialLeg: false, dropLeg: null };
  return {
    desk: { ...away, legState: 'absent', legId: null, room: null, deadlineAt: null },
    refused: null,
    dialLeg: false,
    dropLeg: desk.legId,
  };
}

/** Activity of somebody without a call: ready when signed in with the leg joined. */
export function settle(desk: Desk, now: number, newRest: boolean): Desk {
  const activity: Activity =
    desk.presence === 'signed-in' && desk.legState === 'joined' && !isBusy(desk)
      ? 'ready'
      : isBusy(desk)
        ? desk.activity
        : 'none';
  return { ...desk, activity, restSince: activity === 'ready' && newRest ? now : desk.restSince };
}

export const enter = (desk: Desk, activity: Activity, attemptId: string | null): Desk => ({
  ...desk,
  activity,
  attemptId,
});
export const takeBack = (desk: Desk): DeskDecision =>
  desk.next === null ? same(desk) : changed({ ...desk, next: null });
export const changed = (desk: Desk): DeskDecision => ({ desk, refused: null, dialLeg: false, dropLeg: null });
export const same = changed;
export const refuse = (desk: Desk, refused: DeskRefusal): DeskDecision => ({
  desk,
  refused,
  dialLeg: false,
  dropLeg: null,
});
