/** Carriers that speak Twilio's interface with an accent, as their documentation shows it. */
import http from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type CarrierAccount, underBase } from '../../../dialer/adapters/telephony/account.ts';
import { createTwilioCarrier } from '../../../dialer/adapters/telephony/twilio.ts';

const PROJECT = 'b3877c40-da60-4998-90ad-b792e98472af';
const CALL = 'b3877c40-da60-4998-90ad-b792e98472ca';
const ATTEMPT = '11111111-2222-4333-8444-555555555555';
const order = {
  attemptId: ATTEMPT,
  to: '+12025550101',
  from: '+12025550100',
  ringTimeoutMs: 20_000,
  maxTalkMs: 60_000,
  machineDetection: 'beside',
} as const;

type Asked = { method: string; path: string; user: string; form: URLSearchParams };
const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A carrier that answers each path with one fixture; `below`: the path of its base. */
async function carrierWith(
  provider: CarrierAccount['provider'],
  below: string,
  answers: Record<string, { status: number; body: unknown }>,
) {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const user =
        Buffer.from((request.headers.authorization ?? '').slice(6), 'base64')
          .toString()
          .split(':')[0] ?? '';
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push({ method: request.method ?? '', path, user, form });
      const answer = answers[`${request.method} ${path}`] ?? { status: 404, body: {} };
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const account: CarrierAccount = {
    provider,
    accountSid: PROJECT,
    authToken: 'token',
    baseUrl: origin + below,
    publicUrl: 'https://dial.example.test',
    isSandbox: false,
  };
  return { carrier: createTwilioCarrier(account), asked, origin };
}

describe('SignalWire', () => {
  const root = `/api/laml/2010-04-01/Accounts/${PROJECT}`;
  /** As in its reference: UUIDs, numbers for duration and price, dates with long words, no queue_time. */
  const call = {
    account_sid: PROJECT,
    answered_by: null,
    api_version: '2010-04-01',
    date_created: 'Wed, 19 Sept 2018 20:00:00 +0000',
    date_updated: 'Thur, 20 Sept 2018 10:00:00 +0000',
    direction: 'outbound-api',
    duration: 20,
    from: order.from,
    formatted_from: '(202) 555-0100',
    price: -0.005,
    sid: CALL,
    start_time: 'Wed, 19 Sept 2018 20:00:01 +0000',
    status: 'completed',
    to: order.to,
    uri: `${root}/Calls/${CALL}.json`,
  };

  test('a call is placed under the project, with no fragments in its addresses', async () => {
    const { carrier, asked } = await carrierWith('signalwire', '/api/laml', {
      [`POST ${root}/Calls.json`]: { status: 201, body: { ...call, status: 'queued', duration: null } },
    });
    expect(await carrier.placeCustomerCall(order)).toEqual({ kind: 'accepted', carrierCallId: CALL, queueMs: 0 });
    expect(asked).toMatchObject([{ method: 'POST', user: PROJECT }]);
    expect(asked[0]?.form.get('Url')).toBe(`https://dial.example.test/telephony/customer/${ATTEMPT}`);
  });

  test('its lists are followed from page to page and its dates are read', async () => {
    const first = `${root}/Calls.json?To=${encodeURIComponent(order.to)}`;
    const next = `${root}/Calls.json?Page=1&PageToken=x`;
    const page = { page: 0, page_size: 1, start: 0, end: 0 };
    const { carrier } = await carrierWith('signalwire', '/api/laml', {
      [`GET ${first}&PageSize=20`]: { status: 200, body: { ...page, calls: [call], next_page_uri: next } },
      [`GET ${next}`]: { status: 200, body: { ...page, calls: [{ ...call, sid: PROJECT }], next_page_uri: null } },
    });
    const before = Date.UTC(2018, 8, 19, 19);
    const found = await carrier.callsTo(order.to, before);
    expect(found).toMatchObject({
      kind: 'ok',
      value: [
        { carrierCallId: CALL, end: 'completed', status: 'over', startedAt: Date.UTC(2018, 8, 19, 20, 0, 1) },
        { carrierCallId: PROJECT },
      ],
    });
    expect(await carrier.callsTo(order.to, before + 7_200_000)).toEqual({ kind: 'ok', value: [] });
  });

  test('a recording is fetched from the address that its list names, once below the base', async () => {
    const recording = {
      sid: PROJECT,
      status: 'completed',
      duration: 31,
      channels: 2,
      uri: `${root}/Recordings/${PROJECT}.json`,
    };
    const { carrier, origin } = await carrierWith('signalwire', '/api/laml', {
      [`GET ${root}/Calls/${CALL}/Recordings.json?PageSize=20`]: { status: 200, body: { recordings: [recording] } },
    });
    expect(await carrier.recordingsOf(CALL)).toEqual({
      kind: 'ok',
      value: [{ recordingId: PROJECT, url: `${origin}${root}/Recordings/${PROJECT}`, durationMs: 31_000, channels: 2 }],
    });
  });
});

describe('Somleng', () => {
  const root = `/2010-04-01/Accounts/${PROJECT}`;
  const refusal = (code: unknown) => ({
    status: 422,
    body: { message: 'is invalid', status: 422, code, more_info: '' },
  });

  test('a refusal with a text for a code is a refusal', async () => {
    const { carrier } = await carrierWith('somleng', '', { [`POST ${root}/Calls.json`]: refusal('invalid_parameter') });
    expect(await carrier.placeCustomerCall(order)).toMatchObject({ kind: 'refused', outcome: 'failed' });
  });

  test('known numbers of errors count as texts, too', async () => {
    const { carrier } = await carrierWith('somleng', '', { [`POST ${root}/Calls.json`]: refusal('21211') });
    expect(await carrier.placeCustomerCall(order)).toMatchObject({
      kind: 'refused',
      outcome: 'invalid',
      code: '21211',
    });
  });
});

test.each([
  ['https://api.twilio.com', '/2010-04-01/x', 'https://api.twilio.com/2010-04-01/x'],
  ['https://a.example/api/laml/', '/2010-04-01/x', 'https://a.example/api/laml/2010-04-01/x'],
  ['https://a.example/api/laml', '/api/laml/2010-04-01/x', 'https://a.example/api/laml/2010-04-01/x'],
])('below %s, %s is %s', (baseUrl, path, address) => {
  expect(underBase({ baseUrl }, path)).toBe(address);
});
