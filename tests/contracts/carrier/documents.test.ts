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
