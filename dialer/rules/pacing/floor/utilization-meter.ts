import { type ActivityTime, addTime, noTime, talkUtilization } from '../../utilization.ts';

const MINUTE_MS = 60_000;
const SLOTS = 60;
/** After so long without anybody signed in, what was before no longer counts. */
const GAP_MS = 15 * MINUTE_MS;

/** The team's time by activity over the last hour, in slots of a minute, and a quickly fading mean of talk utilization. */
export class UtilizationMeter {
  private readonly slots = Array.from({ length: SLOTS }, () => ({ minute: Number.NaN, ...noTime }));
  /** Time constant of `recent`. */
  readonly memoryMs: number;
  private recentTalk = 0;
  private recentAll = 0;
  private at = Number.NaN;
  private seenAt = Number.NaN;
  private seen = 0;

  constructor(memoryMs: number) {
    this.memoryMs = memoryMs;
  }

  /** In so many minutes somebody was signed in, since the last long gap. */
  get minutesSeen(): number {
    return this.seen;
  }

  /** Accounts the time up to `now` to the activities that lasted since the last call. */
  advance(now: number, counts: { ready: number; talking: number; wrapup: number }): void {
    const from = Number.isNaN(this.at) ? now : this.at;
    this.at = now;
    const all = counts.ready + counts.talking + counts.wrapup;
    const passed = now - from;
    if (passed <= 0 || all <= 0) return;
    if (from - this.seenAt > GAP_MS) this.recentTalk = this.recentAll = this.seen = 0;
    this.seenAt = now;
    const keep = Math.exp(-passed / this.memoryMs);
    this.recentTalk = this.recentTalk * keep + (1 - keep) * counts.talking;
    this.recentAll = this.recentAll * keep + (1 - keep) * all;
    this.fill(from, now, counts);
  }

  private fill(from: number, now: number, counts: { ready: number; talking: number; wrapup: number }): void {
    let start = Math.max(from, now - SLOTS * MINUTE_MS);
    while (start < now) {
      const minute = Math.floor(start / MINUTE_MS);
      const end = Math.min(now, (minute + 1) * MINUTE_MS);
      const slot = this.slots[((minute % SLOTS) + SLOTS) % SLOTS];
      if (slot) {
        if (slot.minute !== minute) {
          Object.assign(slot, { minute, ...noTime });
          this.seen++;
        }
        slot.readyMs += (end - start) * counts.ready;
        slot.talkMs += (end - start) * counts.talking;
        slot.wrapupMs += (end - start) * counts.wrapup;
      }
      start = end;
    }
  }

  /** Fading mean of talk utilization; `otherwise` fills in for the time not seen yet. */
  recent(otherwise: number, agents: number): number {
    if (agents <= 0) return otherwise;
    // The mean starts from nothing: what is missing to full weight is taken as `otherwise`.
    const missing = Math.max(0, agents - this.recentAll);
    return (this.recentTalk + missing * otherwise) / (this.recentAll + missing);
  }

  /** Time by activity over the last so many minutes (at most 60). */
  last(minutes: number): ActivityTime {
    const newest = Math.floor(this.at / MINUTE_MS);
    const sum = { ...noTime };
    for (const slot of this.slots) if (slot.minute > newest - minutes && slot.minute <= newest) addTime(sum, slot);
    return sum;
  }

  utilization(minutes: number): number | undefined {
    return talkUtilization(this.last(minutes));
  }
}
