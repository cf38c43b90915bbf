/** The dialler's part of a week's figures, straight from attempts, ledger and recordings. */
import type pg from 'pg';
import type { Rate } from '../../contract/common.ts';
import type { Week } from '../report.ts';
import { share } from '../rate.ts';

export type DiallerWeek = {
  attempts: number;
  answered: number;
  conversations: number;
  abandoned: number;
  connectRate: Rate;
  abandonRate: Rate;
  talkMs: number;
  signedInMs: number;
  talkUtilization: number | null;
  agents: number;
  optOuts: number;
  sales: number;
  recordings: { expected: number; stored: number; missing: number };
  outcomes: Record<string, number>;
  dispositions: Record<string, number>;
};

type Counts = {
  attempts: number;
  answered: number;
  conversations: number;
  abandoned: number;
  opt_outs: number;
  sales: number;
};

/** Attempts count in the week in which they were dialled; time in the week in which it passed. */
export async function diallerWeek(pool: Pick<pg.Pool, 'query'>, campaignId: string, week: Week): Promise<DiallerWeek> {
  const span = [campaignId, new Date(week.start), new Date(week.end)];
  const [counts, outcomes, dispositions, time, recordings] = await Promise.all([
    pool.query<Counts>(
      `select count(*)::int attempts, count(answered_at)::int answered, count(connected_at)::int conversations,
         count(abandoned_at)::int abandoned, (count(*) filter (where disposition = 'opt-out'))::int opt_outs,
         (count(*) filter (where disposition = 'sale'))::int sales
       from attempt where campaign_id = $1 and intended_at >= $2 and intended_at < $3`,
      span,
    ),
    pool.query<{ name: string; n: number }>(
      `select coalesce(outcome, 'open') name, count(*)::int n from attempt
       where campaign_id = $1 and intended_at >= $2 and intended_at < $3 group by 1 order by 2 desc, 1`,
      span,
    ),
    pool.query<{ name: string; n: number }>(
      `select disposition name, count(*)::int n from attempt
       where campaign_id = $1 and intended_at >= $2 and intended_at < $3 and disposition is not null group by 1 order by 2 desc, 1`,
      span,
    ),
    pool.query<{ talk: number; signed_in: number; agents: number }>(
      `select coalesce(sum(ms) filter (where activity = 'talking'), 0)::float8 talk,
         coalesce(sum(ms) filter (where presence = 'signed-in'), 0)::float8 signed_in, count(distinct user_id)::int agents
       from (${clippedIntervals}) i`,
      span,
    ),
    pool.query<{ state: string; n: number }>(
      `select state, count(*)::int n from recording
       where campaign_id = $1 and talk_started_at >= $2 and talk_started_at < $3 group by 1`,
      span,
    ),
  ]);
  const of = counts.rows[0] ?? { attempts: 0, answered: 0, conversations: 0, abandoned: 0, opt_outs: 0, sales: 0 };
  const { talk, signed_in: signedIn, agents } = time.rows[0] ?? { talk: 0, signed_in: 0, agents: 0 };
  const byState = table(recordings.rows.map(({ state, n }) => ({ name: state, n })));
  const expected = recordings.rows.reduce((sum, { n }) => sum + n, 0);
  const stored = (byState.stored ?? 0) + (byState.erased ?? 0);
  return {
    attempts: of.attempts,
    answered: of.answered,
    conversations: of.conversations,
    abandoned: of.abandoned,
    connectRate: share(of.conversations, of.attempts),
    abandonRate: share(of.abandoned, of.abandoned + of.conversations),
    talkMs: Math.round(talk),
    signedInMs: Math.round(signedIn),
    talkUtilization: signedIn === 0 ? null : talk / signedIn,
    agents,
    optOuts: of.opt_outs,
    sales: of.sales,
    recordings: { expected, stored, missing: expected - stored },
    outcomes: table(outcomes.rows),
    dispositions: table(dispositions.rows),
  };
}

/** Ledger intervals of a campaign clipped to [$2, $3); one that is still open lasts, for a span in the past, to its end. */
export const clippedIntervals = `
  select user_id, presence, activity, greatest(started_at, $2::timestamptz) started,
    extract(epoch from least(coalesce(ended_at, $3::timestamptz), $3::timestamptz) - greatest(started_at, $2::timestamptz)) * 1000 ms
  from agent_interval
  where campaign_id = $1 and started_at < $3 and (ended_at is null or ended_at > $2)`;

function table(rows: readonly { name: string; n: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}
