import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Rig } from './rig.ts';
import { ACCOUNT, HUMAN, rig, START } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig();
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const over = (sid: string) => r.until(async () => (await r.api.calls(sid).fetch()).status === 'completed');

/** A customer of the test number in the room of an agent; recorded in two channels. */
async function talk(): Promise<string> {
  await r.call('client:agent_7', '<Dial><Conference>agent-7</Conference></Dial>');
  const sid = await r.call('+447700900913', '<Dial><Conference>agent-7</Conference></Dial>', {
    record: true,
    recordingChannels: 'dual',
    recordingStatusCallback: `${r.app.url}/recording`,
    recordingStatusCallbackEvent: ['in-progress completed absent'],
    statusCallback: `${r.app.url}/status`,
  });
  await over(sid);
  await r.until(() => r.app.at('/recording').filter((one) => one.params.CallSid === sid).length === 2);
  return sid;
}

const media = async (path: string) => {
  const answer = await r.get(path);
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
};

function channels(wav: Buffer): { left: number[]; right: number[] } {
  const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, (wav.length - 44) / 2);
  const left: number[] = [];
  const right: number[] = [];
  for (let i = 0; i + 1 < samples.length; i += 2) {
    left.push(samples[i] ?? 0);
    right.push(samples[i + 1] ?? 0);
  }
  return { left, right };
}

/** Share of the 100 ms windows in which a track is loud. */
function loud(track: number[]): boolean[] {
  const windows: boolean[] = [];
  for (let at = 0; at + 800 <= track.length; at += 800)
    windows.push(track.slice(at, at + 800).reduce((sum, sample) => sum + sample * sample, 0) / 800 > 200 ** 2);
  return windows;
}

describe('recordings', () => {
  test('a dual recording has the length of the talk and two speakers who take turns', async () => {
    const sid = await talk();
    const call = await r.api.calls(sid).fetch();
    const done = r.app.at('/recording').find((one) => one.params.RecordingStatus === 'completed')?.params ?? {};
    expect(done).toMatchObject({
      CallSid: sid,
      RecordingChannels: '2',
      RecordingSource: 'OutboundAPI',
      RecordingTrack: 'both',
    });
    expect(done.RecordingDuration).toBe(call.duration);
    expect(done.RecordingUrl).toMatch(/\/Recordings\/RE[0-9a-f]{32}$/);
    expect(r.app.at('/status')[0]?.params).toMatchObject({
      RecordingSid: done.RecordingSid,
      RecordingDuration: call.duration,
    });
    const { bytes } = await media(`${new URL(done.RecordingUrl ?? '').pathname}.wav`);
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect([bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]).toEqual([2, 8_000, 16]);
    expect((bytes.length - 44) / 32_000).toBeCloseTo(Number(call.duration), 0);
    const { left, right } = channels(bytes);
    const other = loud(right);
    const both = loud(left).map((heard, i) => [heard, other[i] === true] as const);
    const share = (is: (pair: readonly [boolean, boolean]) => boolean) => both.filter(is).length / both.length;
    // How long each turn of a short talk is hangs on the call's own id: that both are heard, one after the other, does not.
    expect(share(([a]) => a)).toBeGreaterThan(0.02);
    expect(share(([, b]) => b)).toBeGreaterThan(0.02);
    expect(share(([a, b]) => a && b)).toBeLessThan(0.02);
  });

  test('one channel on request; two of a mono recording are refused (16113)', async () => {
    await talk();
    const [dual] = await r.api.recordings.list();
    const path = `/2010-04-01/Accounts/${ACCOUNT}/Recordings/${dual?.sid}`;
    const two = (await media(`${path}.wav?RequestedChannels=2`)).bytes;
    const one = (await media(`${path}.wav?RequestedChannels=1`)).bytes;
    expect((one.length - 44) * 2).toBe(two.length - 44);
    expect((await media(path)).bytes.equals(two)).toBe(true);
    const mono = await r.call(HUMAN, '<Pause length="5"/>', { record: true });
    await over(mono);
    await r.until(async () => (await r.api.calls(mono).recordings.list())[0]?.status === 'completed');
    const [recording] = await r.api.calls(mono).recordings.list();
    expect(recording).toMatchObject({ channels: 1, source: 'OutboundAPI', duration: '5' });
    const refused = await r.get(`/2010-04-01/Accounts/${ACCOUNT}/Recordings/${recording?.sid}.wav?RequestedChannels=2`);
    expect(await refused.json()).toMatchObject({ code: 16113, status: 400 });
  });

  test('media need the credentials; a deleted recording is 404', async () => {
    await talk();
    const [recording] = await r.api.recordings.list({ dateCreatedAfter: new Date(START) });
    const path = `/2010-04-01/Accounts/${ACCOUNT}/Recordings/${recording?.sid}`;
    expect((await fetch(`${r.sandbox.url}${path}.wav`)).status).toBe(401);
    expect(await r.api.recordings(recording?.sid ?? '').remove()).toBe(true);
    expect((await media(`${path}.wav`)).status).toBe(404);
    await expect(r.api.recordings(recording?.sid ?? '').fetch()).rejects.toMatchObject({ status: 404 });
  });

  test('two calls do not sound alike', async () => {
    const [first, second] = [await talk(), await talk()];
    const sound = async (sid: string) => {
      const [recording] = await r.api.calls(sid).recordings.list();
      return (await media(`/2010-04-01/Accounts/${ACCOUNT}/Recordings/${recording?.sid}.wav`)).bytes.toString('base64');
    };
    expect(await sound(first)).not.toBe(await sound(second));
  });

  test('recording by REST starts, pauses, goes on and stops; CURRENT is refused for two (16108), a finished call 21220', async () => {
    const sid = await r.call('+447700900916', '<Pause length="40"/>');
    const recordings = r.api.calls(sid).recordings;
    const recording = await recordings.create({
      recordingChannels: 'dual',
      recordingStatusCallback: `${r.app.url}/recording`,
    });
    expect(recording).toMatchObject({
      status: 'in-progress',
      source: 'StartCallRecordingAPI',
      channels: 2,
      duration: '-1',
    });
    await r.pass(10_000);
    expect(await recordings('Twilio.CURRENT').update({ status: 'paused', pauseBehavior: 'skip' })).toMatchObject({
      status: 'paused',
    });
    await r.pass(10_000);
    await recordings('Twilio.CURRENT').update({ status: 'in-progress' });
    await r.pass(5_000);
    const second = await recordings.create();
    await expect(recordings('Twilio.CURRENT').update({ status: 'stopped' })).rejects.toMatchObject({ code: 16108 });
    await recordings(second.sid).update({ status: 'stopped' });
    expect(await recordings(recording.sid).update({ status: 'stopped' })).toMatchObject({ status: 'stopped' });
    await r.until(() => r.app.at('/recording').length === 1);
    expect(r.app.at('/recording')[0]?.params).toMatchObject({ RecordingDuration: '15', RecordingStatus: 'completed' });
    await r.until(async () => (await r.api.recordings(second.sid).fetch()).status === 'absent');
    await over(sid);
    await expect(recordings.create()).rejects.toMatchObject({ code: 21220 });
  });

  test('Start and Stop in a document record just what lies between them', async () => {
    const recording = `<Recording channels="dual" recordingStatusCallback="${r.app.url}/part" recordingStatusCallbackEvent="in-progress completed"/>`;
    const between = `<Start>${recording}</Start><Pause length="4"/><Stop><Recording/></Stop><Pause length="6"/>`;
    const sid = await r.call(HUMAN, `<Start><Siprec/></Start>${between}`);
    await over(sid);
    await r.until(() => r.app.at('/part').length === 2);
    const [begun, done] = r.app.at('/part').map(({ params }) => params);
    expect(begun).toMatchObject({ RecordingStatus: 'in-progress', RecordingSource: 'StartCallRecordingTwiML' });
    expect(done).toMatchObject({ RecordingStatus: 'completed', RecordingDuration: '4', RecordingChannels: '2' });
    // What is not known is a warning, and the document goes on.
    const told = await r.api.calls(sid).notifications.list();
    expect(told.map(({ errorCode, log }) => [errorCode, log])).toEqual([['12200', '1']]);
  });

  test('MP3 comes from the encoder that is on the machine, and is 404 where there is none', async () => {
    const sid = await talk();
    const [recording] = await r.api.calls(sid).recordings.list();
    const path = `/2010-04-01/Accounts/${ACCOUNT}/Recordings/${recording?.sid}`;
    const folder = await mkdtemp(join(tmpdir(), 'fairline-encoder-'));
    try {
      // Hands the sound on as it is: what is seen is that it went through the encoder and came whole.
      await writeFile(join(folder, 'ffmpeg'), '#!/bin/sh\nexec /bin/cat\n', { mode: 0o755 });
      vi.stubEnv('PATH', folder);
      const answer = await r.get(`${path}.mp3`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
      expect(Buffer.from(await answer.arrayBuffer()).equals((await media(`${path}.wav`)).bytes)).toBe(true);
      await rm(join(folder, 'ffmpeg'));
      expect((await media(`${path}.mp3`)).status).toBe(404);
    } finally {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    }
  });

  test('a room is recorded in one channel', async () => {
    const room = `<Dial><Conference record="record-from-start" recordingStatusCallback="${r.app.url}/recording">x</Conference></Dial>`;
    await r.call('client:agent_7', room);
    await over(await r.call('+447700900913', room));
    for (const call of await r.api.calls.list({ status: 'in-progress' }))
      await r.api.calls(call.sid).update({ status: 'completed' });
    await r.until(() => r.app.at('/recording').length === 1);
    expect(r.app.at('/recording')[0]?.params).toMatchObject({ RecordingChannels: '1', RecordingSource: 'Conference' });
    expect(r.app.at('/recording')[0]?.params.ConferenceSid).toMatch(/^CF/);
  });
});
