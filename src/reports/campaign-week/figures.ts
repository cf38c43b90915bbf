/** The dialler's part of a week's figures, straight from attempts, ledger and recordings. */
import type pg from 'pg';
import type { Rate } from '../../contract/common.ts';
import type { Week } from '../report.ts';
import { share } from '../rate.ts';
import { type CallGroup, tally, total } from './calls.ts';
import { summed, type TimeGroup, utilization } from './times.ts';

export type DiallerWeek = {
  peopleOnly: true;
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

export async function diallerWeek(
  pool: Pick<pg.Pool, 'query'>,
  campaignId: string,
  week: Week,
  calls: readonly CallGroup[],
  times: readonly TimeGroup[],
  asOf: number,
): Promise<DiallerWeek> {
  const { rows } = await pool.query<{ expected: number; stored: number }>(
    `select count(*)::int expected,
         (count(*) filter (where state in ('stored', 'erased') and (stored_at is null or stored_at <= $4)))::int stored
       from recording where campaign_id = $1 and talk_started_at >= $2 and talk_started_at < $3`,
    [campaignId, new Date(week.start), new Date(week.end), new Date(asOf)],
  );
  const { expected, stored } = rows[0] ?? { expected: 0, stored: 0 };
  const time = summed(times);
  const attempts = total(calls, 'attempts');
  const conversations = total(calls, 'connected');
  const abandoned = total(calls, 'abandoned');
  const disposed = (name: string) => total(calls, 'attempts', ({ disposition }) => disposition === name);
  return {
    peopleOnly: true,
    attempts,
    answered: total(calls, 'answered'),
    conversations,
    abandoned,
    connectRate: share(conversations, attempts),
    abandonRate: share(abandoned, total(calls, 'presented')),
    talkMs: Math.round(time.talk),
    signedInMs: Math.round(time.signedIn),
    talkUtilization: utilization(time),
    agents: new Set(times.map(({ agentId }) => agentId)).size,
    optOuts: disposed('opt-out'),
    sales: disposed('sale'),
    recordings: { expected, stored, missing: expected - stored },
    outcomes: tally(calls, ({ outcome }) => outcome ?? 'open'),
    dispositions: tally(calls, ({ disposition }) => disposition),
  };
}
