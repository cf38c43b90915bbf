/**
 * Calls per second, exactly: in no window of one second do more calls start than allowed.
 * A limit below one call per second widens the window instead: 0.2 allows one call in any five seconds.
 */
export class CallRateLimit {
  private readonly perWindow: number;
  private readonly windowMs: number;
  private readonly starts: { time: number; calls: number }[] = [];
  private used = 0;

  constructor(perSecond: number) {
    this.perWindow = perSecond >= 1 ? Math.floor(perSecond) : perSecond > 0 ? 1 : 0;
    this.windowMs = perSecond >= 1 ? 1000 : perSecond > 0 ? Math.min(3_600_000, 1000 / perSecond) : 60_000;
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
