/** The two-step close over the sandbox's Messages: dialler, handoffs and quality as they are in the product. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blacklistStore } from '../../../dialer/adapters/store/blacklist.ts';
import { campaignSettings } from '../../../dialer/index.ts';
import { createBlacklist } from '../../../dialer/engine/blacklist.ts';
import { composeQuality } from '../../../src/compose/quality.ts';
import type { QualityApi } from '../../../src/contract/quality.ts';
import { createHandoffs, type Handoffs } from '../../../src/handoffs.ts';
import { auditLog } from '../../../src/platform/audit.ts';
import { type Centre, fictionNumber, intend, openCentre } from '../../contracts/dialer/centre.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { everybody, openRig, person, type Rig } from './rig.ts';

const database = testDatabase({ maxConnections: 12 });
/** Monday. */
const START = Date.UTC(2026, 0, 5, 10);
const says = (body: string) => [{ match: 'Reply YES', body, afterMs: 3_000 }];
const replies = {
  [fictionNumber(0)]: says('Yes.'),
  [fictionNumber(1)]: says('no thanks'),
  [fictionNumber(2)]: says('退订'),
  [fictionNumber(3)]: says('what does it cost'),
  [fictionNumber(4)]: [],
};

describe('the two-step close', () => {
  let rig: Rig;
  let centre: Centre;
  let quality: QualityApi;
  let handoffs: Handoffs;
  /** Quality's days may run ahead of the seconds in which texts travel. */
  let ahead = 0;

  beforeEach(async () => {
    const { client } = database().database;
    await client.handoff.deleteMany();
    ahead = 0;
    centre = await openCentre(client, {
      ...{ agents: 1, contacts: 5, now: START, demo: true, state: 'paused' },
      settings: { quality: { twoStepClose: true } },
    });
    rig = await openRig({
      ...{ database: database().database, network: everybody(person(20_000)), startMs: START, speed: 30 },
      sandbox: { numbers: { replies } },
      parts: ({ clock, bus }) => ({
        blacklist: createBlacklist({ store: blacklistStore(client), clock, country: 'US', publish: bus.publish }),
      }),
    });
    const clock = { now: () => rig.clock.now() + ahead };
    quality = composeQuality({ database: database().database, bus: { publish: () => {} }, clock, country: 'US' });
    handoffs = createHandoffs({
      ...{ database: database().database, dialer: rig.dialer, quality, clock: rig.clock },
      audit: auditLog(database().database),
      onError: (error) => rig.warnings.push(String(error)),
    });
    await rig.dialer.start();
  });
  afterEach(async () => {
    await rig.close();
  });

  /** A sale of a customer, as the handoffs tell it after the call. */
  async function sell(index: number): Promise<string> {
    const { client } = database().database;
    const now = rig.clock.now();
    const [agentId = ''] = centre.agents;
    const attemptId = await intend(client, centre, index, now, agentId);
    await client.attempt.update({
      where: { id: attemptId },
      data: {
        ...{ live: false, state: 'ended', outcome: 'connected', disposition: 'sale' },
        ...{ connectedAt: new Date(now - 60_000), endedAt: new Date(now) },
        outcomeDetail: {
          fields: {
            selfCheck: { rightPerson: 'yes', understood: 'yes', approvedScript: 'yes', explicitConsent: 'yes' },
          },
        },
      },
    });
    await client.handoff.create({ data: { topic: 'sale-recorded', payload: { attemptId }, createdAt: new Date(now) } });
    return attemptId;
  }
  const saleOf = (attemptId: string) => database().database.client.sale.findUniqueOrThrow({ where: { attemptId } });
  const texts = (attemptId: string) =>
    database().database.client.textMessage.findMany({ where: { attemptId }, orderBy: { createdAt: 'asc' } });
  const until = (attemptId: string, state: string) =>
    rig.until(async () => {
      await handoffs.deliver();
      return (await database().database.client.sale.findUnique({ where: { attemptId } }))?.state === state;
    }, `the sale is ${state}`);

  it('spoken consent → terms → yes → activation → notice, and nothing before the reply', async () => {
    const attemptId = await sell(0);
    await until(attemptId, 'billable');
    const [terms, notice] = await rig.until(async () => {
      await handoffs.deliver();
      const all = await texts(attemptId);
      return all.length === 2 && all.every(({ state }) => state === 'delivered') && all;
    }, 'both texts arrive');
    expect(terms).toMatchObject({
      ...{ originKind: 'terms', number: fictionNumber(0), sender: '+12025550100' },
      body: expect.stringMatching(/^Operator: on the phone you agreed to Plan\. 5 a month Reply YES/),
    });
    expect(notice).toMatchObject({ originKind: 'notice' });
    const events = await database().database.client.saleEvent.findMany({
      where: { sale: { attemptId } },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ kind, toState }) => `${kind} ${toState}`)).toEqual(
      expect.arrayContaining(['text-asked held', 'moved billable', 'notice-asked billable']),
    );
    expect(rig.requests).toContain('/telephony/replies');
    expect(rig.warnings).toEqual([]);
  });

  it('a no refuses the order, an opt-out does too and is on the blacklist, and both hear no more', async () => {
    const [no, stop] = [await sell(1), await sell(2)];
    await until(no, 'void');
    await until(stop, 'void');
    const { client } = database().database;
    expect(
      await client.blacklistEntry.findMany({ where: { number: { in: [fictionNumber(1), fictionNumber(2)] } } }),
    ).toMatchObject([{ number: fictionNumber(2), reason: 'opt-out', scope: 'all', source: 'text' }]);
    expect((await client.textReply.findMany({ orderBy: { number: 'asc' } })).map(({ reading }) => reading)).toEqual(
      expect.arrayContaining(['no', 'opt-out']),
    );
    // Asked for again, and to a number that is now blocked: the last look before the carrier forbids it.
    await rig.dialer.texts.request({
      origin: { kind: 'notice', id: (await saleOf(stop)).id },
      attemptId: stop,
      sendUntil: rig.clock.now() + 60_000,
    });
    await rig.until(async () => (await texts(stop)).at(-1)?.failure === 'on-blacklist', 'the notice is refused');
  });

  it('an unclear reply leaves the sale waiting and becomes a case; no reply is no order', async () => {
    const [unclear, silent] = [await sell(3), await sell(4)];
    const { client } = database().database;
    const file = await rig.until(async () => {
      await handoffs.deliver();
      return client.caseFile.findFirst({ where: { channel: 'text', attemptId: unclear } });
    }, 'a case is opened');
    expect(file).toMatchObject({ kind: 'question', words: 'what does it cost', state: 'open' });
    expect(await saleOf(unclear)).toMatchObject({ state: 'held' });
    await rig.until(async () => (await texts(silent)).at(0)?.state === 'delivered', 'the silent one was told');
    await handoffs.deliver();
    ahead = 12 * 3_600_000;
    await quality.sweep();
    expect(await saleOf(silent)).toMatchObject({ state: 'held' });
    // The end of the next working day.
    ahead = 39 * 3_600_000;
    await quality.sweep();
    expect([(await saleOf(unclear)).state, (await saleOf(silent)).state]).toEqual(['void', 'void']);
    const last = await client.saleEvent.findFirstOrThrow({
      where: { sale: { attemptId: silent } },
      orderBy: { id: 'desc' },
    });
    expect(last).toMatchObject({ kind: 'moved', detail: { reason: 'no-reply' } });
  });

  it('waits for the recipient’s hours, in the recipient’s zone, and is no order when they open too late', async () => {
    const { client } = database().database;
    // 20:00 to 20:30 at the customer’s, while it is about ten in the morning here.
    const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '20:30' }];
    const { settings } = await client.campaign.findFirstOrThrow({ where: { id: centre.campaignId } });
    await client.campaign.update({
      where: { id: centre.campaignId },
      data: { settings: { ...campaignSettings.parse(settings), calling: { windows, workingDaysOnly: false } } },
    });
    const [asleep, never] = [await sell(0), await sell(4)];
    const zoneOf = (attemptId: string, timeZone: string) =>
      client.contact.updateMany({ where: { tries: { some: { id: attemptId } } }, data: { timeZone } });
    await zoneOf(asleep, 'America/New_York');
    await zoneOf(never, 'America/New_York');
    await rig.until(async () => {
      await handoffs.deliver();
      const [text] = await texts(asleep);
      return text !== undefined && text.nextTryAt !== null && text.nextTryAt.getTime() > START + 3_600_000;
    }, 'the text waits');
    // Eight in the evening of New York is the night of UTC.
    expect(await texts(asleep)).toMatchObject([
      { state: 'intended', tries: 0, nextTryAt: new Date('2026-01-06T01:00:00Z') },
    ]);
    await rig.dialer.texts.request({
      origin: { kind: 'notice', id: (await saleOf(never)).id },
      attemptId: never,
      sendUntil: rig.clock.now() + 3_600_000,
    });
    await rig.until(async () => (await texts(never)).at(-1)?.failure === 'outside-hours', 'the notice is refused');
    expect(rig.requests).not.toContain('/telephony/replies');
  });

  it('an answer of the carrier that is lost: found in its list, sent once; told of twice, taken once', async () => {
    rig.sandbox.faults.set('lost-create-answer', {});
    rig.sandbox.faults.set('callback-missing', {});
    const attemptId = await sell(0);
    await rig.until(async () => {
      await handoffs.deliver();
      return (await texts(attemptId)).at(0)?.state === 'uncertain';
    }, 'nobody knows whether it was sent');
    rig.sandbox.faults.clear();
    rig.sandbox.faults.set('callback-duplicate', {});
    await until(attemptId, 'billable');
    await rig.until(
      async () => (await texts(attemptId)).every(({ state }) => state === 'delivered'),
      'the list tells of it',
    );
    const { client } = database().database;
    expect(await texts(attemptId)).toMatchObject([
      { originKind: 'terms', tries: 1 },
      { originKind: 'notice', tries: 1 },
    ]);
    const [terms] = await texts(attemptId);
    expect(await client.textReply.count({ where: { textIds: { has: terms?.id ?? '' } } })).toBe(1);
  });
});
