import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Rig } from './rig.ts';
import { ACCOUNT, HUMAN, KEY, rig, TOKEN } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig();
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
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
    // What is cleared is not played: its mark comes back at once, with the clock standing still.
    socket?.send(JSON.stringify({ event: 'media', media: { payload } }));
    socket?.send(JSON.stringify({ event: 'mark', mark: { name: 'unsaid' } }));
    socket?.send(JSON.stringify({ event: 'clear' }));
    while (!ear.messages.some((one) => one.mark?.name === 'unsaid')) await new Promise((done) => setTimeout(done, 1));
    socket?.close();
    await r.until(() => r.app.at('/after').length === 1);
    ear.close();
  });

  test.each([
    ['four', {}, 4],
    ['three while detection listens', { machineDetection: 'Enable', asyncAmd: 'true' }, 3],
  ])('a call has %s streams at most', async (_how, more, most) => {
    const ear = await listener();
    const sid = await r.call('+447700900916', '<Pause length="20"/>', more);
    const { streams } = r.api.calls(sid);
    for (let i = 0; i < most; i++) await streams.create({ url: ear.url });
    await expect(streams.create({ url: ear.url })).rejects.toMatchObject({ code: 31924 });
    await r.api.calls(sid).update({ status: 'completed' });
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
  function token(applicationSid: string, secret = KEY.secret, identity = 'agent_7'): string {
    const made = new twilio.jwt.AccessToken(ACCOUNT, KEY.sid, secret, { identity, ttl: 3_600 });
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

  /** A phone that only listens: for every 100 ms whether something was heard. */
  async function ear(identity: string): Promise<{ heard: boolean[]; close: () => void }> {
    const phone = new WebSocket(
      `${r.sandbox.url.replace('http', 'ws')}/sandbox/softphone?token=${token('AP', KEY.secret, identity)}`,
    );
    const heard: boolean[] = [];
    phone.on('message', (data, binary) => {
      if (!binary || !Buffer.isBuffer(data)) return;
      const samples = new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
      heard.push(samples.some((sample) => Math.abs(sample) > 1_000));
    });
    await new Promise((done) => phone.once('open', done));
    return { heard, close: () => phone.close() };
  }

  test('a supervisor hears both sides; a whisper reaches the agent alone, barging in reaches both', async () => {
    const room = (attributes = '') =>
      `<Dial><Conference beep="false" waitUrl="" ${attributes}>agent-7</Conference></Dial>`;
    const agent = await r.call('client:agent_7', room());
    const customer = await r.call('+447700900914', room());
    const lead = await r.call('client:lead_1', room('muted="true" participantLabel="lead"'));
    const stream = await listener();
    await r.api.calls(customer).streams.create({ url: stream.url, track: 'outbound_track' });
    while (!stream.messages.some((one) => one.event === 'start')) await new Promise((done) => setImmediate(done));
    const phones = { agent: await ear('agent_7'), lead: await ear('lead_1') };
    const [conference] = await r.api.conferences.list({ friendlyName: 'agent-7', status: 'in-progress' });
    const seat = r.api.conferences(conference?.sid ?? '').participants('lead');

    /** Ten turns of four seconds, in which each side speaks and is silent (whose turn it is is drawn for each call): the tenths of a second counted, less the last few. */
    const tenthsHeard = 395;
    /** In how many tenths of a second each of them heard something. */
    const listen = async () => {
      for (const { heard } of Object.values(phones)) heard.length = 0;
      stream.messages.length = 0;
      await r.pass(40_000);
      const frames = () => stream.messages.filter((one) => one.event === 'media');
      const enough = () =>
        [phones.agent, phones.lead].every(({ heard }) => heard.length >= tenthsHeard) &&
        frames().length > 5 * tenthsHeard;
      while (!enough()) await new Promise((done) => setTimeout(done, 1));
      // mu-law: 0xff and 0x7f are silence, and large amplitudes have small numbers in their lower seven bits.
      const loud = frames().map((one) =>
        Buffer.from(String(one.media?.payload), 'base64').some((b) => (b & 0x7f) < 64),
      );
      const tenths = Array.from({ length: tenthsHeard }, (_, i) => loud.slice(i * 5, i * 5 + 5).some(Boolean));
      const count = (list: boolean[]) => list.slice(0, tenthsHeard).filter(Boolean).length;
      const leadAlone = phones.lead.heard.filter((one, i) => one && !phones.agent.heard[i]).length;
      return {
        agent: count(phones.agent.heard),
        lead: count(phones.lead.heard),
        customer: count(tenths),
        leadAlone,
      };
    };
    await r.pass(2_000);
    const listening = await listen();
    // Who listens hears the customer, as the agent does, and the agent besides.
    const [little, much] = [15, 0.87 * tenthsHeard];
    expect(listening.agent).toBeGreaterThan(little);
    expect(listening.agent).toBeLessThan(much);
    expect(listening.customer).toBeGreaterThan(little);
    expect(listening.customer).toBeLessThan(much);
    expect(listening.leadAlone).toBeGreaterThan(little);
    await seat.update({ muted: false, coaching: true, callSidToCoach: agent });
    const whispering = await listen();
    expect(whispering.agent).toBeGreaterThan(much);
    expect(whispering.customer).toBeLessThan(much);
    await seat.update({ muted: false, coaching: false });
    const barging = await listen();
    expect(barging.agent).toBeGreaterThan(much);
    expect(barging.customer).toBeGreaterThan(much);
    expect(barging.lead).toBeLessThan(tenthsHeard);
    expect(lead).toMatch(/^CA/);
    for (const { close } of Object.values(phones)) close();
    stream.close();
  });

  const now = () => Math.floor(Date.now() / 1_000);
  /** A token with its head and claims changed, signed again with the right key. */
  const changed = (head: object, claims: object): string => {
    const [first = '', second = ''] = token('AP').split('.');
    const read = (text: string): object => JSON.parse(Buffer.from(text, 'base64url').toString());
    const write = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = `${write({ ...read(first), ...head })}.${write({ ...read(second), ...claims })}`;
    return `${content}.${createHmac('sha256', KEY.secret).update(content).digest('base64url')}`;
  };
  const open = (text: string) =>
    new WebSocket(`${r.sandbox.url.replace('http', 'ws')}/sandbox/softphone?token=${text}`);

  test.each<[string, () => string]>([
    ['signed with another secret', () => token('AP', 'other')],
    ['that is no token', () => 'a.b.c'],
    ['of another type', () => changed({ cty: 'twilio-fpa;v=2' }, {})],
    ['without a signature', () => changed({ alg: 'none' }, {})],
    ['that is no JWT', () => changed({ typ: 'JWS' }, {})],
    ['of another account', () => changed({}, { sub: `AC${'9'.repeat(32)}` })],
    ['of a key that the account has not', () => changed({}, { iss: `SK${'9'.repeat(32)}` })],
    ['without an identity', () => changed({}, { grants: { identity: '', voice: {} } })],
    ['without a voice grant', () => changed({}, { grants: { identity: 'agent_7' } })],
    ['that has run out', () => changed({}, { iat: now() - 100, exp: now() - 1 })],
    ['that is not valid yet', () => changed({}, { nbf: now() + 100 })],
    ['for longer than a day', () => changed({}, { iat: now(), exp: now() + 25 * 3_600 })],
    [
      'for longer than a day, which does not say since when',
      () => changed({}, { iat: undefined, exp: now() + 25 * 3_600 }),
    ],
  ])('a token %s is refused', async (_what, made) => {
    const error = await new Promise<Error>((done) => open(made()).once('error', done));
    expect(error.message).toContain('401');
  });

  test.each([
    [true, 2],
    [false, 1],
  ])('a phone whose token lets it be called (%s) is told of the call to it', async (allow, count) => {
    const told: string[] = [];
    const phone = open(changed({}, { grants: { identity: 'agent_7', voice: { incoming: { allow } } } }));
    phone.on('message', (data, binary) => binary || told.push(JSON.parse(String(data)).event));
    await new Promise((done) => phone.once('message', done));
    await r.call('client:agent_7', '<Pause length="5"/>');
    await r.pass(1_000);
    await new Promise<void>((done) => {
      phone.once('pong', () => done());
      phone.ping();
    });
    expect(told).toEqual(['ready', 'call'].slice(0, count));
    phone.terminate();
  });
});
