/** A call's foretold risks, and the threshold under which it was asked for. */
export type Foretold = { risk: number; usualRisk: number; threshold: number | undefined };
type Order = { at: number; calls: Foretold[] };

/** Word of a call that comes within this time of its order came at once, ms. */
const AT_ONCE_MS = 5;
/** A call of which nothing is heard for so long was never placed. */
const GIVEN_UP_MS = 5_000;
/** What one call counts in how late word comes. */
const LATE_SHARE = 0.2;

/**
 * Calls that were asked for and of which nothing was heard yet. Where word of placed calls comes at once, what is missing was
 * not placed: no line, no contact, nothing left on the list. Where it comes late, those calls are under way all the same, and a policy
 * that does not count them asks for them again.
 */
export class AskedCalls {
  private orders: Order[] = [];
  /** How late word comes, ms: mean of the last few calls. */
  private lateMs = 0;

  ask(now: number, calls: Foretold[]): void {
    this.orders = this.orders.filter(({ at, calls: left }) => left.length > 0 && now - at <= GIVEN_UP_MS);
    if (calls.length > 0) this.orders.push({ at: now, calls: [...calls] });
  }

  /** A call was placed: what was foretold of it, if it was asked for. */
  told(now: number): Foretold | undefined {
    const newest = this.orders[this.orders.length - 1];
    const isAtOnce = newest !== undefined && newest.calls.length > 0 && now - newest.at <= AT_ONCE_MS;
    const order = isAtOnce ? newest : this.orders.find(({ at, calls }) => calls.length > 0 && now - at <= GIVEN_UP_MS);
    if (order === undefined) return undefined;
    this.lateMs += LATE_SHARE * (Math.max(0, now - order.at - AT_ONCE_MS) - this.lateMs);
    return order.calls.shift();
  }

  /** How many calls are believed under way that nobody has told of. */
  untold(now: number): number {
    if (this.lateMs < AT_ONCE_MS) return 0;
    const patience = Math.min(GIVEN_UP_MS, 2 * this.lateMs + AT_ONCE_MS);
    return this.orders.reduce((sum, { at, calls }) => sum + (now - at <= patience ? calls.length : 0), 0);
  }
}
