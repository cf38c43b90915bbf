import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { ACCOUNT, Authorization, CALLER, client, HUMAN, KEY, rig, START } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig({
    numbers: {
      verified: ['+12125550155'],
      blockedCountries: ['+53'],
      replies: { [HUMAN]: [{ match: 'terms', body: 'YES', afterMs: 5_000 }], '+447700900903': [] },
    },
  });
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

const BASE = `/2010-04-01/Accounts/${ACCOUNT}`;
const json = async (path: string) => (await r.get(path)).json();

describe('who may ask, and how', () => {
  test('wrong credentials are 401 with code 20003 and a Basic challenge', async () => {
    const answer = await fetch(`${r.sandbox.url}${BASE}/Calls.json`, { headers: { Authorization: 'Basic bm86bm8=' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/);
    expect(await answer.json()).toEqual({
      code: 20003,
      message: 'Authenticate',
      more_info: 'https://www.twilio.com/docs/errors/20003',
      status: 401,
    });
    await expect(client(r.sandbox.url, ACCOUNT, 'wrong').calls.list()).rejects.toMatchObject({
      status: 401,
      code: 20003,
    });
  });

  test('an API key with its secret may ask as well', async () => {
    expect(await client(r.sandbox.url, KEY.sid, KEY.secret).calls.list()).toEqual([]);
  });

  test('paths are case-sensitive, unknown ones 20404, wrong methods 20004', async () => {
    expect((await r.get(`${BASE}/calls.json`)).status).toBe(404);
    expect(await json(`${BASE}/calls.json`)).toMatchObject({ code: 20404, status: 404 });
    expect(await json(`/2010-04-01/Accounts/AC${'0'.repeat(32)}/Calls.json`)).toMatchObject({ code: 20404 });
    const answer = await fetch(`${r.sandbox.url}${BASE}/Calls.json`, {
      method: 'DELETE',
      headers: { Authorization },
    });
    expect(await answer.json()).toMatchObject({ code: 20004, status: 405 });
  });

  test('answers carry the ids and the number of concurrent requests', async () => {
    const answer = await r.get(`${BASE}/Calls.json`);
    expect(answer.headers.get('twilio-request-id')).toMatch(/^RQ[0-9a-f]{32}$/);
    expect(answer.headers.get('twilio-concurrent-requests')).toBe('1');
  });
});

describe('the Call resource', () => {
  const KEYS = [
    'sid account_sid parent_call_sid phone_number_sid group_sid trunk_sid date_created date_updated start_time end_time',
    'to to_formatted from from_formatted status duration price price_unit direction answered_by api_version',
    'forwarded_from caller_name queue_time uri subresource_uris',
  ]
    .join(' ')
    .split(' ');

  test('has every key, null without a value, strings for duration and queue_time, padded RFC 2822 dates', async () => {
    const sid = await r.call(HUMAN, '<Hangup/>');
    const body: Record<string, unknown> = await json(`${BASE}/Calls/${sid}.json`);
    expect(Object.keys(body).sort()).toEqual([...KEYS].sort());
    expect(body).toMatchObject({
      date_created: 'Fri, 09 Jan 2026 09:00:00 +0000',
      parent_call_sid: null,
      queue_time: '0',
      from_formatted: '(202) 555-0100',
      uri: `${BASE}/Calls/${sid}.json`,
    });
    await r.until(async () => (await json(`${BASE}/Calls/${sid}.json`)).status === 'completed');
    await r.pass(2_000);
    expect(await json(`${BASE}/Calls/${sid}.json`)).toMatchObject({
      duration: '0',
      price_unit: 'USD',
      price: '-0.01400',
    });
  });

  test('a finished call can be deleted, a live one not (20009)', async () => {
    const sid = await r.call(HUMAN, '<Pause length="2"/>');
    await expect(r.api.calls(sid).remove()).rejects.toMatchObject({ code: 20009 });
    await r.pass(5_000);
    expect(await r.api.calls(sid).remove()).toBe(true);
    await expect(r.api.calls(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  test('list filters by status, address and start time', async () => {
    await r.call(HUMAN, '<Pause length="5"/>');
    await r.call('+447700900916', '<Pause length="5"/>');
    expect(await r.api.calls.list({ to: HUMAN })).toHaveLength(1);
    expect(await r.api.calls.list({ status: 'in-progress' })).toHaveLength(2);
    expect(await r.api.calls.list({ to: HUMAN, startTimeAfter: new Date(START - 60_000) })).toHaveLength(1);
    expect(await r.api.calls.list({ startTimeBefore: new Date(START - 86_400_000) })).toHaveLength(0);
  });
});

describe('pages', () => {
  test('follow relative URIs with page and token; null at the ends', async () => {
    const url = r.app.on('/twiml', '<Hangup/>');
    for (let i = 10; i < 22; i++)
      await r.api.calls.create({ to: `+1202555010${i % 10}`.slice(0, 11) + (i % 10), from: '+13125550100', url });
    const first = await json(`${BASE}/Calls.json?PageSize=5`);
    expect(first).toMatchObject({ page: 0, page_size: 5, start: 0, end: 4, previous_page_uri: null });
    expect(first.next_page_uri).toMatch(/^\/2010-04-01\/Accounts\/.*PageSize=5&Page=1&PageToken=PACA/);
    const third = await json((await json(first.next_page_uri)).next_page_uri);
    expect(third).toMatchObject({ page: 2, next_page_uri: null });
    expect(third.calls).toHaveLength(2);
    expect(await r.api.calls.list({ pageSize: 5 })).toHaveLength(12);
    expect((await r.api.calls.list({ pageSize: 5, limit: 7 })).length).toBe(7);
  });

  test('new records do not shift the next page', async () => {
    const url = r.app.on('/twiml', '<Hangup/>');
    for (let i = 0; i < 4; i++) await r.api.calls.create({ to: HUMAN, from: CALLER, url });
    const first = await json(`${BASE}/Calls.json?PageSize=2`);
    await r.api.calls.create({ to: HUMAN, from: CALLER, url });
    const second = await json(first.next_page_uri);
    const sids = [...first.calls, ...second.calls].map((call: { sid: string }) => call.sid);
    expect(new Set(sids).size).toBe(4);
  });
});

describe('validation of POST /Calls', () => {
  const wish = { to: HUMAN, from: CALLER, url: 'http://127.0.0.1:9/twiml' };
  test.each([
    ['no To', { to: '' }, 21201],
    ['no From', { from: '' }, 21213],
    ['To is no number', { to: '12345' }, 21211],
    ['From is no number', { from: 'me' }, 21212],
    ['To = From', { to: CALLER }, 21211],
    ['From not owned', { from: '+12025550900' }, 21210],
    ['no document', { url: '' }, 21205],
    ['malformed Url', { url: 'not a url' }, 21205],
    ['Url of another host', { url: 'https://example.com/x' }, 21205],
    ['method', { method: 'BREW' }, 21209],
    ['timeout', { timeout: 601 }, 21208],
    ['digits', { sendDigits: 'x1' }, 21206],
    ['application', { applicationSid: `AP${'0'.repeat(32)}` }, 21218],
    ['detection', { machineDetection: 'Maybe' }, 21234],
    ['detection timeout', { machineDetection: 'Enable', machineDetectionTimeout: 90 }, 21234],
    ['detection thresholds', { machineDetection: 'Enable', machineDetectionSilenceTimeout: 1 }, 21234],
    ['a country that is not enabled', { to: '+5355501000' }, 21215],
    ['invalid (test number)', { to: '+15005550001' }, 21217],
    ['unreachable (test number)', { to: '+15005550002' }, 21214],
    ['no permission (test number)', { to: '+15005550003' }, 21215],
    ['blocked (test number)', { to: '+15005550004' }, 21216],
  ])('%s', async (_name, patch, code) => {
    const create = r.api.calls.create({ ...wish, ...patch });
    await expect(create).rejects.toMatchObject({
      status: 400,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(await r.api.calls.list()).toEqual([]);
  });

  test('a verified caller ID may be shown; so may CallerId in place of From', async () => {
    expect((await r.api.calls.create({ ...wish, from: '+12125550155' })).status).toBe('queued');
    expect((await r.api.calls.create({ ...wish, from: '+12025550900', callerId: CALLER })).from).toBe(CALLER);
  });

  test('inline documents have at most 4000 characters and give way to Url', async () => {
    const twiml = `<Response>${'<Pause/>'.repeat(600)}</Response>`;
    await expect(r.api.calls.create({ to: HUMAN, from: CALLER, twiml })).rejects.toMatchObject({ status: 400 });
    const url = r.app.on('/url', '<Hangup/>');
    await r.api.calls.create({ to: HUMAN, from: CALLER, url, twiml: '<Response><Pause length="5"/></Response>' });
    await r.until(() => r.app.at('/url').length === 1);
  });
});

describe('the other resources', () => {
  test('own numbers, verified caller IDs, account, balance, usage', async () => {
    const numbers = await r.api.incomingPhoneNumbers.list();
    expect(numbers[0]).toMatchObject({ phoneNumber: '+12025550100', capabilities: { voice: true, sms: true } });
    const [other] = await r.api.incomingPhoneNumbers.list({ phoneNumber: '+12025550142' });
    expect(other?.sid).toMatch(/^PN[0-9a-f]{32}$/);
    const updated = await r.api
      .incomingPhoneNumbers(other?.sid ?? '')
      .update({ smsUrl: `${r.app.url}/sms`, friendlyName: 'Replies' });
    expect(updated).toMatchObject({ smsUrl: `${r.app.url}/sms`, friendlyName: 'Replies' });
    expect((await r.api.outgoingCallerIds.list()).map((one) => one.phoneNumber)).toEqual(['+12125550155']);
    expect(await r.api.api.v2010.accounts(ACCOUNT).fetch()).toMatchObject({ sid: ACCOUNT, status: 'active' });
    expect(await r.api.balance.fetch()).toMatchObject({ currency: 'USD' });
    expect(await r.api.usage.records.today.list({ category: 'calls-outbound' })).toMatchObject([
      { count: '0', category: 'calls-outbound' },
    ]);
  });

  test('applications take the place of the addresses in a create', async () => {
    const application = await r.api.applications.create({
      friendlyName: 'Desk',
      voiceUrl: r.app.on('/app', '<Hangup/>'),
    });
    expect(application).toMatchObject({ voiceMethod: 'POST', friendlyName: 'Desk' });
    await r.api.calls.create({ to: HUMAN, from: CALLER, applicationSid: application.sid });
    await r.until(() => r.app.at('/app').length === 1);
    expect(await r.api.applications(application.sid).update({ friendlyName: 'Other' })).toMatchObject({
      friendlyName: 'Other',
    });
    expect(await r.api.applications(application.sid).remove()).toBe(true);
    await expect(r.api.applications(application.sid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  test('look-up of a number; nonsense is 20404', async () => {
    const found = await r.api.lookups.v2.phoneNumbers('+447700900555').fetch({ fields: 'line_type_intelligence' });
    expect(found).toMatchObject({ valid: true, countryCode: 'GB', lineTypeIntelligence: { type: 'mobile' } });
    await expect(r.api.lookups.v2.phoneNumbers('nonsense').fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  test('a message is sent, delivered, and answered by its script', async () => {
    const [number] = await r.api.incomingPhoneNumbers.list({ phoneNumber: CALLER });
    await r.api.incomingPhoneNumbers(number?.sid ?? '').update({ smsUrl: r.app.on('/sms', { body: '' }) });
    const message = await r.api.messages.create({
      to: HUMAN,
      from: CALLER,
      body: 'Your order, its terms, reply YES',
      statusCallback: `${r.app.url}/message`,
    });
    expect(message).toMatchObject({ status: 'queued', numSegments: '1', direction: 'outbound-api' });
    await r.until(() => r.app.at('/sms').length === 1);
    expect(r.app.at('/message').map((one) => one.params.MessageStatus)).toEqual(['sent', 'delivered']);
    expect(r.app.at('/sms')[0]?.params).toMatchObject({
      Body: 'YES',
      From: HUMAN,
      To: CALLER,
      NumMedia: '0',
      SmsStatus: 'received',
    });
    expect(await r.api.messages(message.sid).fetch()).toMatchObject({ status: 'delivered' });
    await r.api.messages.create({ to: '+447700900907', from: CALLER, body: 'x', statusCallback: `${r.app.url}/lost` });
    await r.until(() => r.app.at('/lost').length === 2);
    expect(r.app.at('/lost')[1]?.params).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30003' });
    await expect(r.api.messages.create({ to: HUMAN, from: '+12025550999', body: 'x' })).rejects.toMatchObject({
      code: 21606,
    });
  });
});
