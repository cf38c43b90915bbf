/**
 * Carries facts between dialler and quality, which do not know each other, and to the audit log, which neither knows: rows of the table `handoff`, written with the
 * change itself, delivered at least once and in order per topic. Receivers are idempotent. A row that keeps failing holds
 * its topic back for a while and is then set aside, still retried and still reported, so that one bad row cannot stop all.
 */
import type { Dialer } from '../dialer/index.ts';
import type { QualityApi } from './contract/quality.ts';
import { deliverToDialer, isToDialer } from './handoffs/to-dialer.ts';
import { deliverToQuality, isToQuality } from './handoffs/to-quality.ts';
import { deliverToAudit, isToAudit } from './handoffs/to-audit.ts';
import type { AuditLog } from './platform/audit.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import { errorText } from './platform/errors.ts';
import type { EventBus } from './platform/event-bus.ts';

export type HandoffDeps = {
  database: Database;
  dialer: Pick<Dialer, 'tasks' | 'texts' | 'setMaySell' | 'holdRecording' | 'blacklist'>;
  quality: Pick<QualityApi, 'intake'>;
  audit: Pick<AuditLog, 'append'>;
  clock: Clock;
  /** Told about every failed delivery. */
  onError: (error: unknown, about: { id: string; topic: string; tries: number }) => void;
};

export type Handoffs = {
  /** Delivers what is due; returns how many rows were delivered. Several calls at once share the work of one. */
  deliver(): Promise<number>;
  /** Deletes what was delivered before this time. */
  forget(before: number): Promise<number>;
};

export type HandoffRow = { id: bigint; topic: string; payload: unknown; tries: number };

const batch = 200;
/** After so many tries a row no longer holds back what follows it. */
const waysGivenAfter = 8;
const firstRetryMs = 1_000;
const longestRetryMs = 3_600_000;
/** One deliverer at a time keeps the order; the letters "hand". */
const lock = 0x68616e64;

/** A wish and its withdrawal keep their order between them, so that nobody calls for what was taken back. */
const laneOf = (topic: string): string => (topic === 'task-call-withdrawn' ? 'task-call-wanted' : topic);
const lane = (row: 'b' | 'h'): string => `replace(${row}.topic, 'task-call-withdrawn', 'task-call-wanted')`;

export function createHandoffs(deps: HandoffDeps): Handoffs {
  const { database, clock } = deps;
  const { client, pool } = database;
  let running: Promise<number> | null = null;
  let again = false;

  const deliverOne = async (row: HandoffRow): Promise<boolean> => {
    try {
      if (isToQuality(row.topic)) await deliverToQuality(deps, row);
      else if (isToDialer(row.topic)) await deliverToDialer(deps, row);
      else if (isToAudit(row.topic)) await deliverToAudit(deps, row);
      else throw new Error(`Nobody receives ${row.topic}.`);
      await pool.query({
        name: 'handoff-delivered',
        text: 'update handoff set delivered_at = $2, error = null where id = $1',
        values: [row.id, new Date(clock.now())],
      });
      return true;
    } catch (error) {
      const tries = row.tries + 1;
      const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries, 20));
      await client.handoff.update({
        where: { id: row.id },
        data: { tries, nextTryAt: new Date(clock.now() + wait), error: errorText(error).slice(0, 500) },
      });
      deps.onError(error, { id: String(row.id), topic: row.topic, tries });
      return false;
    }
  };

  /** Rows that are due, without those behind a row of their topic that waits for its next try. */
  const due = async (): Promise<HandoffRow[]> => {
    const { rows } = await pool.query<{ id: string; topic: string; payload: unknown; tries: number }>(
      `select id, topic, payload, tries from handoff h
       where delivered_at is null and (next_try_at is null or next_try_at <= $1)
         and not exists (select 1 from handoff b where b.delivered_at is null and ${lane('b')} = ${lane('h')} and b.id < h.id
           and b.next_try_at > $1 and b.tries < $2)
       order by id limit $3`,
      [new Date(clock.now()), waysGivenAfter, batch],
    );
    return rows.map((row) => ({ ...row, id: BigInt(row.id) }));
  };

  /** Topics side by side, each in order up to its first failure. */
  const round = async (): Promise<{ tried: number; delivered: number }> => {
    const topics = new Map<string, HandoffRow[]>();
    for (const row of await due()) topics.set(laneOf(row.topic), [...(topics.get(laneOf(row.topic)) ?? []), row]);
    const counts = await Promise.all(
      [...topics.values()].map(async (rows) => {
        let delivered = 0;
        for (const row of rows) {
          if (await deliverOne(row)) delivered += 1;
          else if (row.tries + 1 < waysGivenAfter) break;
        }
        return delivered;
      }),
    );
    const delivered = counts.reduce((sum, count) => sum + count, 0);
    return { tried: topics.size, delivered };
  };

  const run = async (): Promise<number> => {
    const session = await pool.connect();
    try {
      const { rows } = await session.query<{ mine: boolean }>('select pg_try_advisory_lock($1) mine', [lock]);
      // Another process delivers; what is new here it will find as well.
      if (rows[0]?.mine !== true) return 0;
      try {
        let sum = 0;
        for (;;) {
          const { delivered } = await round();
          sum += delivered;
          if (delivered === 0) return sum;
        }
      } finally {
        await session.query('select pg_advisory_unlock($1)', [lock]);
      }
    } finally {
      session.release();
    }
  };

  /** What is announced while a run is finishing may have been missed by it: then it runs once more. */
  const runAll = async (): Promise<number> => {
    let sum = 0;
    do {
      again = false;
      sum += await run();
    } while (again);
    return sum;
  };

  const deliver = (): Promise<number> => {
    again = true;
    running ??= runAll().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    deliver,
    async forget(before) {
      const { count } = await client.handoff.deleteMany({ where: { deliveredAt: { lt: new Date(before) } } });
      return count;
    },
  };
}

/** Announcements after which rows are likely to be there; they only save the wait for the next job. */
const nudges = ['dialer/attempt-changed', 'dialer/recording-changed', 'quality/#'];
const settleMs = 100;

/** Delivers soon after something was announced. The answer ends it. */
export function nudgeHandoffs(
  handoffs: Pick<Handoffs, 'deliver'>,
  bus: Pick<EventBus, 'subscribe'>,
  onError: (error: unknown) => void,
): () => void {
  let timer: NodeJS.Timeout | null = null;
  const nudge = () => {
    timer ??= setTimeout(() => {
      timer = null;
      handoffs.deliver().catch(onError);
    }, settleMs);
  };
  const stops = nudges.map((topic) => bus.subscribe(topic, nudge));
  return () => {
    for (const stop of stops) stop();
    if (timer !== null) clearTimeout(timer);
  };
}
