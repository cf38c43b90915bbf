import { rfc2822 } from '../format.ts';
import { tell } from '../webhooks/tell.ts';
import type { World } from '../world.ts';
import { stampNow } from '../world.ts';
import type { Conference, ConferenceEvent, Participant } from './conference.ts';

export type ParticipantEventName =
  | 'participant-join'
  | 'participant-leave'
  | 'participant-mute'
  | 'participant-unmute'
  | 'participant-hold'
  | 'participant-unhold'
  | 'participant-modify'
  | 'participant-speech-start'
  | 'participant-speech-stop';

export type ConferenceEventName = 'conference-start' | 'conference-end' | 'announcement-end' | 'announcement-fail';

/** The subscription that covers each event. */
const SUBSCRIPTION: Record<ParticipantEventName | ConferenceEventName, ConferenceEvent> = {
  'participant-join': 'join',
  'participant-leave': 'leave',
  'participant-mute': 'mute',
  'participant-unmute': 'mute',
  'participant-hold': 'hold',
  'participant-unhold': 'hold',
  'participant-modify': 'modify',
  'participant-speech-start': 'speaker',
  'participant-speech-stop': 'speaker',
  'conference-start': 'start',
  'conference-end': 'end',
  'announcement-end': 'announcement',
  'announcement-fail': 'announcement',
};

/** Tells of something that happened to the room; such a callback has no CallSid. */
export function fireConference(
  world: World,
  conference: Conference,
  event: ParticipantEventName | ConferenceEventName,
  more: Readonly<Record<string, string>>,
): void {
  const wanted = conference.callback;
  // The number counts events of the room, whether they were asked for or not: an inference.
  const sequence = conference.sequence;
  conference.sequence += 1;
  if (wanted === null || !wanted.events.has(SUBSCRIPTION[event])) return;
  const params = {
    ConferenceSid: conference.sid,
    FriendlyName: conference.name,
    AccountSid: world.identity.accountSid,
    SequenceNumber: String(sequence),
    // Observed with an unpadded day in conference callbacks.
    Timestamp: rfc2822(stampNow(world)).replace(/, 0(\d) /, ', $1 '),
    StatusCallbackEvent: event,
    ...more,
  };
  tell(world, wanted, params, more.CallSid ?? null);
}

/** Tells of something that happened to one leg in the room. */
export function fireParticipant(
  world: World,
  participant: Participant,
  event: ParticipantEventName,
  more: Readonly<Record<string, string>> = {},
): void {
  const params: Record<string, string> = {
    CallSid: participant.call.sid,
    Muted: String(participant.muted),
    Hold: String(participant.hold),
    Coaching: String(participant.coaching),
    EndConferenceOnExit: String(participant.endOnExit),
    StartConferenceOnEnter: String(participant.startOnEnter),
    ...more,
  };
  if (participant.label !== null) params.ParticipantLabel = participant.label;
  if (participant.coachTarget !== null) params.CallSidToCoach = participant.coachTarget;
  fireConference(world, participant.conference, event, params);
}
