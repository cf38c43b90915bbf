/** Whom a campaign spoke with first, as customers of its client, and whom nobody called: by both databases alike, and what became of them. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contactedCustomers } from '../../../dialer/adapters/store/contacted-customers.ts';
import { customerMonthStore } from '../../../dialer/adapters/store/customer-months.ts';
import { customerReading } from '../../../dialer/adapters/store/customer-reading.ts';
import { pooledDb } from '../../../dialer/adapters/store/pooled.ts';
import { segmentRulesStore } from '../../../dialer/adapters/store/segment-rules.ts';
import type { Db } from '../../../dialer/adapters/store/sql.ts';
import { createCustomerEffects } from '../../../dialer/engine/customer-effects.ts';
import type { EffectCampaign } from '../../../dialer/ports/customers.ts';
import type { CustomerStatus } from '../../../dialer/rules/customers/month.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { addContacts, fictional, makeWorld, type World } from '../../fixtures/campaign.ts';
import { startingSet } from '../../../dialer/rules/segments/starting-set.ts';
import { useTestDatabase } from '../../support/database.ts';

const now = Date.UTC(2026, 10, 23, 2);

describe('customers whom a campaign spoke with', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let contacts: string[];
  let campaign: EffectCampaign;

  beforeAll(() => {
    client = database().database.client;
  });
  beforeEach(async () => {
    world = await makeWorld(client, now);
    contacts = await addContacts(client, world.campaignId, now, 6);
    campaign = { ...world, id: world.campaignId, timeZone: 'Asia/Shanghai' };
  });

  const same = async <T>(ask: (db: Db) => Promise<T>): Promise<T> => {
    const [one, two] = await Promise.all([ask(client), ask(pooledDb(database().database.hot))]);
    expect(two).toEqual(one);
    return one;
  };
  const bring = async (month: string, rows: [index: number, status: CustomerStatus, bill: number][]) => {
    const store = customerMonthStore(client);
    const { centreId, clientId } = world;
    const id = await store.begin({ centreId, clientId, month, fileName: month, importedBy: null, now });
    const open = { services: null, contribution: null, tenureStart: null, contractEnd: null, changes: [] };
    const customers = rows.map(([index, status, bill], line) => ({
      line: line + 2,
      customer: { ...open, number: fictional(index), month, status, bill },
    }));
    await store.append(id, { customers, faults: [] });
    await store.finish(id, { encoding: 'utf-8', total: rows.length, accepted: rows.length, rejected: 0 }, now);
  };
  /** A call to a contact, at its end; without `talk` nobody answered. */
  const call = (index: number, day: string, part: { talk?: boolean; detection?: string; number?: string } = {}) => {
    const at = new Date(`${day}T02:00:00Z`);
    return client.attempt.create({
      data: {
        ...{ campaignId: world.campaignId, contactId: contacts[index] ?? '', number: part.number ?? fictional(index) },
        ...{ callerId: '+12125550190', mode: 'predictive', settingsVersion: 1, state: 'ended', live: false },
        ...{ intendedAt: at, endedAt: at, outcome: part.talk === false ? 'no-answer' : 'connected' },
        ...(part.talk === false ? {} : { answeredAt: at, connectedAt: at }),
        ...(part.detection === undefined ? {} : { detection: part.detection }),
      },
    });
  };
  const numbers = (indexes: number[]) => indexes.map((index) => fictional(index));

  it('are known by the first conversation with a person, in the month where the centre is', async () => {
    await bring(
      '2026-05',
      [0, 1, 2, 3].map((index) => [index, 'in-service', 100]),
    );
    await call(0, '2026-06-10', { talk: false });
    await call(0, '2026-07-10');
    await call(0, '2026-08-10');
    await call(1, '2026-06-10', { detection: 'machine' });
    // The last evening of June in UTC is July in Shanghai.
    const late = await call(2, '2026-06-30');
    await client.attempt.update({ where: { id: late.id }, data: { connectedAt: new Date('2026-06-30T17:00:00Z') } });
    // The client has told nothing of this one.
    await call(4, '2026-06-10');
    expect(await same((db) => contactedCustomers(db).origins(campaign))).toEqual([
      { month: '2026-07', customers: 2, strangers: 0 },
      { month: '2026-06', customers: 0, strangers: 1 },
    ]);
    const spoken = await same((db) => contactedCustomers(db).spokenWith(campaign, '2026-07'));
    expect(spoken.map(({ number }) => number)).toEqual(numbers([0, 2]));
    // Who was called in vain was called; what came after the month did not.
    const called = (month: string) =>
      same((db) => contactedCustomers(db).called(campaign, numbers([0, 1, 2, 3]), month));
    expect([...(await called('2026-06'))].sort()).toEqual(numbers([0, 1, 2]));
    expect([...(await called('2026-05'))]).toEqual([]);
    expect(await same((db) => contactedCustomers(db).campaign(world.campaignId))).toEqual({
      ...{ id: world.campaignId, centreId: world.centreId, clientId: world.clientId, timeZone: 'Asia/Shanghai' },
    });
  });

  it('with several numbers are the customer who was dialled, else the first that the client knows; never two', async () => {
    await bring(
      '2026-05',
      [0, 10, 11].map((index) => [index, 'in-service', 100]),
    );
    for (const [position, index] of [[2, 10], [3, 11]] as const) // biome-ignore format: pairs
      await client.contactNumber.create({ data: { contactId: contacts[0] ?? '', position, number: fictional(index) } });
    await client.contactNumber.create({ data: { contactId: contacts[1] ?? '', position: 2, number: fictional(10) } });
    await call(0, '2026-06-10', { number: fictional(11) });
    await call(1, '2026-06-10');
    const spoken = await same((db) => contactedCustomers(db).spokenWith(campaign, '2026-06'));
    expect(spoken.map(({ number }) => number)).toEqual(numbers([10, 11]));
  });

  it('what became of them is counted beside those whom nobody called, and is the same customers one by one', async () => {
    const on = 'in-service';
    await bring('2026-05', [[0, on, 300], [1, on, 300], [2, 'lost', 0], [5, on, 80], [20, on, 10], [21, on, 10]]); // biome-ignore format: rows
    await bring('2026-07', [[0, on, 500], [1, 'cancelled', 0], [2, on, 100], [20, 'lost', 0], [21, on, 20]]); // biome-ignore format: rows
    for (const index of [0, 1, 2]) await call(index, '2026-06-10');
    // Spoken with, gone from the table of July; called in vain; known from July on only.
    await call(5, '2026-06-11');
    await call(3, '2026-06-12', { talk: false });
    await bring('2026-08', [[3, on, 1], [4, on, 1]]); // biome-ignore format: rows
    await call(4, '2026-06-13');
    const effects = createCustomerEffects({
      ...{ contacted: contactedCustomers(client), reading: customerReading(client), types: segmentRulesStore(client) },
    });
    const { groups, missing } = await effects.summary(world.campaignId, '2026-06');
    const others = groups['spoken-with'].find(({ kind }) => kind === 'other');
    expect(others).toMatchObject({
      watch: 1,
      figures: {
        customers: 5,
        changes: { stayed: 1, lost: 1, 'won-back': 1, 'stayed-out': 0, open: 0, 'no-before': 1, 'no-after': 1 },
        bills: { customers: 3, before: 600, after: 600 },
      },
    });
    const notCalled = groups['not-called'].find(({ kind }) => kind === 'other')?.figures;
    expect(notCalled).toMatchObject({ customers: 2, changes: { stayed: 1, lost: 1 } });
    expect(missing).toEqual(['2026-03', '2026-04', '2026-09']);
    const question = { campaignId: world.campaignId, origin: '2026-06', group: 'spoken-with', kind: null } as const;
    const ask = async (change: 'lost' | null, after: string | null, take: number) =>
      (await effects.behind({ ...question, change }, { after, take })).map(({ number }) => number);
    expect(await ask('lost', null, 10)).toEqual(numbers([1]));
    expect(await ask(null, null, 2)).toEqual(numbers([0, 1]));
    expect(await ask(null, fictional(1), 10)).toEqual(numbers([2, 4, 5]));
    const behind = await effects.behind(
      { ...question, group: 'not-called', change: 'lost' },
      { after: null, take: 10 },
    );
    expect(behind.map(({ number }) => number)).toEqual(numbers([20]));
  });

  it('who is a member is said by the rules in force at the end of that month, whatever they became later', async () => {
    await bring('2026-05', [[0, 'in-service', 60_000]]);
    await bring('2026-04', [[0, 'in-service', 60_000]]);
    await bring('2026-03', [[0, 'in-service', 60_000]]);
    await call(0, '2026-06-10');
    const types = segmentRulesStore(client);
    const effects = createCustomerEffects({
      ...{ contacted: contactedCustomers(client), reading: customerReading(client), types },
    });
    const shown = async () => {
      const { rules, groups } = await effects.summary(world.campaignId, '2026-06');
      return [rules, groups['spoken-with'].find(({ figures }) => figures.customers === 1)?.kind];
    };
    const none = { ...startingSet, types: startingSet.types.filter(({ key }) => key !== 'vip') };
    const change = (version: number, at: number, rules = none) =>
      types.change({ centreId: world.centreId, version, rules, first: startingSet, by: null, now: at });
    expect(await shown()).toEqual([0, 'vip']);
    // July begins in Shanghai.
    const july = Date.parse('2026-07-01T00:00:00+08:00');
    await change(0, july);
    expect(await shown()).toEqual([0, 'vip']);
    await client.segmentRulesVersion.updateMany({
      where: { centreId: world.centreId, version: 1 },
      data: { changedAt: new Date(july - 1) },
    });
    expect(await shown()).toEqual([1, 'other']);
    await change(1, july + 1, startingSet);
    expect(await shown()).toEqual([1, 'other']);
  });
});
