/** The dialler's part of a week's figures, straight from attempts, ledger and recordings. */
import type pg from 'pg';
import type { Rate } from '../../contract/common.ts';
import type { Week } from '../report.ts';
import { share } from '../rate.ts';
import { type CallGroup, tally, total } from './calls.ts';

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

/** Time counts in the week in which it passed. */
export async function diallerWeek(
  pool: Pick<pg.Pool, 'query'>,
  campaignId: string,
  week: Week,
  calls: readonly CallGroup[],
  asOf: number,
): Promise<DiallerWeek> {
  const span = [campaignId, new Date(week.start), new Date(week.end)];
  const [time, recordings] = await Promise.all([
    pool.query<{ talk: number; signed_in: number; agents: number }>(
      `select coalesce(sum(ms) filter (where activity = 'talking'), 0)::float8 talk,
         coalesce(sum(ms) filter (where presence = 'signed-in'), 0)::float8 signed_in, count(distinct user_id)::int agents
       from (${clippedIntervals}) i`,
      clipOf(campaignId, week, asOf),
    ),
    pool.query<{ expected: number; stored: number }>(
      `select count(*)::int expected,
         (count(*) filter (where state in ('stored', 'erased') and (stored_at is null or stored_at <= $4)))::int stored
       from recording where campaign_id = $1 and talk_started_at >= $2 and talk_started_at < $3`,
      [...span, new Date(asOf)],
    ),
  ]);
  const { talk, signed_in: signedIn, agents } = time.rows[0] ?? { talk: 0, signed_in: 0, agents: 0 };
  const { expected, stored } = recordings.rows[0] ?? { expected: 0, stored: 0 };
  const attempts = total(calls, 'attempts');
  const conversations = total(calls, 'connected');
  const abandoned = total(calls, 'abandoned');
  const disposed = (name: string) => total(calls, 'attempts', ({ disposition }) => disposition === name);
  return {
    attempts,
    answered: total(calls, 'answered'),
    conversations,
    abandoned,
    connectRate: share(conversations, attempts),
    abandonRate: share(abandoned, abandoned + conversations),
    talkMs: Math.round(talk),
    signedInMs: Math.round(signedIn),
    talkUtilization: signedIn === 0 ? null : talk / signedIn,
    agents,
    optOuts: disposed('opt-out'),
    sales: disposed('sale'),
    recordings: { expected, stored, missing: expected - stored },
    outcomes: tally(calls, ({ outcome }) => outcome ?? 'open'),
    dispositions: tally(calls, ({ disposition }) => disposition),
  };
}

/** What the intervals are clipped to: a week that is not over ends now. */
export function clipOf(campaignId: string, week: Week, asOf: number): [string, Date, Date] {
  return [campaignId, new Date(week.start), new Date(Math.min(week.end, asOf))];
}

/** Ledger intervals of a campaign clipped to [$2, $3); one that is still open lasts to its end. */
export const clippedIntervals = `
  select user_id, presence, activity, greatest(started_at, $2::timestamptz) started,
    extract(epoch from least(coalesce(ended_at, $3::timestamptz), $3::timestamptz) - greatest(started_at, $2::timestamptz)) * 1000 ms
  from agent_interval
  where campaign_id = $1 and started_at < $3 and (ended_at is null or ended_at > $2)`;
