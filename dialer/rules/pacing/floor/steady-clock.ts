import { clamp } from '../numbers.ts';

/** Nobody sleeps longer than this without looking. */
const LONGEST_SLEEP_MS = 5 * 60_000;

/**
 * One clock that never runs backwards.
 *
 * Hosts correct their clocks and queues deliver late. A small step back is a late event and is read as "now"; a large
 * one (more than a minute) is a corrected clock, and all later times are shifted so that durations stay right.
 */
export class SteadyClock {
  private last = Number.NaN;
  private shift = 0;
  private isReadable = true;

  /** Steady time (ms) for a time of the outside clock; what cannot be read is "now". */
  read(time: number): number {
    this.isReadable = Number.isFinite(time) && Math.abs(time) <= 1e15;
    if (!this.isReadable) return Number.isNaN(this.last) ? 0 : this.last;
    const steady = time + this.shift;
    if (Number.isNaN(this.last)) this.last = steady;
    if (this.last - steady > 60_000) this.shift += this.last - steady;
    else if (steady > this.last) this.last = steady;
    return this.last;
  }

  /**
   * When to ask again, as a whole number of ms of the outside clock: later than the last time that was read, and some minutes
   * after it at most. Nothing if that time could not be read, or none is wanted.
   */
  alarm(steady: number | undefined): { wakeAt?: number } {
    if (steady === undefined || !this.isReadable || Number.isNaN(this.last)) return {};
    return { wakeAt: Math.ceil(clamp(steady, this.last + 1, this.last + LONGEST_SLEEP_MS) - this.shift) };
  }
}
