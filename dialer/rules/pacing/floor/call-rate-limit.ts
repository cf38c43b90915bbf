/**
 * Calls per second, exactly: whole calls in a window of as long as they take at the limit. 10 allows ten in any second,
 * 6.5 six in any 924 ms, 0.2 one in any five seconds.
 */
export class CallRateLimit {
  private readonly perWindow: number;
  private readonly windowMs: number;
  private readonly starts: { time: number; calls: number }[] = [];
  private used = 0;

  constructor(perSecond: number) {
    this.perWindow = perSecond > 0 ? Math.max(1, Math.floor(perSecond)) : 0;
    this.windowMs = perSecond > 0 ? Math.min(3_600_000, Math.ceil((1000 * this.perWindow) / perSecond)) : 60_000;
  }

  /** Whole calls that may start at `now` (ms). */
  available(now: number): number {
    for (let first = this.starts[0]; first !== undefined && first.time <= now - this.windowMs; first = this.starts[0]) {
      this.used -= first.calls;
      this.starts.shift();
    }
    return Math.max(0, this.perWindow - this.used);
  }

  take(now: number, calls: number): void {
    if (calls <= 0) return;
    this.used += calls;
    this.starts.push({ time: now, calls });
  }

  /** When (ms) a further call may start, if none may now. */
  nextAt(now: number): number {
    const first = this.starts[0];
    return first === undefined ? now + this.windowMs : Math.max(now + 1, first.time + this.windowMs);
  }
}
