import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { useTestDatabase } from '../../support/database.ts';

const folder = new URL('../../../prisma/migrations/20261130050100_three_answers/', import.meta.url);

/** The tables as they were before, with cases and calls of that time. */
const before = `
  alter table qa_task_call drop constraint qa_task_call_result_known;
  alter table qa_case drop column satisfaction;
  alter table qa_case add column satisfied boolean;
  alter table qa_case disable trigger user;
  insert into qa_case (id, kind, state, channel, words, opened_at, satisfied) values
    ('00000000-0000-4000-8000-000000000001', 'complaint', 'closed', 'call', 'once', now(), true),
    ('00000000-0000-4000-8000-000000000002', 'complaint', 'closed', 'call', 'twice', now(), true),
    ('00000000-0000-4000-8000-000000000003', 'complaint', 'contacted', 'call', 'cross', now(), false),
    ('00000000-0000-4000-8000-000000000004', 'complaint', 'open', 'call', 'not asked', now(), null);
  insert into qa_task_call (kind, state, case_id, result, why, campaign_id, source_attempt_id, not_before, deadline_at, created_at)
  select kind, state, ('00000000-0000-4000-8000-00000000000' || of)::uuid, result, why, gen_random_uuid(), gen_random_uuid(), now(), now(), now() from (values
    ('return-call', 'done', 1, null, 'no word of its own'),
    ('return-call', 'done', 2, 'declined', 'first round'),
    ('return-call', 'done', 2, 'confirmed', 'second round'),
    ('return-call', 'done', 2, null, 'one of several'),
    ('return-call', 'done', 3, 'unresolved', 'still cross'),
    ('return-call', 'overdue', 4, 'unreachable', 'nobody answered'),
    ('corrective', 'done', 4, 'confirmed', 'a sale')) as t (kind, state, of, result, why)`;

describe('the change to three answers', () => {
  const db = useTestDatabase();
  test('what was said as yes or no becomes two of the three answers, and nothing is made up between them', async () => {
    const { pool } = db().database;
    await pool.query(before);
    await pool.query(await readFile(new URL('migration.sql', folder), 'utf8'));
    const cases = await pool.query('select words, satisfaction from qa_case order by id');
    expect(cases.rows).toEqual([
      { words: 'once', satisfaction: 'satisfied' },
      { words: 'twice', satisfaction: 'satisfied' },
      { words: 'cross', satisfaction: 'not-satisfied' },
      { words: 'not asked', satisfaction: null },
    ]);
    const calls = await pool.query<{ why: string; result: string | null }>('select why, result from qa_task_call');
    expect(Object.fromEntries(calls.rows.map(({ why, result }) => [why, result]))).toEqual({
      'no word of its own': 'satisfied',
      'first round': 'not-satisfied',
      'second round': 'satisfied',
      'one of several': null,
      'still cross': 'not-satisfied',
      'nobody answered': 'unreachable',
      'a sale': 'confirmed',
    });
    await expect(pool.query(`update qa_case set satisfaction = 'very'`)).rejects.toMatchObject({
      constraint: 'qa_case_satisfaction_known',
    });
    await expect(pool.query(`update qa_task_call set result = 'confirmed'`)).rejects.toMatchObject({
      constraint: 'qa_task_call_result_known',
    });
  });
});
