/** What becomes of customers' months years later: erased with all that came of them, but nobody with an open case, and the figures stay. */
import { beforeEach, describe, expect, it } from 'vitest';
import { customerErasureStore } from '../../../dialer/adapters/store/customer-erasure.ts';
import { customerMonthStore } from '../../../dialer/adapters/store/customer-months.ts';
import { createCustomerErasure } from '../../../dialer/engine/customer-erasure.ts';
import type { CustomerOwner } from '../../../dialer/ports/customers.ts';
import { fictional } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type Centre, intend, openCentre } from '../dialer/centre.ts';
import { tellMonths } from '../../flows/http/customers.ts';

/** 24 months after October 2026 was over, in Shanghai. */
const due = Date.parse('2028-11-01T00:00:00+08:00');
/** Of nobody's calls: those of contacts are lower. */
const someone = (index: number) => fictional(5_000 + index);

describe('customers’ months that have been kept long enough', () => {
  const database = useTestDatabase();
  const prisma = () => database().database.client;
  let now = due;
  let owner: CustomerOwner;
  let centre: Centre;
  let cases: string[] = [];

  beforeEach(async () => {
    [now, cases] = [due, []];
    centre = await openCentre(prisma(), { contacts: 2, now: Date.UTC(2026, 9, 1) });
    await prisma().centre.update({ where: { id: centre.centreId }, data: { timeZone: 'Asia/Shanghai' } });
    const { clientId } = await prisma().campaign.findUniqueOrThrow({ where: { id: centre.campaignId } });
    owner = { centreId: centre.centreId, clientId };
    // October and September of five; the last two are known in November, too.
    await tellMonths(prisma(), owner, '2026-11', {
      ...Object.fromEntries([3, 4].map((index) => [someone(index), [1, 2, 3]])),
    });
    const imports = await prisma().customerImport.findMany({
      where: { ...owner, month: { lt: new Date('2026-11-01') } },
    });
    for (const { id } of imports)
      await prisma().customerMonth.createMany({
        data: [0, 1, 2].map((index) => ({
          ...{ importId: id, number: someone(index), line: 10 + index, bill: 5, status: 'in-service', changes: [] },
        })),
      });
    await prisma().customer.createMany({ data: [0, 1, 2].map((index) => ({ ...owner, number: someone(index) })) });
  });

  const erasure = () =>
    createCustomerErasure({
      ...{ store: customerErasureStore(prisma()), casesOf: async () => cases, clock: { now: () => now }, batch: 2 },
    });
  const run = async () => {
    const all = await erasure().eraseDue();
    return all
      .filter(({ clientId }) => clientId === owner.clientId)
      .map(({ month, customers, left }) => [month, customers, left]);
  };
  const states = async () => {
    const rows = await prisma().customerImport.findMany({ where: owner, orderBy: { month: 'asc' } });
    return rows.map(({ state, erased }) => [state, erased]);
  };
  const numbers = async () => {
    const rows = await prisma().customer.findMany({ where: owner, orderBy: { number: 'asc' } });
    return rows.map(({ number }) => number);
  };
  const sorted = async (month: string) => {
    const day = new Date(`${month}-01`);
    const run = await prisma().segmentRun.create({
      data: { ...owner, month: day, version: 0, at: day, counts: { population: 5, none: 0, types: [] } },
    });
    const customers = await prisma().customer.findMany({ where: owner });
    await prisma().segmentMember.createMany({
      data: customers.map(({ id }) => ({ customerId: id, month: day, type: 'vip', runId: run.id })),
    });
    return () => prisma().segmentMember.count({ where: { runId: run.id } });
  };

  it('go at the end of their last month and not before, with their types and the numbers of whom nothing else is known', async () => {
    const members = await sorted('2026-10');
    now = due - 1;
    expect(await run()).toEqual([['2026-09', 5, 0]]);
    expect([await members(), (await numbers()).length]).toEqual([5, 5]);
    now = due;
    expect(await run()).toEqual([['2026-10', 5, 0]]);
    expect(await members()).toBe(0);
    expect(await numbers()).toEqual([someone(3), someone(4)]);
    expect(await states()).toEqual([
      ['erased', 5],
      ['erased', 5],
      ['ready', 0],
    ]);
    expect(await prisma().segmentRun.count({ where: owner })).toBe(1);
    expect(await run()).toEqual([]);
  });

  it('go by the longest time that a campaign of the client asks for', async () => {
    const quality = { quality: { retentionMonths: 25 } };
    await prisma().campaign.update({ where: { id: centre.campaignId }, data: { settings: quality } });
    expect(await run()).toEqual([['2026-09', 5, 0]]);
    const { oldest, until } = await erasure().kept(owner);
    expect([oldest, until('2026-10')]).toEqual(['2026-10', Date.parse('2028-12-01T00:00:00+08:00')]);
  });

  it('stay of whom a case or dispute is open, types included, and go when it is closed', async () => {
    const attemptId = await intend(prisma(), centre, 0, Date.UTC(2026, 9, 2));
    await prisma().attempt.update({
      where: { id: attemptId },
      data: { number: someone(1), state: 'ended', live: false },
    });
    const recording = await prisma().recording.create({
      data: {
        ...{ attemptId, campaignId: centre.campaignId, agentId: centre.agents[0] ?? '', state: 'stored', holds: 1 },
        talkStartedAt: new Date(Date.UTC(2026, 9, 2)),
      },
    });
    const members = await sorted('2026-10');
    cases = [someone(0)];
    expect(await run()).toEqual([
      ['2026-09', 3, 2],
      ['2026-10', 3, 2],
    ]);
    expect([await members(), await numbers()]).toEqual([2, [someone(0), someone(1), someone(3), someone(4)]]);
    expect(await states()).toEqual([
      ['ready', 3],
      ['ready', 3],
      ['ready', 0],
    ]);
    cases = [];
    await prisma().recording.update({ where: { id: recording.id }, data: { holds: 0 } });
    expect(await run()).toEqual([
      ['2026-09', 2, 0],
      ['2026-10', 2, 0],
    ]);
    expect([await members(), await numbers()]).toEqual([0, [someone(3), someone(4)]]);
    expect(await states()).toEqual([
      ['erased', 5],
      ['erased', 5],
      ['ready', 0],
    ]);
  });

  it('keep the numbers while a table comes in that may tell of them, and come back for them', async () => {
    const months = customerMonthStore(prisma());
    const { centreId, clientId } = owner;
    const coming = { centreId, clientId, month: '2028-11', fileName: 'x', importedBy: null, now };
    const id = await months.begin(coming);
    expect(await run()).toHaveLength(2);
    expect([(await numbers()).length, (await states())[0]]).toEqual([5, ['ready', 5]]);
    await months.fail(id, { encoding: '', total: 0, failure: { code: 'x', field: '', line: null } });
    expect(await run()).toEqual([]);
    expect([await numbers(), (await states())[0]]).toEqual([
      [someone(3), someone(4)],
      ['erased', 5],
    ]);
  });
});
