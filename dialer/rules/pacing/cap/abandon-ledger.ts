import { RollingDays, type Tally } from './rolling-days.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
/** A floor left empty for so long begins a new shift. */
const SHIFT_GAP_MS = 3 * 3_600_000;
/** Calls of so long before a ledger was taken over may be told again to whoever took over. */
const RETOLD_MS = 30 * 60_000;

/**
 * Presented and abandoned calls of the shift, of the rolling hour, and of the campaign's rolling window.
 *
 * The window is what the campaign did before this ledger began, by its own records, and what was counted since. A shift
 * that is taken over from an earlier pacer is part of those records and adds nothing to them.
 */
export class AbandonLedger {
  /** The shift's. */
  answered = 0;
  abandoned = 0;
  private readonly rolling: RollingDays;
  private readonly isRecorded: boolean;
  private readonly minutes = Array.from({ length: HOUR_MINUTES }, () => ({ minute: -1, answered: 0, abandoned: 0 }));
  /** The hour as it was summed last: it is asked for at every decision and changes with calls and minutes alone. */
  private lastHour: Tally = { answered: 0, abandoned: 0 };
  private lastHourMinute = Number.NaN;
  /** When the shift's first presented call came, steady ms. */
  private startedAt = Number.NaN;
  private lastAt = Number.NaN;
  /** When the ledger that was taken over counted its last call, steady ms. */
  private takenOverAt = Number.NaN;

  /** @param before the campaign's calls in the window by its records; undefined: there are none but what is restored. */
  constructor(before: Tally | undefined) {
    this.isRecorded = before !== undefined;
    this.rolling = new RollingDays(before);
  }

  /** Counts one presented call by what became of it, at `now` (steady ms), unless the ledger taken over has counted it. */
  count(now: number, abandoned: boolean): void {
    if (now <= this.takenOverAt && now > this.takenOverAt - RETOLD_MS) return;
    this.renew(now);
    this.answered++;
    if (abandoned) this.abandoned++;
    this.rolling.count(now, abandoned);
    const minute = Math.floor(now / MINUTE_MS);
    const slot = this.minutes[((minute % HOUR_MINUTES) + HOUR_MINUTES) % HOUR_MINUTES];
    if (!slot) return;
    if (slot.minute !== minute) Object.assign(slot, { minute, answered: 0, abandoned: 0 });
    slot.answered++;
    if (abandoned) slot.abandoned++;
    this.lastHourMinute = Number.NaN;
  }

  private renew(now: number): void {
    if (Number.isNaN(this.lastAt)) this.startedAt = now;
    if (now - this.lastAt > SHIFT_GAP_MS) {
      this.startedAt = now;
      this.answered = 0;
      this.abandoned = 0;
    }
    this.lastAt = now;
  }

  /** Time since the shift's first presented call, ms; 0 before it, also after an empty night. */
  shiftAge(now: number): number {
    return Number.isNaN(this.startedAt) || now - this.lastAt > SHIFT_GAP_MS ? 0 : now - this.startedAt;
  }

  /** The campaign's rolling window, the shift included. */
  window(now: number): Tally {
    return this.rolling.at(now);
  }

  /** The last 60 minutes. */
  hour(now: number): Tally {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute === this.lastHourMinute) return this.lastHour;
    const sum = { answered: 0, abandoned: 0 };
    for (const slot of this.minutes) {
      if (slot.minute <= minute - HOUR_MINUTES || slot.minute > minute) continue;
      sum.answered += slot.answered;
      sum.abandoned += slot.abandoned;
    }
    this.lastHour = sum;
    this.lastHourMinute = minute;
    return sum;
  }

  /** How many more calls could have been abandoned: of the shift and the window under `cap`, of the hour under `hourCap`. */
  saved(now: number, cap: number, hourCap: number): number {
    const left = ({ answered, abandoned }: Tally, most: number): number => most * answered - abandoned;
    return Math.min(left(this, cap), left(this.window(now), cap), left(this.hour(now), hourCap));
  }

  toJSON(): unknown {
    return {
      answered: this.answered,
      abandoned: this.abandoned,
      startedAt: Number.isFinite(this.startedAt) ? this.startedAt : null,
      lastAt: Number.isFinite(this.lastAt) ? this.lastAt : null,
      days: this.rolling,
    };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null || !('answered' in stored) || !('abandoned' in stored)) return;
    const { answered, abandoned } = stored;
    if (typeof answered !== 'number' || typeof abandoned !== 'number') return;
    if (!(answered >= abandoned && abandoned >= 0 && answered < 1e12)) return;
    this.answered = answered;
    this.abandoned = abandoned;
    if (!this.isRecorded && 'days' in stored) this.rolling.load(stored.days);
    if ('startedAt' in stored && typeof stored.startedAt === 'number' && Number.isFinite(stored.startedAt)) {
      this.startedAt = stored.startedAt;
    }
    if ('lastAt' in stored && typeof stored.lastAt === 'number' && Number.isFinite(stored.lastAt))
      this.lastAt = this.takenOverAt = stored.lastAt;
  }
}
