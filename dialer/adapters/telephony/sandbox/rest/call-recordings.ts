import { pauseRecording, resumeRecording, startRecording, stopRecording } from '../recordings/recorder.ts';
import type { Recording } from '../recordings/recording.ts';
import type { World } from '../world.ts';
import { readRecording } from './call-wish.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { created, notFound, ok, refuse, value } from './http.ts';
import { showRecording } from './recordings.ts';

const NOT_IN_PROGRESS = 'Requested resource is not eligible for recording: the call is not in progress';

function start(world: World, request: RestRequest): RestReply {
  const call = world.calls.get(request.at.call ?? '');
  if (!call) return notFound(request.path);
  if (call.live === null || call.status !== 'in-progress') return refuse(400, 21220, NOT_IN_PROGRESS);
  const settings = readRecording(request.form, 'do-not-trim');
  if (!settings.ok) return settings.reply;
  const recording = startRecording(world, call, call.live, settings.value, 'StartCallRecordingAPI');
  return created(showRecording(world, recording));
}

/** The recordings of a call or a room that run now. */
function running(world: World, ownerSid: string): Recording[] {
  return world.recordings.ofCall(ownerSid).filter((one) => one.status === 'in-progress' || one.status === 'paused');
}

function control(owner: 'call' | 'conference') {
  return (world: World, request: RestRequest): RestReply => {
    const ownerSid = request.at[owner] ?? '';
    const id = request.at.recording ?? '';
    const active = running(world, ownerSid);
    if (id === 'Twilio.CURRENT' && active.length > 1)
      return refuse(400, 16108, 'There is more than one active recording: Twilio.CURRENT cannot be used');
    const recording = id === 'Twilio.CURRENT' ? active[0] : world.recordings.get(id);
    if (!recording || (recording.callSid ?? recording.conferenceSid) !== ownerSid)
      return id === 'Twilio.CURRENT' ? refuse(404, 20404, 'There is no active recording') : notFound(request.path);
    if (!active.includes(recording)) return refuse(400, 21220, 'The recording is not in progress');
    const status = value(request.form, 'Status');
    switch (status) {
      case 'paused':
        pauseRecording(world, recording, value(request.form, 'PauseBehavior') === 'skip' ? 'skip' : 'silence');
        break;
      case 'in-progress':
        resumeRecording(world, recording);
        break;
      case 'stopped':
        stop(world, recording);
        break;
      default:
        return refuse(400, 20001, 'Status must be paused, in-progress or stopped');
    }
    return ok({ ...showRecording(world, recording), ...(status === 'stopped' ? { status: 'stopped' } : {}) });
  };
}

function stop(world: World, recording: Recording): void {
  const call = recording.callSid === null ? undefined : world.calls.get(recording.callSid);
  call?.live?.recordings.delete(recording.sid);
  const scenes = call?.live?.scenes ?? [{ atMs: recording.startedAt, kind: 'talk' as const }];
  stopRecording(world, recording, { scenes, answeredAt: call?.answeredAt ?? recording.startedAt });
}

const ACCOUNT = '/2010-04-01/Accounts/:account';

export const callRecordingRoutes: readonly Route[] = [
  { method: 'POST', pattern: `${ACCOUNT}/Calls/:call/Recordings.json`, handle: start },
  { method: 'POST', pattern: `${ACCOUNT}/Calls/:call/Recordings/:recording.json`, handle: control('call') },
  {
    method: 'POST',
    pattern: `${ACCOUNT}/Conferences/:conference/Recordings/:recording.json`,
    handle: control('conference'),
  },
];
