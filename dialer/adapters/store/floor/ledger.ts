import { type Sql, sql } from '../sql.ts';

/**
 * Two parts of a statement that keep the time ledger: the open interval of each desk in `changed` ends and the next one
 * begins at the very same instant. `changed` is a part that returns the desk's new row with all its columns. The new
 * interval reads from the closed one, so the index of open intervals is free by then; GREATEST keeps time going forward
 * when another process' clock was ahead.
 */
export const ledgerParts = (changed: Sql, now: Date): Sql => sql`
closed_interval AS (
  UPDATE agent_interval i SET ended_at = GREATEST(${now}::timestamptz, i.started_at)
  FROM ${changed} AS d WHERE i.user_id = d.user_id AND i.ended_at IS NULL
  RETURNING i.user_id, i.ended_at
),
opened_interval AS (
  INSERT INTO agent_interval (user_id, team_id, campaign_id, presence, activity, reason, attempt_id, started_at)
  SELECT d.user_id, d.team_id, d.campaign_id, d.presence, d.activity, d.break_reason, COALESCE(d.attempt_id, d.aside_attempt_id), COALESCE(i.ended_at, ${now}::timestamptz)
  FROM ${changed} AS d LEFT JOIN closed_interval i ON i.user_id = d.user_id
  WHERE d.presence <> 'signed-out'
  RETURNING user_id
)`;
