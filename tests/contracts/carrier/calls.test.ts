import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { CALLER, HUMAN, rig, START } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig();
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const ALL = ['initiated', 'ringing', 'answered', 'completed'];
const events = (path: string) => r.app.at(path).map((one) => `${one.params.SequenceNumber} ${one.params.CallStatus}`);

describe('a call from its creation to its end', () => {
  test('is queued, told in four numbered callbacks, and completed with its durations', async () => {
    const url = r.app.on('/twiml', '<Say>Good morning, this is a very short message.</Say>');
    const call = await r.api.calls.create({
      to: HUMAN,
      from: CALLER,
      url,
      statusCallback: `${r.app.url}/status`,
      statusCallbackEvent: ALL,
    });
    expect(call).toMatchObject({ status: 'queued', direction: 'outbound-api', duration: null, queueTime: '0' });
    expect(call.sid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(call.dateCreated).toEqual(new Date(START));
    await r.until(() => r.app.at('/status').length === 4);
    expect(events('/status').sort()).toEqual(['0 initiated', '1 ringing', '2 in-progress', '3 completed']);
    const last = r.app.at('/status').find((one) => one.params.CallStatus === 'completed')?.params ?? {};
    expect(last).toMatchObject({
      CallSid: call.sid,
      CallbackSource: 'call-progress-events',
      CallDuration: '3',
      Duration: '1',
      SipResponseCode: '200',
      Direction: 'outbound-api',
    });
    expect(last.Timestamp).toMatch(/^Fri, 09 Jan 2026 09:00:0\d \+0000$/);
    const document = r.app.at('/twiml')[0]?.params ?? {};
    expect(document).toMatchObject({
      CallSid: call.sid,
      CallStatus: 'in-progress',
      From: CALLER,
      To: HUMAN,
      Called: HUMAN,
    });
    expect(document).not.toHaveProperty('AnsweredBy');
    expect(await r.api.calls(call.sid).fetch()).toMatchObject({ status: 'completed', duration: '3' });
  });

  test.each([
    ['+447700900904', 'busy', '486', ['0 initiated', '1 ringing', '2 busy']],
    ['+447700900905', 'no-answer', '487', ['0 initiated', '1 ringing', '2 no-answer']],
    ['+447700900906', 'failed', '503', ['0 initiated', '1 failed']],
    ['+447700900907', 'failed', '404', ['0 initiated', '1 failed']],
    ['+447700900908', 'failed', '480', ['0 initiated', '1 failed']],
  ])('%s ends as %s (SIP %s) without a document', async (to, status, sip, sequence) => {
    const url = r.app.on('/twiml', '<Hangup/>');
    const statusCallback = `${r.app.url}/status`;
    const call = await r.api.calls.create({
      to,
      from: CALLER,
      url,
      statusCallback,
      statusCallbackEvent: ALL,
      timeout: 20,
    });
    await r.until(() => r.app.at('/status').length === sequence.length);
    expect(events('/status').sort()).toEqual(sequence);
    expect(r.app.at('/status').find((one) => one.params.CallStatus === status)?.params.SipResponseCode).toBe(sip);
    expect(r.app.at('/twiml')).toEqual([]);
    expect(await r.api.calls(call.sid).fetch()).toMatchObject({ status, duration: null });
  });

  test('rings for its timeout, 60 s when none is given', async () => {
    const url = r.app.on('/twiml', '<Hangup/>');
    const statusCallback = `${r.app.url}/status`;
    await r.api.calls.create({ to: '+447700900905', from: CALLER, url, statusCallback });
    await r.pass(59_000);
    expect(r.app.at('/status')).toEqual([]);
    await r.pass(2_000);
    expect(events('/status')).toEqual(['0 no-answer']);
  });

  test('tells only what was asked for; without a list only the end', async () => {
    const url = r.app.on('/twiml', '<Hangup/>');
    await r.api.calls.create({ to: HUMAN, from: CALLER, url, statusCallback: `${r.app.url}/end` });
    await r.api.calls.create({
      to: HUMAN,
      from: CALLER,
      url,
      statusCallback: `${r.app.url}/some`,
      statusCallbackEvent: ['ringing answered'],
    });
    await r.pass(20_000);
    expect(events('/end')).toEqual(['0 completed']);
    expect(events('/some').sort()).toEqual(['0 ringing', '1 in-progress']);
  });

  test('a person whom nobody speaks to hangs up when their patience ends', async () => {
    const statusCallback = `${r.app.url}/status`;
    await r.call(HUMAN, '<Pause length="60"/>', { statusCallback });
    await r.until(() => r.app.at('/status').length === 1);
    expect(r.app.at('/status')[0]?.params).toMatchObject({ CallStatus: 'completed', CallDuration: '8' });
  });
});
