import { speechNow } from '../streams/sound-now.ts';
import type { World } from '../world.ts';
import type { Conference, Participant } from './conference.ts';
import { fireParticipant } from './conference-callbacks.ts';

/**
 * Tells who begins and who stops to speak, where the room's callbacks ask for it, and looks again when the first of them changes.
 * Who is muted or on hold does not speak; whether the carrier hears them nevertheless is not documented.
 */
export function followSpeech(world: World, conference: Conference): void {
  const { speech } = conference;
  if (speech === null) return;
  speech.cancel();
  const now = world.clock.now();
  let nextMs = Number.POSITIVE_INFINITY;
  for (const participant of conference.participants.values()) {
    const { speaks, forMs } = speechNow(participant, now);
    nextMs = Math.min(nextMs, forMs);
    if (!speaks) stopsSpeaking(world, participant);
    else if (!speech.speaking.has(participant.call.sid)) {
      speech.speaking.add(participant.call.sid);
      fireParticipant(world, participant, 'participant-speech-start');
    }
  }
  if (nextMs === Number.POSITIVE_INFINITY) return;
  speech.cancel = world.clock.after(Math.max(1, Math.ceil(nextMs)), () => followSpeech(world, conference));
}

export function stopsSpeaking(world: World, participant: Participant): void {
  if (participant.conference.speech?.speaking.delete(participant.call.sid))
    fireParticipant(world, participant, 'participant-speech-stop');
}
