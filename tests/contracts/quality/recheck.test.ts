import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { conversationIntake } from '../../../qa/adapters/store/conversations.ts';
import { inspectionReads } from '../../../qa/adapters/store/inspection-reads.ts';
import { qualityStore } from '../../../qa/adapters/store/quality-store.ts';
import { riskEffects } from '../../../qa/adapters/store/risk-effects.ts';
import { recheckStore } from '../../../qa/adapters/store/rechecks.ts';
import { transcriptStore } from '../../../qa/adapters/store/transcripts.ts';
import type { Viewer } from '../../../qa/ports/viewer.ts';
import { createRecheck } from '../../../qa/workflow/recheck.ts';
import { createTranscripts } from '../../../qa/workflow/transcripts.ts';
import { createSales } from '../../../qa/workflow/sales.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './cases-house.ts';

const sure = { rightPerson: 'yes', understood: 'yes', approvedScript: 'yes', explicitConsent: 'yes' } as const;

describe('the re-check of every sale', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let house: House;
  let campaign: House['campaign'];

  beforeAll(() => {
    client = database().database.client;
  });
  beforeEach(async () => {
    house = await makeHouse(client);
    campaign = house.campaign;
  });
  const campaigns = { all: async () => [campaign], of: async () => campaign };
  const parts = () => ({ store: qualityStore(client, () => campaigns.of), campaigns, clock: { now: house.now } });
  const transcripts = () => createTranscripts({ store: transcriptStore(client), clock: { now: house.now } });
  const recheck = () => createRecheck({ ...parts(), rechecks: recheckStore(client), transcripts: transcripts() });

  async function sell({
    agent = house.people.agent,
    selfCheck = sure,
    talkMs = 60_000,
    agentTalkShare = null,
    stored = true,
  }: {
    agent?: Viewer;
    selfCheck?: Record<string, 'yes' | 'doubt'> | null;
    talkMs?: number;
    agentTalkShare?: number | null;
    stored?: boolean;
  } = {}) {
    const { facts, recordingId, attemptId, number } = await house.call({ agent, closed: false });
    const sale = { ...facts, disposition: 'sale', detail: { kind: 'sale' }, selfCheck, talkMs };
    const intake = conversationIntake(client);
    await intake.close({ ...sale, day: '2026-11-23' });
    if (stored)
      await intake.recording({
        recordingId,
        attemptId,
        state: 'stored',
        durationMs: talkMs,
        agentTalkShare,
        storedAt: house.now(),
      });
    await createSales({ ...parts(), publish: () => undefined }).record(sale);
    return { recordingId, attemptId, number };
  }
  const queue = async () =>
    (await inspectionReads(client).list(house.people.manager, { limit: 200, order: 'risk', kind: 'recheck' })).items;

  it('asks for no sale where no client asked, and for every one whose recording is stored once it does', async () => {
    const sold = [await sell(), await sell(), await sell()];
    const late = await sell({ stored: false });
    expect(await recheck().run()).toBe(0);
    campaign.recheckAll = true;
    await recheck().run();
    const asked = (await queue()).map(({ recordingId }) => recordingId);
    expect(new Set(asked)).toEqual(new Set(sold.map(({ recordingId }) => recordingId)));
    expect(await recheck().run()).toBe(0);
    const { recordingId, attemptId } = late;
    await conversationIntake(client).recording({
      recordingId,
      attemptId,
      state: 'stored',
      durationMs: 60_000,
      agentTalkShare: null,
      storedAt: house.now(),
    });
    await recheck().run();
    expect(await queue()).toHaveLength(4);
  });

  it('has a new sale in its queue once, whoever asked first', async () => {
    campaign.recheckAll = true;
    const { recordingId } = await sell();
    await Promise.all([recheck().run(), recheck().run()]);
    await recheck().run();
    expect((await queue()).map((each) => each.recordingId)).toEqual([recordingId]);
  });

  it('is in the order of risk, and says what raised it', async () => {
    campaign.recheckAll = true;
    for (let index = 0; index < 20; index += 1) await sell({ talkMs: 58_000 + index * 200 });
    const { otherAgent, manager } = house.people;
    const doubtful = await sell({ selfCheck: { ...sure, understood: 'doubt' } });
    const short = await sell({ talkMs: 9_000 });
    const hardlyHeard = await sell({ agentTalkShare: 0.93 });
    await sell({ agentTalkShare: 0.7 });
    const unchecked = await sell({ selfCheck: null, agent: otherAgent });
    const complained = await sell();
    await house.cases.open(manager, house.told({ attemptId: complained.attemptId }));
    await recheck().run();
    const found = await queue();
    expect(found.slice(0, 5).map(({ recordingId }) => recordingId)).toEqual(
      [complained, doubtful, short, hardlyHeard, unchecked].map(({ recordingId }) => recordingId),
    );
    expect(found.slice(0, 5).map(({ risk }) => risk?.raisedBy.map(({ code }) => code))).toEqual([
      ['agent-record', 'complaint'],
      ['agent-record', 'self-check-in-doubt'],
      ['agent-record', 'unusually-short'],
      ['agent-record', 'agent-spoke-nearly-all'],
      ['agent-record', 'self-check-missing'],
    ]);
    const scores = found.map(({ risk }) => risk?.score ?? Number.NaN);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(await recheck().run()).toBe(0);
  });

  it('puts the sales of an agent with faults before those of one without, and leaves what is judged as it is', async () => {
    campaign.recheckAll = true;
    const { otherAgent } = house.people;
    const judged = new Map<string, boolean>();
    for (let index = 0; index < 6; index += 1) {
      judged.set((await sell()).recordingId, true);
      judged.set((await sell({ agent: otherAgent })).recordingId, index < 3);
    }
    const [good, doubted] = [await sell(), await sell({ agent: otherAgent })];
    await recheck().run();
    const scoreOf = async ({ recordingId }: { recordingId: string }) =>
      (await queue()).find((each) => each.recordingId === recordingId)?.risk?.score ?? Number.NaN;
    expect(await scoreOf(doubted)).toBe(await scoreOf(good));
    for (const [recordingId, qualified] of judged)
      await client.inspection.updateMany({ where: { recordingId }, data: { state: 'scored', qualified } });
    expect(await recheck().run()).toBe(2);
    expect(await scoreOf(doubted)).toBeGreaterThan(await scoreOf(good));
    await client.inspection.updateMany({
      where: { qualified: { not: null } },
      data: { scoredAt: new Date(house.now()) },
    });
    const effects = await riskEffects(client, { now: house.now })(house.people.manager);
    expect(effects).toMatchObject({ judged: 12 });
    // Three of the other agent's were found faulty; nothing but the agents' records had raised any of them.
    expect(
      effects.effects.map(({ faultyWith, faultyWithout, goodWithout, times }) => [
        faultyWith,
        faultyWithout,
        goodWithout,
        times,
      ]),
    ).toEqual(effects.effects.map(() => [0, 3, 9, null]));
    expect(await riskEffects(client, { now: () => house.now() + 91 * 86_400_000 })(house.people.manager)).toMatchObject(
      { judged: 0 },
    );
  });

  it('follows what transcripts say, and the phrases of the centre; they move a sale in the queue and decide nothing', async () => {
    campaign.recheckAll = true;
    const { manager } = house.people;
    const sold = [await sell(), await sell(), await sell(), await sell()] as const;
    const [, refused, noTariff, badlyHeard] = sold;
    const recordingSha256 = 'a'.repeat(64);
    await client.recording.updateMany({ data: { sha256: recordingSha256, durationMs: 60_000 } });
    await recheck().run();
    const decided = async () => ({
      sales: await client.$queryRaw`select id, state, inspected, qualified, life, version from qa_sale order by id`,
      events: await client.$queryRaw`select * from qa_sale_event order by id`,
      judged:
        await client.$queryRaw`select id, kind, state, assigned_to, qualified, failed, life, draft, version from qa_inspection order by id`,
      register: await client.$queryRaw`select * from qa_register_entry order by id`,
      draws:
        await client.$queryRaw`select d.id, i.recording_id, i.probability from qa_draw d join qa_draw_item i on i.draw_id = d.id order by 1, 2`,
      levels: await client.$queryRaw`select * from qa_inspection_level order by agent_id`,
    });
    const before = await decided();
    const good = 'am I speaking with the owner, it costs six a month, you can cancel it';
    const deliver = ({ recordingId }: { recordingId: string }, agent: string, customer: string, confidence = 0.9) =>
      transcripts().deliver({ way: 'command', viewer: null }, recordingId, {
        ...{
          language: 'en',
          engine: { name: 'test', version: '1' },
          recordingSha256,
          heardUntilMs: 60_000,
          madeAt: null,
        },
        segments: [
          { channel: 'agent', startMs: 0, endMs: 9_000, text: agent, confidence },
          { channel: 'customer', startMs: 10_000, endMs: 12_000, text: customer, confidence },
        ],
      });
    await deliver(sold[0], good, 'yes I agree');
    await deliver(refused, good, 'not interested but yes I agree');
    await deliver(noTariff, 'am I speaking with the owner, you can cancel it', 'yes I agree');
    await deliver(badlyHeard, 'hum', 'hum', 0.2);
    const raised = async () =>
      Object.fromEntries(
        (await queue()).map(({ recordingId, risk }) => [recordingId, risk?.raisedBy.slice(1).map(({ code }) => code)]),
      );
    expect(await recheck().run()).toBe(2);
    expect(await recheck().run()).toBe(0);
    expect(await raised()).toEqual({
      [sold[0].recordingId]: [],
      [refused.recordingId]: ['refusal-words'],
      [noTariff.recordingId]: ['tariff-not-heard'],
      [badlyHeard.recordingId]: [],
    });
    expect(new Set((await queue()).slice(0, 2).map(({ recordingId }) => recordingId))).toEqual(
      new Set([refused.recordingId, noTariff.recordingId]),
    );
    // A better engine heard the tariff after all: the newer transcript is the one that counts.
    await deliver(noTariff, good, 'yes I agree');
    // And the centre hears no refusal in "not interested".
    const { phrases } = await transcripts().phrases(manager);
    await transcripts().setPhrases(manager, { ...phrases, en: { ...phrases.en, refusal: ['no way'] } }, 0);
    expect(await recheck().run()).toBe(2);
    expect(Object.values(await raised())).toEqual([[], [], [], []]);
    expect(await decided()).toEqual(before);
  });
});
