/** The figures of a run, counted from the raw rows. Nothing is taken from what the pages show, so that the two can be compared. */
import type pg from 'pg';
import type { ForetoldShift } from '../compose/demo.ts';
import { byPersonNow } from '../reports/people.ts';

export type Share = { value: number | null; low: number | null; high: number | null; n: number };

export type DemoFigures = {
  attempts: number;
  answered: number;
  connected: number;
  abandoned: number;
  abandonRate: number | null;
  talkUtilization: { team: number | null; min: number | null; max: number | null };
  occupancy: number | null;
  /** Share of signed-in time between an agent's being taken for a call and the talk: the way to it, and what rings for one agent alone. */
  reserved: number | null;
  /** Milliseconds of the product's clock from the customer's answer to the agent's reservation being answered. */
  answerToAgentMs: { p50: number | null; p99: number | null };
  /** Milliseconds of the product's clock from an agent's becoming ready or a call's end to the decision that placed calls. */
  decisionLagMs: { decisions: number; p50: number | null; p99: number | null };
  recordings: { expected: number; stored: number; damaged: number };
  sales: number;
  validSales: number;
  effectiveRate: Share;
  drawn: { daily: { size: number; frame: number }; weekly: { size: number; frame: number } };
  inspected: number;
  unqualifiedByCriterion: Record<string, number>;
  correctiveCalls: { asked: number; done: number; confirmed: number };
  blacklistedAttempted: number;
  doubleDialled: number;
  undialledByReason: Record<string, number>;
  weeklySummaryId: string | null;
  /** What the simulator foretells of such a shift. */
  foretold: ForetoldShift | null;
};

/** What can be said as soon as the shift is over. */
export type ShiftFigures = Pick<
  DemoFigures,
  | 'attempts'
  | 'answered'
  | 'connected'
  | 'abandoned'
  | 'abandonRate'
  | 'talkUtilization'
  | 'occupancy'
  | 'reserved'
  | 'answerToAgentMs'
  | 'decisionLagMs'
  | 'foretold'
>;

type Query = Pick<pg.Pool, 'query'>;

export async function shiftFigures(pool: Query, campaignId: string, from: number, to: number) {
  const span = [campaignId, new Date(from), new Date(to)];
  const calls = await one<{
    attempts: number;
    answered: number;
    connected: number;
    abandoned: number;
    p50: number | null;
    p99: number | null;
  }>(
    pool,
    `select count(*)::int attempts, (count(*) filter (where abandoned_at is not null or connected_at is not null and ${byPersonNow('')}))::int answered,
            (count(*) filter (where connected_at is not null and ${byPersonNow('')}))::int connected, count(abandoned_at)::int abandoned,
            percentile_cont(0.5) within group (order by extract(epoch from connected_at - answered_at) * 1000) filter (where ${byPersonNow('')}) p50,
            percentile_cont(0.99) within group (order by extract(epoch from connected_at - answered_at) * 1000) filter (where ${byPersonNow('')}) p99
       from attempt where campaign_id = $1 and intended_at >= $2 and intended_at < $3`,
    span,
  );
  const decisionLagMs = await one<DemoFigures['decisionLagMs']>(
    pool,
    `select count(lag)::int decisions, percentile_cont(0.5) within group (order by lag) p50, percentile_cont(0.99) within group (order by lag) p99
       from (select (saw->>'lagMs')::float8 lag from pacing_decision
             where campaign_id = $1 and at >= $2 and at < $3 and placed > 0) decided`,
    span,
  );
  const ledger = await rows<{ user_id: string; talk: number; wrap: number; reserved: number; signed_in: number }>(
    pool,
    `with clipped as (
       select user_id, presence, activity, extract(epoch from least(coalesce(ended_at, $3), $3) - greatest(started_at, $2)) s
         from agent_interval where campaign_id = $1 and started_at < $3 and coalesce(ended_at, $3) > $2)
     select user_id, coalesce(sum(s) filter (where activity = 'talking'), 0)::float8 talk,
            coalesce(sum(s) filter (where activity = 'wrap-up'), 0)::float8 wrap,
            coalesce(sum(s) filter (where activity in ('reserved', 'ringing')), 0)::float8 reserved,
            coalesce(sum(s) filter (where presence = 'signed-in'), 0)::float8 signed_in
       from clipped group by 1`,
    span,
  );
  const sum = (value: (row: (typeof ledger)[number]) => number): number =>
    ledger.reduce((total, row) => total + value(row), 0);
  const signedIn = sum((row) => row.signed_in);
  const each = ledger.filter((row) => row.signed_in > 0).map((row) => row.talk / row.signed_in);
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return {
    attempts: calls.attempts,
    answered: calls.answered,
    connected: calls.connected,
    abandoned: calls.abandoned,
    abandonRate: share(calls.abandoned, calls.answered),
    talkUtilization: {
      team: share(
        sum((row) => row.talk),
        signedIn,
      ),
      min: each.length === 0 ? null : Math.min(...each),
      max: each.length === 0 ? null : Math.max(...each),
    },
    occupancy: share(
      sum((row) => row.talk + row.wrap),
      signedIn,
    ),
    reserved: share(
      sum((row) => row.reserved),
      signedIn,
    ),
    answerToAgentMs: { p50: calls.p50, p99: calls.p99 },
    decisionLagMs,
  };
}

export async function qualityCounts(pool: Query, campaignId: string, from: number, to: number) {
  const span = [campaignId, new Date(from), new Date(to)];
  const recordings = await one<{ expected: number; stored: number; damaged: number }>(
    pool,
    `select count(*)::int expected, (count(*) filter (where state = 'stored'))::int stored, (count(*) filter (where state in ('damaged', 'lost')))::int damaged
       from recording where campaign_id = $1 and talk_started_at >= $2 and talk_started_at < $3`,
    span,
  );
  const sales = await one<{ sales: number; valid: number }>(
    pool,
    `select count(*)::int sales, (count(*) filter (where state in ('valid', 'trial', 'to-confirm', 'billable')))::int valid
       from qa_sale where campaign_id = $1 and recorded_at >= $2 and recorded_at < $3`,
    span,
  );
  const draws = await rows<{ kind: string; size: number; frame: number }>(
    pool,
    `select kind, sum(size)::int size, sum(frame_size)::int frame from qa_draw where campaign_id = $1 group by 1`,
    [campaignId],
  );
  const drawn = (kind: string) => {
    const { size, frame } = draws.find((draw) => draw.kind === kind) ?? { size: 0, frame: 0 };
    return { size, frame };
  };
  const judged = await one<{ inspected: number }>(
    pool,
    `select count(*)::int inspected from qa_inspection where campaign_id = $1 and scored_at is not null`,
    [campaignId],
  );
  const failed = await rows<{ criterion: string; n: number }>(
    pool,
    `select criterion, count(*)::int n from qa_inspection, unnest(failed) criterion where campaign_id = $1 and kind <> 'overlap' group by 1`,
    [campaignId],
  );
  const tasks = await one<{ asked: number; done: number; confirmed: number }>(
    pool,
    `select count(*)::int asked, (count(*) filter (where state = 'done'))::int done, (count(*) filter (where result = 'confirmed'))::int confirmed
       from qa_task_call where campaign_id = $1 and kind in ('corrective', 'verification')`,
    [campaignId],
  );
  const reasons = await rows<{ reason: string; n: number }>(
    pool,
    `select coalesce(reason, case when attempts = 0 then 'not-reached-yet' else 'dialled' end) reason, count(*)::int n
       from contact where campaign_id = $1 and state <> 'in-attempt' group by 1 order by 2 desc`,
    [campaignId],
  );
  return {
    recordings,
    sales: sales.sales,
    validSales: sales.valid,
    drawn: { daily: drawn('daily'), weekly: drawn('weekly') },
    inspected: judged.inspected,
    unqualifiedByCriterion: Object.fromEntries(failed.map(({ criterion, n }) => [criterion, n])),
    correctiveCalls: tasks,
    undialledByReason: Object.fromEntries(
      reasons.filter(({ reason }) => reason !== 'dialled').map(({ reason, n }) => [reason, n]),
    ),
  };
}

export async function rows<T extends pg.QueryResultRow>(pool: Query, sql: string, args: unknown[]): Promise<T[]> {
  return (await pool.query<T>(sql, args)).rows;
}

export async function one<T extends pg.QueryResultRow>(pool: Query, sql: string, args: unknown[]): Promise<T> {
  const [row] = await rows<T>(pool, sql, args);
  if (row === undefined) throw new Error('a count came back without a row');
  return row;
}
