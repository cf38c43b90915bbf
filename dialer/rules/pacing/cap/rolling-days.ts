const DAY_MS = 86_400_000;
/** Days that the campaign's window looks back. */
const WINDOW_DAYS = 30;

export type Tally = { answered: number; abandoned: number };
type Day = Tally & { day: number };

/**
 * Presented and abandoned calls of the last 30 days, for a pacer that may run longer than that: a sum for each day since it
 * began, and what the campaign's records said before. Of those only the sum is known, so they are let go evenly.
 */
export class RollingDays {
  private readonly before: Tally;
  private days: Day[] = [];
  private begunAt = Number.NaN;

  constructor(before: Tally | undefined) {
    this.before = { answered: before?.answered ?? 0, abandoned: before?.abandoned ?? 0 };
  }

  /** Counts one presented call at `now` (steady ms). */
  count(now: number, abandoned: boolean): void {
    if (Number.isNaN(this.begunAt)) this.begunAt = now;
    const day = Math.floor(now / DAY_MS);
    let last = this.days[this.days.length - 1];
    if (last?.day !== day) {
      last = { day, answered: 0, abandoned: 0 };
      this.days.push(last);
      if (this.days.length > WINDOW_DAYS) this.days.shift();
    }
    last.answered++;
    if (abandoned) last.abandoned++;
  }

  /** The window that ends `now`. */
  at(now: number): Tally {
    const age = Number.isNaN(this.begunAt) ? 0 : (now - this.begunAt) / DAY_MS;
    const kept = Math.max(0, 1 - age / WINDOW_DAYS);
    // Less than a whole day since: the records are as they were told.
    const share = age < 1 ? 1 : kept;
    const sum = { answered: share * this.before.answered, abandoned: share * this.before.abandoned };
    const oldest = Math.floor(now / DAY_MS) - WINDOW_DAYS;
    for (const day of this.days) {
      if (day.day <= oldest) continue;
      sum.answered += day.answered;
      sum.abandoned += day.abandoned;
    }
    return sum;
  }

  toJSON(): Day[] {
    return this.days;
  }

  /** Takes over stored days; anything that is no list of sound sums is left out. */
  load(stored: unknown): void {
    if (!Array.isArray(stored)) return;
    const list: unknown[] = stored.slice(-WINDOW_DAYS);
    this.days = list.filter(isDay).map(({ day, answered, abandoned }) => ({ day, answered, abandoned }));
  }
}

function isDay(value: unknown): value is Day {
  if (typeof value !== 'object' || value === null) return false;
  if (!('day' in value) || !('answered' in value) || !('abandoned' in value)) return false;
  const { day, answered, abandoned } = value;
  if (!Number.isInteger(day) || typeof answered !== 'number' || typeof abandoned !== 'number') return false;
  return answered >= abandoned && abandoned >= 0 && answered < 1e12;
}
