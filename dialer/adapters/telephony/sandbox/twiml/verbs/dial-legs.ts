import type { Call, CallEvent, CallSettings, LiveCall } from '../../calls/call.ts';
import { createCall, placeCall } from '../../calls/dialling.ts';
import { finishCall } from '../../calls/lifecycle.ts';
import { talkMs } from '../../calls/call.ts';
import { wholeSeconds } from '../../format.ts';
import { isClient, isE164, isSip } from '../../numbers/number-book.ts';
import { startRecording, stopRecording } from '../../recordings/recorder.ts';
import type { Recording } from '../../recordings/recording.ts';
import { mediaUrl } from '../../recordings/recording.ts';
import { bridge } from '../../rooms/bridge.ts';
import type { Context } from '../context.ts';
import { callbackOf, methodOf, numberOf, resolveUrl, warn } from '../context.ts';
import { Run } from '../run.ts';
import type { XmlElement } from '../xml.ts';
import { elementsOf, textOf } from '../xml.ts';
import { recordingEventsOf } from './recording-attributes.ts';

type Leg = Call & { live: LiveCall };
type Outcome = { status: string; child: Call | null; bridged: boolean; recording: Recording | null };

const CALL_EVENTS: readonly CallEvent[] = ['initiated', 'ringing', 'answered', 'completed'];

/** Dials all legs at once; the first that answers is bridged, the others are given up. Returns the action's parameters. */
export async function dialLegs(
  context: Context,
  dialElement: XmlElement,
  nouns: readonly XmlElement[],
): Promise<Record<string, string>> {
  const outcome = await connect(context, dialElement, nouns);
  const params: Record<string, string> = { DialCallStatus: outcome.status, DialBridged: String(outcome.bridged) };
  if (outcome.child) {
    params.DialCallSid = outcome.child.sid;
    if (outcome.bridged) params.DialCallDuration = String(wholeSeconds(talkMs(outcome.child)));
  }
  if (outcome.recording) {
    params.RecordingUrl = mediaUrl(context.world, outcome.recording);
    params.RecordingSid = outcome.recording.sid;
    params.RecordingDuration = String(wholeSeconds(outcome.recording.durationMs));
  }
  return params;
}

async function connect(context: Context, dialElement: XmlElement, nouns: readonly XmlElement[]): Promise<Outcome> {
  const { world, run } = context;
  const children = nouns.flatMap((noun) => {
    const leg = createLeg(context, dialElement, noun);
    return leg ? [{ leg, noun }] : [];
  });
  if (children.length === 0) return { status: 'failed', child: null, bridged: false, recording: null };
  const giveUp = (except: Call | null) => {
    for (const { leg } of children) {
      if (leg !== except) finishCall(world, leg, leg.answeredAt === null ? 'canceled' : 'completed');
    }
  };
  const first = await run.until<(typeof children)[number] | null>((done) => {
    let open = children.length;
    for (const child of children) {
      child.leg.live.ended.add(() => {
        open -= 1;
        if (open === 0) done(null);
      });
      placeCall(world, child.leg, () => {
        // At once, so that no second leg can answer meanwhile.
        giveUp(child.leg);
        done(child);
      });
    }
    return () => giveUp(null);
  });
  if (first === null) {
    const last = children[0]?.leg ?? null;
    return { status: last?.status ?? 'failed', child: last, bridged: false, recording: null };
  }
  return talk(context, dialElement, first);
}

async function talk(
  context: Context,
  dialElement: XmlElement,
  child: { leg: Leg; noun: XmlElement },
): Promise<Outcome> {
  const { world, run, call, live } = context;
  const { leg, noun } = child;
  const childRun = new Run(world.clock);
  leg.live.run = childRun;
  const hangUpChild = run.onStop(() => finishCall(world, leg, 'completed'));
  const whisper = noun.attributes.url === undefined ? null : resolveUrl(context, noun.attributes.url);
  if (whisper !== null) {
    const source = { kind: 'url', url: whisper, method: methodOf(noun) } as const;
    const heard = await context.perform({ call: leg, live: leg.live, run: childRun }, source, {}).catch(() => false);
    run.check();
    if (!heard) finishCall(world, leg, 'completed');
  }
  if (leg.endedAt !== null) {
    hangUpChild();
    return { status: 'completed', child: leg, bridged: false, recording: null };
  }
  const recording = recordTalk(context, dialElement, live);
  const part = bridge(world, call, leg);
  const limitMs = numberOf(dialElement, 'timeLimit', 1, 86_400, 14_400) * 1_000;
  try {
    await run.until<void>((done) => {
      const cancel = world.clock.after(limitMs, () => finishCall(world, leg, 'completed'));
      // The other leg hung up, or was sent to another document by the API.
      childRun.onStop(() => done());
      return cancel;
    });
  } finally {
    part();
    if (recording && live.recordings.delete(recording.sid))
      stopRecording(world, recording, { scenes: live.scenes, answeredAt: call.answeredAt ?? recording.startedAt });
  }
  hangUpChild();
  return { status: 'completed', child: leg, bridged: true, recording };
}

function recordTalk(context: Context, dialElement: XmlElement, live: LiveCall): Recording | null {
  const wish = dialElement.attributes.record;
  if (wish === undefined || wish === 'false' || wish === 'do-not-record') return null;
  const settings = {
    channels: wish.endsWith('-dual') ? 2 : 1,
    track: 'both',
    trim: dialElement.attributes.trim === 'trim-silence' ? 'trim-silence' : 'do-not-trim',
    callback: callbackOf(context, dialElement, 'recordingStatusCallback'),
    events: recordingEventsOf(dialElement.attributes.recordingStatusCallbackEvent),
  } as const;
  return startRecording(context.world, context.call, live, settings, 'DialVerb');
}

function addressOf(noun: XmlElement): string | null {
  const own = textOf(noun).trim();
  switch (noun.name) {
    case 'Number':
      return isE164(own) ? own : null;
    case 'Sip':
      return isSip(own) ? own : null;
    case 'Client': {
      const identity = elementsOf(noun).find((one) => one.name === 'Identity');
      const address = `client:${identity ? textOf(identity).trim() : own}`;
      return isClient(address) ? address : null;
    }
    default:
      return null;
  }
}

/** A document's codes for what a create is refused with: blocked 13225, a country that is not enabled 13227, else 13224. */
const refusalWithin = (code: number | null): number => (code === 21216 ? 13225 : code === 21215 ? 13227 : 13224);

function createLeg(context: Context, dialElement: XmlElement, noun: XmlElement): Leg | null {
  const { world, call } = context;
  const to = addressOf(noun);
  const refused = to?.startsWith('+') ? world.numbers.refusal(to) : null;
  if (to === null || refused !== null) {
    warn(context, refusalWithin(refused), `Dial: ${noun.name}: the address cannot be called`);
    return null;
  }
  const from = dialElement.attributes.callerId ?? call.from;
  // An inbound caller's own number may be shown on; any other must be the account's.
  const shown = from === call.from && call.direction === 'inbound';
  if (to.startsWith('+') && !shown && !(isE164(from) && world.numbers.mayCallFrom(from))) {
    warn(context, 13214, 'Dial: Invalid callerId value');
    return null;
  }
  const settings = legSettings(context, dialElement, noun);
  return createCall(world, { to, from, direction: 'outbound-dial', parentSid: call.sid, settings, queueMs: 0 });
}

function legSettings(context: Context, dialElement: XmlElement, noun: XmlElement): CallSettings {
  const callback = callbackOf(context, noun, 'statusCallback');
  const words = (noun.attributes.statusCallbackEvent ?? 'completed').split(/[\s,]+/);
  const mode = noun.attributes.machineDetection;
  return {
    document: null,
    fallback: null,
    statusCallback: callback && { ...callback, events: new Set(CALL_EVENTS.filter((event) => words.includes(event))) },
    ringTimeoutMs: numberOf(dialElement, 'timeout', 5, 600, 30) * 1_000,
    timeLimitMs: numberOf(dialElement, 'timeLimit', 1, 86_400, 14_400) * 1_000,
    // On <Number> and <Sip> the verdict goes to amdStatusCallback and the bridge does not wait for it.
    detection:
      noun.name !== 'Client' && (mode === 'Enable' || mode === 'DetectMessageEnd')
        ? {
            mode,
            timeoutMs: numberOf(noun, 'machineDetectionTimeout', 3, 59, 30) * 1_000,
            asynchronous: true,
            callback: callbackOf(context, noun, 'amdStatusCallback'),
          }
        : null,
    record: null,
  };
}
