/** Seconds over which the calls just placed are watched for a change. */
export const WATCHED_S = 40;

/** A likelihood whose logarithm is less is none. */
const NONE = -15;

/** A call under way: how much likelier it is to look as it does if it will be presented than if not. */
export type Flying = { placedAt: number; likelihood: number };

/**
 * The calls of the last seconds, by the second in which they were placed: those answered, those that never will be. With those still
 * under way they say since when the list may be answered better (Page's test asks the same).
 */
export class AnswerWatch {
  private readonly answered = new Float64Array(WATCHED_S);
  private readonly over = new Float64Array(WATCHED_S);
  private second = 0;

  moveTo(now: number): void {
    const second = Math.max(0, Math.floor(now / 1000));
    if (second - this.second >= WATCHED_S) {
      this.over.fill(0);
      this.answered.fill(0);
      this.second = second;
    }
    while (this.second < second) {
      const slot = ++this.second % WATCHED_S;
      this.over[slot] = 0;
      this.answered[slot] = 0;
    }
  }

  /** A call that was placed at `placedAt` is presented, or never will be. */
  count(now: number, placedAt: number, presented: boolean): void {
    this.moveTo(now);
    const second = Math.max(0, Math.floor(placedAt / 1000));
    if (second > this.second || this.second - second >= WATCHED_S) return;
    const counts = presented ? this.answered : this.over;
    const slot = second % WATCHED_S;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }

  /**
   * How much likelier the calls placed since each of the last seconds are with the better rate, now first; undefined where it is hardly
   * better. Each call says what it can so far: one that was picked up as early as people do tells of the change before it is presented.
   */
  since(mean: number, rate: number, flying: readonly Flying[]): Float64Array | undefined {
    const gain = Math.log(rate / mean);
    if (gain < 0.1) return undefined;
    const loss = Math.log((1 - rate) / (1 - mean));
    const logs = new Float64Array(Math.min(WATCHED_S, this.second + 1)).fill(1);
    for (const { placedAt, likelihood } of flying) {
      const ago = this.second - Math.max(0, Math.floor(placedAt / 1000));
      if (ago < 0 || ago >= logs.length) continue;
      const more = likelihood - 1;
      // One logarithm for each second instead of each call.
      logs[ago] = ((logs[ago] ?? 1) * (1 + rate * more)) / (1 + mean * more);
    }
    let log = 0;
    for (let ago = 0; ago < logs.length; ago++) {
      const slot = (this.second - ago + WATCHED_S) % WATCHED_S;
      log += (this.answered[slot] ?? 0) * gain + (this.over[slot] ?? 0) * loss + Math.log(logs[ago] ?? 1);
      logs[ago] = log < NONE ? 0 : Math.exp(Math.min(50, log));
    }
    return logs;
  }
}
