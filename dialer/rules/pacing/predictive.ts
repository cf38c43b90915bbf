import { CallRateLimit } from './call-rate-limit.ts';
import type { CalibrationRow } from './calibration.ts';
import { Floor } from './floor.ts';
import { ExactForecast, riskOf, SmoothForecast, type SpareForecast } from './forecast.ts';
import { openChance } from './numbers.ts';
import type { PacingConfig, PacingDecision, PacingEvent, PacingPolicy, PacingReason } from './policy.ts';
import { Learning } from './predictive-learning.ts';
import { safeConfig, type SafeConfig } from './safe-config.ts';
import { whySentence } from './why.ts';

/** Up to so many busy agents and calls the forecast is exact; above, the smooth approximation is as good and cheaper. */
const EXACT_UP_TO = 60;
/** With nothing happening the ages of calls still change the odds: look again after so long (ms). */
const LOOK_AGAIN_MS = 1000;

/** The model-based policy: places one more call as long as that call's risk of finding nobody is under a threshold. */
export class Predictive implements PacingPolicy {
  private readonly config: SafeConfig;
  private readonly floor: Floor;
  private readonly learning: Learning;
  private readonly rate: CallRateLimit;
  private pendingRisk: number[] = [];
  private limit = 0;
  private lastLook = Number.NEGATIVE_INFINITY;

  constructor(config: PacingConfig) {
    this.config = safeConfig(config);
    this.learning = new Learning(this.config);
    this.rate = new CallRateLimit(this.config.callsPerSecond);
    this.floor = new Floor(this.config, (fact) => {
      if (fact.fact === 'placed') {
        fact.call.risk = this.pendingRisk.shift() ?? 0;
        fact.call.threshold = this.limit;
      }
      this.learning.note(fact, this.floor);
    });
  }

  observe(event: PacingEvent): void {
    this.floor.observe(event);
  }

  decide(time: number): PacingDecision {
    const now = this.floor.advance(time);
    if (this.floor.signedIn === 0) return this.answer({ code: 'no-agents' }, 0, undefined);
    const pause = this.pauseMs();
    if (now - this.lastLook < pause) return { place: 0, wakeAt: this.floor.clock.outside(this.lastLook + pause) };
    this.lastLook = now;
    this.learning.refresh(this.floor);
    const lines = this.config.maxLines - this.floor.calls.size - this.floor.talking;
    if (lines <= 0) return this.answer({ code: 'lines-full', lines: this.config.maxLines }, 0, now + LOOK_AGAIN_MS);
    const speed = this.rate.available(now);
    if (speed <= 0) {
      return this.answer({ code: 'calls-per-second', limit: this.config.callsPerSecond }, 0, this.rate.nextAt(now));
    }
    return this.weigh(now, Math.min(lines, speed), speed);
  }

  /** Large teams need not look at every event: the pooled picture changes little in a fraction of a second. */
  private pauseMs(): number {
    return this.floor.signedIn <= 12 ? 0 : Math.min(500, 4 * this.floor.signedIn);
  }

  private weigh(now: number, most: number, speed: number): PacingDecision {
    const { flight, threshold, answer, ledger } = this.learning;
    const limit = threshold.value(threshold.aim(ledger, this.floor.signedIn));
    this.limit = limit;
    const forecast = this.forecast(now);
    const arrival = flight.arrival();
    const row = flight.newRow();
    const mean = openChance(answer.now().mean);
    let place = 0;
    let risk = riskOf(arrival, forecast.nobody());
    let accepted = risk;
    this.pendingRisk = [];
    while (place < most && risk < limit) {
      accepted = risk;
      this.pendingRisk.push(risk);
      place++;
      forecast.addCall(mean, row);
      risk = riskOf(arrival, forecast.nobody());
      if (place >= 64 && this.floor.signedIn < 64) break;
    }
    this.rate.take(now, place);
    const figures = { limit, ready: this.floor.ready, inFlight: this.floor.calls.size };
    const wake = place === speed ? this.rate.nextAt(now) : now + LOOK_AGAIN_MS;
    if (place > 0)
      return this.answer({ code: 'placing', calls: place, chanceNobody: accepted, ...figures }, place, wake);
    return this.answer({ code: 'waiting', chanceNobody: risk, ...figures }, 0, wake);
  }

  private forecast(now: number): SpareForecast {
    const { agents, calls } = this.floor;
    const { flight, release, answer } = this.learning;
    let waiting = 0;
    for (const call of calls.values()) if (call.stage === 'waiting') waiting++;
    const ready = this.floor.ready - waiting;
    const busy = agents.size - this.floor.ready;
    const belief = answer.now();
    const size = busy + calls.size;
    const forecast =
      size <= EXACT_UP_TO
        ? new ExactForecast(ready, calls.size + 12 + 4 * Math.max(0, ready))
        : new SmoothForecast(ready, belief.variance / (belief.mean * belief.mean));
    for (const agent of agents.values()) {
      if (agent.leaving || agent.state === 'ready' || agent.state === 'away') continue;
      const { table, offset } = release.row(agent, now);
      forecast.addAgent(table, offset);
    }
    for (const call of calls.values()) {
      if (call.stage !== 'waiting') forecast.addCall(flight.chance(call, now), flight.row(call, now));
    }
    return forecast;
  }

  private answer(reason: PacingReason, place: number, wake: number | undefined): PacingDecision {
    const decision: PacingDecision = { place, why: whySentence(reason), reason };
    if (wake !== undefined) decision.wakeAt = this.floor.clock.outside(wake);
    return decision;
  }

  /** Of the calls foretold to find nobody with such a risk, how many did. */
  calibration(): CalibrationRow[] {
    return this.learning.calibration.rows();
  }

  snapshot(): unknown {
    return { version: 1, learnt: this.learning.toJSON() };
  }

  restore(snapshot: unknown): void {
    if (typeof snapshot !== 'object' || snapshot === null) return;
    if (!('version' in snapshot) || snapshot.version !== 1 || !('learnt' in snapshot)) return;
    this.learning.load(snapshot.learnt);
  }
}
