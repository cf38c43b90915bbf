import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webhookKinds } from '../../../dialer/adapters/telephony/twilio-signals.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

/** The token of the rig's carrier, and the address it signs. */
const TOKEN = 'x'.repeat(32);
const PUBLIC = 'http://127.0.0.1:3000';

describe('what is posted to the webhooks', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
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
    const paths = fc.constantFrom(...webhookKinds, 'browser', 'replies', 'else');
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
      'ReasonParticipantLeft',
      'MessageSid',
      'MessageStatus',
      'Body',
      'To',
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
      'delivered',
      'YES',
      '+12025550100',
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
        // Nobody's, and those of an attempt and an agent that are there.
        fc.oneof(fc.uuid(), fc.constantFrom(house.attemptId, house.agentId)),
        fc.array(fc.tuple(names, values), { maxLength: 8 }),
        fc.boolean(),
        async (path, id, pairs, get) => {
          const url = path === 'browser' || path === 'replies' ? `/telephony/${path}` : `/telephony/${path}/${id}`;
          const form = new URLSearchParams(pairs);
          if (get) {
            const asked = pairs.length === 0 ? url : `${url}?${form}`;
            const signed = twilio.getExpectedTwilioSignature(TOKEN, PUBLIC + asked, {});
            const answer = await rig.app.inject({ url: asked, headers: { 'x-twilio-signature': signed } });
            expect([200, 204, 404]).toContain(answer.statusCode);
            return;
          }
          const sent: Record<string, string[]> = {};
          for (const [name, value] of form) sent[name] = [...(sent[name] ?? []), value];
          const signature = twilio.getExpectedTwilioSignature(TOKEN, PUBLIC + url, sent);
          const { statusCode } = await post(url, form.toString(), signature);
          expect([200, 204, 404]).toContain(statusCode);
        },
      ),
      {
        numRuns: 250,
        examples: [
          [
            'replies',
            house.attemptId,
            ['MessageSid', 'To', 'From', 'Body'].map((name): [string, string] => [name, 'a\0b']),
            false,
          ],
        ],
      },
    );
  });
});
