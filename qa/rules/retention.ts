import { DateTime } from 'luxon';
import type { EpochMs } from './working-days.ts';

/** Why a recording must not be erased, whatever its age. */
export type HoldReason = 'open-case' | 'open-dispute' | 'open-inspection' | 'sale-not-ended' | 'legal';

export interface Hold {
  readonly reason: HoldReason;
  /** What holds it: the case, dispute, inspection or sale. */
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

/** R3: whether a recording is to be erased now. A hold outweighs every policy; the longest policy outweighs the others. */
export function retentionOf(facts: RetentionFacts, now: EpochMs): Retention {
  const holds = facts.holds.filter(({ releasedAt }) => releasedAt === null || releasedAt > now);
  if (holds.length > 0) return { erase: false, because: 'held', holds };
  if (facts.keepMonths.length === 0) return { erase: false, because: 'no-policy' };
  const eraseAt = DateTime.fromMillis(facts.recordedAt, { zone: facts.timeZone })
    .plus({ months: Math.max(...facts.keepMonths) })
    .toMillis();
  return now < eraseAt ? { erase: false, because: 'not-yet', eraseAt } : { erase: true, since: eraseAt };
}
