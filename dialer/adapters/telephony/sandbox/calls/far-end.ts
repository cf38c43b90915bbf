import type { Person } from '../../../../simulation/call-plan.ts';
import type { World } from '../world.ts';
import type { Call, SceneKind } from './call.ts';
import { finishCall } from './lifecycle.ts';

/** A held customer waits at least so long; an assumption of the sandbox. */
const HOLD_PATIENCE_MS = 60_000;
/** A voicemail box takes a message of so long before it hangs up; an assumption of the sandbox. */
const VOICEMAIL_MS = 120_000;

/**
 * Who is at the far end of an answered leg and what they are doing.
 *
 * A person hangs up when nobody speaks to them for their patience, and when the talk has lasted its time. A machine
 * hangs up when its tape is full. A desk (an agent's softphone, a SIP phone) never hangs up by itself.
 */
export type Behaviour =
  | {
      kind: 'person';
      person: Person;
      phase: SceneKind | 'new';
      phaseSince: number;
      talkLeftMs: number;
      cancel: () => void;
    }
  | { kind: 'machine'; greetingMs: number; phase: SceneKind | 'new' }
  | { kind: 'desk'; phase: SceneKind | 'new' };

const never = () => {};

export function personAtFarEnd(person: Person, now: number): Behaviour {
  return { kind: 'person', person, phase: 'new', phaseSince: now, talkLeftMs: person.talkMs, cancel: never };
}

/** What the leg hears now: somebody in its room or bridge, hold music, a message, or nobody. */
export function phaseOf(call: Call): SceneKind {
  const live = call.live;
  if (live === null) return 'alone';
  if (live.seat?.hold || live.queueSeat !== null) return 'hold';
  if (live.peer !== null) return 'talk';
  if (live.seat !== null && live.seat.conference.status === 'in-progress') {
    for (const other of live.seat.conference.participants.values()) {
      if (
        other.call !== call &&
        other.call.status === 'in-progress' &&
        other.hasVoice &&
        !other.coaching &&
        !other.hold
      )
        return 'talk';
    }
  }
  return live.speaking > 0 ? 'message' : 'alone';
}

/** Looks again at what the far end of a leg hears, and lets them act on a change. */
export function refreshFarEnd(world: World, call: Call): void {
  const live = call.live;
  const behaviour = live?.behaviour;
  if (!live || !behaviour || call.endedAt !== null) return;
  const phase = phaseOf(call);
  if (phase === behaviour.phase) return;
  const now = world.clock.now();
  const before = behaviour.phase;
  behaviour.phase = phase;
  // Desks stay for a whole shift and are recorded by their customers' legs: no history of scenes for them.
  if (behaviour.kind !== 'desk' || live.recordings.size > 0) live.scenes.push({ atMs: now, kind: phase });
  if (behaviour.kind !== 'person') return;
  behaviour.cancel();
  if (before === 'talk') behaviour.talkLeftMs -= now - behaviour.phaseSince;
  behaviour.phaseSince = now;
  const wait = patience(behaviour.person, phase, behaviour.talkLeftMs);
  behaviour.cancel = wait === null ? never : world.clock.after(wait, () => finishCall(world, call, 'completed'));
}

function patience(person: Person, phase: SceneKind, talkLeftMs: number): number | null {
  switch (phase) {
    case 'alone':
      return person.patienceMs;
    case 'talk':
      return Math.max(0, talkLeftMs);
    case 'hold':
      return Math.max(person.patienceMs, HOLD_PATIENCE_MS);
    case 'message':
    case 'machine':
      return null;
  }
}

/** Puts the far end on the line at the moment of the answer. */
export function beginFarEnd(world: World, call: Call): void {
  const live = call.live;
  if (!live?.behaviour) return;
  if (live.behaviour.kind === 'machine') {
    live.scenes.push({ atMs: world.clock.now(), kind: 'machine' });
    live.behaviour.phase = 'alone';
    const full = live.behaviour.greetingMs + VOICEMAIL_MS;
    live.timers.add(world.clock.after(full, () => finishCall(world, call, 'completed')));
  } else refreshFarEnd(world, call);
  live.ended.add(() => {
    if (live.behaviour?.kind === 'person') live.behaviour.cancel();
  });
}
