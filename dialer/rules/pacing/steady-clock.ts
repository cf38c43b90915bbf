/**
 * One clock that never runs backwards.
 *
 * Hosts correct their clocks and queues deliver late. A small step back is a late event and is read as "now"; a large
 * one (more than a minute) is a corrected clock, and all later times are shifted so that durations stay right.
 */
export class SteadyClock {
  private last = Number.NaN;
  private shift = 0;

  /** Steady time (ms) for a time of the outside clock; what cannot be read is "now". */
  read(time: number): number {
    if (!Number.isFinite(time) || Math.abs(time) > 1e15) return Number.isNaN(this.last) ? 0 : this.last;
    const steady = time + this.shift;
    if (Number.isNaN(this.last)) this.last = steady;
    if (this.last - steady > 60_000) this.shift += this.last - steady;
    else if (steady > this.last) this.last = steady;
    return this.last;
  }

  /** The outside clock's time for a steady time, a whole number of ms. */
  outside(steady: number): number {
    return Math.ceil(steady - this.shift);
  }
}
