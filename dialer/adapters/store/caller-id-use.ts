/** How many calls of a campaign's day each caller ID has made already. */
import type { Db } from './sql.ts';

/** What is older is in the database, whichever process wrote it, and stays as it is: a claim takes milliseconds. */
const SETTLED_MS = 60_000;

type Counted = { dayStart: number; upTo: number; used: ReadonlyMap<string, number> };
export type CallerIdUse = (
  db: Db,
  campaignId: string,
  dayStart: number,
  now: number,
) => Promise<ReadonlyMap<string, number>>;

/**
 * Asked at each claim, up to hundreds of times a minute, so a day of 100,000 calls is not counted each time: when a call was intended and from
 * which number never changes, nor is it taken away within its day. So what is settled is kept, and only what came since is read.
 */
export function callerIdUse(): CallerIdUse {
  const counted = new Map<string, Counted>();
  return async (db, campaignId, dayStart, now) => {
    const known = counted.get(campaignId);
    const before: Counted =
      known !== undefined && known.dayStart === dayStart && known.upTo <= now
        ? known
        : { dayStart, upTo: dayStart, used: new Map() };
    const upTo = Math.max(before.upTo, now - SETTLED_MS);
    const rows = await db.$queryRaw<{ caller_id: string; used: number; settled: number }[]>`
      select caller_id, count(*)::int as used, (count(*) filter (where intended_at < ${new Date(upTo)}))::int as settled from attempt
       where campaign_id = ${campaignId}::uuid and intended_at >= ${new Date(before.upTo)} group by caller_id`;
    const plus = (of: 'used' | 'settled') => {
      const sums = new Map(before.used);
      for (const row of rows) sums.set(row.caller_id, (sums.get(row.caller_id) ?? 0) + row[of]);
      return sums;
    };
    counted.set(campaignId, { dayStart, upTo, used: plus('settled') });
    return plus('used');
  };
}
