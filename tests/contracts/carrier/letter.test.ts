/** Lines of the carrier's contract that no other file holds, on one sandbox through the official package. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { ACCOUNT, CALLER, HUMAN, rig } from './rig.ts';

const LONG = '+447700900914';
const DESK = '+447700900917';
let r: Rig;
beforeAll(async () => {
  r = await rig({
    numbers: { verified: ['+12125550155'], blockedCountries: ['+53'], people: { '+12025550177': 'desk' } },
  });
});
afterEach(() => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
});
afterAll(() => r.stop());

let made = 0;
/** A path of the application that no case had before. */
const fresh = (): string => {
  made += 1;
  return `/letter-${made}`;
};
const codes = async (sid: string) => (await r.api.calls(sid).notifications.list()).map((one) => one.errorCode).sort();
const seconds = async (sid: string) => Number((await r.api.calls(sid).fetch()).duration);
const over = (sid: string) => r.until(async () => (await r.api.calls(sid).fetch()).status === 'completed', 90_000_000);
const room = (name: string, attributes = '') =>
  `<Dial><Conference beep="false" waitUrl="" ${attributes}>${name}</Conference></Dial>`;

/** A resource as the package hands it out: what the answer lacks is undefined there. */
const missing = (resource: object): string[] =>
  Object.entries(resource).flatMap(([key, value]) => (value === undefined && !key.startsWith('_') ? [key] : []));

describe('§1 every key of every resource is there', () => {
  test('call, conference, participant, recording, queue, member, numbers, applications, notifications, messages, account', async () => {
    const agent = await r.call('client:agent_1', room('keys', 'participantLabel="agent"'));
    const customer = await r.call(LONG, room('keys'), { record: true });
    const waiting = await r.call(LONG, '<Sing/><Enqueue>keys</Enqueue>');
    const [conference] = await r.api.conferences.list({ friendlyName: 'keys' });
    const [queue] = await r.api.queues.list();
    // In a list a notification has no request and no answer; by itself it has.
    const [note] = await r.api.calls(waiting).notifications.list();
    const [number] = await r.api.incomingPhoneNumbers.list();
    const application = await r.api.applications.create({ friendlyName: 'Keys', voiceUrl: r.app.url });
    const message = await r.api.messages.create({ to: HUMAN, from: CALLER, body: 'Good morning' });
    const lookup = await r.api.lookups.v2.phoneNumbers(HUMAN).fetch();
    const shown: Record<string, object[]> = {
      call: [await r.api.calls(customer).fetch(), ...(await r.api.calls.list({ limit: 3 }))],
      conference: [await r.api.conferences(conference?.sid ?? '').fetch()],
      participant: [
        await r.api
          .conferences(conference?.sid ?? '')
          .participants('agent')
          .fetch(),
        ...(await r.api.conferences(conference?.sid ?? '').participants.list()),
      ],
      recording: [...(await r.api.recordings.list()), ...(await r.api.calls(customer).recordings.list())],
      queue: [await r.api.queues(queue?.sid ?? '').fetch()],
      member: [
        await r.api
          .queues(queue?.sid ?? '')
          .members('Front')
          .fetch(),
      ],
      number: [await r.api.incomingPhoneNumbers(number?.sid ?? '').fetch()],
      verified: await r.api.outgoingCallerIds.list(),
      application: [application],
      notification: [
        await r.api
          .calls(waiting)
          .notifications(note?.sid ?? '')
          .fetch(),
      ],
      message: [message],
      usage: await r.api.usage.records.list(),
      balance: [await r.api.balance.fetch()],
      account: [await r.api.api.v2010.accounts(ACCOUNT).fetch()],
      lookup: [lookup],
    };
    for (const [name, all] of Object.entries(shown)) {
      expect(all.length, name).toBeGreaterThan(0);
      expect([name, ...all.flatMap(missing)]).toEqual([name]);
    }
    for (const sid of [agent, customer, waiting]) await r.api.calls(sid).update({ status: 'completed' });
  });

  test('a page holds 1000 at most', async () => {
    const answer = await (await r.get(`/2010-04-01/Accounts/${ACCOUNT}/Calls.json?PageSize=5000`)).json();
    expect(answer).toMatchObject({ page_size: 1_000, page: 0, previous_page_uri: null });
  });
});

describe('§2 calls', () => {
  test('what needs no answer of ours is accepted', async () => {
    const more = { callReason: 'A renewal', callToken: 'token', sipAuthUsername: 'x', sipAuthPassword: 'y' };
    const call = await r.api.calls.create({
      to: HUMAN,
      from: CALLER,
      twiml: '<Response/>',
      ...more,
      trim: 'do-not-trim',
    });
    expect(call.status).toBe('queued');
  });

  test.each([
    ['a status that is none', { status: 'ringing' as never }, 20001],
    ['a document in two ways', { url: 'http://127.0.0.1/x', twiml: '<Response/>' }, 20001],
  ])('an update with %s is %j', async (_name, change, code) => {
    const sid = await r.call(DESK, '<Pause length="5"/>');
    await expect(r.api.calls(sid).update(change)).rejects.toMatchObject({ status: 400, code });
    await r.api.calls(sid).update({ status: 'completed' });
  });

  test('four hours are the longest call unless told otherwise, and a minute begun is a minute', async () => {
    const statusCallback = r.app.url + fresh();
    const sid = await r.call(DESK, room('alone'), { statusCallback });
    await over(sid);
    expect(await seconds(sid)).toBe(14_400);
    const short = await r.call(DESK, '<Pause length="61"/>', { statusCallback });
    await over(short);
    await r.pass(100);
    const told = r.app.at(new URL(statusCallback).pathname).map(({ params }) => [params.CallDuration, params.Duration]);
    expect(told).toEqual([
      ['14400', '240'],
      ['61', '2'],
    ]);
  });

  test('the price comes later than the end', async () => {
    const sid = await r.call(DESK, '<Pause length="2"/>');
    await over(sid);
    expect((await r.api.calls(sid).fetch()).price).toBeNull();
    await r.pass(3_000);
    expect((await r.api.calls(sid).fetch()).price).toBe('-0.01400');
  });
});

describe('§3 webhooks', () => {
  test('the answer to a callback is no document', async () => {
    const statusCallback = r.app.on(fresh(), '<Dial>+447700900901</Dial>');
    const asyncAmdStatusCallback = r.app.on(fresh(), '<Hangup/>');
    const amd = { machineDetection: 'Enable', asyncAmd: 'true', asyncAmdStatusCallback };
    const sid = await r.call(HUMAN, '<Say loop="0">on and on</Say>', { ...amd, statusCallback, timeLimit: 20 });
    await over(sid);
    expect(await seconds(sid)).toBe(20);
    expect(await r.api.calls.list({ parentCallSid: sid })).toEqual([]);
  });

  test('an address without TLS behind it is 11220', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address: AddressInfo | string | null = server.address();
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x#rc=0`;
    const call = await r.api.calls.create({ to: DESK, from: CALLER, url });
    await over(call.sid);
    expect(await codes(call.sid)).toEqual(['11220']);
    server.close();
  });
});

describe('§5 conferences', () => {
  test.each([['a/b'], [`CA${'0'.repeat(32)}`], ['x'.repeat(129)]])('a label like %s does not get in', async (label) => {
    const next = fresh();
    const sid = await r.call(
      DESK,
      `${room('labels', `participantLabel="${label}"`)}<Redirect>${r.app.on(next, '<Hangup/>')}</Redirect>`,
    );
    await r.until(() => r.app.at(next).length === 1);
    expect(await codes(sid)).toEqual(['16024']);
  });

  test('music on hold is fetched by GET unless told otherwise', async () => {
    const agent = await r.call('client:agent_2', room('hold'));
    const customer = await r.call(LONG, room('hold'));
    const [conference] = await r.api.conferences.list({ friendlyName: 'hold', status: 'in-progress' });
    const seat = r.api.conferences(conference?.sid ?? '').participants(customer);
    const [usual, post] = [fresh(), fresh()];
    await seat.update({ hold: true, holdUrl: r.app.on(usual, '<Play>x.wav</Play>') });
    await seat.update({ hold: true, holdUrl: r.app.on(post, '<Play>x.wav</Play>'), holdMethod: 'POST' });
    await r.until(() => r.app.at(post).length === 1);
    expect([r.app.at(usual)[0]?.method, r.app.at(post)[0]?.method]).toEqual(['GET', 'POST']);
    for (const sid of [agent, customer]) await r.api.calls(sid).update({ status: 'completed' });
  });
});

describe('§6 recordings', () => {
  test('what was too short to keep is absent and says why', async () => {
    const told = fresh();
    const sid = await r.call(DESK, '<Hangup/>', {
      record: true,
      recordingStatusCallback: r.app.url + told,
      recordingStatusCallbackEvent: ['absent'],
    });
    await r.until(() => r.app.at(told).length === 1);
    expect(r.app.at(told)[0]?.params).toMatchObject({ RecordingStatus: 'absent', ErrorCode: '16101', CallSid: sid });
  });

  /** Whether this machine writes MP3; which of the two is tested is said. */
  const encoder = spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout ?? '';
  const encodes = /\b(libmp3lame|libshine)\b/.test(encoder);

  test(`MP3: ${encodes ? 'ffmpeg is here: whole, mono and dual, as long as the WAV' : 'no encoder here: 404 with a reason'}`, async () => {
    const sid = await r.call(DESK, room('mp3'), { record: true, recordingChannels: 'dual', timeLimit: 21 });
    await r.call(LONG, room('mp3'), { timeLimit: 30 });
    await over(sid);
    await r.pass(5_000);
    const [recording] = await r.api.calls(sid).recordings.list();
    const path = `/2010-04-01/Accounts/${ACCOUNT}/Recordings/${recording?.sid}.mp3`;
    const folder = await mkdtemp(join(tmpdir(), 'fairline-mp3-'));
    const file = join(folder, 'talk.mp3');
    for (const channels of [1, 2]) {
      const answer = await r.get(`${path}?RequestedChannels=${channels}`);
      if (!encodes) {
        expect(answer.status).toBe(404);
        expect(await answer.json()).toMatchObject({ code: 20404, message: expect.stringContaining('ask for .wav') });
        continue;
      }
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
      // The length is told of files only.
      await writeFile(file, Buffer.from(await answer.arrayBuffer()));
      const probed = spawnSync(
        'ffprobe',
        ['-v', 'error', '-show_entries', 'stream=codec_name,channels:format=duration', '-of', 'json', file],
        { encoding: 'utf8' },
      );
      const { streams, format } = JSON.parse(probed.stdout);
      expect(streams).toMatchObject([{ codec_name: 'mp3', channels }]);
      expect(Math.abs(Number(format.duration) - Number(recording?.duration))).toBeLessThan(0.5);
    }
    await rm(folder, { recursive: true });
  });
});

describe('§7 queues', () => {
  test.each([
    ['by the API', (sid: string, url: string) => r.api.calls(sid).update({ url })],
    [
      'as a member',
      async (sid: string, url: string) => {
        const [queue] = await r.api.queues.list();
        await r.api
          .queues(queue?.sid ?? '')
          .members(sid)
          .update({ url });
      },
    ],
  ])('who waits and is sent elsewhere %s is told of as redirected', async (_how, send) => {
    const [action, elsewhere] = [fresh(), fresh()];
    const sid = await r.call(LONG, `<Enqueue action="${r.app.url}${action}">letter</Enqueue>`);
    const queues = await r.api.queues.list();
    for (const one of queues) if (one.friendlyName !== 'letter') await r.api.queues(one.sid).remove();
    await send(sid, r.app.on(elsewhere, '<Hangup/>'));
    await r.until(() => r.app.at(elsewhere).length === 1 && r.app.at(action).length === 1);
    expect(r.app.at(action)[0]?.params).toMatchObject({ QueueResult: 'redirected', CallSid: sid });
  });
});

describe('§10 documents', () => {
  test.each([
    ['no number', '<Number>12</Number>', '13224'],
    ['cannot be reached', '<Number>+15005550002</Number>', '13224'],
    ['blocked', '<Number>+15005550004</Number>', '13225'],
    ['a country that is not enabled', '<Number>+5355501000</Number>', '13227'],
  ])('Dial: %s: %s is %s', async (_name, noun, code) => {
    const sid = await r.call(DESK, `<Dial>${noun}</Dial>`);
    await over(sid);
    expect(await codes(sid)).toEqual([code]);
  });

  test('a Dial rings for half a minute, a Gather listens for five seconds', async () => {
    const dialled = await r.call(DESK, '<Dial>+447700900905</Dial>');
    await over(dialled);
    // Set-up of 0.6 s and half a minute of ringing, in whole seconds.
    expect(await seconds(dialled)).toBe(31);
    const gathered = await r.call(DESK, '<Gather/>');
    await over(gathered);
    expect(await seconds(gathered)).toBe(5);
  });
});
