/**
 * The run's figures counted a second time, from whole rows and in another way than the queries of `figures.ts` and the weekly
 * summary: row by row, without their SQL and without the rules of quality. Where the two differ, one of them is wrong.
 */
import type pg from 'pg';
import type { DemoFigures } from './figures.ts';

type Query = Pick<pg.Pool, 'query'>;
export type Span = { from: number; ended: number; midnight: number };
/** What is counted again; the rest of the figures is not counted from rows. */
export type Recount = Omit<DemoFigures, 'weeklySummaryId' | 'foretold' | 'effectiveRate'> & {
  effectiveRate: { value: number | null; low: number | null; high: number | null; n: number };
};

type Attempt = {
  number: string;
  agent_id: string | null;
  intended_at: Date;
  placed_at: Date | null;
  answered_at: Date | null;
  connected_at: Date | null;
  abandoned_at: Date | null;
  ended_at: Date | null;
  detection: string | null;
};

export async function recount(pool: Query, campaignId: string, { from, ended, midnight }: Span): Promise<Recount> {
  const all = async <T extends pg.QueryResultRow>(table: string) =>
    (await pool.query<T>(`select * from ${table} where campaign_id = $1`, [campaignId])).rows;
  const everyCall = await all<Attempt>('attempt');
  const shift = everyCall.filter(({ intended_at }) => within(intended_at, from, ended));
  const connected = shift.filter((call) => call.connected_at !== null && !ofMachine(call));
  const abandoned = shift.filter(({ abandoned_at }) => abandoned_at !== null);

  const people = new Map<string, { talk: number; wrap: number; reserved: number; signedIn: number }>();
  for (const row of await all<{
    user_id: string;
    presence: string;
    activity: string;
    started_at: Date;
    ended_at: Date | null;
  }>('agent_interval')) {
    const ms = Math.min(row.ended_at?.getTime() ?? ended, ended) - Math.max(row.started_at.getTime(), from);
    if (ms <= 0) continue;
    const own = people.get(row.user_id) ?? { talk: 0, wrap: 0, reserved: 0, signedIn: 0 };
    people.set(row.user_id, own);
    if (row.activity === 'talking') own.talk += ms;
    if (row.activity === 'wrap-up') own.wrap += ms;
    if (row.activity === 'reserved' || row.activity === 'ringing') own.reserved += ms;
    if (row.presence === 'signed-in') own.signedIn += ms;
  }
  const time = [...people.values()].filter(({ signedIn }) => signedIn > 0);
  const signedIn = sum(time, (row) => row.signedIn);
  const each = time.map((row) => row.talk / row.signedIn);
  const waits = connected
    .flatMap((row) =>
      row.connected_at === null || row.answered_at === null
        ? []
        : [row.connected_at.getTime() - row.answered_at.getTime()],
    )
    .sort((a, b) => a - b);

  const lags = (await all<{ at: Date; placed: number; saw: { lagMs?: number | null } }>('pacing_decision'))
    .filter(({ at, placed }) => placed > 0 && within(at, from, ended))
    .flatMap(({ saw: { lagMs } }) => (typeof lagMs === 'number' ? [lagMs] : []))
    .sort((a, b) => a - b);

  const recordings = (await all<{ state: string; talk_started_at: Date }>('recording')).filter((row) =>
    within(row.talk_started_at, from, midnight),
  );
  const sales = (await all<{ state: string; recorded_at: Date }>('qa_sale')).filter((row) =>
    within(row.recorded_at, from, midnight),
  );
  const draws = await all<{ kind: string; size: number; frame_size: number }>('qa_draw');
  const judged = await all<Judged>('qa_inspection');
  const tasks = (await all<{ kind: string; state: string; result: string | null }>('qa_task_call')).filter(
    ({ kind }) => kind === 'corrective' || kind === 'verification',
  );
  const contacts = (await all<{ state: string; reason: string | null; attempts: number }>('contact')).filter(
    ({ state }) => state !== 'in-attempt',
  );
  const { rows: blacklist } = await pool.query<{ number: string; added_at: Date; ends_at: Date | null }>(
    `select number, added_at, ends_at from blacklist_entry where scope = 'all' and removed_at is null`,
  );

  return {
    attempts: shift.length,
    answered: new Set([...connected, ...abandoned]).size,
    connected: connected.length,
    abandoned: abandoned.length,
    abandonRate: share(abandoned.length, new Set([...connected, ...abandoned]).size),
    talkUtilization: {
      team: share(
        sum(time, (row) => row.talk),
        signedIn,
      ),
      min: each.length === 0 ? null : Math.min(...each),
      max: each.length === 0 ? null : Math.max(...each),
    },
    occupancy: share(
      sum(time, (row) => row.talk + row.wrap),
      signedIn,
    ),
    reserved: share(
      sum(time, (row) => row.reserved),
      signedIn,
    ),
    answerToAgentMs: { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) },
    decisionLagMs: { decisions: lags.length, p50: quantile(lags, 0.5), p99: quantile(lags, 0.99) },
    recordings: {
      expected: recordings.length,
      stored: recordings.filter(({ state }) => state === 'stored').length,
      damaged: recordings.filter(({ state }) => state === 'damaged' || state === 'lost').length,
    },
    sales: sales.length,
    validSales: sales.filter(({ state }) => ['valid', 'trial', 'to-confirm', 'billable'].includes(state)).length,
    effectiveRate: await effectiveRate(pool, campaignId, judged, { from, midnight }),
    drawn: { daily: drawn(draws, 'daily'), weekly: drawn(draws, 'weekly') },
    inspected: judged.filter(({ scored_at }) => scored_at !== null).length,
    unqualifiedByCriterion: tally(judged.filter(({ kind }) => kind !== 'overlap').flatMap(({ failed }) => failed)),
    correctiveCalls: {
      asked: tasks.length,
      done: tasks.filter(({ state }) => state === 'done').length,
      confirmed: tasks.filter(({ result }) => result === 'confirmed').length,
    },
    blacklistedAttempted: everyCall.filter(({ number, placed_at: placed }) =>
      blacklist.some(
        (entry) =>
          entry.number === number &&
          placed !== null &&
          placed > entry.added_at &&
          (entry.ends_at === null || placed < entry.ends_at),
      ),
    ).length,
    doubleDialled: doubled(everyCall),
    undialledByReason: tally(
      contacts.flatMap(({ reason, attempts }) => reason ?? (attempts === 0 ? 'not-reached-yet' : [])),
    ),
  };
}

type Judged = {
  attempt_id: string;
  kind: string;
  draw_id: string | null;
  probability: number | null;
  qualified: boolean | null;
  failed: string[];
  scored_at: Date | null;
};

/** Σ(valid ÷ chance) ÷ Σ(1 ÷ chance) over the judged sales of the daily draws. */
async function effectiveRate(
  pool: Query,
  campaignId: string,
  judged: readonly Judged[],
  { from, midnight }: Pick<Span, 'from' | 'midnight'>,
) {
  const { rows } = await pool.query<{ attempt_id: string; connected_at: Date }>(
    `select attempt_id, connected_at from qa_conversation where campaign_id = $1 and disposition = 'sale'`,
    [campaignId],
  );
  const sold = new Map(rows.map((row) => [row.attempt_id, row.connected_at.getTime()]));
  let weight = 0;
  let good = 0;
  let n = 0;
  // Those that were certain to be drawn are known; the interval is of the others.
  const known = { all: 0, good: 0 };
  const drawn = { weight: 0, good: 0, squares: 0 };
  for (const { attempt_id, kind, draw_id, probability, qualified } of judged) {
    const at = sold.get(attempt_id);
    if (at === undefined || at < from || at >= midnight || draw_id === null || qualified === null) continue;
    if (kind !== 'daily' && kind !== 'forced') continue;
    n += 1;
    weight += 1 / (probability ?? 1);
    if (qualified) good += 1 / (probability ?? 1);
    if (probability === null || probability >= 1) {
      known.all += 1;
      if (qualified) known.good += 1;
    } else {
      drawn.weight += 1 / probability;
      drawn.squares += 1 / probability ** 2 - 1 / probability;
      if (qualified) drawn.good += 1 / probability;
    }
  }
  const value = share(good, weight);
  if (drawn.weight === 0 || value === null) return { value, low: value, high: value, n };
  const [low, high] = scoreInterval(drawn.good / drawn.weight, drawn.weight ** 2 / drawn.squares);
  const whole = (part: number) => (known.good + drawn.weight * part) / (known.all + drawn.weight);
  return { value, low: whole(low), high: whole(high), n };
}

/** Where a share of p in n draws is the furthest that 95 % still allow: the roots of n (p − x)² = z² x (1 − x), Wilson 1927. */
function scoreInterval(p: number, n: number): [number, number] {
  const z2 = 1.959963984540054 ** 2;
  const [a, b, c] = [n + z2, -(2 * n * p + z2), n * p * p];
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  return [Math.max(0, (-b - root) / (2 * a)), Math.min(1, (-b + root) / (2 * a))];
}

/** Heard by a machine to its end. */
function ofMachine({ detection, abandoned_at, ended_at }: Attempt): boolean {
  return ended_at !== null && abandoned_at === null && (detection === 'machine' || detection === 'fax');
}

function doubled(calls: readonly Attempt[]): number {
  const byNumber = new Map<string, [number, number][]>();
  for (const { number, placed_at, ended_at } of calls) {
    if (placed_at === null) continue;
    const up: [number, number] = [placed_at.getTime(), ended_at?.getTime() ?? Number.POSITIVE_INFINITY];
    byNumber.set(number, [...(byNumber.get(number) ?? []), up]);
  }
  let pairs = 0;
  for (const spans of byNumber.values())
    for (const [i, [start, end]] of spans.entries())
      pairs += spans.slice(i + 1).filter(([other, otherEnd]) => start < otherEnd && other < end).length;
  return pairs;
}

function drawn(draws: readonly { kind: string; size: number; frame_size: number }[], wanted: string) {
  const own = draws.filter(({ kind }) => kind === wanted);
  return { size: sum(own, (draw) => draw.size), frame: sum(own, (draw) => draw.frame_size) };
}

/** Linear between the two nearest, as percentile_cont has it. */
function quantile(sorted: readonly number[], p: number): number | null {
  const place = (sorted.length - 1) * p;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function sum<T>(rows: readonly T[], value: (row: T) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function within(at: Date, from: number, to: number): boolean {
  return at.getTime() >= from && at.getTime() < to;
}
