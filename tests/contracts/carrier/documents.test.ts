import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { CALLER, HUMAN, rig } from './rig.ts';

const PRESSES = '+447700900916';
let r: Rig;
beforeEach(async () => {
  r = await rig({ numbers: { digits: { [PRESSES]: '9' } } });
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const notes = async (sid: string) =>
  (await r.api.calls(sid).notifications.list()).map((one) => `${one.errorCode} ${one.log}`);
const over = (sid: string) => r.until(async () => (await r.api.calls(sid).fetch()).status === 'completed');
const seconds = async (sid: string) => Number((await r.api.calls(sid).fetch()).duration);

describe('speaking and waiting', () => {
  test('Say lasts by its script, Pause and loops by their numbers; the end of the document hangs up', async () => {
    const latin = await r.call(HUMAN, `<Say>${'x'.repeat(140)}</Say>`);
    await over(latin);
    expect(await seconds(latin)).toBe(10);
    const chinese = await r.call(HUMAN, `<Say>${'你'.repeat(25)}</Say>`);
    await over(chinese);
    expect(await seconds(chinese)).toBe(5);
    const paused = await r.call(PRESSES, '<Pause length="7"/><Say loop="2">fourteen chars</Say>');
    await over(paused);
    expect(await seconds(paused)).toBe(9);
  });

  test('Play lasts as long as its WAV, or 3 s; a sound that is missing is noted and passed over', async () => {
    const head = Buffer.alloc(44);
    head.write('RIFF', 0);
    head.writeUInt32LE(36 + 96_000, 4);
    head.write('WAVEfmt ', 8);
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(8_000, 24);
    head.writeUInt32LE(16_000, 28);
    head.write('data', 36);
    head.writeUInt32LE(96_000, 40);
    const wav = r.app.on('/six.wav', { type: 'audio/x-wav', body: head });
    const mp3 = r.app.on('/x.mp3', { type: 'audio/mpeg', body: 'ID3' });
    const gone = r.app.on('/gone.wav', { status: 404 });
    const sid = await r.call(HUMAN, `<Play>${wav}</Play><Play>${mp3}</Play><Play>${gone}</Play>`);
    await over(sid);
    expect(await seconds(sid)).toBe(9);
    expect(await notes(sid)).toEqual(['11200 1']);
  });
});

describe('going elsewhere', () => {
  test('Redirect takes relative addresses and methods; an empty one asks for the document again', async () => {
    let times = 0;
    r.app.on('/deep/two', () => {
      times += 1;
      return times < 3 ? '<Redirect/>' : '<Hangup/>';
    });
    const url = r.app.on('/deep/one', '<Redirect method="GET">two?x=1&amp;y=a%20b+c</Redirect>');
    await r.api.calls.create({ to: HUMAN, from: CALLER, url });
    await r.until(() => times === 3);
    const [first] = r.app.at('/deep/two');
    expect(first).toMatchObject({ method: 'GET', params: { x: '1', y: 'a b c', CallStatus: 'in-progress' } });
  });

  test('a call that is over cannot be redirected or hung up: 21220', async () => {
    const sid = await r.call(HUMAN, '<Hangup/>');
    await over(sid);
    const late = { status: 400, code: 21220, message: 'Call is not in-progress. Cannot redirect.' };
    await expect(r.api.calls(sid).update({ url: `${r.app.url}/x` })).rejects.toMatchObject(late);
    await expect(r.api.calls(sid).update({ status: 'completed' })).rejects.toMatchObject(late);
  });

  test('a ringing call cannot be redirected, but canceled; canceled leaves a call in progress alone', async () => {
    const url = r.app.on('/twiml', '<Pause length="5"/>');
    const call = await r.api.calls.create({ to: HUMAN, from: CALLER, url, statusCallback: `${r.app.url}/status` });
    await r.pass(2_000);
    expect((await r.api.calls(call.sid).fetch()).status).toBe('ringing');
    await expect(r.api.calls(call.sid).update({ twiml: '<Response/>' })).rejects.toMatchObject({ code: 21220 });
    expect(await r.api.calls(call.sid).update({ status: 'canceled' })).toMatchObject({ status: 'canceled' });
    await r.until(() => r.app.at('/status').length === 1);
    expect(r.app.at('/status')[0]?.params.CallStatus).toBe('canceled');
    const live = await r.call(HUMAN, '<Pause length="5"/>');
    expect(await r.api.calls(live).update({ status: 'canceled' })).toMatchObject({ status: 'in-progress' });
    expect(await r.api.calls(live).update({ status: 'completed' })).toMatchObject({ status: 'completed' });
  });

  test('the time limit ends a call, also a shorter one set later', async () => {
    const sid = await r.call('+447700900916', '<Say loop="0">on and on</Say>', { timeLimit: 30 });
    await r.api.calls(sid).update({ timeLimit: 12 });
    await over(sid);
    expect(await seconds(sid)).toBe(12);
  });
});

describe('bad and missing documents', () => {
  test.each([
    ['HTTP 500', { status: 500 }, '11200 0'],
    ['not well-formed', { body: '<Response><Say>x</Response>' }, '12100 0'],
    ['white space before the declaration', { body: ' <?xml version="1.0"?><Response/>' }, '12100 0'],
    ['another root', { body: '<response/>' }, '12102 0'],
    ['JSON', { type: 'application/json', body: '{}' }, '12300 0'],
    ['too large', { body: `<Response><!--${'x'.repeat(66_000)}--></Response>` }, '11750 0'],
    ['a broken connection', { drop: true }, '11205 0'],
  ])('%s goes to the fallback with code and address', async (_name, answer, note) => {
    const url = r.app.on('/bad', answer);
    const fallbackUrl = r.app.on('/fallback', '<Hangup/>');
    const call = await r.api.calls.create({ to: HUMAN, from: CALLER, url, fallbackUrl });
    await r.until(() => r.app.at('/fallback').length === 1);
    expect(r.app.at('/fallback')[0]?.params).toMatchObject({
      ErrorCode: note.slice(0, 5),
      ErrorUrl: url,
      CallSid: call.sid,
    });
    expect(await notes(call.sid)).toEqual([note]);
  });

  test('without a fallback an apology is said and the call ends as completed', async () => {
    const url = r.app.on('/bad', { status: 404 });
    const call = await r.api.calls.create({ to: HUMAN, from: CALLER, url });
    await over(call.sid);
    expect(await seconds(call.sid)).toBeGreaterThan(2);
    const [notification] = await r.api.calls(call.sid).notifications.list();
    expect(notification).toMatchObject({
      errorCode: '11200',
      log: '0',
      requestUrl: url,
      moreInfo: 'https://www.twilio.com/docs/errors/11200',
    });
  });

  test('an unknown verb or attribute is a warning and the document goes on', async () => {
    const next = r.app.on('/next', '<Hangup/>');
    const sid = await r.call(HUMAN, `<Sing/><Pause tempo="2"/><Redirect>${next}</Redirect>`);
    await r.until(() => r.app.at('/next').length === 1);
    expect(await notes(sid)).toEqual(['12200 1', '12200 1']);
  });

  test('plain text is said, audio is played', async () => {
    const text = r.app.on('/text', { type: 'text/plain', body: 'x'.repeat(28) });
    const call = await r.api.calls.create({ to: HUMAN, from: CALLER, url: text });
    await over(call.sid);
    expect(await seconds(call.sid)).toBe(2);
  });

  test('a refused status callback is a warning and changes nothing', async () => {
    const statusCallback = r.app.on('/status', { status: 500 });
    const sid = await r.call(HUMAN, '<Pause/>', { statusCallback });
    await over(sid);
    await r.until(() => r.app.at('/status').length === 1);
    await r.pass(100);
    expect(await notes(sid)).toEqual(['15003 1']);
  });
});

describe('input', () => {
  test('Gather without input falls through; with digits it asks its action', async () => {
    const action = r.app.on('/digits', '<Hangup/>');
    const next = r.app.on('/next', '<Hangup/>');
    const gather = `<Gather numDigits="1" timeout="3" action="${action}"><Say>Press nine.</Say></Gather><Redirect>${next}</Redirect>`;
    await r.call(HUMAN, gather);
    await r.until(() => r.app.at('/next').length === 1);
    expect(r.app.at('/digits')).toEqual([]);
    await r.call(PRESSES, gather);
    await r.until(() => r.app.at('/digits').length === 1);
    expect(r.app.at('/digits')[0]?.params.Digits).toBe('9');
    await r.call(HUMAN, `<Gather timeout="1" actionOnEmptyResult="true" action="${action}"/>`);
    await r.until(() => r.app.at('/digits').length === 2);
    expect(r.app.at('/digits')[1]?.params.Digits).toBe('');
  });

  test('Record asks its action with the recording; a machine says nothing and it falls through', async () => {
    const action = r.app.on('/recorded', '<Hangup/>');
    const next = r.app.on('/next', '<Hangup/>');
    const document = `<Record action="${action}" maxLength="6" timeout="2"/><Redirect>${next}</Redirect>`;
    await r.call(HUMAN, document);
    await r.until(() => r.app.at('/recorded').length === 1);
    expect(r.app.at('/recorded')[0]?.params).toMatchObject({ RecordingDuration: '6', Digits: '' });
    await r.call('+447700900903', document);
    await r.until(() => r.app.at('/next').length === 1);
    expect(r.app.at('/recorded')).toHaveLength(1);
  });

  test('Record without an action asks for its own document again', async () => {
    let times = 0;
    const url = r.app.on('/loop', () => {
      times += 1;
      return times === 1 ? '<Record maxLength="2"/>' : '<Hangup/>';
    });
    await r.api.calls.create({ to: HUMAN, from: CALLER, url });
    await r.until(() => times === 2);
    expect(r.app.at('/loop')[1]?.params.RecordingUrl).toContain('/Recordings/RE');
  });
});

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

  test('a member is sent elsewhere by REST, leaves by its own document, or hangs up', async () => {
    const action = r.app.on('/left', '<Hangup/>');
    const still = r.app.on('/still', '<Pause length="30"/>');
    await r.call(HUMAN, QUEUED(action, still));
    const [queue] = await r.api.queues.list();
    await r.api
      .queues(queue?.sid ?? '')
      .members('Front')
      .update({ url: r.app.on('/taken', '<Hangup/>') });
    await r.until(() => r.app.at('/taken').length === 1);
    await r.call(HUMAN, QUEUED(action, r.app.on('/leave', '<Leave/>')));
    await r.until(() => r.app.at('/left').length === 1);
    const gone = await r.call(HUMAN, QUEUED(action, still));
    await r.api.calls(gone).update({ status: 'completed' });
    await r.until(() => r.app.at('/left').length === 2);
    expect(r.app.at('/left').map((one) => one.params.QueueResult)).toEqual(['leave', 'hangup']);
    expect(await r.api.queues(queue?.sid ?? '').remove()).toBe(true);
    await expect(r.api.queues.create({ friendlyName: 'q', maxSize: 5_001 })).rejects.toMatchObject({ code: 22001 });
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
