import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CriterionAnswer } from '../../../src/contract/inspections.ts';
import { useTestDatabase } from '../../support/database.ts';
import { answers, type JudgingHouse, makeJudgingHouse, sure } from './judging-house.ts';

const roles = {
  agent: 'agent',
  inspector: 'inspector',
  inspector2: 'inspector',
  supervisor: 'supervisor',
  supervisor2: 'supervisor',
  manager: 'manager',
} as const;
const doubtOf = (criterion: keyof typeof sure) => ({ ...sure, [criterion]: 'doubt' as const });

describe('what follows from a verdict', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<keyof typeof roles>;

  beforeEach(async () => {
    house = await makeJudgingHouse(database().database, {
      roles,
      now: '2026-11-23T15:00',
      settings: { quality: { weeklyOverlap: 0 } },
    });
  });

  it('a sale stands by its self-check (and is billable, there being no trial) until an inspector says otherwise', async () => {
    const facts = await house.conversation(house.person('agent'));
    expect(await house.saleOf(facts)).toMatchObject({ state: 'billable', inspected: false, qualified: true });
    house.clock.now = house.at('2026-11-24T09:00');
    const { judge, detail } = await house.drawn('daily');
    await house.score(judge, detail, 'explicit-consent');
    expect(await house.saleOf(facts)).toMatchObject({ state: 'unqualified', inspected: true, qualified: false });
    expect(await house.handoffs('task-call-wanted')).toMatchObject([
      {
        payload: {
          origin: { kind: 'corrective' },
          attemptId: facts.attemptId,
          agentId: house.person('agent').userId,
          deadlineAt: house.at('2026-11-26T00:00'),
        },
      },
    ]);
  });

  it('a doubt in the self-check asks for a verification call, without an inspector', async () => {
    const doubt = doubtOf('understood');
    const facts = await house.conversation(house.person('agent'), { selfCheck: doubt });
    expect(await house.saleOf(facts)).toMatchObject({ state: 'to-verify' });
    expect(await house.client.taskCall.findFirst({ where: { sourceAttemptId: facts.attemptId } })).toMatchObject({
      kind: 'verification',
      state: 'asked',
    });
  });

  it('the end of a task call and a sweep of its sale take sale and task in one order, and never wait for each other', async () => {
    const facts = await house.conversation(house.person('agent'), { selfCheck: doubtOf('understood') });
    const task = await house.client.taskCall.findFirstOrThrow({ where: { sourceAttemptId: facts.attemptId } });
    const { pool } = database().database;
    const sweep = await pool.connect();
    try {
      await sweep.query('begin');
      await sweep.query('select 1 from qa_sale where attempt_id = $1 for update', [facts.attemptId]);
      const origin = { kind: 'verification', id: task.id };
      const closed = house.quality.intake.taskCallUnreached({ attemptId: null, origin, outcome: 'no-answer' });
      let waits = 0;
      while (waits === 0) {
        const { rows } = await pool.query<{ n: number }>(
          "select count(*)::int n from pg_locks where not granted and locktype = 'transactionid'",
        );
        waits = rows[0]?.n ?? 0;
      }
      // What the sweep takes next, nobody who waits for the sale has.
      await sweep.query('select 1 from qa_task_call where id = $1 for update nowait', [task.id]);
      await sweep.query('commit');
      await closed;
    } finally {
      await sweep.query('rollback');
      sweep.release();
    }
    expect(await house.client.taskCall.findUnique({ where: { id: task.id } })).toMatchObject({ state: 'overdue' });
  });

  it('a corrective call is judged by the four criteria too, and mends the sale only when it passes', async () => {
    const facts = await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T09:00');
    const daily = await house.drawn('daily');
    await house.score(daily.judge, daily.detail, 'understood');
    const task = await house.client.taskCall.findFirstOrThrow({ where: { sourceAttemptId: facts.attemptId } });
    const call = await house.conversation(house.person('agent'), {
      disposition: 'task',
      purpose: 'corrective',
      detail: { kind: 'task', result: 'confirmed' },
      origin: { kind: 'corrective', id: task.id },
    });
    await house.quality.intake.taskCallClosed(call);
    expect(await house.saleOf(facts)).toMatchObject({ state: 'unqualified' });
    const again = await house.drawn('corrective');
    expect(again.judge.role).toBe('inspector');
    await house.score(again.judge, again.detail, null);
    expect(await house.saleOf(facts)).toMatchObject({ state: 'billable', qualified: true });
    await house.quality.intake.taskCallClosed(call);
    expect(await house.client.taskCall.count({ where: { saleId: task.saleId ?? '' } })).toBe(1);
  });

  it('a customer whom a corrective call does not reach is called again, and the sale is void when no call is left', async () => {
    const doubt = doubtOf('understood');
    const facts = await house.conversation(house.person('agent'), { selfCheck: doubt });
    for (const outcome of ['no-answer', '', 'switched-off']) {
      const task = await house.client.taskCall.findFirstOrThrow({
        where: { sourceAttemptId: facts.attemptId, state: 'asked' },
      });
      const told = { attemptId: null, origin: { kind: 'verification', id: task.id }, outcome };
      await house.quality.intake.taskCallUnreached(told);
      await house.quality.intake.taskCallUnreached(told);
    }
    expect(await house.saleOf(facts)).toMatchObject({ state: 'void' });
    const tasks = await house.client.taskCall.findMany({ where: { sourceAttemptId: facts.attemptId } });
    expect(tasks.map(({ state, result }) => `${state} ${result}`)).toEqual(Array(3).fill('overdue unreachable'));
  });

  it('a trial whose customer cannot be reached is extended by one period and called again before its end, then cancelled', async () => {
    await house.client.product.update({ where: { id: house.world.productId }, data: { trialDays: 30 } });
    const facts = await house.conversation(house.person('agent'));
    expect(await house.saleOf(facts)).toMatchObject({
      state: 'trial',
      trialEndsAt: new Date(house.at('2026-12-23T15:00')),
    });
    const asked = () =>
      house.client.taskCall.findFirstOrThrow({ where: { sourceAttemptId: facts.attemptId, state: 'asked' } });
    const first = await asked();
    house.clock.now = house.at('2026-12-22T20:00');
    await house.quality.intake.taskCallUnreached({
      ...{ attemptId: null, outcome: 'switched-off' },
      origin: { kind: 'confirmation', id: first.id },
    });
    expect(await house.saleOf(facts)).toMatchObject({
      extensions: 1,
      trialEndsAt: new Date(house.at('2027-01-22T15:00')),
    });
    const second = await asked();
    expect(second.notBefore.getTime()).toBeGreaterThan(house.at('2027-01-08T00:00'));
    expect(second.deadlineAt).toEqual(new Date(house.at('2027-01-22T15:00')));
    house.clock.now = house.at('2027-01-22T14:00');
    await house.quality.intake.taskCallUnreached({
      ...{ attemptId: null, outcome: 'no-answer' },
      origin: { kind: 'confirmation', id: second.id },
    });
    expect(await house.saleOf(facts)).toMatchObject({ state: 'trial' });
    house.clock.now = house.at('2027-01-22T15:00');
    await house.quality.sweep();
    expect(await house.saleOf(facts)).toMatchObject({ state: 'cancelled' });
  });

  it('a question that took longer than the call is one case for the problem desk, and blocks nobody', async () => {
    const words = 'Does the tariff hold abroad?';
    const facts = await house.conversation(house.person('agent'), {
      ...{ disposition: 'question', detail: { kind: 'question', words } },
    });
    await house.quality.intake.conversationClosed(facts);
    const { items } = await house.quality.cases.list(house.person('manager'), { limit: 10 });
    expect(items).toMatchObject([
      { kind: 'question', channel: 'call', state: 'open', deadlineAt: house.at('2026-11-26T00:00') },
    ]);
    expect(await house.quality.cases.read(house.person('manager'), items[0]?.id ?? '')).toMatchObject({ words });
    expect(await house.handoffs('number-blocked')).toEqual([]);
  });

  it('a manager gives a call to another agent with one wish, told again', async () => {
    const doubt = doubtOf('rightPerson');
    const facts = await house.conversation(house.person('agent'), { selfCheck: doubt });
    const task = await house.client.taskCall.findFirstOrThrow({ where: { sourceAttemptId: facts.attemptId } });
    const other = randomUUID();
    await house.quality.tasks.assign(house.person('manager'), task.id, other);
    const wishes = (await house.handoffs('task-call-wanted')).slice(-2);
    expect(wishes).toMatchObject([
      { payload: { agentId: house.person('agent').userId } },
      { payload: { agentId: other } },
    ]);
    expect(wishes.map(({ payload }) => payload)).toMatchObject(wishes.map(() => ({ origin: { id: task.id } })));
    expect(
      await house.client.handoff.count({
        where: { topic: 'task-call-withdrawn', payload: { path: ['origin', 'id'], equals: task.id } },
      }),
    ).toBe(0);
  });

  it('a fatal failure tightens the agent’s inspection, with its evidence, and raises the next draw', async () => {
    await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T09:00');
    const { judge, detail } = await house.drawn('daily');
    await house.score(judge, detail, 'right-person');
    expect(await house.quality.inspections.levels(house.person('manager'))).toMatchObject([
      { agent: { id: house.person('agent').userId }, level: 'tightened', evidence: [{ id: detail.id }] },
    ]);
    for (let index = 0; index < 8; index += 1) await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-25T09:00');
    await house.quality.drawDue();
    const second = await house.client.draw.findFirstOrThrow({
      where: { campaignId: house.world.campaignId, kind: 'daily', periodFrom: new Date('2026-11-24') },
      include: { items: true },
    });
    expect(second.size).toBeGreaterThanOrEqual(5);
    expect(second.items.some(({ reason }) => reason === 'tightened')).toBe(true);
  });

  it('a made-up consent suspends from selling until a supervisor lifts it', async () => {
    await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T09:00');
    const { judge, detail } = await house.drawn('daily');
    const given = answers(detail, 'explicit-consent').map((answer) =>
      answer.verdict === 'fail' ? { ...answer, reason: 'said-in-words/consent-made-up' } : answer,
    );
    await house.quality.inspections.score(judge, detail.id, { answers: given, note: '', listenedSeconds: 240 });
    expect((await house.handoffs('selling-changed')).at(-1)).toMatchObject({
      payload: { agentId: house.person('agent').userId, maySell: false },
    });
    await expect(
      house.quality.inspections.lift(house.person('manager'), house.person('agent').userId, 'requalified'),
    ).rejects.toMatchObject({
      code: 'not-a-supervisor',
    });
    await house.quality.inspections.lift(
      house.person('supervisor'),
      house.person('agent').userId,
      'requalified on 24 November',
    );
    expect((await house.handoffs('selling-changed')).at(-1)).toMatchObject({ payload: { maySell: true } });
  });

  it('is disputed once, decided by another, and every step is in a register that cannot be changed', async () => {
    const facts = await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T09:00');
    const { judge, detail } = await house.drawn('daily');
    await house.score(judge, detail, 'understood');
    await house.quality.inspections.dispute(
      house.person('agent'),
      detail.id,
      'The customer repeated the tariff at 2:10.',
    );
    await expect(
      house.quality.inspections.dispute(house.person('agent'), detail.id, 'once more'),
    ).rejects.toMatchObject({
      code: 'disputed-once-already',
    });
    const decision = { answers: answers(detail, null), note: '', listenedSeconds: 240, why: 'It is heard at 2:10.' };
    await expect(house.quality.inspections.decide(judge, detail.id, decision)).rejects.toMatchObject({
      code: 'decided-by-the-same-person',
    });
    const other =
      judge.userId === house.person('inspector').userId ? house.person('inspector2') : house.person('inspector');
    await house.quality.inspections.decide(other, detail.id, decision);
    expect(await house.saleOf(facts)).toMatchObject({ state: 'billable' });
    const register = await house.client.registerEntry.findMany({
      where: { inspectionId: detail.id },
      orderBy: { id: 'asc' },
    });
    expect(register.map(({ entry, qualified }) => [entry, qualified])).toEqual([
      ['scored', false],
      ['disputed', null],
      ['decided', true],
    ]);
    await expect(house.client.$executeRaw`update qa_register_entry set qualified = true`).rejects.toThrow(
      /append-only/,
    );
  });

  it('a form answered in part, or a failure without its reason or second, is refused field by field', async () => {
    await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T09:00');
    const { judge, detail } = await house.drawn('daily');
    const full = answers(detail, 'understood');
    const give = (changed: CriterionAnswer[]) =>
      house.quality.inspections.score(judge, detail.id, { answers: changed, note: '', listenedSeconds: 1 });
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
    expect(await house.client.registerEntry.count({ where: { inspectionId: detail.id } })).toBe(0);
  });

  it('the supervisor’s second judgement of a recording is hidden until both are done', async () => {
    await house.client.campaign.update({
      where: { id: house.world.campaignId },
      data: { settings: { quality: { weeklyOverlap: 1 } } },
    });
    await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-30T09:00');
    const daily = await house.drawn('daily');
    await house.score(daily.judge, daily.detail, 'understood');
    const seen = await house.quality.inspections.read(house.person('agent'), daily.detail.id);
    expect(seen).toMatchObject({ qualified: null, register: [] });
    const overlap = await house.drawn('overlap');
    expect(overlap).toMatchObject({
      judge: { role: 'supervisor' },
      detail: { agent: null, blind: true, register: [] },
    });
    await house.score(overlap.judge, overlap.detail, null);
    // The week's own draw took the recording too: the other supervisor judges that one.
    const weekly = await house.drawn('weekly');
    expect(weekly.judge.role).toBe('supervisor');
    expect(weekly.judge.userId).not.toBe(overlap.judge.userId);
    await house.score(weekly.judge, weekly.detail, null);
    expect(
      (await house.quality.inspections.read(house.person('agent'), daily.detail.id)).register.length,
    ).toBeGreaterThan(0);
    expect(await house.quality.inspections.agreement(house.person('manager'), {})).toMatchObject({
      pairs: 1,
      percent: 0,
      onFailures: { numerator: 0, denominator: 1 },
    });
  });

  it('a client reads what became of a sale, and no name of those who made or judged it', async () => {
    await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T09:00');
    const { judge, detail } = await house.drawn('daily');
    await house.score(judge, detail, null);
    const client = {
      ...house.person('manager'),
      role: 'client',
      centreId: null,
      clientId: house.world.clientId,
    } as const;
    const names = async (viewer: typeof client | ReturnType<typeof house.person>) => {
      const [sale] = (await house.quality.sales.list(viewer, { limit: 10 })).items;
      const { agent, events } = await house.quality.sales.read(viewer, sale?.id ?? '');
      return [sale?.agent.name, agent.name, ...events.flatMap(({ by }) => by?.name ?? [])].filter(
        (name) => name !== '',
      );
    };
    expect(await names(house.person('manager'))).toEqual(expect.arrayContaining(['agent']));
    expect(await names(client)).toEqual([]);
  });

  it('a card shows sales, the weighted rate with its interval, and the self-check against the inspection', async () => {
    await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T09:00');
    const { judge, detail } = await house.drawn('daily');
    await house.score(judge, detail, 'understood');
    const [card] = await house.quality.scorecards.cards(house.person('manager'), { period: 'week', subject: 'agent' });
    expect(card).toMatchObject({
      subject: { id: house.person('agent').userId },
      sales: 1,
      validSales: 0,
      inspected: 1,
      effectiveRate: { numerator: 0, denominator: 1, value: 0 },
      unqualifiedByCriterion: { understood: 1 },
      selfCheckAccuracy: { numerator: 0, denominator: 1 },
    });
    expect(
      await house.quality.scorecards.cards(
        { ...house.person('agent'), userId: randomUUID() },
        { period: 'week', subject: 'agent' },
      ),
    ).toEqual([]);
  });
});
