import type { PacingConfig, PacingEvent, PacingPolicy } from '../../rules/pacing/policy.ts';
import { mean } from '../distribution.ts';
import { answerAt, everAnswers, type NetworkModel } from '../network-model.ts';
import type { PolicySource, Truth } from '../policy-source.ts';
import { Crew } from './crew.ts';
import { Flights } from './flights.ts';
import { stepMs } from './grid.ts';
import { Shortage } from './shortage.ts';
import { Threshold } from './threshold.ts';
import { horizonCount, trueTables, type World } from './world.ts';

const wakeEveryMs = 500;
const headroom = 20;

/**
 * The reference that knows the scenario's true parameters: it forecasts, for sixteen instants at which a call placed now
 * would be answered, how likely that call is to find nobody within the grace period, and places calls while the mean
 * of that chance stays under a threshold. It knows no single call's or talk's future, and no roster.
 */
export const oracle: PolicySource = (config, truth) => new Oracle(config, truth);

class Oracle implements PacingPolicy {
  private readonly config: PacingConfig;
  private readonly truth: Truth;
  private readonly crew: Crew;
  private readonly flights: Flights;
  private readonly threshold: Threshold;
  private model: NetworkModel | undefined;
  private answer = -1;
  private world: World | undefined;
  private readonly shortage = new Shortage(horizonCount);
  private nextLook = 0;

  constructor(config: PacingConfig, truth: Truth) {
    this.config = config;
    this.truth = truth;
    this.crew = new Crew(truth.roster);
    this.flights = new Flights();
    this.threshold = new Threshold(config, mean(truth.scenario.network.talk) + truth.scenario.crew.wrapUp.baseMs);
  }

  observe(event: PacingEvent): void {
    this.crew.observe(event);
    this.flights.observe(event, () => this.prior(event.time));
    if (event.type === 'connected') this.threshold.onPresented(false);
    if (event.type === 'abandoned') this.threshold.onPresented(true);
  }

  decide(now: number): { place: number; wakeAt: number } {
    const { crew, threshold, config } = this;
    threshold.onTime(now, crew.talking, crew.signedIn);
    // Large teams have an event every few milliseconds; a look every few tenths of a second loses nothing.
    const { signedIn } = crew;
    if (signedIn === 0) return { place: 0, wakeAt: now + 60_000 };
    if (now < this.nextLook) return { place: 0, wakeAt: this.nextLook };
    this.nextLook = signedIn > 40 ? now + Math.min(400, 2 * signedIn) : now;
    const room = config.maxLines - this.flights.inAir - crew.talking;
    const place = room <= 0 ? 0 : this.count(now, Math.min(room, Math.max(1, Math.ceil(config.maxCallsPerSecond))));
    return { place, wakeAt: now + wakeEveryMs };
  }

  private count(now: number, most: number): number {
    const world = this.lookUp(now);
    const { horizons, newCall } = world;
    const uncertain = this.crew.busy + this.flights.inAir + headroom;
    const { restMs, risk } = this.threshold;
    const { shortage } = this;
    shortage.start(uncertain);
    for (let k = 0; k < horizonCount; k++) {
      const ahead = (horizons[k] ?? 0) * stepMs + this.config.abandonWithinMs;
      shortage.setBase(k, this.crew.rested(now + ahead - restMs) - this.flights.waiting);
    }
    this.crew.addTo(shortage, world, now, horizons, this.config.abandonWithinMs - restMs);
    this.flights.addTo(shortage, world.calls, now);
    let place = 0;
    while (place < most) {
      let chance = 0;
      for (let k = 0; k < horizonCount; k++) chance += shortage.chance(k) / horizonCount;
      if (chance > risk) break;
      place++;
      for (let k = 0; k < horizonCount; k++) shortage.addAnswered(k, newCall[k] ?? 0);
    }
    return place;
  }

  /** The tables of the model in force; a change of list or hour makes new ones. */
  private lookUp(now: number): World {
    const model = this.truth.network.modelAt(now);
    const answer = answerAt(model, Math.floor(now / 3_600_000) % 24);
    if (this.world === undefined || model !== this.model || answer !== this.answer) {
      this.model = model;
      this.answer = answer;
      this.world = trueTables(this.truth, model, answer);
    }
    return this.world;
  }

  private prior(now: number): { mean: number; model: NetworkModel } {
    const model = this.truth.network.modelAt(now);
    return { mean: everAnswers(model, answerAt(model, Math.floor(now / 3_600_000) % 24)), model };
  }
}
