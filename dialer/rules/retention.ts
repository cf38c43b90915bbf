import { DateTime } from 'luxon';

type EpochMs = number;

/** Why a recording must not be erased, whatever its age. `counted`: a case or dispute asked for it and has not let go. */
export type HoldReason = 'counted' | 'open-case' | 'open-inspection' | 'sale-undecided';

export interface Hold {
  readonly reason: HoldReason;
  /** What holds it: the case, inspection or sale; empty where only the number of holds is known. */
  readonly by: string;
  readonly releasedAt: EpochMs | null;
}

export interface RetentionFacts {
  readonly recordedAt: EpochMs;
  /** Months that each policy asks for which covers the recording; the longest counts. None: it is kept for ever. */
  readonly keepMonths: readonly number[];
  readonly timeZone: string;
  readonly holds: readonly Hold[];
}

export type Retention =
  | { readonly erase: false; readonly because: 'held'; readonly holds: readonly Hold[] }
  | { readonly erase: false; readonly because: 'not-yet'; readonly eraseAt: EpochMs }
  | { readonly erase: false; readonly because: 'no-policy' }
  | { readonly erase: true; readonly since: EpochMs };

/** R3, default months where a campaign says nothing else. */
export const DEFAULT_KEEP_MONTHS = 24;

/** When the longest of the policies ends, by the calendar of the centre. */
export function keptUntil(recordedAt: EpochMs, keepMonths: readonly number[], timeZone: string): EpochMs {
  return DateTime.fromMillis(recordedAt, { zone: timeZone })
    .plus({ months: Math.max(...keepMonths) })
    .toMillis();
}

/** R3: whether a recording is to be erased now. A hold outweighs every policy; the longest policy outweighs the others. */
export function retentionOf(facts: RetentionFacts, now: EpochMs): Retention {
  const holds = facts.holds.filter(({ releasedAt }) => releasedAt === null || releasedAt > now);
  if (holds.length > 0) return { erase: false, because: 'held', holds };
  if (facts.keepMonths.length === 0) return { erase: false, because: 'no-policy' };
  const eraseAt = keptUntil(facts.recordedAt, facts.keepMonths, facts.timeZone);
  return now < eraseAt ? { erase: false, because: 'not-yet', eraseAt } : { erase: true, since: eraseAt };
}
