import type { Call, Callback, RecordingSettings } from '../calls/call.ts';
import { refreshFarEnd } from '../calls/far-end.ts';
import { startConferenceRecording, stopRecording } from '../recordings/recorder.ts';
import type { World } from '../world.ts';
import type { Conference, ConferenceEvent, EndReason, LeaveReason, Participant } from './conference.ts';
import { findParticipant } from './conference.ts';
import { fireConference, fireParticipant } from './conference-callbacks.ts';
import { followSpeech, stopsSpeaking } from './speaking.ts';

/** How a leg wants to enter a room. */
export type Entry = {
  room: string;
  label: string | null;
  muted: boolean;
  startOnEnter: boolean;
  endOnExit: boolean;
  coachTarget: string | null;
  maxParticipants: number;
  callback: (Callback & { events: ReadonlySet<ConferenceEvent> }) | null;
  record: RecordingSettings | null;
};

/** Why a leg could not enter: label in use, room full, nobody to coach. */
export type EntryRefusal = 16025 | 16020 | 13240;

/** A name of a leg in its room, in place of its call id. */
export const isLabel = (text: string): boolean =>
  text !== '' && text.length <= 128 && !text.includes('/') && !/^CA[0-9a-f]{32}$/.test(text);

/** Puts a leg into a room; opens the room where nobody is in it. `released` is called once when the leg has left it. */
export function joinConference(
  world: World,
  call: Call,
  entry: Entry,
  released: () => void,
): { ok: true; participant: Participant } | { ok: false; code: EntryRefusal } {
  const now = world.clock.now();
  const open = world.conferences.liveNamed(entry.room);
  if (open && entry.label !== null && findParticipant(open, entry.label)) return { ok: false, code: 16025 };
  if (open && open.participants.size >= open.maxParticipants) return { ok: false, code: 16020 };
  if (entry.coachTarget !== null && !open?.participants.has(entry.coachTarget)) return { ok: false, code: 13240 };
  const room = { name: entry.room, at: now, callback: entry.callback, maxParticipants: entry.maxParticipants };
  const conference = open ?? world.conferences.open(room);
  const participant: Participant = {
    call,
    conference,
    label: entry.label,
    startOnEnter: entry.startOnEnter,
    joinedAt: now,
    updatedAt: now,
    endOnExit: entry.endOnExit,
    muted: entry.muted,
    hold: false,
    coaching: entry.coachTarget !== null,
    coachTarget: entry.coachTarget,
    hasVoice: !entry.muted,
    released,
  };
  conference.participants.set(call.sid, participant);
  if (call.live) call.live.seat = participant;
  startWhenReady(world, conference, entry.record);
  fireParticipant(world, participant, 'participant-join');
  refreshRoom(world, conference);
  return { ok: true, participant };
}

/** It starts with two, of whom one may start it; a lone agent waits in `init`. */
function startWhenReady(world: World, conference: Conference, record: RecordingSettings | null): void {
  if (conference.status !== 'init' || conference.participants.size < 2) return;
  if (![...conference.participants.values()].some((one) => one.startOnEnter)) return;
  conference.status = 'in-progress';
  conference.updatedAt = world.clock.now();
  fireConference(world, conference, 'conference-start', {});
  if (record) startConferenceRecording(world, conference, record, 'Conference');
}

/** Takes a leg out of its room. `kicked` tells a removal by the API from one by the leg itself. */
export function leaveConference(world: World, participant: Participant, reason: LeaveReason, kicked = false): void {
  const { conference, call } = participant;
  if (!conference.participants.delete(call.sid)) return;
  if (call.live) call.live.seat = null;
  stopsSpeaking(world, participant);
  fireParticipant(world, participant, 'participant-leave', {
    ReasonParticipantLeft: reason,
    ParticipantCallStatus: call.status,
  });
  if (conference.status !== 'completed') {
    if (participant.endOnExit) {
      const ended = 'participant-with-end-conference-on-exit-' as const;
      endConference(
        world,
        conference,
        kicked ? `${ended}kicked` : `${ended}left`,
        participant,
        'moderator_ended_conference',
      );
    } else if (conference.participants.size === 0)
      close(world, conference, kicked ? 'last-participant-kicked' : 'last-participant-left', participant);
  }
  refreshFarEnd(world, call);
  refreshRoom(world, conference);
  participant.released();
}

/** Ends a room: everybody in it goes on with their own document. */
export function endConference(
  world: World,
  conference: Conference,
  reason: EndReason,
  by: Participant | null,
  leave: LeaveReason,
): void {
  if (conference.status === 'completed') return;
  conference.status = 'completed';
  for (const participant of [...conference.participants.values()]) leaveConference(world, participant, leave);
  close(world, conference, reason, by);
}

function close(world: World, conference: Conference, reason: EndReason, by: Participant | null): void {
  conference.status = 'completed';
  conference.updatedAt = world.clock.now();
  conference.endReason = reason;
  conference.endedBy = by?.call.sid ?? null;
  for (const sid of conference.recordings) {
    const recording = world.recordings.get(sid);
    const scenes = recording ? [{ atMs: recording.startedAt, kind: 'talk' as const }] : [];
    if (recording) stopRecording(world, recording, { scenes, answeredAt: recording.startedAt });
  }
  const words: Record<string, string> = { ReasonConferenceEnded: reason, Reason: sentence(reason, by) };
  if (by) words.CallSidEndingConference = by.call.sid;
  if (by?.label) words.ParticipantLabelEndingConference = by.label;
  fireConference(world, conference, 'conference-end', words);
  world.conferences.close(conference);
}

function sentence(reason: EndReason, by: Participant | null): string {
  const who = by ? `Participant ${by.call.sid}` : 'The API';
  return `${who}: ${reason.replaceAll('-', ' ')}.`;
}

/** Lets everybody in the room notice who is there now. */
export function refreshRoom(world: World, conference: Conference): void {
  for (const participant of conference.participants.values()) refreshFarEnd(world, participant.call);
  followSpeech(world, conference);
}

/** What the API may change about a participant. */
export type ParticipantChange = {
  muted?: boolean;
  hold?: boolean;
  endOnExit?: boolean;
  coaching?: boolean;
  coachTarget?: string;
};

/** Changes a participant and tells of every change that is one. Coaching somebody who is not there is refused (16028). */
export function changeParticipant(
  world: World,
  participant: Participant,
  change: ParticipantChange,
): { ok: true } | { ok: false; code: 16028 } {
  const target = change.coachTarget ?? participant.coachTarget;
  const coaching = change.coaching ?? (change.coachTarget !== undefined ? true : participant.coaching);
  if (coaching && (target === null || !participant.conference.participants.has(target)))
    return { ok: false, code: 16028 };
  const before = { ...participant };
  participant.muted = change.muted ?? participant.muted;
  participant.hold = change.hold ?? participant.hold;
  participant.endOnExit = change.endOnExit ?? participant.endOnExit;
  participant.coaching = coaching;
  participant.coachTarget = coaching ? target : null;
  participant.hasVoice ||= !participant.muted;
  participant.updatedAt = world.clock.now();
  if (before.muted !== participant.muted)
    fireParticipant(world, participant, participant.muted ? 'participant-mute' : 'participant-unmute');
  if (before.hold !== participant.hold)
    fireParticipant(world, participant, participant.hold ? 'participant-hold' : 'participant-unhold');
  if (
    before.endOnExit !== participant.endOnExit ||
    before.coaching !== participant.coaching ||
    before.coachTarget !== participant.coachTarget
  )
    fireParticipant(world, participant, 'participant-modify');
  refreshRoom(world, participant.conference);
  return { ok: true };
}
