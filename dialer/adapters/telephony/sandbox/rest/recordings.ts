import { spawn } from 'node:child_process';
import { pipeline, type Readable } from 'node:stream';
import { rfc2822, wholeSeconds } from '../format.ts';
import { wavStream } from '../recordings/media.ts';
import type { Recording } from '../recordings/recording.ts';
import { mediaUrl } from '../recordings/recording.ts';
import { dayFilter } from './date-filter.ts';
import type { World } from '../world.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { deleted, notFound, ok, refuse } from './http.ts';
import { page } from './pages.ts';
import { base } from './show-call.ts';

/** The Recording resource; `track` belongs to the call's own list. */
export function showRecording(world: World, recording: Recording): Record<string, unknown> {
  const uri = `${base(world)}/Recordings/${recording.sid}`;
  const ready = recording.status === 'completed' || recording.status === 'absent';
  return {
    sid: recording.sid,
    account_sid: world.identity.accountSid,
    api_version: '2010-04-01',
    call_sid: recording.callSid,
    conference_sid: recording.conferenceSid,
    date_created: rfc2822(recording.startedAt),
    date_updated: rfc2822(recording.updatedAt),
    start_time: rfc2822(recording.startedAt),
    duration: ready ? String(wholeSeconds(recording.durationMs)) : '-1',
    price: null,
    price_unit: 'USD',
    status: recording.status,
    channels: recording.settings.channels,
    source: recording.source,
    error_code: recording.status === 'absent' ? (recording.durationMs < 500 ? 16101 : 16102) : null,
    track: recording.settings.track,
    encryption_details: null,
    uri: `${uri}.json`,
    subresource_uris: {
      add_on_results: `${uri}/AddOnResults.json`,
      transcriptions: `${uri}/Transcriptions.json`,
    },
    media_url: mediaUrl(world, recording),
  };
}

function seen(world: World, request: RestRequest): Recording | undefined {
  const recording = world.recordings.get(request.at.recording ?? '');
  return recording?.status === 'deleted' ? undefined : recording;
}

const NO_ENCODER = 'MP3 needs ffmpeg with an MP3 encoder on this machine: ask for .wav';

/** `.wav`, the extensionless address (also WAV), or `.mp3` where ffmpeg is installed. */
function media(format: 'wav' | 'mp3') {
  return (world: World, request: RestRequest): RestReply | Promise<RestReply> => {
    const recording = seen(world, request);
    if (recording?.status !== 'completed') return notFound(request.path);
    const wanted = request.query.get('RequestedChannels');
    if (wanted !== null && wanted !== '1' && wanted !== '2')
      return refuse(400, 16113, 'RequestedChannels must be 1 or 2');
    if (wanted === '2' && recording.settings.channels === 1)
      return refuse(400, 16113, 'A mono recording cannot be had in two channels');
    const channels = wanted === '1' ? 1 : wanted === '2' ? 2 : recording.settings.channels;
    const { stream, bytes } = wavStream(recording, channels);
    const { response } = request.raw;
    if (format === 'mp3') return mp3(stream, response);
    response.writeHead(200, { 'Content-Type': 'audio/x-wav', 'Content-Length': bytes });
    if (recording.truncated) breakOff(stream, response, bytes / 2);
    else pipeline(stream, response, () => {});
    return { kind: 'handled' };
  };
}

/** Sends a part of the sound and then loses the connection. */
function breakOff(stream: Readable, response: RestRequest['raw']['response'], after: number): void {
  let sent = 0;
  stream.on('data', (chunk: Buffer) => {
    if (sent >= after) return;
    sent += chunk.length;
    const part = sent >= after ? chunk.subarray(0, chunk.length >> 1) : chunk;
    response.write(part, () => {
      if (sent >= after) setImmediate(() => response.destroy());
    });
  });
}

/** The first sound decides: an encoder that is missing, or cannot write MP3, is told as an answer and not as an empty file. */
function mp3(stream: Readable, response: RestRequest['raw']['response']): Promise<RestReply> {
  return new Promise((resolve) => {
    const encoder = spawn('ffmpeg', ['-loglevel', 'quiet', '-i', 'pipe:0', '-f', 'mp3', '-b:a', '32k', 'pipe:1'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const refused = () => resolve(refuse(404, 20404, NO_ENCODER));
    encoder.once('error', refused);
    encoder.once('close', refused);
    encoder.once('spawn', () => pipeline(stream, encoder.stdin, () => {}));
    encoder.stdout.once('readable', () => {
      // The end of an output without sound is readable too.
      if (encoder.stdout.readableLength === 0) return;
      response.writeHead(200, { 'Content-Type': 'audio/mpeg' });
      pipeline(encoder.stdout, response, () => encoder.kill());
      resolve({ kind: 'handled' });
    });
  });
}

function listed(of: (world: World, request: RestRequest) => readonly Recording[]) {
  return (world: World, request: RestRequest): RestReply => {
    const { query } = request;
    const inDays = dayFilter(query, 'DateCreated');
    const shown = of(world, request).filter(
      (one) =>
        one.status !== 'deleted' &&
        inDays(one.startedAt) &&
        (!query.get('CallSid') || one.callSid === query.get('CallSid')) &&
        (!query.get('ConferenceSid') || one.conferenceSid === query.get('ConferenceSid')),
    );
    return page(
      request,
      'recordings',
      shown,
      (one) => one.sid,
      (one) => showRecording(world, one),
    );
  };
}

function remove(world: World, request: RestRequest): RestReply {
  const recording = seen(world, request);
  if (!recording) return notFound(request.path);
  recording.status = 'deleted';
  world.recordings.remove(recording.sid);
  return deleted;
}

const show = (world: World, request: RestRequest): RestReply => {
  const recording = seen(world, request);
  return recording ? ok(showRecording(world, recording)) : notFound(request.path);
};

const ACCOUNT = '/2010-04-01/Accounts/:account';
const ofCall = (world: World, request: RestRequest) => [...world.recordings.ofCall(request.at.call ?? '')].reverse();
const ofConference = (world: World, request: RestRequest) =>
  [...world.recordings.ofCall(request.at.conference ?? '')].reverse();

export const recordingRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${ACCOUNT}/Recordings.json`, handle: listed((world) => world.recordings.newestFirst()) },
  { method: 'GET', pattern: `${ACCOUNT}/Recordings/:recording.json`, handle: show },
  { method: 'DELETE', pattern: `${ACCOUNT}/Recordings/:recording.json`, handle: remove },
  { method: 'GET', pattern: `${ACCOUNT}/Recordings/:recording.wav`, handle: media('wav') },
  { method: 'GET', pattern: `${ACCOUNT}/Recordings/:recording.mp3`, handle: media('mp3') },
  { method: 'GET', pattern: `${ACCOUNT}/Recordings/:recording`, handle: media('wav') },
  { method: 'GET', pattern: `${ACCOUNT}/Calls/:call/Recordings.json`, handle: listed(ofCall) },
  { method: 'GET', pattern: `${ACCOUNT}/Calls/:call/Recordings/:recording.json`, handle: show },
  { method: 'DELETE', pattern: `${ACCOUNT}/Calls/:call/Recordings/:recording.json`, handle: remove },
  { method: 'GET', pattern: `${ACCOUNT}/Conferences/:conference/Recordings.json`, handle: listed(ofConference) },
  { method: 'GET', pattern: `${ACCOUNT}/Conferences/:conference/Recordings/:recording.json`, handle: show },
];
