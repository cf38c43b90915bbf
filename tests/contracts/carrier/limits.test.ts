import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { CALLER, HUMAN, rig } from './rig.ts';

let r: Rig;
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const ALL = ['initiated', 'ringing', 'answered', 'completed'];
const dial = (more: Record<string, unknown> = {}) =>
  r.api.calls.create({ to: HUMAN, from: CALLER, url: r.app.on('/twiml', '<Pause length="2"/>'), ...more });

describe('limits', () => {
  test('calls beyond the calls per second are queued; queue_time says for how long', async () => {
    r = await rig({ cps: 2 });
    const statusCallback = `${r.app.url}/status`;
    const calls = [];
    for (let i = 0; i < 6; i++) calls.push(await dial({ statusCallback, statusCallbackEvent: ['initiated'] }));
    expect(calls.map((call) => call.queueTime)).toEqual(['0', '0', '500', '1000', '1500', '2000']);
    await r.pass(600);
    expect(r.app.at('/status')).toHaveLength(3);
    expect((await r.api.calls(calls[5]?.sid ?? '').fetch()).startTime).toBeNull();
    await r.pass(1_500);
    expect(r.app.at('/status')).toHaveLength(6);
  });

  test('a call that waits for its turn can be canceled', async () => {
    r = await rig({ cps: 1 });
    await dial();
    const call = await dial({ statusCallback: `${r.app.url}/status`, statusCallbackEvent: ALL });
    expect(await r.api.calls(call.sid).update({ status: 'canceled' })).toMatchObject({ status: 'canceled' });
    await r.pass(10_000);
    expect(r.app.at('/status').map((one) => one.params.CallStatus)).toEqual(['canceled']);
  });

  test('more calls at once than allowed are 10004', async () => {
    r = await rig({ concurrentCalls: 2 });
    await dial();
    await dial();
    await expect(dial()).rejects.toMatchObject({ status: 429, code: 10004 });
    await r.pass(30_000);
    expect((await dial()).status).toBe('queued');
  });

  test('more REST requests at once than allowed are 20429 and were never processed', async () => {
    r = await rig({ concurrentRequests: 3, faults: [['rest-slow', { rate: 1, ms: 50 }]] });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => dial()));
    const refused = results.filter((one) => one.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const one of refused) expect(one.reason).toMatchObject({ status: 429, code: 20429 });
    expect(r.sandbox.stats().calls.created).toBe(8 - refused.length);
  });

  test('finished calls beyond the limit are forgotten, so memory stays flat', async () => {
    r = await rig({ keepFinished: 3 });
    for (let i = 0; i < 10; i++) await dial();
    await r.pass(60_000);
    expect(r.sandbox.stats().calls).toMatchObject({ created: 10, live: 0, remembered: 3 });
  });
});

describe('connection overrides', () => {
  const attempts = (path: string) => r.app.at(path).map((one) => one.headers['i-twilio-idempotency-token']);

  test('a 5xx is not repeated by default; with rp=5xx it is, with the same token', async () => {
    r = await rig();
    r.app.on('/status', { status: 503 });
    await dial({ statusCallback: `${r.app.url}/status` });
    await r.pass(60_000);
    expect(attempts('/status')).toHaveLength(1);
    await dial({ statusCallback: `${r.app.url}/status#rc=3&rp=5xx` });
    await r.pass(60_000);
    const tokens = attempts('/status').slice(1);
    expect(tokens).toHaveLength(4);
    expect(new Set(tokens).size).toBe(1);
  });

  test('a broken connection is repeated once by default; rc=0 turns that off', async () => {
    r = await rig();
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/status`;
    await dial({ statusCallback: url });
    await r.pass(60_000);
    expect(connections).toBe(2);
    await dial({ statusCallback: `${url}#rc=0` });
    await r.pass(60_000);
    expect(connections).toBe(3);
    server.close();
  });

  test('the read timeout is real time; the fragment is neither sent nor signed', async () => {
    r = await rig();
    const url = r.app.on('/slow', () => new Promise((done) => setTimeout(() => done('<Hangup/>'), 400)));
    const fallbackUrl = r.app.on('/fallback', '<Hangup/>');
    await r.api.calls.create({ to: HUMAN, from: CALLER, url: `${url}?a=%7Eb&c='d'#rt=100&rc=0`, fallbackUrl });
    await r.until(() => r.app.at('/fallback').length === 1);
    expect(r.app.at('/fallback')[0]?.params.ErrorCode).toBe('11200');
    expect(r.app.at('/slow')).toHaveLength(1);
  });

  test('GET webhooks carry their parameters in the query, signed over the URL alone', async () => {
    r = await rig();
    const statusCallback = `${r.app.url}/status?note=%E4%BD%A0%20x+y&empty=`;
    await dial({ statusCallback, statusCallbackMethod: 'GET', method: 'GET' });
    await r.pass(60_000);
    expect(r.app.at('/status')[0]).toMatchObject({
      method: 'GET',
      params: { note: '你 x y', empty: '', CallStatus: 'completed' },
    });
    expect(r.app.at('/twiml')[0]?.method).toBe('GET');
  });

  test('documents may redirect; without end they are 11215', async () => {
    r = await rig();
    r.app.on('/here', () => ({ status: 302, headers: { Location: '/there' } }));
    r.app.on('/there', '<Hangup/>');
    await dial({ url: `${r.app.url}/here` });
    await r.until(() => r.app.at('/there').length === 1);
    r.app.on('/round', () => ({ status: 307, headers: { Location: '/round' } }));
    const call = await dial({ url: `${r.app.url}/round` });
    await r.until(async () => (await r.api.calls(call.sid).notifications.list()).length === 1);
    expect((await r.api.calls(call.sid).notifications.list())[0]?.errorCode).toBe('11215');
  });
});
