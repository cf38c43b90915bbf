import { startRecording, stopRecording } from '../../recordings/recorder.ts';
import type { StreamWish } from '../../streams/media-stream.ts';
import { openStream } from '../../streams/media-stream.ts';
import type { Context, Verb } from '../context.ts';
import { callbackOf, goTo, methodOf, NEXT, warn } from '../context.ts';
import type { XmlElement } from '../xml.ts';
import { elementsOf } from '../xml.ts';
import { recordingEventsOf } from './recording-attributes.ts';

/** Starts streams and recordings beside the call; the document goes on at once. */
export const start: Verb = async (context, element) => {
  for (const noun of elementsOf(element)) {
    if (noun.name === 'Stream') {
      const opened = openStream(context.world, context.call, context.live, streamWish(context, noun, false), () => {});
      if (!opened.ok) warn(context, opened.code, opened.message);
    } else if (noun.name === 'Recording') record(context, noun);
    else warn(context, 12200, `Schema validation warning: unknown element "${noun.name}" in "Start"`);
  }
  return NEXT;
};

/** Stops what was started, by name where there is one. */
export const stop: Verb = async (context, element) => {
  const { world, live, call } = context;
  for (const noun of elementsOf(element)) {
    const name = noun.attributes.name ?? null;
    if (noun.name === 'Stream') {
      for (const stream of [...live.streams.values()]) if (name === null || stream.name === name) stream.stop();
    } else if (noun.name === 'Recording') {
      for (const sid of [...live.recordings]) {
        const recording = world.recordings.get(sid);
        live.recordings.delete(sid);
        const answeredAt = call.answeredAt ?? world.clock.now();
        if (recording) stopRecording(world, recording, { scenes: live.scenes, answeredAt });
      }
    } else warn(context, 12200, `Schema validation warning: unknown element "${noun.name}" in "Stop"`);
  }
  return NEXT;
};

/** A two-way stream: the document waits until the other side closes it. */
export const connect: Verb = async (context, element) => {
  const noun = elementsOf(element)[0];
  if (noun?.name !== 'Stream') {
    warn(context, 12200, 'Schema validation warning: Connect needs a Stream');
    return NEXT;
  }
  const ended = await context.run.until<string | null>((done) => {
    const wish = streamWish(context, noun, true);
    const opened = openStream(context.world, context.call, context.live, wish, () => done(null));
    if (opened.ok) return opened.stop;
    done(opened.message);
    warn(context, opened.code, opened.message);
    return () => {};
  });
  const action = element.attributes.action?.trim();
  if (!action) return NEXT;
  return goTo(context, action, methodOf(element), ended === null ? {} : { StreamError: ended });
};

function streamWish(context: Context, noun: XmlElement, twoWay: boolean): StreamWish {
  const parameters: Record<string, string> = {};
  for (const child of elementsOf(noun)) {
    const { name, value } = child.attributes;
    if (child.name === 'Parameter' && name !== undefined) parameters[name] = value ?? '';
  }
  const track = noun.attributes.track;
  return {
    url: noun.attributes.url ?? '',
    name: noun.attributes.name ?? null,
    // A two-way stream always carries the caller's side only.
    track: !twoWay && (track === 'outbound_track' || track === 'both_tracks') ? track : 'inbound_track',
    parameters,
    callback: callbackOf(context, noun, 'statusCallback'),
    twoWay,
  };
}

function record(context: Context, noun: XmlElement): void {
  const { world, call, live } = context;
  const track = noun.attributes.track;
  const settings = {
    channels: noun.attributes.channels === 'mono' ? 1 : 2,
    track: track === 'inbound' || track === 'outbound' ? track : 'both',
    trim: noun.attributes.trim === 'trim-silence' ? 'trim-silence' : 'do-not-trim',
    callback: callbackOf(context, noun, 'recordingStatusCallback'),
    events: recordingEventsOf(noun.attributes.recordingStatusCallbackEvent),
  } as const;
  startRecording(world, call, live, settings, 'StartCallRecordingTwiML');
}
