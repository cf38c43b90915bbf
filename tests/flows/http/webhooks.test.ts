import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../../support/database.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

/** The token of the rig's carrier, and the address it signs. */
const TOKEN = 'x'.repeat(32);
const PUBLIC = 'http://127.0.0.1:3000';

describe('what is posted to the webhooks', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  beforeAll(async () => {
    rig = await openHttpRig(database());
  });
  afterAll(() => rig.close());

  const post = (url: string, body: string, signature?: string) =>
    rig.app.inject({
      method: 'POST',
      url,
      payload: body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(signature === undefined ? {} : { 'x-twilio-signature': signature }),
      },
    });
  const refused = async (): Promise<unknown> => (await rig.app.inject('/healthz')).json().webhooks.refused;

  test('is refused without a good signature, and counted where everybody can see it', async () => {
    const before = Number(await refused());
    const path = `/telephony/status/${randomUUID()}`;
    expect((await post(path, 'CallSid=CA1')).statusCode).toBe(403);
    expect((await post(path, 'CallSid=CA1', 'AAAA')).statusCode).toBe(403);
    expect((await post('/telephony/nothing-of-ours', '')).statusCode).toBe(403);
    expect((await rig.app.inject(path)).statusCode).toBe(403);
    expect(await refused()).toBe(before + 4);
  });

  test('never fails when it is signed: unknown calls and agents, odd, repeated and empty parameters', async () => {
    const paths = fc.constantFrom(
      'customer',
      'status',
      'amd',
      'recording',
      'after',
      'agent-leg',
      'agent-status',
      'conference',
      'browser',
      'else',
    );
    const names = fc.constantFrom(
      'CallSid',
      'CallStatus',
      'SequenceNumber',
      'AnsweredBy',
      'From',
      'RecordingStatus',
      'RecordingSid',
      'RecordingDuration',
      'StatusCallbackEvent',
      'ParticipantLabel',
      'FriendlyName',
      'Extra',
    );
    const words = [
      'completed',
      'in-progress',
      'human',
      'machine_start',
      'participant-join',
      'participant-leave',
      'agent',
    ];
    const values = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom(
        '',
        '\0',
        '-1',
        '1e99',
        '99999999999999',
        randomUUID(),
        `client:agent_${'0'.repeat(32)}`,
        ...words,
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        paths,
        fc.uuid(),
        fc.array(fc.tuple(names, values), { maxLength: 8 }),
        async (path, id, pairs) => {
          const url = path === 'browser' ? '/telephony/browser' : `/telephony/${path}/${id}`;
          const form = new URLSearchParams(pairs);
          const sent: Record<string, string[]> = {};
          for (const [name, value] of form) sent[name] = [...(sent[name] ?? []), value];
          const signature = twilio.getExpectedTwilioSignature(TOKEN, PUBLIC + url, sent);
          const { statusCode } = await post(url, form.toString(), signature);
          expect([200, 204, 404]).toContain(statusCode);
        },
      ),
      { numRuns: 150 },
    );
  });
});
