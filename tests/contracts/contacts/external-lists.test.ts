import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listSource } from '../../../dialer/adapters/list-source.ts';
import { blacklistStore } from '../../../dialer/adapters/store/blacklist.ts';
import { blacklistFacts } from '../../../dialer/adapters/store/dial-facts.ts';
import { externalListStore } from '../../../dialer/adapters/store/external-lists.ts';
import { createTextStore } from '../../../dialer/adapters/store/texts.ts';
import { createExternalLists } from '../../../dialer/engine/external-lists.ts';
import type { ExternalList } from '../../../dialer/ports/external-lists.ts';
import { blacklistHit } from '../../../dialer/rules/screening.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { addContacts, makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 23, 2);

describe('external do-not-call lists', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let folder: string;
  let changed: string[];

  beforeAll(async () => {
    client = database().database.client;
    folder = await mkdtemp(join(tmpdir(), 'fairline-external-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    // Every world has the same fictional numbers: what an earlier test forbade is taken out of force.
    await client.$executeRaw`update blacklist_entry set removed_at = now()`;
    await client.$executeRaw`update external_blacklist set replaced_at = now() where replaced_at is null`;
    world = await makeWorld(client, now);
    changed = [];
  });

  const lists = () =>
    createExternalLists({
      store: externalListStore(database().database),
      source: listSource(folder),
      clock: { now: () => now },
      country: 'US',
      publish: ({ campaignId }) => changed.push(campaignId),
    });
  const list = (change: Partial<ExternalList> = {}): ExternalList => ({
    name: randomUUID(),
    source: 'regulator',
    scope: 'all',
    scopeId: null,
    reason: 'regulator',
    asOf: now - day,
    staleDays: 31,
    ...change,
  });
  const bring = (of: ExternalList, lines: readonly string[]) =>
    lists().import(of, bytes(lines.join('\r\n')), { userId: null });
  async function* bytes(text: string): AsyncGenerator<Uint8Array> {
    const all = Buffer.from(text);
    for (let at = 0; at < all.length; at += 11) yield all.subarray(at, at + 11);
  }
  const numbersOf = async (ids: readonly string[]): Promise<string[]> => {
    const rows = await client.contactNumber.findMany({ where: { contactId: { in: [...ids] } } });
    return ids.map((id) => rows.find(({ contactId }) => contactId === id)?.number ?? '');
  };
  const statesOf = async (ids: readonly string[]): Promise<string[]> => {
    const rows = await client.contact.findMany({ where: { id: { in: [...ids] } } });
    return ids.map((id) => rows.find((row) => row.id === id)).map((row) => `${row?.state} ${row?.reason ?? ''}`.trim());
  };

  it('ends loaded contacts at once, forbids the number to the rule, and counts what was no number', async () => {
    const ids = await addContacts(client, world.campaignId, now, 3);
    const [first = '', second = ''] = await numbersOf(ids);
    const result = await bring(list(), ['Number,since', `${first},2026`, second, `"${first}"`, 'nobody', '"open']);
    expect(result).toMatchObject({
      entries: 2,
      rejected: 2,
      faults: [{ line: 5 }, { line: 6, reason: 'quote-not-closed' }],
    });
    expect(await statesOf(ids)).toEqual(['finished on-blacklist', 'finished on-blacklist', 'waiting']);
    expect(changed).toEqual([world.campaignId]);
    const facts = await blacklistFacts(client, [first]);
    expect(facts).toMatchObject([{ number: first, scope: 'all', reason: 'regulator', endsAt: null }]);
    // Nor is anything written to it.
    const text = { campaignId: world.campaignId, number: first };
    expect(await createTextStore(client).forbidden(text, now)).toBe(true);
    expect(await createTextStore(client).forbidden({ ...text, number: '+12125550199' }, now)).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is replaced as a whole by a newer one of its name: what is no longer on it may be called again', async () => {
    const ids = await addContacts(client, world.campaignId, now, 3);
    const numbers = await numbersOf(ids);
    const of = list();
    const old = await bring(of, numbers.slice(0, 2));
    const newer = await bring({ ...of, asOf: now }, numbers.slice(1));
    expect(await statesOf(ids)).toEqual(['waiting', 'finished on-blacklist', 'finished on-blacklist']);
    const rows = await client.externalBlacklist.findMany({ where: { name: of.name }, orderBy: { asOf: 'asc' } });
    expect(rows).toMatchObject([
      { id: old.id, entries: 2, replacedAt: new Date(now), withdrawal: null },
      { id: newer.id, entries: 2, replacedAt: null },
    ]);
    expect(await client.externalBlacklistNumber.count({ where: { listId: old.id } })).toBe(0);
    await expect(bring({ ...of, asOf: now - 3 * day }, numbers)).rejects.toMatchObject({ code: 'list-older' });
  });

  it('changes nothing when the file is empty or breaks off', async () => {
    const ids = await addContacts(client, world.campaignId, now, 1);
    const of = list();
    await bring(of, await numbersOf(ids));
    await expect(bring({ ...of, asOf: now }, ['phone', 'nobody'])).rejects.toMatchObject({ code: 'list-empty' });
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('+12125550101\n');
      throw new Error('the line broke');
    }
    await expect(lists().import({ ...of, asOf: now }, broken(), { userId: null })).rejects.toThrow('the line broke');
    expect(await client.externalBlacklist.count({ where: { name: of.name } })).toBe(1);
    expect(await statesOf(ids)).toEqual(['finished on-blacklist']);
  });

  it('holds nothing up while it is read, and the old one forbids until the new one is whole', async () => {
    const ids = await addContacts(client, world.campaignId, now, 2);
    const [first = '', second = ''] = await numbersOf(ids);
    const of = list();
    await bring(of, [first]);
    const seen: unknown[] = [];
    async function* slowly() {
      yield [second];
      // Half of it has come. Asked over another connection: what is in force, and who is in the middle of a transaction?
      const { rows } = await database().database.pool.query<{ blocked: boolean[]; open: number }>(
        `select array(select number_blocked(n, $2::uuid, '', $3) from unnest($1::text[]) n) as blocked,
                (select count(*)::int from pg_stat_activity
                  where datname = current_database() and backend_type = 'client backend'
                    and pid <> pg_backend_pid() and xact_start is not null) as open`,
        [[first, second], world.campaignId, new Date(now)],
      );
      seen.push(...rows);
      yield [second];
    }
    await externalListStore(database().database).replace({ ...of, asOf: now }, slowly(), () => ({
      rejected: 0,
      now,
      by: null,
    }));
    expect(seen).toEqual([{ blocked: [true, false], open: 0 }]);
    expect(await statesOf(ids)).toEqual(['waiting', 'finished on-blacklist']);
  });

  it('is withdrawn with a reason and stays in the history; what another entry forbids stays forbidden', async () => {
    const ids = await addContacts(client, world.campaignId, now, 2);
    const [first = '', second = ''] = await numbersOf(ids);
    const { id } = await bring(list(), [first, second]);
    const entry = { number: first, scope: 'all', scopeId: null, reason: 'opt-out', source: 'agent' } as const;
    await blacklistStore(client).add({ ...entry, evidence: {}, endsAt: null, addedBy: null, now });
    await expect(lists().withdraw(id, ' ', { userId: null })).rejects.toMatchObject({ code: 'reason-missing' });
    await lists().withdraw(id, 'published by mistake', { userId: null });
    expect(await statesOf(ids)).toEqual(['finished on-blacklist', 'waiting']);
    await expect(lists().withdraw(id, 'again', { userId: null })).rejects.toMatchObject({ code: 'entry-unknown' });
    expect(await client.externalBlacklist.findUniqueOrThrow({ where: { id } })).toMatchObject({
      withdrawal: 'published by mistake',
    });
    await expect(client.externalBlacklist.delete({ where: { id } })).rejects.toThrow();
  });

  it('stands beside entries that are there once: what is forbidden already is named instead, but no opt-out hides behind a complaint', async () => {
    const entry = { number: '+12125550166', scope: 'all', scopeId: null, source: 'test', evidence: {} } as const;
    const add = (reason: string, endsAt: number | null) =>
      blacklistStore(client).add({ ...entry, reason, endsAt, addedBy: null, now });
    const complaint = await add('complaint', now + day);
    expect(await add('complaint', now + day)).toMatchObject({ id: complaint.id, added: false });
    const longer = await add('complaint', null);
    expect(longer.added).toBe(true);
    // The return call of a complaint passes over the complaint, so what else the customer said must stand by itself.
    const optOuts = await Promise.all([1, 2, 3, 4].map(() => add('opt-out', null)));
    expect(optOuts.filter(({ added }) => added)).toHaveLength(1);
    expect(new Set(optOuts.map(({ id }) => id)).size).toBe(1);
    expect((await add('complaint', null)).added).toBe(false);
    await blacklistStore(client).remove(optOuts[0]?.id ?? '', { by: null, why: 'by mistake', now });
    expect((await add('opt-out', null)).added).toBe(true);
  });

  it('applies to its campaign or product line only, as the rule and the database say alike', async () => {
    const other = await makeWorld(client, now);
    const number = '+12125550177';
    const scope = fc.constantFrom<[ExternalList['scope'], string | null]>(
      ['all', null],
      ['campaign', world.campaignId],
      ['campaign', other.campaignId],
      ['product-line', 'broadband'],
      ['product-line', 'mobile'],
    );
    const end = fc.constantFrom(null, now - 1, now, now + 1);
    await fc.assert(
      fc.asyncProperty(
        // Twice the same is one entry.
        fc.uniqueArray(fc.tuple(scope, end), { maxLength: 4, selector: String }),
        fc.option(scope),
        async (entries, external) => {
          await client.$executeRaw`update blacklist_entry set removed_at = now() where number = ${number}`;
          await client.$executeRaw`update external_blacklist set replaced_at = now() where replaced_at is null`;
          for (const [[kind, scopeId], endsAt] of entries)
            await client.blacklistEntry.create({
              data: {
                number,
                scope: kind,
                scopeId,
                reason: 'other',
                source: '',
                addedAt: new Date(now),
                endsAt: endsAt === null ? null : new Date(endsAt),
              },
            });
          if (external !== null) await bring(list({ scope: external[0], scopeId: external[1] }), [number]);
          const facts = await blacklistFacts(client, [number]);
          const rule =
            blacklistHit(number, { campaignId: world.campaignId, productLine: 'broadband' }, facts, now) !== null;
          const [row] = await client.$queryRaw<{ blocked: boolean }[]>`
          select number_blocked(${number}, ${world.campaignId}::uuid, 'broadband', ${new Date(now)}) as blocked`;
          expect(row?.blocked).toBe(rule);
        },
      ),
      { numRuns: 25 },
    );
  });
});
