import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Rig } from './rig.ts';
import { ACCOUNT, HUMAN, KEY, rig, START, TOKEN } from './rig.ts';

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
    expect(share(([a]) => a)).toBeGreaterThan(0.15);
    expect(share(([, b]) => b)).toBeGreaterThan(0.15);
    expect(share(([a, b]) => a && b)).toBeLessThan(0.02);
  });

  test('one channel on request; two of a mono recording are refused (16113)', async () => {
    await talk();
    const [dual] = await r.api.recordings.list();
    const path = `/2010-04-01/Accounts/${ACCOUNT}/Recordings/${dual?.sid}`;
    const two = (await media(`${path}.wav?RequestedChannels=2`)).bytes;
    const one = (await media(`${path}.wav?RequestedChannels=1`)).bytes;
    expect((one.length - 44) * 2).toBe(two.length - 44);
    expect(await media(path)).toEqual(await media(`${path}.wav`));
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

describe('answering machine detection', () => {
  const create = (to: string, more: Record<string, unknown>) =>
    r.call(to, '<Pause length="20"/>', { machineDetection: 'Enable', statusCallback: `${r.app.url}/status`, ...more });

  test.each([
    [HUMAN, 'Enable', 'human'],
    ['+447700900903', 'Enable', 'machine_start'],
    ['+447700900903', 'DetectMessageEnd', 'machine_end_beep'],
    ['+447700900909', 'Enable', 'machine_start'],
    ['+447700900910', 'Enable', 'human'],
    ['+447700900911', 'Enable', 'unknown'],
    ['+447700900912', 'Enable', 'fax'],
  ])('asynchronous: %s with %s is %s, told beside the running document', async (to, machineDetection, verdict) => {
    const sid = await create(to, { machineDetection, asyncAmd: 'true', asyncAmdStatusCallback: `${r.app.url}/amd` });
    expect(r.app.at('/document-1')[0]?.params).not.toHaveProperty('AnsweredBy');
    await r.until(() => r.app.at('/amd').length === 1);
    const params = r.app.at('/amd')[0]?.params ?? {};
    expect(params).toMatchObject({ CallSid: sid, AccountSid: ACCOUNT, AnsweredBy: verdict });
    expect(Number(params.MachineDetectionDuration)).toBeGreaterThan(2_000);
    expect(await r.api.calls(sid).fetch()).toMatchObject({ answeredBy: verdict, status: 'in-progress' });
    await r.api.calls(sid).update({ status: 'completed' });
    await r.until(() => r.app.at('/status').length === 1);
    expect(r.app.at('/status')[0]?.params.AnsweredBy).toBe(verdict);
  });

  test('synchronous: nothing runs until the verdict, then the document is asked with it', async () => {
    const before = r.now();
    await create(HUMAN, {});
    // Set-up 0.6 s, ringing 4 s, verdict after 3.2 s.
    expect(r.now() - before).toBe(7_800);
    expect(r.app.at('/document-1')[0]?.params.AnsweredBy).toBe('human');
  });

  test('digits to send switch it off; a missing address is a warning (21262); a timeout gives unknown', async () => {
    const digits = await create(HUMAN, { sendDigits: 'ww1' });
    expect(r.app.at('/document-1')[0]?.params).not.toHaveProperty('AnsweredBy');
    const silent = await create(HUMAN, { asyncAmd: 'true' });
    await r.pass(4_000);
    expect((await r.api.calls(silent).notifications.list()).map((one) => one.errorCode)).toEqual(['21262']);
    expect((await r.api.calls(digits).fetch()).answeredBy).toBeNull();
    await create('+447700900911', { machineDetectionTimeout: 4 });
    expect(r.app.at('/document-3')[0]?.params.AnsweredBy).toBe('unknown');
  });
});

type Message = { event: string; sequenceNumber?: string; streamSid?: string } & Record<string, Record<string, unknown>>;

async function listener(): Promise<{
  url: string;
  messages: Message[];
  signatures: string[];
  sockets: WebSocket[];
  close: () => void;
}> {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  const messages: Message[] = [];
  const signatures: string[] = [];
  const sockets: WebSocket[] = [];
  server.on('connection', (socket, request) => {
    sockets.push(socket);
    signatures.push(String(request.headers['x-twilio-signature']));
    socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const address: AddressInfo | string | null = http.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `ws://127.0.0.1:${port}/audio?x=1`,
    messages,
    signatures,
    sockets,
    close: () => server.close(() => http.close()),
  };
}

describe('media streams', () => {
  test('one-way: connected, start, frames of 20 ms with the speech of the recording, stop', async () => {
    const ear = await listener();
    const stream = `<Start><Stream url="${ear.url}" track="both_tracks" name="ear" statusCallback="${r.app.url}/stream"><Parameter name="attempt" value="7"/></Stream></Start>`;
    const sid = await r.call(HUMAN, `${stream}<Pause length="3"/>`);
    const opened = () => ear.messages.some((one) => one.event === 'start');
    while (!opened()) await new Promise((done) => setImmediate(done));
    await r.pass(2_000);
    await r.api.calls(sid).update({ status: 'completed' });
    while (ear.messages.at(-1)?.event !== 'stop') await new Promise((done) => setImmediate(done));
    expect(twilio.validateRequest(TOKEN, ear.signatures[0] ?? '', ear.url, {})).toBe(true);
    const [connected, start, ...rest] = ear.messages;
    expect(connected).toMatchObject({ event: 'connected', protocol: 'Call' });
    expect(start).toMatchObject({
      event: 'start',
      sequenceNumber: '1',
      start: {
        callSid: sid,
        accountSid: ACCOUNT,
        tracks: ['inbound', 'outbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 },
        customParameters: { attempt: '7' },
      },
    });
    const frames = rest.filter((one) => one.event === 'media' && one.media?.track === 'inbound');
    expect(frames.length).toBeGreaterThanOrEqual(99);
    expect(frames.slice(0, 3).map((one) => [one.media?.chunk, one.media?.timestamp])).toEqual([
      ['1', '0'],
      ['2', '20'],
      ['3', '40'],
    ]);
    const payloads = frames.map((one) => Buffer.from(String(one.media?.payload), 'base64'));
    expect(new Set(payloads.map((one) => one.length))).toEqual(new Set([160]));
    // Somebody who hears nobody says hello: not every frame is silence.
    expect(payloads.some((one) => new Set(one).size > 20)).toBe(true);
    await r.until(() => r.app.at('/stream').length === 2);
    expect(r.app.at('/stream').map((one) => one.params.StreamEvent)).toEqual(['stream-started', 'stream-stopped']);
    ear.close();
  });

  test('two-way: blocks until the other side closes; marks come back when what was sent has been played', async () => {
    const ear = await listener();
    const after = r.app.on('/after', '<Hangup/>');
    await r.call('+447700900916', `<Connect action="${after}"><Stream url="${ear.url}"/></Connect>`);
    while (ear.sockets.length === 0 || ear.messages.length < 2) await new Promise((done) => setImmediate(done));
    const [socket] = ear.sockets;
    const payload = Buffer.alloc(8_000).toString('base64');
    socket?.send(JSON.stringify({ event: 'media', media: { payload } }));
    socket?.send(JSON.stringify({ event: 'mark', mark: { name: 'said' } }));
    const marked = () => ear.messages.some((one) => one.event === 'mark' && one.mark?.name === 'said');
    await r.until(async () => {
      await new Promise((done) => setTimeout(done, 1));
      return marked();
    });
    expect(r.app.at('/after')).toEqual([]);
    socket?.close();
    await r.until(() => r.app.at('/after').length === 1);
    ear.close();
  });

  test('an address that is no WebSocket of this machine is refused: 31922', async () => {
    const sid = await r.call(HUMAN, '<Start><Stream url="wss://example.com/x"/></Start><Pause length="5"/>');
    expect((await r.api.calls(sid).notifications.list()).map((one) => one.errorCode)).toEqual(['31922']);
    await expect(r.api.calls(sid).streams.create({ url: 'https://127.0.0.1/x' })).rejects.toMatchObject({
      code: 31922,
    });
  });
});

describe('browser phones', () => {
  function token(applicationSid: string, secret = KEY.secret): string {
    const made = new twilio.jwt.AccessToken(ACCOUNT, KEY.sid, secret, { identity: 'agent_7', ttl: 3_600 });
    made.addGrant(
      new twilio.jwt.AccessToken.VoiceGrant({ outgoingApplicationSid: applicationSid, incomingAllow: true }),
    );
    return made.toJwt();
  }

  test('a phone connects to the application and hears its customer', async () => {
    const voiceUrl = r.app.on('/desk', '<Dial><Conference>agent-7</Conference></Dial>');
    const { sid } = await r.api.applications.create({ voiceUrl });
    const phone = new WebSocket(`${r.sandbox.url.replace('http', 'ws')}/sandbox/softphone?token=${token(sid)}`);
    const told: { event: string; callSid?: string }[] = [];
    let loudest = 0;
    phone.on('message', (data, binary) => {
      if (!binary) told.push(JSON.parse(String(data)));
      else if (Buffer.isBuffer(data))
        for (let i = 0; i < data.length; i += 2) loudest = Math.max(loudest, data.readInt16LE(i));
    });
    await new Promise((done) => phone.once('open', done));
    phone.send(JSON.stringify({ event: 'connect', parameters: { station: '12' } }));
    await r.until(async () => {
      await new Promise((done) => setTimeout(done, 1));
      return told.some((one) => one.event === 'call');
    });
    expect(r.app.at('/desk')[0]?.params).toMatchObject({ Direction: 'inbound', From: 'client:agent_7', station: '12' });
    await r.call('+447700900914', '<Dial><Conference>agent-7</Conference></Dial>');
    await r.pass(6_000);
    await new Promise((done) => setTimeout(done, 20));
    expect(loudest).toBeGreaterThan(1_000);
    const leg = told.find((one) => one.event === 'call')?.callSid ?? '';
    phone.send(JSON.stringify({ event: 'hang-up' }));
    await r.until(async () => {
      await new Promise((done) => setTimeout(done, 1));
      return (await r.api.calls(leg).fetch()).status === 'completed';
    });
    phone.close();
  });

  test('a token with another secret is refused', async () => {
    const phone = new WebSocket(
      `${r.sandbox.url.replace('http', 'ws')}/sandbox/softphone?token=${token('AP', 'other')}`,
    );
    const error = await new Promise<Error>((done) => phone.once('error', done));
    expect(error.message).toContain('401');
  });
});
