import type { Stretch, VoiceProfile } from '../recordings/recording.ts';
import { voices } from './voices.ts';
import { SAMPLE_RATE } from './wav.ts';

/** The called party's side of a leg, or what comes from the other side. */
export type Side = 'far' | 'near';

const PER_MS = SAMPLE_RATE / 1_000;
/** A conversation goes in slots of so long; in each one side speaks. */
const SLOT_MS = 4_000;
const FADE = 80;
/** Somebody who hears nobody says a short word so often. */
const HELLO_EVERY_MS = 2_600;
const HELLO_AFTER_MS = 240;
const HELLO_MS = 520;
const BEEP_MS = 400;

function scramble(seed: number, index: number): number {
  let x = (seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Who speaks in a slot, from when to when (milliseconds into it), and from where in the speaker's loop. */
function turn(seed: number, slot: number): { side: Side; from: number; to: number; offset: number } {
  const word = scramble(seed, slot);
  const from = 80 + (word % 420);
  const to = Math.min(SLOT_MS - 60, from + 1_700 + ((word >>> 9) % 2_000));
  // The customer answers first, then the sides take turns; now and then one goes on for a second slot.
  const swapped = ((word >>> 21) & 7) === 0 && slot > 0;
  const side: Side = (slot % 2 === 0) !== swapped ? 'far' : 'near';
  return { side, from, to, offset: word };
}

function copyLoop(out: Int16Array, loop: Int16Array, loopOffset: number, begin: number, end: number): void {
  let at = begin;
  let source = loopOffset % loop.length;
  while (at < end) {
    const count = Math.min(end - at, loop.length - source);
    out.set(loop.subarray(source, source + count), at);
    at += count;
    source = 0;
  }
}

/** Copies what of the burst [burstFrom, burstTo) falls into the window that begins at `windowFrom`, with soft edges. */
function burst(
  out: Int16Array,
  loop: Int16Array,
  offset: number,
  windowFrom: number,
  burstFrom: number,
  burstTo: number,
): void {
  const begin = Math.max(burstFrom, windowFrom);
  const end = Math.min(burstTo, windowFrom + out.length);
  if (end <= begin) return;
  copyLoop(out, loop, offset + begin - burstFrom, begin - windowFrom, end - windowFrom);
  for (let i = begin; i < Math.min(end, burstFrom + FADE); i++) soften(out, i - windowFrom, (i - burstFrom) / FADE);
  for (let i = Math.max(begin, burstTo - FADE); i < end; i++) soften(out, i - windowFrom, (burstTo - i) / FADE);
}

function soften(out: Int16Array, at: number, factor: number): void {
  out[at] = Math.round((out[at] ?? 0) * factor);
}

/**
 * The sound of one side for a window of a stretch. Any window gives the same samples whatever was asked before, so
 * a recording can be streamed, sought and repeated without keeping it.
 *
 * @param from first sample of the window, counted from the beginning of the stretch
 */
export function soundOf(profile: VoiceProfile, stretch: Stretch, side: Side, from: number, length: number): Int16Array {
  const out = new Int16Array(length);
  const scene = Math.round(stretch.sceneMs * PER_MS) + from;
  const call = Math.round(stretch.callMs * PER_MS) + from;
  const all = voices();
  const own = all.customers[profile.seed % all.customers.length] ?? all.announcer;
  const agent = all.agents[(profile.seed >>> 5) % all.agents.length] ?? all.announcer;
  const far = profile.far === 'desk' ? agent : own;
  const near = profile.far === 'desk' ? own : agent;
  if (side === 'far' && profile.far === 'machine') {
    const end = Math.round(profile.greetingMs * PER_MS);
    burst(out, far, profile.seed, call, 0, end);
    burst(out, all.beep, 0, call, end, end + BEEP_MS * PER_MS);
    return out;
  }
  switch (stretch.kind) {
    case 'silence':
      break;
    case 'talk':
      talk(out, profile.seed, side, side === 'far' ? far : near, scene);
      break;
    case 'hold':
      if (side === 'near') copyLoop(out, all.music, scene, 0, length);
      break;
    case 'message':
      if (side === 'near') copyLoop(out, all.announcer, scene + profile.seed, 0, length);
      break;
    case 'alone':
    case 'machine':
      if (side === 'far' && profile.far === 'person') hello(out, profile.seed, far, scene);
  }
  return out;
}

/** Whether a side of a call speaks at a moment of a scene, and for how long that stays so at most (ms). */
export type Speech = { speaks: boolean; forMs: number };

const silent = (forMs = Number.POSITIVE_INFINITY): Speech => ({ speaks: false, forMs });

/** The bursts of `soundOf` without their sound: its samples are silent exactly where this says so. */
export function speechOf(
  profile: VoiceProfile,
  stretch: Pick<Stretch, 'kind' | 'sceneMs' | 'callMs'>,
  side: Side,
): Speech {
  if (side === 'far' && profile.far === 'machine') {
    const left = profile.greetingMs - stretch.callMs;
    return left > 0 ? { speaks: true, forMs: left } : silent();
  }
  if (stretch.kind === 'talk')
    return within(stretch.sceneMs, SLOT_MS, (slot) => {
      const speech = turn(profile.seed, slot);
      return speech.side === side ? speech : null;
    });
  if (stretch.kind === 'alone' && side === 'far' && profile.far === 'person')
    return within(stretch.sceneMs, HELLO_EVERY_MS, () => ({ from: HELLO_AFTER_MS, to: HELLO_AFTER_MS + HELLO_MS }));
  return silent();
}

function within(ms: number, everyMs: number, burstIn: (slot: number) => { from: number; to: number } | null): Speech {
  const slot = Math.floor(ms / everyMs);
  const into = ms - slot * everyMs;
  const speech = burstIn(slot);
  if (speech === null || into >= speech.to) return silent(everyMs - into);
  return into < speech.from ? silent(speech.from - into) : { speaks: true, forMs: speech.to - into };
}

/** A desk that speaks by itself (a supervisor, a colleague): a voice without an end, the same for the same moment. */
export function deskSpeech(seed: number, atMs: number, length: number): Int16Array {
  const out = new Int16Array(length);
  const { agents, announcer } = voices();
  const loop = agents[(seed >>> 3) % agents.length] ?? announcer;
  copyLoop(out, loop, seed + Math.round(atMs * PER_MS), 0, length);
  return out;
}

function talk(out: Int16Array, seed: number, side: Side, loop: Int16Array, scene: number): void {
  const slotSamples = SLOT_MS * PER_MS;
  for (let slot = Math.floor(scene / slotSamples); slot * slotSamples < scene + out.length; slot++) {
    const speech = turn(seed, slot);
    if (speech.side !== side) continue;
    const start = slot * slotSamples;
    burst(out, loop, speech.offset, scene, start + speech.from * PER_MS, start + speech.to * PER_MS);
  }
}

function hello(out: Int16Array, seed: number, loop: Int16Array, scene: number): void {
  const every = HELLO_EVERY_MS * PER_MS;
  for (let index = Math.floor(scene / every); index * every < scene + out.length; index++) {
    const from = index * every + HELLO_AFTER_MS * PER_MS;
    burst(out, loop, scramble(seed, index), scene, from, from + HELLO_MS * PER_MS);
  }
}
