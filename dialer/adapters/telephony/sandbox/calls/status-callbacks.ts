import { rfc2822, wholeSeconds } from '../format.ts';
import { mediaUrl } from '../recordings/recording.ts';
import { tell } from '../webhooks/tell.ts';
import type { World } from '../world.ts';
import { stampNow } from '../world.ts';
import type { Call, CallEvent, LiveCall } from './call.ts';
import { talkMs } from './call.ts';
import { callParams } from './call-params.ts';

const WORDS: Record<Exclude<CallEvent, 'completed'>, string> = {
  initiated: 'initiated',
  ringing: 'ringing',
  answered: 'in-progress',
};

/**
 * Tells the application of a step in the call, if it asked for this event.
 *
 * The sequence number counts the callbacks that were fired for the call, from 0. Each is a request of its own, so
 * the order of arrival is not guaranteed.
 */
export function fireCallEvent(world: World, call: Call, live: LiveCall, event: CallEvent): void {
  const wanted = live.settings.statusCallback;
  if (wanted === null || !wanted.events.has(event)) return;
  const params = callParams(world, call, event === 'completed' ? call.status : WORDS[event]);
  params.Timestamp = rfc2822(stampNow(world));
  params.CallbackSource = 'call-progress-events';
  params.SequenceNumber = String(live.sequence);
  live.sequence += 1;
  if (event === 'completed') Object.assign(params, finalParams(world, call));
  tell(world, wanted, params, call.sid);
}

function finalParams(world: World, call: Call): Record<string, string> {
  const seconds = wholeSeconds(talkMs(call));
  const params: Record<string, string> = { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) };
  if (call.sipCode !== null) params.SipResponseCode = String(call.sipCode);
  if (call.answeredBy !== null) params.AnsweredBy = call.answeredBy;
  const recording = world.recordings.ofCall(call.sid).find((one) => one.source === 'OutboundAPI');
  if (recording && call.answeredAt !== null) {
    params.RecordingUrl = mediaUrl(world, recording);
    params.RecordingSid = recording.sid;
    params.RecordingDuration = String(wholeSeconds(recording.durationMs));
  }
  return params;
}
