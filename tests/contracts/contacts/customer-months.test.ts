/** Customers' months: a table taken whole or not at all, put in force in place of its forerunner, which stays; and read by both databases alike. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listSource } from '../../../dialer/adapters/list-source.ts';
import { customerMonthStore } from '../../../dialer/adapters/store/customer-months.ts';
import { customerPages } from '../../../dialer/adapters/store/customer-pages.ts';
import { customerReading } from '../../../dialer/adapters/store/customer-reading.ts';
import { pooledDb } from '../../../dialer/adapters/store/pooled.ts';
import type { Db } from '../../../dialer/adapters/store/sql.ts';
import { createCustomerMonths } from '../../../dialer/engine/customer-months.ts';
import type { CustomerFacts } from '../../../dialer/rules/customers/month.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { addContacts, fictional, makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const now = Date.UTC(2026, 10, 23, 2);

describe('customers, month by month', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let folder: string;
  let databases: Db[];

  beforeAll(async () => {
    client = database().database.client;
    databases = [client, pooledDb(database().database.hot)];
    folder = await mkdtemp(join(tmpdir(), 'fairline-customers-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    world = await makeWorld(client, now);
  });

  const owner = () => ({ centreId: world.centreId, clientId: world.clientId });
  const months = () =>
    createCustomerMonths({
      ...{ store: customerMonthStore(client), source: listSource(folder), clock: { now: () => now }, country: 'US' },
    });
  const header = 'phone,status,bill,services,tenure_start,changes';
  async function* bytes(lines: readonly string[]): AsyncGenerator<Uint8Array> {
    const all = Buffer.from([header, ...lines].join('\r\n'));
    for (let at = 0; at < all.length; at += 11) yield all.subarray(at, at + 11);
  }
  const bring = (month: string, lines: readonly string[], content = bytes(lines)) =>
    months().importFile({
      ...{ owner: owner(), month, thisMonth: '2026-11', fileName: 'month.csv', content, by: { userId: null } },
    });
  /** The same from both databases. */
  const same = async <T>(ask: (db: Db) => Promise<T>): Promise<T> => {
    const [first, ...others] = await Promise.all(databases.map(ask));
    if (first === undefined) throw new Error('no database');
    for (const other of others) expect(other).toEqual(first);
    return first;
  };
  const all = async (db: Db, from: string, to: string): Promise<CustomerFacts[]> => {
    const facts: CustomerFacts[] = [];
    for await (const batch of customerReading(db).each(owner(), { from, to })) facts.push(...batch);
    return facts;
  };

  it('are read as they were told, missing months missing, by number and one after the other', async () => {
    const [a = '', b = ''] = [fictional(0), fictional(1)];
    await bring('2026-10', [`${a},lost,0,,,`]);
    await bring('2026-08', [`${a},in-service,129.50,3,2019-03-01,moved;new owner`, `${b},arrears,9,,,`]);
    const reading = await same((db) =>
      customerReading(db).months(owner(), [a, b, fictional(9)], { from: '2026-08', to: '2026-11' }),
    );
    expect(reading.map(({ number }) => number)).toEqual([a, b]);
    expect(reading[0]?.months).toEqual([
      {
        ...{ month: '2026-08', status: 'in-service', bill: 12_950, services: 3, contribution: null },
        ...{ tenureStart: '2019-03-01', contractEnd: null, changes: ['moved', 'new owner'] },
      },
      {
        ...{ month: '2026-10', status: 'lost', bill: 0, services: null, contribution: null },
        ...{ tenureStart: null, contractEnd: null, changes: [] },
      },
    ]);
    expect(await same((db) => all(db, '2026-01', '2026-12'))).toEqual(reading);
    // Who has nothing in the span is not there.
    expect((await same((db) => all(db, '2026-09', '2026-12'))).map(({ number }) => number)).toEqual([a]);
    expect(await same((db) => customerReading(db).known(owner()))).toEqual(['2026-08', '2026-10']);
    const other = { centreId: world.centreId, clientId: (await makeWorld(client, now)).clientId };
    expect(await same((db) => customerReading(db).months(other, [a, b], { from: '2026-01', to: '2026-12' }))).toEqual(
      [],
    );
  });

  it('come by the thousand, each once', async () => {
    const lines = Array.from({ length: 4_500 }, (_, at) => `${fictional(at)},in-service,${at % 300},,,`);
    expect(await bring('2026-10', lines)).toMatchObject({ state: 'ready', accepted: 4_500 });
    const facts = await same((db) => all(db, '2026-10', '2026-10'));
    expect(new Set(facts.map(({ number }) => number)).size).toBe(4_500);
    expect(facts).toHaveLength(4_500);
  });

  it('a line that cannot be taken is told with its reason and field, and a broken table changes nothing', async () => {
    const [a = '', b = ''] = [fictional(0), fictional(1)];
    const result = await bring('2026-10', [
      `${a},lost,1,,,`,
      `${a},lost,1,,,`,
      `${b},gone,1,,,`,
      '"open',
      `${b},lost,x,,,`,
    ]);
    expect(result).toMatchObject({ state: 'ready', total: 5, accepted: 1, rejected: 4, changes: null });
    const faults = await client.customerRejectedLine.findMany({
      where: { importId: result.importId },
      orderBy: { line: 'asc' },
    });
    expect(faults.map(({ line, reason, field }) => [line, reason, field])).toEqual([
      [3, 'duplicate-in-file', 'phone'],
      [4, 'status-unknown', 'status'],
      [5, 'malformed-line', 'quote-not-closed'],
      [6, 'amount-invalid', 'bill'],
    ]);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${header}\n${b},lost,1,,,\n`);
      throw new Error('the line broke');
    }
    await expect(bring('2026-10', [], broken())).rejects.toThrow('the line broke');
    expect(await bring('2026-10', ['nobody,lost,1,,,'])).toMatchObject({
      state: 'failed',
      failure: { code: 'nothing-usable' },
    });
    for (const month of ['2026-12', '2026-13', 'soon'])
      await expect(bring(month, [])).rejects.toMatchObject({ code: 'month-invalid' });
    expect(await all(client, '2026-01', '2026-12')).toMatchObject([{ number: a }]);
    expect(await client.customerMonth.count({ where: { import: owner() } })).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('a newer table of a month takes its place; what it changed is read before and after', async () => {
    const [a = '', b = '', c = '', d = ''] = [0, 1, 2, 3].map(fictional);
    const first = await bring('2026-10', [`${a},lost,1,,,`, `${b},lost,1,,,`, `${c},lost,1,,,`]);
    const second = await bring('2026-10', [`${b},in-service,1,,,`, `${c},lost,1.00,,,`, `${d},lost,1,,,`]);
    expect(second.changes).toEqual({ added: 1, changed: 1, gone: 1 });
    expect((await all(client, '2026-10', '2026-10')).map(({ number }) => number)).toEqual([b, c, d]);
    const sight = { owner: owner(), onLists: null };
    const page = { after: null, take: 10 };
    const changes = await same((db) => customerPages(db).changesOf(second.importId, sight, page));
    const told = changes.map(({ number, before, after }) => [number, before?.status, after?.status]);
    expect(told.sort()).toEqual([[a, 'lost', undefined], [b, 'lost', 'in-service'], [d, undefined, 'lost']]); // biome-ignore format: rows
    expect(await same((db) => customerPages(db).changesOf(first.importId, sight, page))).toEqual([]);
    const pages = await Promise.all(
      [null, changes[0]?.customerId ?? null].map((after) =>
        customerPages(client).changesOf(second.importId, sight, { after, take: 1 }),
      ),
    );
    expect(pages.flat()).toEqual(changes.slice(0, 2));
    expect(await client.customerImport.findUniqueOrThrow({ where: { id: first.importId } })).toMatchObject({
      ...{ state: 'replaced', accepted: 3, byStatus: { lost: 3 } },
    });
  });

  it('two tables of one month at once: one takes the place of the other, whichever ends first', async () => {
    const results = await Promise.all(
      ['1', '2', '3'].map((bill) => bring('2026-10', [`${fictional(0)},lost,${bill},,,`])),
    );
    const states = await client.customerImport.findMany({ where: owner() });
    expect(states.map(({ state }) => state).sort()).toEqual(['ready', 'replaced', 'replaced']);
    expect(results.filter(({ changes }) => changes === null)).toHaveLength(1);
    expect((await all(client, '2026-10', '2026-10')).flatMap((one) => one.months)).toHaveLength(1);
  });

  it('what a crash left half-imported is ended, and nothing of it stays', async () => {
    const store = customerMonthStore(client);
    const id = await store.begin({
      ...owner(),
      month: '2026-10',
      fileName: 'x',
      importedBy: null,
      now: now - 25 * 3_600_000,
    });
    const customer = { number: fictional(0), month: '2026-10', status: 'lost', bill: 1 } as const;
    const open = { services: null, contribution: null, tenureStart: null, contractEnd: null, changes: [] };
    await store.append(id, { customers: [{ line: 2, customer: { ...customer, ...open } }], faults: [] });
    expect(await months().endAbandoned()).toBe(1);
    expect(await client.customerMonth.count({ where: { importId: id } })).toBe(0);
    await expect(store.finish(id, { encoding: '', total: 1, accepted: 1, rejected: 0 }, now)).rejects.toMatchObject({
      code: 'busy-try-again',
    });
  });

  it('are looked at one by one by whoever has them on a list only', async () => {
    await addContacts(client, world.campaignId, now, 1);
    const { importId } = await bring('2026-10', [`${fictional(0)},lost,1,,,`, `${fictional(1)},arrears,1,,,`]);
    const everything = { status: null, after: 0, take: 10 };
    const lines = async (onLists: string[] | null, change: Partial<typeof everything> | { status: string } = {}) =>
      (
        await same((db) =>
          customerPages(db).ofImport(importId, { owner: owner(), onLists }, { ...everything, ...change }),
        )
      ).map(({ line }) => line);
    expect(await lines(null)).toEqual([2, 3]);
    expect(await lines(null, { after: 2 })).toEqual([3]);
    expect(await lines(null, { status: 'arrears' })).toEqual([3]);
    expect(await lines([world.campaignId])).toEqual([2]);
    expect(await lines([])).toEqual([]);
    const find = (onLists: string[] | null, number: string) =>
      same((db) => customerPages(db).find({ owner: owner(), onLists }, { number }));
    expect(await find([world.campaignId], fictional(1))).toBeNull();
    const among = (onLists: string[] | null) =>
      same((db) => customerPages(db).among({ owner: owner(), onLists }, [fictional(0), fictional(1), fictional(9)]));
    expect(await among(null)).toEqual(new Set([fictional(0), fictional(1)]));
    expect(await among([world.campaignId])).toEqual(new Set([fictional(0)]));
    const found = await find(null, fictional(1));
    expect(found).toMatchObject({ number: fictional(1) });
    const id = found?.customerId ?? '';
    expect(await same((db) => customerPages(db).find({ owner: owner(), onLists: null }, { id }))).toEqual(found);
    expect(
      await same((db) => customerPages(db).find({ owner: owner(), onLists: [world.campaignId] }, { id })),
    ).toBeNull();
  });
});
