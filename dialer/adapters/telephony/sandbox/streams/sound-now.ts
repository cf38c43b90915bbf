import type { Side, Speech } from '../audio/conversation.ts';
import { deskSpeech, soundOf, speechOf } from '../audio/conversation.ts';
import { mix } from '../audio/wav.ts';
import type { Call, LiveCall } from '../calls/call.ts';
import { phaseOf } from '../calls/far-end.ts';
import { hashText } from '../chance.ts';
import { voiceOf } from '../recordings/recorder.ts';
import type { Stretch } from '../recordings/recording.ts';
import type { Conference, Participant } from '../rooms/conference.ts';

const isDesk = (call: Call): boolean => call.live?.behaviour?.kind === 'desk';

/** Whether one leg of a room hears another: nobody is heard muted or on hold, and a coach by whom they coach alone. */
export function hears(listener: Participant, speaker: Participant): boolean {
  return (
    listener.call !== speaker.call &&
    listener.conference === speaker.conference &&
    listener.conference.status === 'in-progress' &&
    !listener.hold &&
    !speaker.hold &&
    !speaker.muted &&
    speaker.call.status === 'in-progress' &&
    (!speaker.coaching || speaker.coachTarget === listener.call.sid)
  );
}

/** The desk whose part in the conversation the customer's recording has: who came first and may speak to the room. */
function speakerFor(conference: Conference): Participant | undefined {
  for (const one of conference.participants.values()) if (isDesk(one.call) && one.hasVoice && !one.coaching) return one;
  return undefined;
}

/** The customer a desk talks to now: the other leg of its bridge, or the first one in its room. */
function partnerOf(call: Call, live: LiveCall): Call | null {
  if (live.peer !== null) return live.peer;
  for (const other of live.seat?.conference.participants.values() ?? [])
    if (other.call !== call && other.call.live?.behaviour && !isDesk(other.call)) return other.call;
  return null;
}

/** What a desk says: its part of the talk with a customer, or its own speech where it speaks to other desks. */
function deskPart(call: Call, live: LiveCall): { with: Call; live: LiveCall } | 'own' | null {
  const partner = partnerOf(call, live);
  const { seat } = live;
  const leads = seat === null || speakerFor(seat.conference) === seat;
  if (leads && partner?.live && phaseOf(partner) === 'talk') return { with: partner, live: partner.live };
  const others = [...(seat?.conference.participants.values() ?? [])].filter((one) => one !== seat);
  // An agent alone with a customer who is not listening says nothing.
  return seat === null || (leads && !others.some((one) => isDesk(one.call) && hears(seat, one))) ? null : 'own';
}

function deskVoice(call: Call, live: LiveCall, atMs: number, samples: number): Int16Array {
  const part = deskPart(call, live);
  if (part === null) return new Int16Array(samples);
  if (part === 'own') return deskSpeech(hashText(call.sid), atMs, samples);
  return customerSound(part.with, part.live, 'near', atMs, samples);
}

const voiceNow = (call: Call, live: LiveCall, atMs: number, samples: number): Int16Array =>
  isDesk(call) ? deskVoice(call, live, atMs, samples) : customerSound(call, live, 'far', atMs, samples);

/** Where a leg whose far end is no desk is at a moment; null before its answer. */
function stretchAt(call: Call, live: LiveCall, atMs: number): Stretch | null {
  const scene = live.scenes.at(-1);
  if (!scene || call.answeredAt === null) return null;
  return { kind: scene.kind, sceneMs: atMs - scene.atMs, callMs: atMs - call.answeredAt, ms: 0 };
}

/** The sound of such a leg, with the very samples that its recording has. */
function customerSound(call: Call, live: LiveCall, side: Side, atMs: number, samples: number): Int16Array {
  const stretch = stretchAt(call, live, atMs);
  return stretch === null ? new Int16Array(samples) : soundOf(voiceOf(call, live), stretch, side, 0, samples);
}

const SILENT: Speech = { speaks: false, forMs: Number.POSITIVE_INFINITY };

/** Whether a leg of a room speaks to it at a moment, by the same bursts that are heard. */
export function speechNow(seat: Participant, atMs: number): Speech {
  const { call, conference } = seat;
  if (conference.status !== 'in-progress' || call.status !== 'in-progress' || seat.muted || seat.hold || !call.live)
    return SILENT;
  const part = isDesk(call) ? deskPart(call, call.live) : { with: call, live: call.live };
  if (part === null) return SILENT;
  if (part === 'own') return { speaks: true, forMs: Number.POSITIVE_INFINITY };
  const stretch = stretchAt(part.with, part.live, atMs);
  const side = part.with === call ? 'far' : 'near';
  return stretch === null ? SILENT : speechOf(voiceOf(part.with, part.live), stretch, side);
}

/**
 * What is heard on a leg from a moment on. In a room everybody hears everybody whom they may hear. A customer hears their
 * agent with the samples of the recording; a second desk (a supervisor who speaks with both, a colleague) is heard besides, and
 * is not on the recording.
 *
 * @param side `far`: what the party of this leg says; `near`: what it hears
 */
export function soundNow(call: Call, live: LiveCall, side: Side, atMs: number, samples: number): Int16Array {
  if (side === 'far') return voiceNow(call, live, atMs, samples);
  const { seat } = live;
  let heard = isDesk(call) ? new Int16Array(samples) : customerSound(call, live, 'near', atMs, samples);
  if (live.peer?.live && isDesk(call)) heard = voiceNow(live.peer, live.peer.live, atMs, samples);
  if (seat === null) return heard;
  const main = speakerFor(seat.conference);
  for (const other of seat.conference.participants.values()) {
    const known = !isDesk(call) && other === main;
    if (!known && other.call.live && hears(seat, other))
      heard = mix(heard, voiceNow(other.call, other.call.live, atMs, samples));
  }
  return heard;
}
