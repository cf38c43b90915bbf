import { afterEach, describe, expect, test } from 'vitest';
import { FAULTS, parseFaults } from '../../../dialer/adapters/telephony/sandbox/index.ts';
import { eventually } from '../../support/eventually.ts';
import type { Rig } from './rig.ts';
import { Authorization, CALLER, HUMAN, rig } from './rig.ts';

let r: Rig;
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const ALL = ['initiated', 'ringing', 'answered', 'completed'];
const dial = (more: Record<string, unknown> = {}) =>
  r.api.calls.create({ to: HUMAN, from: CALLER, url: r.app.on('/twiml', '<Pause length="2"/>'), ...more });

describe('faults', () => {
  test('a lost 201: the caller sees a broken connection, the call exists and is told of', async () => {
    r = await rig({ faults: [['lost-create-answer', { rate: 1, ms: 0 }]] });
    await expect(dial({ statusCallback: `${r.app.url}/status` })).rejects.toThrow();
    r.sandbox.faults.clear();
    expect(await r.api.calls.list({ to: HUMAN })).toHaveLength(1);
    await r.until(() => r.app.at('/status').length === 1);
  });

  test('500, 429 and resets do nothing at all', async () => {
    r = await rig();
    for (const [name, error] of [
      ['rest-500', { status: 500 }],
      ['rest-429', { status: 429, code: 20429 }],
      ['rest-reset', {}],
    ] as const) {
      r.sandbox.faults.clear();
      r.sandbox.faults.set(name, {});
      await expect(dial()).rejects.toMatchObject(error);
    }
    expect(r.sandbox.stats().calls.created).toBe(0);
    r.sandbox.faults.clear();
  });

  test('duplicated callbacks have the same token; missing ones never come; reordered ones keep their numbers', async () => {
    r = await rig({ faults: [['callback-duplicate', { rate: 1, ms: 0 }]] });
    const told = { statusCallback: `${r.app.url}/status`, statusCallbackEvent: ALL };
    await dial(told);
    await r.pass(60_000);
    expect(r.app.at('/status')).toHaveLength(8);
    expect(new Set(r.app.at('/status').map((one) => one.headers['i-twilio-idempotency-token'])).size).toBe(4);
    r.sandbox.faults.clear();
    r.sandbox.faults.set('callback-missing', {});
    await dial(told);
    await r.pass(60_000);
    expect(r.app.at('/status')).toHaveLength(8);
    r.sandbox.faults.clear();
    r.sandbox.faults.set('callback-reorder', { ms: 60_000 });
    for (let i = 0; i < 5; i++) await dial(told);
    await r.pass(120_000);
    const order = r.app.at('/status').slice(8);
    expect(order).toHaveLength(20);
    const first = (sid: string | undefined) =>
      order.filter((one) => one.params.CallSid === sid).map((one) => one.params.SequenceNumber);
    const runs = [...new Set(order.map((one) => one.params.CallSid))].map((sid) => first(sid).join(''));
    expect(runs.every((run) => [...run].sort().join('') === '0123')).toBe(true);
    expect(runs.some((run) => run !== '0123')).toBe(true);
  });

  test('failing webhooks lead to the fallback or the apology', async () => {
    r = await rig({ faults: [['webhook-fail', { rate: 1, ms: 0 }]] });
    const call = await dial();
    await r.until(async () => (await r.api.calls(call.sid).fetch()).status === 'completed');
    expect(r.app.seen).toEqual([]);
    expect((await r.api.calls(call.sid).notifications.list())[0]?.errorCode).toBe('11200');
  });

  test('recordings come late, end as absent, break off, or never come', async () => {
    r = await rig();
    const events = ['completed', 'absent'];
    const record = {
      record: true,
      recordingStatusCallback: `${r.app.url}/recording`,
      recordingStatusCallbackEvent: events,
    };
    const told = () => r.app.at('/recording').map((one) => one.params.RecordingStatus);
    r.sandbox.faults.set('recording-late', { ms: 100_000 });
    await dial(record);
    await r.pass(60_000);
    expect(told()).toEqual([]);
    await r.pass(60_000);
    expect(told()).toEqual(['completed']);
    r.sandbox.faults.clear();
    r.sandbox.faults.set('recording-absent', {});
    await dial(record);
    await r.pass(60_000);
    expect(told()).toEqual(['completed', 'absent']);
    r.sandbox.faults.clear();
    r.sandbox.faults.set('recording-silent-loss', {});
    await dial(record);
    await r.pass(60_000);
    expect(told()).toHaveLength(2);
    r.sandbox.faults.clear();
    r.sandbox.faults.set('recording-truncated', {});
    await dial(record);
    await r.pass(60_000);
    const path = new URL(r.app.at('/recording')[2]?.params.RecordingUrl ?? '').pathname;
    const answer = await r.get(`${path}.wav`);
    expect(Number(answer.headers.get('content-length'))).toBe(32_044);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  test('wrong verdicts, skewed clocks, stale reads', async () => {
    r = await rig({
      faults: [
        ['amd-wrong', { rate: 1, ms: 0 }],
        ['clock-skew', { rate: 1, ms: 3_600_000 }],
        ['stale-reads', { rate: 1, ms: 3_000 }],
      ],
    });
    const call = await dial({ machineDetection: 'Enable', statusCallback: `${r.app.url}/status` });
    await expect(r.api.calls(call.sid).fetch()).rejects.toMatchObject({ status: 404 });
    expect(await r.api.calls.list()).toEqual([]);
    await r.until(() => r.app.at('/status').length === 1);
    expect(r.app.at('/twiml')[0]?.params.AnsweredBy).toBe('machine_start');
    expect(r.app.at('/status')[0]?.params.Timestamp).toContain(' 10:00:');
    expect(await r.api.calls.list()).toHaveLength(1);
  });

  test('are switched at run time by the administration endpoint', async () => {
    r = await rig();
    const put = (body: unknown) =>
      fetch(`${r.sandbox.url}/sandbox/faults`, {
        method: 'PUT',
        headers: { Authorization, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    const answer = await (await put({ 'rest-429': { rate: 1 }, 'amd-wrong': true })).json();
    expect(answer.active).toEqual({ 'rest-429': { rate: 1, ms: 0 }, 'amd-wrong': { rate: 1, ms: 0 } });
    await expect(dial()).rejects.toMatchObject({ status: 429 });
    expect((await (await put({ 'rest-429': null })).json()).active).toEqual({ 'amd-wrong': { rate: 1, ms: 0 } });
    expect((await put({ 'no-such-fault': true })).status).toBe(400);
    expect((await fetch(`${r.sandbox.url}/sandbox/faults`)).status).toBe(401);
    expect((await dial()).status).toBe('queued');
  });

  test('every fault by its name is switched on and off again, and is told with its rate and amount', async () => {
    r = await rig();
    const put = async (body: unknown): Promise<{ active: Record<string, unknown> }> => {
      const headers = { Authorization, 'Content-Type': 'application/json' };
      const url = `${r.sandbox.url}/sandbox/faults`;
      return (await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) })).json();
    };
    for (const name of Object.keys(FAULTS)) {
      expect((await put({ [name]: { rate: 0.5, ms: 70 } })).active).toEqual({ [name]: { rate: 0.5, ms: 70 } });
      expect((await put({ [name]: false })).active).toEqual({});
    }
    // Switched off they leave nothing behind: a call goes as ever.
    const call = await dial({ statusCallback: `${r.app.url}/status`, statusCallbackEvent: ALL });
    await r.until(async () => (await r.api.calls(call.sid).fetch()).status === 'completed');
    expect(r.app.at('/status').map(({ params }) => params.SequenceNumber)).toEqual(['0', '1', '2', '3']);
  });

  test('webhooks that find nobody are 11205 and lead to the apology; slow ones come all the same', async () => {
    r = await rig({ faults: [['webhook-unreachable', { rate: 1, ms: 0 }]] });
    const lost = await dial();
    await r.until(async () => (await r.api.calls(lost.sid).fetch()).status === 'completed');
    expect(r.app.seen).toEqual([]);
    expect((await r.api.calls(lost.sid).notifications.list()).map(({ errorCode }) => errorCode)).toContain('11205');
    await r.stop();
    r = await rig({ faults: [['webhook-slow', { rate: 1, ms: 5 }]] });
    const late = await dial();
    const status = async () => (await r.api.calls(late.sid).fetch()).status;
    await r.until(async () => (await status()) === 'in-progress');
    // The delay is of the machine's time: the call's own must not run on meanwhile.
    await eventually('the slow webhook', () => r.app.at('/twiml').length === 1);
    await r.until(async () => (await status()) === 'completed');
    expect(r.app.at('/twiml')).toHaveLength(1);
  });

  test('the list of faults reads names, rates and amounts, and names what it cannot read', async () => {
    r = await rig();
    expect(parseFaults('amd-wrong, rest-500=0.2,recording-late=1:5000')).toEqual({
      ok: true,
      faults: [
        ['amd-wrong', { rate: 1, ms: 0 }],
        ['rest-500', { rate: 0.2, ms: 0 }],
        ['recording-late', { rate: 1, ms: 5_000 }],
      ],
    });
    expect(parseFaults('amd-wrong,storm')).toEqual({ ok: false, piece: 'storm' });
    expect(parseFaults('rest-500=2')).toEqual({ ok: false, piece: 'rest-500=2' });
  });
});
