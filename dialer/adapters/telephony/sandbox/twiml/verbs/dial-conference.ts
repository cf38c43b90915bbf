import type { RecordingSettings } from '../../calls/call.ts';
import { isConferenceEvent } from '../../rooms/conference.ts';
import type { Entry } from '../../rooms/moves.ts';
import { isLabel, joinConference, leaveConference } from '../../rooms/moves.ts';
import type { Context } from '../context.ts';
import { callbackOf, flagOf, numberOf, resolveUrl, warn } from '../context.ts';
import type { XmlElement } from '../xml.ts';
import { textOf } from '../xml.ts';
import { recordingEventsOf } from './recording-attributes.ts';

/** `refusal` is the error code where the leg did not get in. */
export type ConferenceOutcome = { joined: true } | { joined: false; refusal: number };

/** Sits in a room until the leg is let out of it. A room that cannot be entered is noted and the document goes on. */
export async function dialConference(context: Context, noun: XmlElement): Promise<ConferenceOutcome> {
  const { world, call, run } = context;
  const entry = entryOf(context, noun);
  if (entry.room === '') {
    warn(context, 13223, 'Dial: Conference: no room name');
    return { joined: false, refusal: 13223 };
  }
  if (entry.label !== null && !isLabel(entry.label)) {
    // The form is documented, its code in a document is an inference from that of REST.
    warn(context, 16024, 'Conference: participantLabel: at most 128 characters, no "/", not a call id');
    return { joined: false, refusal: 16024 };
  }
  const waitUrl = noun.attributes.waitUrl;
  const waiting = waitUrl === undefined || waitUrl === '' ? null : resolveUrl(context, waitUrl);
  return run.until<ConferenceOutcome>((done) => {
    const result = joinConference(world, call, entry, () => done({ joined: true }));
    if (!result.ok) {
      warn(context, result.code, `Conference: the leg could not enter the room (${result.code})`);
      done({ joined: false, refusal: result.code });
      return () => {};
    }
    const { participant } = result;
    if (waiting !== null && participant.conference.status === 'init') {
      const source = {
        kind: 'url',
        url: waiting,
        method: noun.attributes.waitMethod === 'GET' ? 'GET' : 'POST',
      } as const;
      // Only that the waiting document can be had matters: nobody hears its music. Without it the leg does not get in.
      void context.world.webhooks
        .send({ ...source, params: { CallSid: call.sid }, purpose: 'document' })
        .then((answer) => {
          if (answer.ok || call.live?.seat !== participant) return;
          warn(context, answer.code, 'Conference: the waitUrl failed');
          leaveConference(world, participant, 'participant_add_failed');
        });
    }
    return () => {
      const reason = run.stopped === 'redirected' ? 'participant_updated_via_api' : 'participant_hung_up';
      leaveConference(world, participant, reason);
    };
  });
}

function entryOf(context: Context, noun: XmlElement): Entry {
  const callback = callbackOf(context, noun, 'statusCallback');
  const events = (noun.attributes.statusCallbackEvent ?? '').split(/[\s,]+/).filter(isConferenceEvent);
  return {
    room: textOf(noun).trim(),
    label: noun.attributes.participantLabel ?? null,
    muted: flagOf(noun, 'muted', false),
    startOnEnter: flagOf(noun, 'startConferenceOnEnter', true),
    endOnExit: flagOf(noun, 'endConferenceOnExit', false),
    coachTarget: noun.attributes.coach ?? null,
    maxParticipants: numberOf(noun, 'maxParticipants', 1, 250, 250),
    callback: callback && { ...callback, events: new Set(events) },
    record: recordOf(context, noun),
  };
}

function recordOf(context: Context, noun: XmlElement): RecordingSettings | null {
  const wish = noun.attributes.record;
  if (wish !== 'record-from-start' && wish !== 'true') return null;
  return {
    channels: 1,
    track: 'both',
    trim: noun.attributes.trim === 'do-not-trim' ? 'do-not-trim' : 'trim-silence',
    callback: callbackOf(context, noun, 'recordingStatusCallback'),
    events: recordingEventsOf(noun.attributes.recordingStatusCallbackEvent),
  };
}
