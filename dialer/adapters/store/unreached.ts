import { type Sql, sql } from './sql.ts';

/**
 * The handoffs that end task calls nobody will make any more, as a select of topic, payload and time. `rows` is a part of the
 * statement that returns `state`, `origin` and `last_outcome` of contacts which it has just changed.
 */
export const unreachedOf = (rows: Sql, now: number): Sql => sql`
  SELECT 'task-call-unreached', jsonb_build_object('attemptId', NULL, 'origin', origin, 'outcome', coalesce(last_outcome, '')), ${new Date(now)}::timestamptz
  FROM ${rows} WHERE state = 'finished' AND origin IS NOT NULL`;
