import type { PacingConfig } from '../rules/pacing/policy.ts';
import type { Scenario } from './scenario.ts';

/** What stood between the policy and the network, counted over a run. */
export type Faults = {
  /** Answers that were no integer ≥ 0. */
  nonsense: number;
  /** Calls asked for and not placed, by the limit that bound first. */
  cutByLines: number;
  cutByRate: number;
  cutByContacts: number;
  cutByHours: number;
};

/** Holds a policy's answer to lines, calls per second, calling hours and what is left of the list. */
export class PlacementLimits {
  readonly faults: Faults = { nonsense: 0, cutByLines: 0, cutByRate: 0, cutByContacts: 0, cutByHours: 0 };
  private readonly config: PacingConfig;
  private readonly hours: { from: number; until: number }[];
  private readonly contactsPerDay: number;
  private day = 0;
  private left: number;
  /** Times of the last placements, a ring as long as the calls allowed in one window. */
  private readonly recent: Float64Array;
  private readonly windowMs: number;
  private head = 0;
  private retryAt = Number.POSITIVE_INFINITY;

  constructor(config: PacingConfig, scenario: Scenario, shifts: { from: number; until: number }[]) {
    this.config = config;
    this.hours = shifts.map(({ from, until }) => ({ from, until: until - scenario.stopBeforeEndMs }));
    this.contactsPerDay = scenario.contacts ?? Number.POSITIVE_INFINITY;
    this.left = this.contactsPerDay;
    const perWindow = Math.max(1, Math.floor(config.maxCallsPerSecond));
    this.windowMs = Math.ceil((1000 * perWindow) / Math.max(1e-3, config.maxCallsPerSecond));
    this.recent = new Float64Array(perWindow).fill(Number.NEGATIVE_INFINITY);
  }

  /** How many of the calls asked for may be placed now, with so many lines in use. */
  bound(asked: number, now: number, linesInUse: number): number {
    this.retryAt = Number.POSITIVE_INFINITY;
    let place = asked;
    if (!Number.isInteger(asked) || asked < 0) {
      this.faults.nonsense++;
      place = Number.isFinite(asked) ? Math.max(0, Math.floor(asked)) : 0;
    }
    if (place === 0) return 0;
    if (!this.isCallingTime(now)) {
      this.faults.cutByHours += place;
      return 0;
    }
    if (place > this.left) {
      this.faults.cutByContacts += place - this.left;
      place = this.left;
    }
    const lines = Math.max(0, this.config.maxLines - linesInUse);
    if (place > lines) {
      this.faults.cutByLines += place - lines;
      place = lines;
    }
    const free = this.config.maxCallsPerSecond > 0 ? this.freeSlots(now, place) : 0;
    if (place > free) {
      this.faults.cutByRate += place - free;
      if (this.config.maxCallsPerSecond > 0)
        this.retryAt = (this.recent[(this.head + free) % this.recent.length] ?? now) + this.windowMs;
      place = free;
    }
    return place;
  }

  placed(now: number): void {
    this.recent[this.head] = now;
    this.head = (this.head + 1) % this.recent.length;
    this.left--;
  }

  /** When the policy is asked again without an event: at its own wish, or when the call rate allows what it wanted. */
  nextAsk(now: number, wakeAt: number | undefined): number {
    const wish =
      wakeAt === undefined || Number.isNaN(wakeAt) ? Number.POSITIVE_INFINITY : Math.max(now + 1, Math.ceil(wakeAt));
    return Math.min(wish, Math.max(now + 1, this.retryAt));
  }

  private isCallingTime(now: number): boolean {
    let hours = this.hours[this.day];
    while (hours !== undefined && now >= hours.until && this.day + 1 < this.hours.length) {
      hours = this.hours[++this.day];
      this.left = this.contactsPerDay;
    }
    return hours !== undefined && now >= hours.from && now < hours.until;
  }

  private freeSlots(now: number, wanted: number): number {
    let free = 0;
    while (free < wanted && free < this.recent.length) {
      const oldest = this.recent[(this.head + free) % this.recent.length] ?? 0;
      if (oldest + this.windowMs > now) break;
      free++;
    }
    return free;
  }
}
