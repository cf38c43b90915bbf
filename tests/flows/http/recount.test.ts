import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoFigures, qualityCounts, shiftFigures } from '../../../src/demo/figures.ts';
import { checkInvariants } from '../../../src/demo/invariants.ts';
import { differences } from '../../../src/demo/differences.ts';
import { type Recount, recount } from '../../../src/demo/recount.ts';
import { summary } from '../../../src/contract/summaries.ts';
import { fillWeek } from '../../fixtures/week.ts';
import { useTestDatabase } from '../../support/database.ts';
import { makeHouse } from './house.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

const week = { start: Date.UTC(2026, 0, 4, 16), end: Date.UTC(2026, 0, 11, 16) };

/** `npm run demo` fails where these two countings differ; here they are held against each other over a week drawn from a seed. */
describe('the figures of out.json', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let figures: DemoFigures;
  let again: Recount;

  beforeAll(async () => {
    rig = await openHttpRig(database());
    const house = await makeHouse(rig);
    const { client, pool } = database().database;
    const { contactId, contact } = await client.attempt.findUniqueOrThrow({
      where: { id: house.attemptId },
      include: { contact: true },
    });
    const agents = await client.user.findMany({ where: { role: 'agent' } });
    const { campaignId } = house;
    const agentIds = agents.map(({ id }) => id);
    await fillWeek(client, { campaignId, contactId, agentIds }, week, { seed: 23, attempts: 400 });
    const { listId, timeZone, dueAt } = contact;
    await client.contact.createMany({
      data: ['outside-hours', 'on-blacklist', null, null].map((reason, attempts) => ({
        campaignId,
        listId,
        timeZone,
        dueAt,
        reason,
        attempts,
      })),
    });
    await rig.clock.advance(week.end + 6 * 3_600_000 - rig.clock.now());
    await rig.services.reports.publishDue();
    const manager = await rig.signedIn('manager');
    const row = await client.weeklySummary.findFirstOrThrow({ where: { fromDay: new Date('2026-01-05') } });
    const { content } = summary.parse((await manager.ask('GET', `/api/summaries/${row.id}`)).body);
    const { value, low, high, n } = content.figures.effectiveRate;
    const { blacklistedAttempted, doubleDialled } = await checkInvariants(pool, campaignId);
    figures = {
      ...(await shiftFigures(pool, campaignId, week.start, week.end)),
      ...(await qualityCounts(pool, campaignId, week.start, week.end)),
      effectiveRate: { value, low, high, n },
      blacklistedAttempted,
      doubleDialled,
      weeklySummaryId: row.id,
      foretold: null,
    };
    again = await recount(pool, campaignId, { from: week.start, ended: week.end, midnight: week.end });
  });
  afterAll(() => rig.close());

  test('are what another counting of the raw rows finds', () => {
    expect(again).toMatchObject({
      attempts: expect.any(Number),
      effectiveRate: { value: expect.any(Number) },
    });
    expect(
      Math.min(again.attempts, again.sales, again.validSales, again.effectiveRate.n, again.abandoned),
    ).toBeGreaterThan(0);
    expect(differences(figures, again)).toEqual([]);
  });

  test('and a figure that is off by one is found', () => {
    const { unqualifiedByCriterion: failed } = figures;
    const off = {
      ...figures,
      sales: figures.sales + 1,
      unqualifiedByCriterion: { ...failed, understood: (failed.understood ?? 0) + 1 },
    };
    expect(differences(off, again)).toEqual([
      expect.stringMatching(/^sales: /),
      expect.stringMatching(/^unqualifiedByCriterion\.understood: /),
    ]);
  });
});
