import { newSid } from '../ids.ts';
import type { FarEndPlan } from '../numbers/test-numbers.ts';
import { startRecording } from '../recordings/recorder.ts';
import type { World } from '../world.ts';
import type { Call, CallSettings, Direction, LiveCall } from './call.ts';
import { detect } from './detection.ts';
import type { Behaviour } from './far-end.ts';
import { beginFarEnd, personAtFarEnd } from './far-end.ts';
import { finishCall } from './lifecycle.ts';
import { fireCallEvent } from './status-callbacks.ts';

/** A busy line is known so long after the first ring tone. */
const BUSY_AFTER_MS = 350;

export type NewCall = {
  to: string;
  from: string;
  direction: Direction;
  parentSid: string | null;
  settings: CallSettings;
  /** Milliseconds until it is dialled. */
  queueMs: number;
  /** Who is at the far end, where it is not for the called address to say. */
  plan?: FarEndPlan;
};

/** Makes a call that is not dialled yet. Its fate is drawn now, at the moment it will be dialled. */
export function createCall(world: World, wish: NewCall): Call & { live: LiveCall } {
  const now = world.clock.now();
  const at = now + wish.queueMs;
  const plan = wish.plan ?? world.numbers.plan({ to: wish.to, at, ringTimeoutMs: wish.settings.ringTimeoutMs });
  const live: LiveCall = {
    settings: wish.settings,
    plan,
    behaviour: null,
    run: null,
    timers: new Set(),
    seat: null,
    queueSeat: null,
    peer: null,
    speaking: 0,
    scenes: [],
    recordings: new Set(),
    streams: new Map(),
    digitListeners: new Set(),
    sequence: 0,
    ended: new Set(),
  };
  const call: Call & { live: LiveCall } = {
    sid: newSid('CA'),
    parentSid: wish.parentSid,
    direction: wish.direction,
    to: wish.to,
    from: wish.from,
    phoneNumberSid: world.numbers.owned(wish.from)?.sid ?? null,
    queueMs: wish.queueMs,
    createdAt: now,
    updatedAt: now,
    status: 'queued',
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    answeredBy: null,
    sipCode: null,
    live,
  };
  world.calls.add(call);
  return call;
}

/**
 * Dials a call after its wait in the queue and plays the plan. `connected` is called when the call is answered and,
 * with synchronous detection, only after its verdict; never after the call is over. `ringing` is called at the first ring.
 */
export function placeCall(
  world: World,
  call: Call & { live: LiveCall },
  connected: () => void,
  ringing: () => void = () => {},
): void {
  const { live } = call;
  const later = (ms: number, run: () => void) => {
    const cancel = world.clock.after(ms, () => {
      live.timers.delete(cancel);
      run();
    });
    live.timers.add(cancel);
  };
  const dial = () => {
    call.startedAt = world.clock.now();
    call.updatedAt = call.startedAt;
    fireCallEvent(world, call, live, 'initiated');
    later(live.plan.setupMs, () => reached(world, call, later, { connected, ringing }));
  };
  if (call.queueMs === 0) dial();
  else later(call.queueMs, dial);
}

type Later = (ms: number, run: () => void) => void;

function reached(
  world: World,
  call: Call & { live: LiveCall },
  later: Later,
  told: { connected: () => void; ringing: () => void },
): void {
  const { live } = call;
  const ring = () => {
    call.status = 'ringing';
    call.updatedAt = world.clock.now();
    fireCallEvent(world, call, live, 'ringing');
    told.ringing();
  };
  const fate = live.plan.fate;
  const giveUpMs = live.settings.ringTimeoutMs;
  switch (fate.kind) {
    // SIP codes: 404 for an unknown number and 486, 487 are documented; 480 and 503 are inferences.
    case 'invalid':
      finishCall(world, call, 'failed', 404);
      return;
    case 'switched-off':
      finishCall(world, call, 'failed', 480);
      return;
    case 'failed':
      finishCall(world, call, 'failed', 503);
      return;
    case 'busy':
      ring();
      later(BUSY_AFTER_MS, () => finishCall(world, call, 'busy', 486));
      return;
    case 'no-answer':
      ring();
      later(giveUpMs, () => finishCall(world, call, 'no-answer', 487));
      return;
    case 'machine':
    case 'person':
    case 'desk':
      ring();
      if (fate.ringMs >= giveUpMs) later(giveUpMs, () => finishCall(world, call, 'no-answer', 487));
      else later(fate.ringMs, () => answer(world, call, told.connected));
  }
}

function behaviourOf(call: Call & { live: LiveCall }, now: number): Behaviour | null {
  const fate = call.live.plan.fate;
  switch (fate.kind) {
    case 'person':
      return personAtFarEnd(fate.person, now);
    case 'machine':
      return { kind: 'machine', greetingMs: fate.greetingMs, phase: 'new' };
    case 'desk':
      return { kind: 'desk', phase: 'new' };
    default:
      return null;
  }
}

/** Puts a call in progress: far end, time limit, recording, callback, detection, then the document. */
export function answer(world: World, call: Call & { live: LiveCall }, connected: () => void): void {
  const { live } = call;
  const { settings } = live;
  call.status = 'in-progress';
  call.answeredAt = world.clock.now();
  call.startedAt ??= call.answeredAt;
  call.updatedAt = call.answeredAt;
  live.behaviour = behaviourOf(call, call.answeredAt);
  live.timers.add(world.clock.after(settings.timeLimitMs, () => finishCall(world, call, 'completed')));
  beginFarEnd(world, call);
  if (settings.record) startRecording(world, call, live, settings.record, 'OutboundAPI');
  fireCallEvent(world, call, live, 'answered');
  // Browser and SIP legs are not listened to for machines.
  const { detection } = settings;
  if (detection === null || live.behaviour?.kind === 'desk') connected();
  else {
    detect(world, call, live, detection, detection.asynchronous ? () => {} : connected);
    if (detection.asynchronous) connected();
  }
}
