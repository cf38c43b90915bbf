import type { PacingConfig, PacingEvent, PacingPolicy } from '../../rules/pacing/policy.ts';
import type { PolicySource } from '../policy-source.ts';
import { Board } from './board.ts';

/** What happens to the level once more calls were dropped today than the limit allows. */
export type DropRule = 'hard' | 'average' | 'tapered';

const placeEveryMs = 2_500;
const sampleEveryMs = 1_000;
const adaptEveryMs = 15_000;
const dropEveryMs = 60_000;
const maxLevel = 3;
const leastCalls = 50;

/**
 * Adaptive dial level in the manner of VICIdial's public code of 2025: a level of lines per agent, moved every 15 s by
 * the share of agents who waited, and pressed down while the day's drops exceed the limit. `isAvailableOnly`: lines go by the
 * ready agents alone. A scenario's `abandonWithinMs` is the drop wait; the rule's own default is 5 s.
 */
export function vicidialLike(rule: DropRule, isAvailableOnly = false): PolicySource {
  return (config) => new VicidialLike(config, rule, isAvailableOnly);
}

class VicidialLike implements PacingPolicy {
  private readonly board = new Board();
  private readonly config: PacingConfig;
  private readonly rule: DropRule;
  private readonly isAvailableOnly: boolean;
  private level = 1;
  private nextPlace = 0;
  private nextSample = 0;
  private nextAdapt = 0;
  private nextDrop = 0;
  private samples = 0;
  private surplus = 0;
  private midnight = Number.NaN;
  private callsToday = 0;
  private answersToday = 0;
  private dropsToday = 0;
  private dropShare = 0;
  private minute = { calls: 0, answers: 0, drops: 0 };

  constructor(config: PacingConfig, rule: DropRule, isAvailableOnly: boolean) {
    this.config = config;
    this.rule = rule;
    this.isAvailableOnly = isAvailableOnly;
  }

  observe(event: PacingEvent): void {
    this.board.observe(event);
    if (event.type === 'placed') {
      this.callsToday++;
      this.minute.calls++;
    }
    if (event.type !== 'connected' && event.type !== 'abandoned') return;
    const isDrop = event.type === 'abandoned';
    this.answersToday++;
    this.dropsToday += Number(isDrop);
    this.minute.answers++;
    this.minute.drops += Number(isDrop);
  }

  decide(now: number): { place: number; wakeAt: number } {
    this.startDay(now);
    if (now >= this.nextSample) {
      this.nextSample = now + sampleEveryMs;
      this.samples++;
      this.surplus += this.board.ready - this.board.waiting;
    }
    if (now >= this.nextDrop) this.refreshDrops(now);
    if (now >= this.nextAdapt) this.adapt(now);
    let place = 0;
    if (now >= this.nextPlace) {
      this.nextPlace = now + placeEveryMs;
      place = this.wanted();
    }
    return { place, wakeAt: Math.min(this.nextPlace, this.nextSample, this.nextDrop, this.nextAdapt) };
  }

  private wanted(): number {
    const { board } = this;
    if (this.isAvailableOnly) return board.room(this.config, Math.round(this.level * board.ready) - board.inAir);
    return board.room(this.config, Math.round(this.level * (board.ready + board.talking)) - board.lines);
  }

  private startDay(now: number): void {
    const midnight = Math.floor(now / 86_400_000);
    if (midnight === this.midnight) return;
    this.midnight = midnight;
    this.callsToday = 0;
    this.answersToday = 0;
    this.dropsToday = 0;
    this.dropShare = 0;
  }

  private refreshDrops(now: number): void {
    this.nextDrop = now + dropEveryMs;
    this.dropShare = this.answersToday === 0 ? 0 : this.dropsToday / this.answersToday;
    const { calls, answers, drops } = this.minute;
    if (calls > 20 && drops > 0.5 * answers) this.level = Math.max(1, this.level / 2);
    this.minute = { calls: 0, answers: 0, drops: 0 };
  }

  private adapt(now: number): void {
    this.nextAdapt = now + adaptEveryMs;
    if (this.samples > 0 && this.board.signedIn > 0)
      this.level *= 1 + this.surplus / this.samples / this.board.signedIn;
    this.samples = 0;
    this.surplus = 0;
    if (this.callsToday > leastCalls && this.dropShare > this.config.maxAbandonRate) this.press(now);
    this.level = Math.min(maxLevel, Math.max(1, this.level));
  }

  private press(now: number): void {
    switch (this.rule) {
      case 'hard':
        this.level = 1;
        return;
      case 'average':
        this.level /= 2;
        return;
      case 'tapered': {
        const hour = (now % 86_400_000) / 3_600_000;
        this.level *= Math.min(1, Math.max(0, 21 - hour) / 10);
      }
    }
  }
}
