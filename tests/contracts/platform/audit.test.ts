import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AuditRecord, auditLog, canonical } from '../../../src/platform/audit.ts';
import { useTestDatabase } from '../../support/database.ts';

const record = (changes: Partial<AuditRecord> = {}): AuditRecord => ({
  at: Date.UTC(2026, 0, 5, 9, 0, 0, 123),
  actorId: null,
  action: 'recording.played',
  subjectType: 'recording',
  subjectId: 'r1',
  ...changes,
});

describe('the audit log', () => {
  const db = useTestDatabase();
  const log = () => auditLog(db().database);

  test('begins empty and whole', async () => {
    expect(await log().verify()).toEqual({ entries: 0, brokenAt: null, head: '0'.repeat(64) });
  });

  test('stays one chain when many append at once, and holds for whatever is written', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => log().append(record({ subjectId: `r${n}`, actorId: randomUUID() }))),
    );
    const json = fc.dictionary(
      fc.string({ unit: 'grapheme', maxLength: 8 }).filter((key) => !key.includes('\0')),
      fc.oneof(
        fc.integer(),
        fc.double({ noNaN: true }),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom('号码', 'a"b\\c', ''),
      ),
    );
    await fc.assert(
      fc.asyncProperty(json, async (detail) => {
        await log().append(record({ detail: { z: 1, ...detail, nested: { b: [1, { d: 2, c: 3 }], a: undefined } } }));
      }),
      { numRuns: 60 },
    );
    const told: [number, number][] = [];
    const verdict = await log().verify((done, total) => told.push([done, total]));
    expect(verdict).toMatchObject({ entries: 100, brokenAt: null });
    expect(told).toEqual([[100, 100]]);
    const last = await db().database.client.auditEntry.findFirst({ orderBy: { id: 'desc' } });
    expect(verdict.head).toBe(last?.hash);
  });

  test('has an entry exactly when the transaction it belongs to is kept', async () => {
    const { client } = db().database;
    const { entries } = await log().verify();
    await client.$transaction((tx) => log().appendIn(tx, record({ subjectId: 'kept' })));
    await expect(
      client.$transaction(async (tx) => {
        await log().appendIn(tx, record({ subjectId: 'lost' }));
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await client.auditEntry.count({ where: { subjectId: { in: ['kept', 'lost'] } } })).toBe(1);
    expect(await log().verify()).toMatchObject({ entries: entries + 1, brokenAt: null });
  });

  test('cannot be changed by way of the database', async () => {
    const { pool } = db().database;
    await expect(pool.query(`update audit_entry set action = 'x'`)).rejects.toThrow(/append-only/);
    await expect(pool.query('delete from audit_entry')).rejects.toThrow(/append-only/);
    await expect(pool.query('truncate audit_entry')).rejects.toThrow(/append-only/);
  });

  test.each([
    ['an entry was changed', `update audit_entry set detail = '{"forged": true}' where id = $1`, 0],
    ['a time was moved', `update audit_entry set at = at + interval '1 ms' where id = $1`, 0],
    ['an entry was taken out', 'delete from audit_entry where id = $1', 1],
  ])('shows it when %s behind its back', async (_, forgery, offset) => {
    const { client, pool } = db().database;
    const ids = (await client.auditEntry.findMany({ orderBy: { id: 'asc' }, select: { id: true } })).map(
      ({ id }) => id,
    );
    const target = ids[5];
    const connection = await pool.connect();
    try {
      await connection.query('begin');
      await connection.query('alter table audit_entry disable trigger user');
      await connection.query(forgery, [target]);
      await connection.query('alter table audit_entry enable trigger user');
      await connection.query('commit');
      expect(await log().verify()).toMatchObject({ entries: 5, brokenAt: String(ids[5 + offset]) });
    } finally {
      connection.release();
    }
    // The next case starts from a chain that holds.
    await pool.query('alter table audit_entry disable trigger user');
    await pool.query('delete from audit_entry');
    await pool.query('alter table audit_entry enable trigger user');
    for (let n = 0; n < 8; n += 1) await log().append(record({ subjectId: `again-${n}` }));
  });
});

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonical({ b: 1, a: { d: [{ y: 1, x: 2 }], c: null } })).toBe('{"a":{"c":null,"d":[{"x":2,"y":1}]},"b":1}');
});
