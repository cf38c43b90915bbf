import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { composeQuality } from '../../../src/compose/quality.ts';
import type { ConversationFacts, QualityApi, Viewer } from '../../../src/contract/quality.ts';
import type { CriterionAnswer, InspectionDetail } from '../../../src/contract/inspections.ts';
import { makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const zone = 'Asia/Shanghai';
const at = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();

describe('what follows from a verdict', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let now: number;
  let quality: QualityApi;
  let people: Record<'agent' | 'inspector' | 'inspector2' | 'supervisor' | 'supervisor2' | 'manager', Viewer>;

  beforeAll(() => {
    client = database().database.client;
  });
  beforeEach(async () => {
    now = at('2026-11-23T15:00');
    world = await makeWorld(client, now, { settings: { quality: { weeklyOverlap: 0 } } });
    quality = composeQuality({
      database: database().database,
      bus: { publish: () => undefined },
      clock: { now: () => now },
      country: 'US',
    });
    const person = async (role: Viewer['role']): Promise<Viewer> => {
      const { id } = await client.user.create({
        data: {
          username: randomUUID(),
          displayName: role,
          passwordHash: '',
          role,
          centreId: world.centreId,
          teamId: world.teamId,
          joinedAt: new Date(0),
        },
      });
      return { userId: id, role, centreId: world.centreId, teamId: world.teamId, clientId: null };
    };
    people = {
      agent: await person('agent'),
      inspector: await person('inspector'),
      inspector2: await person('inspector'),
      supervisor: await person('supervisor'),
      supervisor2: await person('supervisor'),
      manager: await person('manager'),
    };
  });

  /** A closed conversation of the agent's with its recording; the self-check is without doubt. */
  async function conversation(change: Partial<ConversationFacts> = {}): Promise<ConversationFacts> {
    const facts: ConversationFacts = {
      attemptId: randomUUID(),
      campaignId: world.campaignId,
      contactId: randomUUID(),
      agentId: people.agent.userId,
      teamId: world.teamId,
      purpose: 'marketing',
      settingsVersion: 1,
      scriptVersionId: null,
      number: '+12125550101',
      connectedAt: now - 300_000,
      endedAt: now - 60_000,
      talkMs: 240_000,
      disposition: 'sale',
      detail: { kind: 'sale', options: [] },
      selfCheck: { rightPerson: 'yes', understood: 'yes', approvedScript: 'yes', explicitConsent: 'yes' },
      mustSayTicked: [],
      note: '',
      recordingId: randomUUID(),
      origin: null,
      demo: false,
      ...change,
    };
    await quality.intake.conversationClosed(facts);
    if (facts.disposition === 'sale') await quality.intake.saleRecorded(facts);
    const { recordingId, attemptId, campaignId, agentId, talkMs } = facts;
    if (recordingId !== null) {
      await quality.intake.recordingStored({
        recordingId, attemptId, campaignId, agentId, state: 'stored', talkStartedAt: facts.connectedAt, talkMs, durationMs: talkMs, sha256: 'x', storedAt: now,
      }); // biome-ignore format: one fact a line says no more
    }
    return facts;
  }
  const saleOf = (facts: ConversationFacts) => client.sale.findUniqueOrThrow({ where: { attemptId: facts.attemptId } });
  const handoffs = (topic: string) => client.handoff.findMany({ where: { topic }, orderBy: { id: 'asc' } });

  /** The one inspection of this kind, handed out, and who has it. */
  async function drawn(kind: string): Promise<{ judge: Viewer; detail: InspectionDetail }> {
    await quality.drawDue();
    await quality.sweep();
    const row = await client.inspection.findFirstOrThrow({ where: { campaignId: world.campaignId, kind } });
    const judge = Object.values(people).find(({ userId }) => userId === row.assignedTo);
    if (judge === undefined) throw new Error(`the ${kind} inspection was given to nobody`);
    return { judge, detail: await quality.inspections.open(judge, row.id) };
  }
  function answers({ formContent }: InspectionDetail, failing: string | null): CriterionAnswer[] {
    return formContent.criteria.map(({ code, reasons }) => ({
      criterion: code,
      verdict: code === failing ? 'fail' : 'pass',
      reason: code === failing ? (reasons.find(({ fabricatedConsent }) => !fabricatedConsent)?.code ?? null) : null,
      atSecond: code === failing ? 12 : null,
      checks: [],
      note: '',
    }));
  }
  const score = (judge: Viewer, detail: InspectionDetail, failing: string | null) =>
    quality.inspections.score(judge, detail.id, { answers: answers(detail, failing), note: '', listenedSeconds: 240 });

  it('a sale stands by its self-check (and is billable, there being no trial) until an inspector says otherwise', async () => {
    const facts = await conversation();
    expect(await saleOf(facts)).toMatchObject({ state: 'billable', inspected: false, qualified: true });
    now = at('2026-11-24T09:00');
    const { judge, detail } = await drawn('daily');
    await score(judge, detail, 'explicit-consent');
    expect(await saleOf(facts)).toMatchObject({ state: 'unqualified', inspected: true, qualified: false });
    expect(await handoffs('task-call-wanted')).toMatchObject([
      {
        payload: {
          origin: { kind: 'corrective' },
          attemptId: facts.attemptId,
          agentId: people.agent.userId,
          deadlineAt: at('2026-11-26T00:00'),
        },
      },
    ]);
  });

  it('a doubt in the self-check asks for a verification call, without an inspector', async () => {
    const doubt = { rightPerson: 'yes', understood: 'doubt', approvedScript: 'yes', explicitConsent: 'yes' } as const;
    const facts = await conversation({ selfCheck: doubt });
    expect(await saleOf(facts)).toMatchObject({ state: 'to-verify' });
    expect(await client.taskCall.findFirst({ where: { sourceAttemptId: facts.attemptId } })).toMatchObject({
      kind: 'verification',
      state: 'asked',
    });
  });

  it('a corrective call is judged by the four criteria too, and mends the sale only when it passes', async () => {
    const facts = await conversation();
    now = at('2026-11-24T09:00');
    const daily = await drawn('daily');
    await score(daily.judge, daily.detail, 'understood');
    const task = await client.taskCall.findFirstOrThrow({ where: { sourceAttemptId: facts.attemptId } });
    const call = await conversation({
      disposition: 'task',
      purpose: 'corrective',
      detail: { kind: 'task', result: 'confirmed' },
      origin: { kind: 'corrective', id: task.id },
    });
    await quality.intake.taskCallClosed(call);
    expect(await saleOf(facts)).toMatchObject({ state: 'unqualified' });
    const again = await drawn('corrective');
    expect(again.judge.role).toBe('inspector');
    await score(again.judge, again.detail, null);
    expect(await saleOf(facts)).toMatchObject({ state: 'billable', qualified: true });
    await quality.intake.taskCallClosed(call);
    expect(await client.taskCall.count({ where: { saleId: task.saleId ?? '' } })).toBe(1);
  });

  it('a customer whom a corrective call does not reach is called again, and the sale is void when no call is left', async () => {
    const doubt = { rightPerson: 'yes', understood: 'doubt', approvedScript: 'yes', explicitConsent: 'yes' } as const;
    const facts = await conversation({ selfCheck: doubt });
    for (const outcome of ['no-answer', '', 'switched-off']) {
      const task = await client.taskCall.findFirstOrThrow({
        where: { sourceAttemptId: facts.attemptId, state: 'asked' },
      });
      const told = { attemptId: null, origin: { kind: 'verification', id: task.id }, outcome };
      await quality.intake.taskCallUnreached(told);
      await quality.intake.taskCallUnreached(told);
    }
    expect(await saleOf(facts)).toMatchObject({ state: 'void' });
    const tasks = await client.taskCall.findMany({ where: { sourceAttemptId: facts.attemptId } });
    expect(tasks.map(({ state, result }) => `${state} ${result}`)).toEqual(Array(3).fill('overdue unreachable'));
  });

  it('a trial whose customer cannot be reached is extended by one period and called again before its end, then cancelled', async () => {
    await client.product.update({ where: { id: world.productId }, data: { trialDays: 30 } });
    const facts = await conversation();
    expect(await saleOf(facts)).toMatchObject({ state: 'trial', trialEndsAt: new Date(at('2026-12-23T15:00')) });
    const asked = () =>
      client.taskCall.findFirstOrThrow({ where: { sourceAttemptId: facts.attemptId, state: 'asked' } });
    const first = await asked();
    now = at('2026-12-22T20:00');
    await quality.intake.taskCallUnreached({
      ...{ attemptId: null, outcome: 'switched-off' },
      origin: { kind: 'confirmation', id: first.id },
    });
    expect(await saleOf(facts)).toMatchObject({ extensions: 1, trialEndsAt: new Date(at('2027-01-22T15:00')) });
    const second = await asked();
    expect(second.notBefore.getTime()).toBeGreaterThan(at('2027-01-08T00:00'));
    expect(second.deadlineAt).toEqual(new Date(at('2027-01-22T15:00')));
    now = at('2027-01-22T14:00');
    await quality.intake.taskCallUnreached({
      ...{ attemptId: null, outcome: 'no-answer' },
      origin: { kind: 'confirmation', id: second.id },
    });
    expect(await saleOf(facts)).toMatchObject({ state: 'trial' });
    now = at('2027-01-22T15:00');
    await quality.sweep();
    expect(await saleOf(facts)).toMatchObject({ state: 'cancelled' });
  });

  it('a manager gives a call to another agent with one wish, told again', async () => {
    const doubt = { rightPerson: 'doubt', understood: 'yes', approvedScript: 'yes', explicitConsent: 'yes' } as const;
    const facts = await conversation({ selfCheck: doubt });
    const task = await client.taskCall.findFirstOrThrow({ where: { sourceAttemptId: facts.attemptId } });
    const other = randomUUID();
    await quality.tasks.assign(people.manager, task.id, other);
    const wishes = (await handoffs('task-call-wanted')).slice(-2);
    expect(wishes).toMatchObject([{ payload: { agentId: people.agent.userId } }, { payload: { agentId: other } }]);
    expect(wishes.map(({ payload }) => payload)).toMatchObject(wishes.map(() => ({ origin: { id: task.id } })));
    expect(
      await client.handoff.count({
        where: { topic: 'task-call-withdrawn', payload: { path: ['origin', 'id'], equals: task.id } },
      }),
    ).toBe(0);
  });

  it('a fatal failure tightens the agent’s inspection, with its evidence, and raises the next draw', async () => {
    await conversation();
    now = at('2026-11-24T09:00');
    const { judge, detail } = await drawn('daily');
    await score(judge, detail, 'right-person');
    expect(await quality.inspections.levels(people.manager)).toMatchObject([
      { agent: { id: people.agent.userId }, level: 'tightened', evidence: [{ id: detail.id }] },
    ]);
    for (let index = 0; index < 8; index += 1) await conversation();
    now = at('2026-11-25T09:00');
    await quality.drawDue();
    const second = await client.draw.findFirstOrThrow({
      where: { campaignId: world.campaignId, kind: 'daily', periodFrom: new Date('2026-11-24') },
      include: { items: true },
    });
    expect(second.size).toBeGreaterThanOrEqual(5);
    expect(second.items.some(({ reason }) => reason === 'tightened')).toBe(true);
  });

  it('a made-up consent suspends from selling until a supervisor lifts it', async () => {
    await conversation();
    now = at('2026-11-24T09:00');
    const { judge, detail } = await drawn('daily');
    const given = answers(detail, 'explicit-consent').map((answer) =>
      answer.verdict === 'fail' ? { ...answer, reason: 'said-in-words/consent-made-up' } : answer,
    );
    await quality.inspections.score(judge, detail.id, { answers: given, note: '', listenedSeconds: 240 });
    expect((await handoffs('selling-changed')).at(-1)).toMatchObject({
      payload: { agentId: people.agent.userId, maySell: false },
    });
    await expect(quality.inspections.lift(people.manager, people.agent.userId, 'requalified')).rejects.toMatchObject({
      code: 'not-a-supervisor',
    });
    await quality.inspections.lift(people.supervisor, people.agent.userId, 'requalified on 24 November');
    expect((await handoffs('selling-changed')).at(-1)).toMatchObject({ payload: { maySell: true } });
  });

  it('is disputed once, decided by another, and every step is in a register that cannot be changed', async () => {
    const facts = await conversation();
    now = at('2026-11-24T09:00');
    const { judge, detail } = await drawn('daily');
    await score(judge, detail, 'understood');
    await quality.inspections.dispute(people.agent, detail.id, 'The customer repeated the tariff at 2:10.');
    await expect(quality.inspections.dispute(people.agent, detail.id, 'once more')).rejects.toMatchObject({
      code: 'disputed-once-already',
    });
    const decision = { answers: answers(detail, null), note: '', listenedSeconds: 240, why: 'It is heard at 2:10.' };
    await expect(quality.inspections.decide(judge, detail.id, decision)).rejects.toMatchObject({
      code: 'decided-by-the-same-person',
    });
    const other = judge.userId === people.inspector.userId ? people.inspector2 : people.inspector;
    await quality.inspections.decide(other, detail.id, decision);
    expect(await saleOf(facts)).toMatchObject({ state: 'billable' });
    const register = await client.registerEntry.findMany({
      where: { inspectionId: detail.id },
      orderBy: { id: 'asc' },
    });
    expect(register.map(({ entry, qualified }) => [entry, qualified])).toEqual([
      ['scored', false],
      ['disputed', null],
      ['decided', true],
    ]);
    await expect(client.$executeRaw`update qa_register_entry set qualified = true`).rejects.toThrow(/append-only/);
  });

  it('a form answered in part, or a failure without its reason or second, is refused field by field', async () => {
    await conversation();
    now = at('2026-11-24T09:00');
    const { judge, detail } = await drawn('daily');
    const full = answers(detail, 'understood');
    const give = (changed: CriterionAnswer[]) =>
      quality.inspections.score(judge, detail.id, { answers: changed, note: '', listenedSeconds: 1 });
    await expect(give(full.slice(1))).rejects.toMatchObject({
      code: 'answers-faulty',
      faults: [{ code: 'unanswered', field: 'right-person' }],
    });
    await expect(
      give(full.map((answer) => ({ ...answer, atSecond: answer.verdict === 'fail' ? 9999 : null }))),
    ).rejects.toMatchObject({ code: 'answers-faulty' });
    await expect(give(full.map((answer) => ({ ...answer, reason: null })))).rejects.toMatchObject({
      code: 'answers-faulty',
    });
    expect(await client.registerEntry.count({ where: { inspectionId: detail.id } })).toBe(0);
  });

  it('the supervisor’s second judgement of a recording is hidden until both are done', async () => {
    await client.campaign.update({
      where: { id: world.campaignId },
      data: { settings: { quality: { weeklyOverlap: 1 } } },
    });
    await conversation();
    now = at('2026-11-30T09:00');
    const daily = await drawn('daily');
    await score(daily.judge, daily.detail, 'understood');
    const seen = await quality.inspections.read(people.agent, daily.detail.id);
    expect(seen).toMatchObject({ qualified: null, register: [] });
    const overlap = await drawn('overlap');
    expect(overlap).toMatchObject({
      judge: { role: 'supervisor' },
      detail: { agent: null, blind: true, register: [] },
    });
    await score(overlap.judge, overlap.detail, null);
    // The week's own draw took the recording too: the other supervisor judges that one.
    const weekly = await drawn('weekly');
    expect(weekly.judge.role).toBe('supervisor');
    expect(weekly.judge.userId).not.toBe(overlap.judge.userId);
    await score(weekly.judge, weekly.detail, null);
    expect((await quality.inspections.read(people.agent, daily.detail.id)).register.length).toBeGreaterThan(0);
    expect(await quality.inspections.agreement(people.manager, {})).toMatchObject({
      pairs: 1,
      percent: 0,
      onFailures: { numerator: 0, denominator: 1 },
    });
  });

  it('a card shows sales, the weighted rate with its interval, and the self-check against the inspection', async () => {
    await conversation();
    now = at('2026-11-24T09:00');
    const { judge, detail } = await drawn('daily');
    await score(judge, detail, 'understood');
    const [card] = await quality.scorecards.cards(people.manager, { period: 'week', subject: 'agent' });
    expect(card).toMatchObject({
      subject: { id: people.agent.userId },
      sales: 1,
      validSales: 0,
      inspected: 1,
      effectiveRate: { numerator: 0, denominator: 1, value: 0 },
      unqualifiedByCriterion: { understood: 1 },
      selfCheckAccuracy: { numerator: 0, denominator: 1 },
    });
    expect(
      await quality.scorecards.cards({ ...people.agent, userId: randomUUID() }, { period: 'week', subject: 'agent' }),
    ).toEqual([]);
  });
});
