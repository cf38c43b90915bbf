import { callParams } from '../../calls/call-params.ts';
import { refreshFarEnd } from '../../calls/far-end.ts';
import { wholeSeconds } from '../../format.ts';
import { startRecording, stopRecording } from '../../recordings/recorder.ts';
import { mediaUrl } from '../../recordings/recording.ts';
import type { Next, Verb } from '../context.ts';
import { callbackOf, goTo, methodOf, NEXT, numberOf, resolveUrl } from '../context.ts';
import { recordingEventsOf } from './recording-attributes.ts';

/** Somebody who is asked to speak does so for this long; an assumption of the sandbox. */
const SPEECH_MS = 4_000;

/**
 * Records what the caller says after the tone. Without `action` the current document is asked for again (a trap for
 * loops). Silence, as from a machine, falls through to the next verb.
 */
export const record: Verb = async (context, element): Promise<Next> => {
  const { world, call, live, run } = context;
  const timeoutMs = numberOf(element, 'timeout', 1, 600, 5) * 1_000;
  const mostMs = numberOf(element, 'maxLength', 1, 14_400, 3_600) * 1_000;
  if (live.behaviour?.kind === 'machine') {
    await run.wait(timeoutMs);
    return NEXT;
  }
  const settings = {
    channels: 1,
    track: 'inbound',
    trim: element.attributes.trim === 'do-not-trim' ? 'do-not-trim' : 'trim-silence',
    callback: callbackOf(context, element, 'recordingStatusCallback'),
    events: recordingEventsOf(element.attributes.recordingStatusCallbackEvent),
  } as const;
  const recording = startRecording(world, call, live, settings, 'RecordVerb');
  live.speaking += 1;
  refreshFarEnd(world, call);
  const target = element.attributes.action?.trim() || context.documentUrl;
  const params = (digits: string) => ({
    RecordingUrl: mediaUrl(world, recording),
    RecordingSid: recording.sid,
    RecordingDuration: String(wholeSeconds(recording.durationMs)),
    Digits: digits,
  });
  const stop = () => {
    live.recordings.delete(recording.sid);
    stopRecording(world, recording, { scenes: live.scenes, answeredAt: call.answeredAt ?? recording.startedAt });
  };
  let pressed = '';
  const finish = element.attributes.finishOnKey ?? '1234567890*#';
  const forget = run.onStop((reason) => {
    stop();
    const url = target === null ? null : resolveUrl(context, target);
    if (reason !== 'hung-up' || url === null) return;
    // The caller hung up: the action is told, its answer is not run.
    const all = { ...callParams(world, call), ...params('hangup') };
    void world.webhooks.send({ url, method: methodOf(element), params: all, purpose: 'callback' });
  });
  try {
    await run.until<void>((done) => {
      const listen = (digits: string) => {
        pressed = [...digits].find((key) => finish.includes(key)) ?? '';
        if (pressed !== '') done();
      };
      live.digitListeners.add(listen);
      const cancel = world.clock.after(Math.min(mostMs, SPEECH_MS + timeoutMs), () => done());
      return () => {
        cancel();
        live.digitListeners.delete(listen);
      };
    });
  } finally {
    live.speaking -= 1;
    refreshFarEnd(world, call);
  }
  forget();
  stop();
  return target === null ? NEXT : goTo(context, target, methodOf(element), params(pressed));
};
