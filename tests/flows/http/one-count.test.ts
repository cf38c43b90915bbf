import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pooledDb } from '../../../dialer/adapters/store/pooled.ts';
import { createPacingStore } from '../../../dialer/adapters/store/pacing.ts';
import { createReading } from '../../../dialer/adapters/store/reading.ts';
import { courseOf } from '../../../dialer/rules/course.ts';
import { workOf } from '../../../src/compose/quality-surroundings.ts';
import { summaryContent } from '../../../src/contract/summaries.ts';
import { shiftFigures } from '../../../src/demo/figures.ts';
import { recount } from '../../../src/demo/recount.ts';
import { dialledCount, dialledPage } from '../../../src/reports/calls-behind/dialled.ts';
import { callGroups, total } from '../../../src/reports/campaign-week/calls.ts';
import { fillWays, ways } from '../../fixtures/machines.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

const hour = 3_600_000;

/** Who counts conversations counts the same ones, whichever way a machine was found. */
describe('answered by a person', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let ids: Map<string, string>;
  let [from, to] = [0, 0];
  const people = ways.filter(({ person }) => person);
  const expected = {
    answered: people.length,
    connected: people.filter(({ connected }) => connected !== undefined).length,
    abandoned: ways.filter(({ abandoned }) => abandoned !== undefined).length,
  };
  /** Who was connected too late is a conversation and an abandoned call, and one of those that the rate is of. */
  const presented = people.filter(({ connected, abandoned }) => connected !== undefined || abandoned !== undefined);
  const rate = expected.abandoned / presented.length;

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    const { client } = database().database;
    const { contactId } = await client.attempt.findUniqueOrThrow({ where: { id: house.attemptId } });
    const agents = await client.user.findMany({ where: { role: 'agent' } });
    await rig.clock.advance(hour);
    from = rig.clock.now();
    to = from + hour;
    const owners = { campaignId: house.campaignId, contactId, agentIds: agents.map(({ id }) => id) };
    ids = await fillWays(client, owners, from);
    await rig.clock.advance(hour);
  });
  afterAll(() => rig.close());

  const week = () => ({ start: from, end: to, from: '2026-01-05', to: '2026-01-11', timeZone: 'Asia/Shanghai' });
  const where = (asOf: number) => ({ from, to, asOf, campaignId: house.campaignId, agentIds: null });

  async function summarised(asOf: number) {
    const groups = await callGroups(database().database.pool, house.campaignId, week(), asOf);
    return {
      answered: total(groups, 'answered'),
      connected: total(groups, 'connected'),
      abandoned: total(groups, 'abandoned'),
    };
  }
  async function opened(asOf: number) {
    const { client } = database().database;
    const count = (figure: 'answered' | 'conversations' | 'abandoned' | 'connected-or-abandoned') =>
      dialledCount(client, figure, null, where(asOf));
    const abandoned = await count('abandoned');
    expect(await count('connected-or-abandoned')).toBe(
      presented.length - expected.connected + (await count('conversations')),
    );
    return { answered: await count('answered'), connected: await count('conversations'), abandoned };
  }

  test('is one thing in the summary, the calls behind it, the wallboard, the cap, the cards and the demo', async () => {
    const { pool, client } = database().database;
    const db = pooledDb(pool);
    const now = rig.clock.now();
    const { campaignId } = house;
    expect(await summarised(now)).toEqual(expected);
    expect(await opened(now)).toEqual(expected);
    const groups = await callGroups(pool, campaignId, week(), now);
    expect(total(groups, 'presented')).toBe(presented.length);
    const live = await createReading(db).live(campaignId, from, now);
    expect(live).toMatchObject({ today: expected, presentedToday: presented.length });
    const { connected, abandoned } = expected;
    expect(await createPacingStore(db).abandonCounts(campaignId, from)).toEqual({
      ...{ presented: presented.length, abandoned },
    });
    const course = await createReading(db).course(campaignId, from, now);
    expect(courseOf(course.stretches, course.calls, [from + 59 * 60_000])[0]?.abandon).toBe(rate);
    const cards = await workOf(client)({ from, to }, { centreId: null, campaignId, agentIds: null });
    expect(cards.reduce((sum, card) => sum + card.conversations, 0)).toBe(connected);
    const own = await Promise.all(
      cards.map(async ({ agentId }) => (await createReading(db).agentDay(agentId, from, now)).conversations),
    );
    expect(own.reduce((sum, n) => sum + n, 0)).toBe(connected);
    // The demo calls answered what an agent had to be found for.
    const demo = {
      answered: presented.length,
      connected,
      abandoned,
      abandonRate: rate,
    };
    const [shift, again] = [
      await shiftFigures(pool, campaignId, from, to),
      await recount(pool, campaignId, { from, ended: to, midnight: to }),
    ];
    expect(shift).toMatchObject(demo);
    expect(again).toMatchObject(demo);
    expect(again.answerToAgentMs).toEqual(shift.answerToAgentMs);
  });

  test('and the rows behind are those calls', async () => {
    const { client } = database().database;
    const page = await dialledPage(client, 'conversations', null, where(rig.clock.now()), {
      limit: 50,
      after: undefined,
    });
    const named = people.flatMap(({ what, connected }) => (connected === undefined ? [] : [ids.get(what)]));
    expect(new Set(page.map(({ id }) => id))).toEqual(new Set(named));
  });

  test('a verdict that stands only after a week was published changes nothing of that week', async () => {
    const { client } = database().database;
    const id = ids.get('a machine, still up');
    const asOf = rig.clock.now();
    await rig.clock.advance(hour);
    await client.attempt.updateMany({
      where: { id: { in: id === undefined ? [] : [id] } },
      data: { endedAt: new Date(asOf + 1000), state: 'ended', live: false, outcome: 'connected' },
    });
    expect(await summarised(asOf)).toEqual(expected);
    expect(await opened(asOf)).toEqual(expected);
    const later = { ...expected, answered: expected.answered - 1, connected: expected.connected - 1 };
    expect(await summarised(rig.clock.now())).toEqual(later);
    expect(await opened(rig.clock.now())).toEqual(later);
  });

  test('a week that was published while machines counted opens to the calls that its figures say', async () => {
    const { client } = database().database;
    const manager = await rig.signedIn('manager');
    const path = `/api/campaigns/${house.campaignId}/week`;
    const now = summaryContent.parse((await manager.ask('GET', path)).body);
    const all = await client.attempt.count({ where: { campaignId: house.campaignId, connectedAt: { not: null } } });
    expect(now.figures.peopleOnly).toBe(true);
    expect(all).toBeGreaterThan(now.figures.conversations);
    const total = async (at: string, figure: string) =>
      (await manager.ask('GET', `${at}/calls?figure=${figure}&limit=1`)).body;
    expect(await total(path, 'conversations')).toMatchObject({ total: now.figures.conversations });
    const { peopleOnly: _, ...figures } = now.figures;
    const { id } = await client.weeklySummary.create({
      data: {
        campaignId: house.campaignId,
        fromDay: new Date(now.from),
        toDay: new Date(now.to),
        publishedAt: new Date(rig.clock.now()),
        hash: 'of then',
        content: { ...now, figures: { ...figures, conversations: all } },
      },
    });
    expect(await total(`/api/summaries/${id}`, 'conversations')).toMatchObject({ total: all });
  });
});
