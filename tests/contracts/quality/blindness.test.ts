/** What somebody who judges, or may be given it, learns of a call by ways other than the inspection itself: nothing before they are done. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../../support/database.ts';
import { type JudgingHouse, makeJudgingHouse } from './judging-house.ts';

const roles = { agent: 'agent', ann: 'inspector', supervisor: 'supervisor', manager: 'manager' } as const;
const page = { limit: 50 };

describe('blindness', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<keyof typeof roles>;
  let call: Awaited<ReturnType<typeof house.conversation>>;
  let first: Awaited<ReturnType<typeof house.drawn>>['detail'];

  /** A failed sale of Monday, judged by an inspector on Tuesday. */
  beforeEach(async () => {
    house = await makeJudgingHouse(database().database, {
      roles,
      now: '2026-11-23T15:00',
      settings: { quality: { dailyRate: 1, weeklyRate: 0, weeklyOverlap: 1 } },
    });
    call = await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T00:01');
    const { judge, detail } = await house.drawn('daily');
    first = detail;
    await house.score(judge, detail, 'understood');
  });
  const overlapDrawn = () => {
    house.clock.now = house.at('2026-11-30T00:01');
    return house.drawn('overlap');
  };

  /** Every reading of quality's, by one person, in which the first verdict can be found. */
  async function seenBy(name: keyof typeof roles) {
    const { quality } = house;
    const viewer = house.person(name);
    const sale = await house.saleOf(call);
    const span = { from: house.at('2026-11-23T00:00'), to: house.at('2026-12-01T00:00') };
    const things = await quality.behind(
      span,
      { campaignId: house.world.campaignId, agentIds: null, centreId: null },
      'unqualified-sales',
      null,
    );
    const hidden = await quality.inspections.hidden(
      viewer,
      things.flatMap(({ attemptId }) => attemptId ?? []),
    );
    const cards = await quality.scorecards.cards(viewer, { period: 'week', day: '2026-11-23', subject: 'agent' });
    const causes = await quality.causes.table(viewer, { period: 'week', periods: 2, split: 'none' });
    return {
      onCards: cards.reduce((sum, { unqualified }) => sum + unqualified, 0),
      causes: causes.rows.filter(({ source }) => source === 'inspection').length,
      sales: (await quality.sales.list(viewer, page)).items.length,
      sale: await quality.sales.read(viewer, sale.id).then(
        ({ state }) => state,
        ({ code }: { code: string }) => code,
      ),
      tasks: (await quality.tasks.list(viewer, page)).items.length,
      register: (await quality.inspections.register(viewer, page)).items.length,
      evidence: (await quality.inspections.levels(viewer)).flatMap(({ evidence }) => evidence).length,
      feeds: (await quality.billing.feeds(viewer)).length,
      behind: things.filter(({ attemptId }) => attemptId === null || !hidden.findings.has(attemptId)).length,
    };
  }
  const nothing = {
    onCards: 0,
    causes: 0,
    sales: 0,
    sale: 'sale-unknown',
    tasks: 0,
    register: 0,
    evidence: 0,
    feeds: 0,
    behind: 0,
  };
  const all = {
    onCards: 1,
    causes: 1,
    sales: 1,
    sale: 'unqualified',
    tasks: 1,
    register: 1,
    evidence: 1,
    feeds: 1,
    behind: 1,
  };

  it('a supervisor, who may be given it until the week is drawn, finds the verdict nowhere; a manager does', async () => {
    expect(await seenBy('supervisor')).toEqual(nothing);
    expect(await seenBy('manager')).toEqual(all);
  });

  it('nor does who is given it find verdict or agent, before it is judged; afterwards everything is there', async () => {
    await house.quality.inspections.agree(house.person('agent'), first.id);
    const { judge, detail } = await overlapDrawn();
    expect(judge).toEqual(house.person('supervisor'));
    expect(await seenBy('supervisor')).toEqual(nothing);
    // Nor an inspector: they could tell.
    expect(await seenBy('ann')).toMatchObject({
      ...{ onCards: 0, causes: 0, sales: 0, sale: 'sale-unknown', tasks: 0, behind: 0 },
    });

    const { agentId, attemptId } = call;
    const asked = async () => ({
      byAgent: (await house.quality.inspections.list(judge, { ...page, order: 'newest', agentId })).items.length,
      inDraws: (
        await Promise.all(
          (
            await house.quality.draws.list(judge, page)
          ).items.map(({ id }) => house.quality.draws.items(judge, id, page)),
        )
      )
        .flatMap(({ items }) => items)
        .filter(({ agent }) => agent.id === agentId || agent.name !== '').length,
      agent: (await house.quality.inspections.hidden(judge, [attemptId])).agent.has(attemptId),
    });
    expect(detail.agent).toBeNull();
    expect(await asked()).toEqual({ byAgent: 0, inDraws: 0, agent: true });

    await house.score(judge, detail, null);
    expect(await asked()).toEqual({ byAgent: 2, inDraws: 2, agent: false });
    expect(await seenBy('supervisor')).toMatchObject({ sales: 1, behind: 1, tasks: 1, evidence: 1 });
  });

  it('nor does the supervisor learn it by the call that mends the sale, or by its inspection', async () => {
    const task = await house.client.taskCall.findFirstOrThrow({ where: { kind: 'corrective' } });
    const made = {
      ...{ purpose: 'corrective', disposition: 'task', origin: { kind: 'corrective', id: task.id } },
      detail: { kind: 'task', result: 'confirmed', words: 'I take it.' },
    };
    const mending = await house.conversation(house.person('agent'), made);
    await house.quality.intake.taskCallClosed(mending);
    await house.quality.sweep();
    const seenOf = async (name: 'supervisor' | 'manager') => {
      const viewer = house.person(name);
      const { items } = await house.quality.inspections.list(viewer, { ...page, order: 'newest' });
      const { follows } = await house.quality.inspections.hidden(viewer, [mending.attemptId]);
      return { inspections: items.filter(({ kind }) => kind === 'corrective').length, follows: follows.size };
    };
    expect(await seenOf('manager')).toEqual({ inspections: 1, follows: 0 });
    expect(await seenOf('supervisor')).toEqual({ inspections: 0, follows: 1 });
  });

  it('nor whether the call’s records were accurate', async () => {
    const { campaignId } = house.world;
    const answers = [{ criterion: 'records', verdict: 'fail' }];
    await house.client.registerEntry.create({
      data: { inspectionId: first.id, at: new Date(house.clock.now), entry: 'corrected', qualified: false, answers },
    });
    const records = (name: keyof typeof roles) => house.quality.records(house.person(name), campaignId);
    expect(await records('manager')).toEqual({ checked: 1, accurate: 0 });
    expect(await records('supervisor')).toEqual({ checked: 0, accurate: 0 });
  });

  it('who inspects reads no cards', async () => {
    expect(
      await house.quality.scorecards.cards(house.person('ann'), {
        period: 'week',
        day: '2026-11-23',
        subject: 'agent',
      }),
    ).toEqual([]);
  });

  it('that the agent accepted the verdict is not told before the second one is given', async () => {
    await house.quality.inspections.agree(house.person('agent'), first.id);
    const { judge, detail } = await overlapDrawn();
    const states = async () => {
      const of = async (filter: object) =>
        (await house.quality.inspections.list(judge, { ...page, order: 'newest', ...filter })).items
          .filter(({ id }) => id === first.id)
          .map(({ state }) => state);
      return { all: await of({}), closed: await of({ state: 'closed' }), scored: await of({ state: 'scored' }) };
    };
    expect(await states()).toEqual({ all: ['scored'], closed: [], scored: ['scored'] });
    await house.score(judge, detail, null);
    expect(await states()).toEqual({ all: ['closed'], closed: ['closed'], scored: [] });
  });

  it('a sale names only inspections that its reader may open', async () => {
    const sale = await house.saleOf(call);
    const named = async (name: keyof typeof roles) =>
      (await house.quality.sales.read(house.person(name), sale.id)).inspectionIds;
    expect(await named('agent')).toEqual([first.id]);
    const { judge, detail } = await overlapDrawn();
    expect(await named('agent')).toEqual([first.id]);
    expect(await named('manager')).toEqual([first.id, detail.id]);
    await house.score(judge, detail, null);
    expect(await named('agent')).toEqual([first.id, detail.id]);
    // Of two judgements an inspector opens the own one.
    expect(await named('ann')).toEqual([first.id]);
  });

  it('a patrol’s note does not tell the supervisor whose call it was', async () => {
    const note = { agentId: call.agentId, attemptId: call.attemptId, observation: 'Clear', marks: {} };
    await house.quality.inspections.addPatrol(house.person('ann'), note);
    // Its marks count on cards: of nobody else's agents, and of no call that the agent had no part in.
    const elsewhere = { ...house.person('ann'), centreId: randomUUID() };
    for (const [who, wrong] of [
      [elsewhere, note],
      [house.person('ann'), { ...note, agentId: randomUUID() }],
      [house.person('ann'), { ...note, attemptId: randomUUID() }],
    ] as const)
      await expect(house.quality.inspections.addPatrol(who, wrong)).rejects.toMatchObject({
        code: expect.stringMatching(/-unknown$/),
      });
    const { judge, detail } = await overlapDrawn();
    const told = async () =>
      (await house.quality.inspections.patrols(judge, page)).items.map(({ attemptId }) => attemptId);
    expect(await told()).toEqual([null]);
    await house.score(judge, detail, null);
    expect(await told()).toEqual([call.attemptId]);
  });
});
