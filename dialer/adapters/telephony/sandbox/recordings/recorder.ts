import type { Call, LiveCall, RecordingSettings } from '../calls/call.ts';
import { hashText } from '../chance.ts';
import { rfc2822, wholeSeconds } from '../format.ts';
import { newSid } from '../ids.ts';
import type { Conference } from '../rooms/conference.ts';
import { tell } from '../webhooks/tell.ts';
import type { World } from '../world.ts';
import { stampNow } from '../world.ts';
import type { Recording, RecordingSource, VoiceProfile } from './recording.ts';
import { mediaUrl } from './recording.ts';
import { stretchesOf } from './stretches.ts';

/** A recording is ready so long after its end ("some time after the call"): an assumption of the sandbox. */
const PROCESSING_MS = { least: 800, spread: 2_200 };

export function voiceOf(call: Call, live: LiveCall): VoiceProfile {
  const behaviour = live.behaviour;
  return {
    seed: hashText(call.sid),
    far: behaviour?.kind ?? 'desk',
    greetingMs: behaviour?.kind === 'machine' ? behaviour.greetingMs : 0,
  };
}

/** Starts recording a call that is in progress. */
export function startRecording(
  world: World,
  call: Call,
  live: LiveCall,
  settings: RecordingSettings,
  source: RecordingSource,
): Recording {
  const recording = begin(world, {
    callSid: call.sid,
    conferenceSid: null,
    settings,
    source,
    voice: voiceOf(call, live),
  });
  if (live.scenes.length === 0) live.scenes.push({ atMs: world.clock.now(), kind: live.peer ? 'talk' : 'alone' });
  live.recordings.add(recording.sid);
  return recording;
}

/** Starts recording a room: always mono. */
export function startConferenceRecording(
  world: World,
  conference: Conference,
  settings: RecordingSettings,
  source: RecordingSource,
): Recording {
  const voice: VoiceProfile = { seed: hashText(conference.sid), far: 'person', greetingMs: 0 };
  const recording = begin(world, {
    callSid: null,
    conferenceSid: conference.sid,
    settings: { ...settings, channels: 1 },
    source,
    voice,
  });
  conference.recordings.add(recording.sid);
  return recording;
}

function begin(
  world: World,
  what: Pick<Recording, 'callSid' | 'conferenceSid' | 'settings' | 'source' | 'voice'>,
): Recording {
  const now = world.clock.now();
  const recording: Recording = {
    sid: newSid('RE'),
    ...what,
    startedAt: now,
    updatedAt: now,
    status: 'in-progress',
    durationMs: 0,
    pauses: [],
    stretches: [],
    truncated: false,
  };
  world.recordings.add(recording);
  report(world, recording, 'in-progress');
  return recording;
}

export function pauseRecording(world: World, recording: Recording, behaviour: 'skip' | 'silence'): void {
  if (recording.status !== 'in-progress') return;
  recording.status = 'paused';
  recording.pauses.push({ from: world.clock.now(), to: null, keepSilence: behaviour === 'silence' });
}

export function resumeRecording(world: World, recording: Recording): void {
  if (recording.status !== 'paused') return;
  recording.status = 'in-progress';
  const open = recording.pauses.at(-1);
  if (open) open.to = world.clock.now();
}

/** Ends the recordings of a call that is over. */
export function finishRecordings(world: World, call: Call, live: LiveCall): void {
  for (const sid of live.recordings) {
    const recording = world.recordings.get(sid);
    if (recording)
      stopRecording(world, recording, { scenes: live.scenes, answeredAt: call.answeredAt ?? recording.startedAt });
  }
  live.recordings.clear();
}

/** Stops one recording: its length is fixed now, its media are ready some time later. */
export function stopRecording(
  world: World,
  recording: Recording,
  heard: { scenes: LiveCall['scenes']; answeredAt: number },
): void {
  if (recording.status !== 'in-progress' && recording.status !== 'paused') return;
  const now = world.clock.now();
  const open = recording.pauses.at(-1);
  if (open && open.to === null) open.to = now;
  recording.stretches = stretchesOf(recording, heard, now);
  recording.durationMs = recording.stretches.reduce((sum, one) => sum + one.ms, 0);
  recording.status = 'processing';
  recording.updatedAt = now;
  if (world.faults.hit('recording-silent-loss')) return;
  const delay =
    PROCESSING_MS.least + world.chance() * PROCESSING_MS.spread + (world.faults.hit('recording-late')?.ms ?? 0);
  world.clock.after(delay, () => {
    // Below half a second there is nothing to keep: `absent`, as for a silent call.
    const absent = world.faults.hit('recording-absent') !== null || recording.durationMs < 500;
    recording.truncated = world.faults.hit('recording-truncated') !== null;
    if (recording.status === 'deleted') return;
    recording.status = absent ? 'absent' : 'completed';
    recording.updatedAt = world.clock.now();
    report(world, recording, recording.status);
  });
}

function report(world: World, recording: Recording, status: 'in-progress' | 'completed' | 'absent'): void {
  const { callback, events } = recording.settings;
  if (callback === null || !events.has(status)) return;
  const params: Record<string, string> = {
    AccountSid: world.identity.accountSid,
    RecordingSid: recording.sid,
    RecordingUrl: mediaUrl(world, recording),
    RecordingStatus: status,
    RecordingDuration: String(wholeSeconds(recording.durationMs)),
    RecordingChannels: String(recording.settings.channels),
    RecordingStartTime: rfc2822(recording.startedAt + stampNow(world) - world.clock.now()),
    RecordingSource: recording.source,
    RecordingTrack: recording.settings.track,
  };
  // 16101 and 16102 are the codes of recordings that are not kept: which is whose is an inference (16102 is documented as silent).
  if (status === 'absent') params.ErrorCode = recording.durationMs < 500 ? '16101' : '16102';
  if (recording.callSid !== null) params.CallSid = recording.callSid;
  if (recording.conferenceSid !== null) params.ConferenceSid = recording.conferenceSid;
  tell(world, callback, params, recording.callSid);
}
