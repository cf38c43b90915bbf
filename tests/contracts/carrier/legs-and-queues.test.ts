import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { CALLER, HUMAN, rig } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig();
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const over = (sid: string) => r.until(async () => (await r.api.calls(sid).fetch()).status === 'completed');

describe('dialling from a document', () => {
  test('Number: a child leg with its own callbacks, then the action with its length', async () => {
    const action = r.app.on('/after', '<Hangup/>');
    const noun = `<Number url="${r.app.on('/whisper', '<Say>Call from the desk</Say>')}" statusCallback="${r.app.url}/leg" statusCallbackEvent="initiated ringing answered completed">+447700900913</Number>`;
    const sid = await r.call(
      'client:agent_7',
      `<Dial callerId="${CALLER}" action="${action}" record="record-from-answer-dual">${noun}</Dial>`,
    );
    await r.until(() => r.app.at('/after').length === 1);
    const params = r.app.at('/after')[0]?.params ?? {};
    // The whisper takes 1.3 s, then the talk of this test number its 25 s.
    expect(params).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'true', RecordingDuration: '25' });
    expect(Number(params.DialCallDuration)).toBeGreaterThanOrEqual(26);
    await r.until(() => r.app.at('/leg').length === 4);
    const child = await r.api.calls(params.DialCallSid ?? '').fetch();
    expect(child).toMatchObject({ parentCallSid: sid, direction: 'outbound-dial', from: CALLER });
    expect(r.app.at('/leg')[0]?.params.ParentCallSid).toBe(sid);
    expect(await r.api.calls.list({ parentCallSid: sid })).toHaveLength(1);
  });

  test.each([
    ['<Number>+447700900904</Number>', 'busy'],
    ['<Number>+447700900905</Number>', 'no-answer'],
    ['<Number>+447700900907</Number>', 'failed'],
    ['<Number>12</Number>', 'failed'],
    ['<Sip>nonsense</Sip>', 'failed'],
  ])('%s: %s', async (noun, status) => {
    const action = r.app.on('/after', '<Hangup/>');
    await r.call('client:agent_7', `<Dial callerId="${CALLER}" action="${action}" timeout="20">${noun}</Dial>`);
    await r.until(() => r.app.at('/after').length === 1);
    expect(r.app.at('/after')[0]?.params).toMatchObject({ DialCallStatus: status, DialBridged: 'false' });
  });

  test('several nouns ring at once; the first to answer is bridged; a hang-up of the parent ends the child', async () => {
    const nouns = '<Number>+447700900915</Number><Client>agent_2</Client><Sip>sip:desk@127.0.0.1</Sip>';
    const sid = await r.call(HUMAN, `<Dial>${nouns}</Dial>`);
    await r.until(async () => (await r.api.calls.list({ parentCallSid: sid, status: 'in-progress' })).length === 1);
    expect(await r.api.calls.list({ parentCallSid: sid, status: 'canceled' })).toHaveLength(2);
    await over(sid);
    expect(await r.api.calls.list({ parentCallSid: sid, status: 'completed' })).toHaveLength(1);
  });
});

describe('queues', () => {
  const QUEUED = (action: string, wait: string) => `<Enqueue action="${action}" waitUrl="${wait}">overflow</Enqueue>`;

  test('waits with its document, is taken by Dial Queue, and tells the result', async () => {
    const wait = r.app.on('/wait', '<Say>Please hold the line.</Say>');
    const action = r.app.on('/left', '<Hangup/>');
    const customer = await r.call(HUMAN, QUEUED(action, wait));
    await r.pass(4_000);
    expect(r.app.at('/wait')[0]?.params).toMatchObject({
      QueuePosition: '1',
      CurrentQueueSize: '1',
      MaxQueueSize: '1000',
      QueueTime: '0',
    });
    const [queue] = await r.api.queues.list();
    expect(queue).toMatchObject({ friendlyName: 'overflow', currentSize: 1 });
    expect(await r.api.queues(queue?.sid ?? '').members.list()).toMatchObject([
      { callSid: customer, position: 1, waitTime: 4 },
    ]);
    await r.call('client:agent_7', '<Dial><Queue>overflow</Queue></Dial>');
    await r.until(() => r.api.queues.list().then(([one]) => one?.currentSize === 0));
    const agent = (await r.api.calls.list({ to: 'client:agent_7' }))[0]?.sid ?? '';
    await r.api.calls(agent).update({ status: 'completed' });
    await r.until(() => r.app.at('/left').length === 1);
    expect(r.app.at('/left')[0]?.params).toMatchObject({ QueueResult: 'bridged', QueueSid: queue?.sid });
  });

  test('who is sent elsewhere while they speak with whom took them out of the queue: redirected-from-bridged', async () => {
    const action = r.app.on('/left', '<Hangup/>');
    const customer = await r.call(HUMAN, QUEUED(action, r.app.on('/wait', '<Pause length="30"/>')));
    await r.pass(4_000);
    await r.call('client:agent_7', '<Dial><Queue>overflow</Queue></Dial>');
    await r.pass(3_000);
    await r.api.calls(customer).update({ url: r.app.on('/elsewhere', '<Hangup/>') });
    await r.until(() => r.app.at('/elsewhere').length === 1 && r.app.at('/left').length === 1);
    expect(r.app.at('/left')[0]?.params).toMatchObject({ QueueResult: 'redirected-from-bridged', CallSid: customer });
  });

  test('a member is sent elsewhere by REST, leaves by its own document, or hangs up', async () => {
    const action = r.app.on('/left', '<Hangup/>');
    const still = r.app.on('/still', '<Pause length="30"/>');
    await r.call(HUMAN, QUEUED(action, still));
    const [queue] = await r.api.queues.list();
    await r.api
      .queues(queue?.sid ?? '')
      .members('Front')
      .update({ url: r.app.on('/taken', '<Hangup/>') });
    await r.until(() => r.app.at('/taken').length === 1 && r.app.at('/left').length === 1);
    await r.call(HUMAN, QUEUED(action, r.app.on('/leave', '<Leave/>')));
    await r.until(() => r.app.at('/left').length === 2);
    const gone = await r.call(HUMAN, QUEUED(action, still));
    await r.api.calls(gone).update({ status: 'completed' });
    await r.until(() => r.app.at('/left').length === 3);
    const results = r.app.at('/left').map((one) => one.params.QueueResult);
    expect(results).toEqual(['redirected', 'leave', 'hangup']);
    expect(await r.api.queues(queue?.sid ?? '').remove()).toBe(true);
    await expect(r.api.queues.create({ friendlyName: 'q', maxSize: 5_001 })).rejects.toMatchObject({ code: 22001 });
  });

  test('a full queue sends the leg on at once', async () => {
    await r.api.queues.create({ friendlyName: 'small', maxSize: 1 });
    const action = r.app.on('/left', '<Hangup/>');
    const join = `<Enqueue action="${action}" waitUrl="">small</Enqueue>`;
    await r.call(HUMAN, join);
    await r.call(HUMAN, join);
    await r.until(() => r.app.at('/left').length === 1);
    expect(r.app.at('/left')[0]?.params.QueueResult).toBe('queue-full');
  });
});

describe('inbound calls', () => {
  test('a number with a voice URL is answered by its document, or refuses', async () => {
    const [number] = await r.api.incomingPhoneNumbers.list({ phoneNumber: CALLER });
    const set = (voiceUrl: string) => r.api.incomingPhoneNumbers(number?.sid ?? '').update({ voiceUrl });
    const dial = async () => {
      const body = new URLSearchParams({ From: HUMAN, To: CALLER });
      const answer = await r.post('/sandbox/calls', body);
      const { sid }: { sid: string } = await answer.json();
      return sid;
    };
    await set(r.app.on('/in', '<Say>You have called the desk.</Say>'));
    const answered = await dial();
    await over(answered);
    expect(r.app.at('/in')[0]?.params).toMatchObject({
      Direction: 'inbound',
      CallStatus: 'ringing',
      From: HUMAN,
      To: CALLER,
    });
    await set(r.app.on('/refuse', '<Reject reason="busy"/>'));
    const refused = await dial();
    await r.until(async () => (await r.api.calls(refused).fetch()).status === 'busy');
  });
});
