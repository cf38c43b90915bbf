import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { type CarrierAccount, providers, webhookUrls } from '../../../dialer/adapters/telephony/account.ts';
import { isSigned, readParams } from '../../../dialer/adapters/telephony/signature.ts';
import { answerWith } from '../../../dialer/adapters/telephony/twiml.ts';
import { actFailure, failureOf, placeFailure } from '../../../dialer/adapters/telephony/twilio-failures.ts';
import { createTwilioCodec, messageOf } from '../../../dialer/adapters/telephony/twilio-signals.ts';

const TOKEN = 'a-secret';
const ATTEMPT = '11111111-2222-4333-8444-555555555555';
const account: CarrierAccount = {
  provider: 'twilio',
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: TOKEN,
  baseUrl: 'http://127.0.0.1:1',
  publicUrl: 'https://dial.example.test/below',
  isSandbox: false,
};
const codec = createTwilioCodec(account);
const signatureOf = (url: string, form: Record<string, string>): string =>
  twilio.getExpectedTwilioSignature(TOKEN, url, form);

const post = (path: string, form: Record<string, string>, signature?: string) =>
  codec.read({
    method: 'POST',
    rawUrl: path,
    headers: { 'x-twilio-signature': signature ?? signatureOf(account.publicUrl + path, form) },
    rawBody: new URLSearchParams(form).toString(),
  });

describe('the signature of a webhook', () => {
  it('is that of the official package, for any parameters and odd characters in the address', () => {
    const name = fc.string({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ maxLength: 12 })), fc.string({ maxLength: 10 }), (form, odd) => {
        const url = `https://dial.example.test/x?y=${encodeURIComponent(odd)}&z=%7e`;
        const params = readParams(new URLSearchParams(form).toString());
        const plain = Object.fromEntries([...params].map(([key, values]) => [key, values[0] ?? '']));
        expect(isSigned(TOKEN, url, params, signatureOf(url, plain))).toBe(true);
        expect(isSigned(`${TOKEN}x`, url, params, signatureOf(url, plain))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('counts repeated values once, sorted, and either form of the standard port', () => {
    const params = readParams('b=2&a=1&b=1&b=2');
    const signed = createHmac('sha1', TOKEN).update('https://h/pa1b1b2').digest('base64');
    expect(isSigned(TOKEN, 'https://h/p', params, signed)).toBe(true);
    expect(isSigned(TOKEN, 'https://h:443/p', params, signed)).toBe(true);
    expect(isSigned(TOKEN, 'https://h:8443/p', params, signed)).toBe(false);
  });

  it('refuses what is unsigned, signed for another address, or changed', () => {
    const path = `/telephony/status/${ATTEMPT}`;
    const form = { CallSid: 'CA1', CallStatus: 'completed' };
    expect(post(path, form)).toMatchObject({ ok: true });
    expect(post(path, form, '')).toEqual({ ok: false, reason: 'signature' });
    expect(post(path, { ...form, CallStatus: 'busy' }, signatureOf(account.publicUrl + path, form)).ok).toBe(false);
    expect(post(`${path}?x=1`, form, signatureOf(account.publicUrl + path, form)).ok).toBe(false);
    expect(post('/telephony/other', form)).toEqual({ ok: false, reason: 'unknown-path' });
  });

  it('is read from the header of the provider', () => {
    const signalwire = createTwilioCodec({ ...account, provider: 'signalwire', signingKey: 'other' });
    const path = `/telephony/amd/${ATTEMPT}`;
    const form = { CallSid: 'c0ffee00-0000-4000-8000-000000000000', AnsweredBy: 'human' };
    const signature = twilio.getExpectedTwilioSignature('other', account.publicUrl + path, form);
    const rawBody = new URLSearchParams(form).toString();
    const read = (header: string) =>
      signalwire.read({ method: 'POST', rawUrl: path, headers: { [header]: signature }, rawBody });
    expect(read(providers.signalwire.signatureHeader)).toMatchObject({ ok: true, message: { detection: 'human' } });
    expect(read('x-twilio-signature').ok).toBe(false);
    expect(webhookUrls({ ...account, provider: 'signalwire' }).status(ATTEMPT)).not.toContain('#');
  });
});

describe('messages of the carrier', () => {
  const read = (kind: string, form: Record<string, string>) =>
    messageOf(kind, ATTEMPT, readParams(new URLSearchParams(form).toString()));

  it.each([
    ['initiated', { kind: 'progress', step: 'initiated' }],
    ['ringing', { kind: 'progress', step: 'ringing' }],
    ['in-progress', { kind: 'progress', step: 'answered' }],
    ['completed', { kind: 'over', how: 'completed' }],
    ['no-answer', { kind: 'over', how: 'no-answer' }],
  ])('status %s', (CallStatus, signal) => {
    expect(read('status', { CallSid: 'CA1', CallStatus, SequenceNumber: '2' })).toMatchObject({
      signal: { ...signal, sequence: 2 },
    });
  });

  it('an end says how long the call had lasted, when it ended and who had answered', () => {
    const end = { CallSid: 'CA1', CallStatus: 'completed', Timestamp: 'Mon, 30 Nov 2026 10:00:20 +0000' };
    const endedAt = Date.UTC(2026, 10, 30, 10, 0, 20);
    expect(read('status', { ...end, CallDuration: '20', AnsweredBy: 'human' })).toMatchObject({
      signal: { told: { lastedMs: 20_000, endedAt, detection: 'human' } },
    });
    expect(read('status', { ...end, CallDuration: '0', Timestamp: 'soon' })).toMatchObject({
      signal: { told: { lastedMs: null, endedAt: null, detection: null } },
    });
  });

  it.each([
    ['machine_start', 'machine'],
    ['machine_end_beep', 'machine'],
    ['fax', 'fax'],
    ['human', 'human'],
    ['something_new', 'unknown'],
  ])('detection %s is %s', (AnsweredBy, detection) => {
    expect(read('amd', { CallSid: 'CA1', AnsweredBy })).toMatchObject({ detection });
  });

  it.each([
    ['participant_hung_up', 'left'],
    ['', 'left'],
    ['participant_updated_via_api', 'moved'],
    ['moderator_ended_conference', 'ended'],
  ])('a customer leaves a room because of %s: %s', (ReasonParticipantLeft, what) => {
    const form = {
      StatusCallbackEvent: 'participant-leave',
      CallSid: 'CA1',
      ParticipantLabel: ATTEMPT,
      ReasonParticipantLeft,
    };
    expect(read('conference', form)).toMatchObject({ kind: 'room', what, label: ATTEMPT });
  });

  it('never throw, whatever is sent', () => {
    const names = fc.constantFrom(
      'CallSid',
      'CallStatus',
      'SequenceNumber',
      'AnsweredBy',
      'RecordingStatus',
      'RecordingDuration',
      'StatusCallbackEvent',
      'ParticipantLabel',
      'x',
    );
    const kinds = fc.constantFrom(
      'customer',
      'status',
      'amd',
      'recording',
      'after',
      'agent-leg',
      'agent-status',
      'conference',
      'else',
    );
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('completed', '-1', '1e99', 'NaN', '', 'participant-join', '99999999999999'),
    );
    fc.assert(
      fc.property(kinds, fc.array(fc.tuple(names, values), { maxLength: 8 }), (kind, pairs) => {
        const message = messageOf(kind, ATTEMPT, readParams(new URLSearchParams(pairs).toString()));
        expect(message.kind).toBeTypeOf('string');
      }),
      { numRuns: 1000 },
    );
    expect(codec.read({ method: '\0', rawUrl: '?', headers: {}, rawBody: '%%%' }).ok).toBe(false);
  });
});

describe('documents', () => {
  const urls = webhookUrls(account);

  it('say what they are told, with every character escaped', () => {
    const { body } = answerWith({ do: 'say', text: `<Dial>"&'`, language: 'en-GB' }, urls);
    expect(body).toContain('&lt;Dial&gt;&quot;&amp;&apos;');
    expect(body).not.toContain('<Dial>');
    expect(body.startsWith('<?xml')).toBe(true);
  });

  it('send a customer to a room that they do not close, and an agent to one that they do', () => {
    const customer = answerWith({ do: 'join-room', room: 'r', attemptId: ATTEMPT }, urls).body;
    expect(customer).toContain('endConferenceOnExit="false"');
    expect(customer).toContain(`participantLabel="${ATTEMPT}"`);
    expect(customer).toContain('beep="false"');
    expect(answerWith({ do: 'open-room', room: 'r', userId: ATTEMPT }, urls).body).toContain(
      'endConferenceOnExit="true"',
    );
  });
});

describe('a request to the carrier that failed', () => {
  it.each([
    [{ status: 429, code: 20429 }, 'busy'],
    [{ status: 400, code: 21217 }, 'refused'],
    [{ status: 422, code: 'invalid-number' }, 'refused'],
    [{ status: 500, code: 20500 }, 'uncertain'],
    [{ code: 'ECONNRESET' }, 'uncertain'],
    [{ code: 'ECONNABORTED' }, 'uncertain'],
    [{ code: 'ECONNREFUSED' }, 'busy'],
    [new Error('?'), 'uncertain'],
    ['nonsense', 'uncertain'],
  ])('%o: placing is %s', (error, kind) => expect(placeFailure(failureOf(error)).kind).toBe(kind));

  it.each([
    [{ status: 400, code: 21220 }, 'gone'],
    [{ status: 404, code: 20404 }, 'gone'],
    [{ status: 400, code: 21205 }, 'failed'],
    [{ status: 503, code: 0 }, 'failed'],
  ])('%o: acting is %s', (error, kind) => expect(actFailure(failureOf(error)).kind).toBe(kind));

  it('names numbers that cannot be called', () => {
    expect(placeFailure({ status: 400, code: '21217' })).toMatchObject({ outcome: 'invalid' });
    expect(placeFailure({ status: 400, code: '21210' })).toMatchObject({ outcome: 'failed' });
  });
});
