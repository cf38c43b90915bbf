import type { Hold } from './abandon-guard.ts';
import { AskedCalls, type Foretold } from './asked-calls.ts';
import { BandGovernor } from './band-governor.ts';
import { CallRateLimit } from './call-rate-limit.ts';
import { Floor } from './floor.ts';
import type { Fact } from './floor-rows.ts';
import { IdleLaw } from './idle-law.ts';
import { agentsForBand, LimitWatch, type Stop } from './limit-watch.ts';
import { Outlook } from './outlook.ts';
import type {
  CalibrationRow,
  PacingConfig,
  PacingDecision,
  PacingEvent,
  PacingLimit,
  PacingPolicy,
  PacingReason,
} from './policy.ts';
import { Learning } from './predictive-learning.ts';
import { type SafeConfig, safeConfig } from './safe-config.ts';
import { ServiceWatch } from './service-watch.ts';
import { sureCalls } from './sure-calls.ts';
import { UtilizationMeter } from './utilization-meter.ts';
import { waitReason } from './wait-reason.ts';
import { whySentence } from './why.ts';

/** With nothing happening the ages of calls still change the odds: look again after so long (ms). */
const LOOK_AGAIN_MS = 1000;
/** Where calls have chances of their own, look again at once when those just placed have shown theirs. */
const LOOK_SOON_MS = 20;
/** Memory of the utilization that the governor corrects. */
const UTILIZATION_MEMORY_MS = 8 * 60_000;

/** Share of its threshold that is left to a policy held by the guard. */
const HELD_SHARE: Record<Hold, number> = { none: 1, half: 0.5, 'nearly-all': 0.12, sure: 0.12 };

/** Before so many talks and so long at work no number of agents is named. */
const EVIDENCE = { talks: 30, minutes: 20 } as const;

/** `risk` is that of the last call placed, `next` that of the one after it. */
type Weighed = { place: number; risk: number; next: number; limit: number; stop: Stop };

/** The model-based policy: places one more call as long as that call's risk of finding nobody is under a threshold. */
export class Predictive implements PacingPolicy {
  private readonly config: SafeConfig;
  private readonly floor: Floor;
  private readonly learning: Learning;
  private readonly rate: CallRateLimit;
  private readonly governor: BandGovernor;
  private readonly meter = new UtilizationMeter(UTILIZATION_MEMORY_MS);
  private readonly watch = new LimitWatch();
  private readonly outlook = new Outlook();
  private readonly idleLaw: IdleLaw;
  private readonly service: ServiceWatch;
  private readonly asked = new AskedCalls();
  /** Risks of the calls of the last decision. */
  private risks: number[] = [];
  private isStarved = false;
  private held: Hold = 'none';
  private most = Number.POSITIVE_INFINITY;
  private lastLook = Number.NEGATIVE_INFINITY;
  private lastWeighed: Weighed = { place: 0, risk: 0, next: 0, limit: 0, stop: 'risk' };

  constructor(config: PacingConfig) {
    this.config = safeConfig(config);
    this.learning = new Learning(this.config);
    this.rate = new CallRateLimit(this.config.callsPerSecond);
    this.governor = new BandGovernor(this.config.band);
    this.idleLaw = new IdleLaw(this.config.cap);
    this.service = new ServiceWatch(this.learning.release);
    this.floor = new Floor(this.config, (fact) => this.hear(fact));
  }

  observe(event: PacingEvent): void {
    if (typeof event !== 'object' || event === null) return;
    this.advance(event.time);
    this.floor.observe(event);
  }

  private advance(time: number): number {
    const before = this.floor.now;
    const now = this.floor.advance(time);
    this.meter.advance(now, this.floor);
    const { ready, talking, wrapup } = this.floor;
    const seconds = (now - before) / 1000;
    if (seconds > 0 && seconds < 600) this.service.spend(seconds, talking, wrapup);
    // Only what the cap alone held back tells how many agents it leaves idle.
    if (this.hasEvidence && this.lastWeighed.stop === 'risk' && this.held === 'none')
      this.idleLaw.spend(seconds, ready, talking + wrapup, this.learning.release.serviceTime);
    this.learning.advance(now, this.floor);
    return now;
  }

  private hear(fact: Fact): void {
    if (fact.fact === 'placed') {
      Object.assign(fact.call, this.asked.told(this.floor.now));
      this.watch.sawPlaced();
    }
    if (fact.fact === 'talk-ended') this.service.talkEnded();
    this.learning.note(fact, this.floor);
  }

  decide(time: number): PacingDecision {
    const now = this.advance(time);
    if (this.floor.signedIn === 0) return this.answer({ code: 'no-agents' }, 0, undefined);
    const speed = this.rate.available(now);
    // A slow carrier's next free slot is not to be missed.
    const pause = this.isStarved && speed > 0 ? 0 : this.pauseMs();
    if (now - this.lastLook < pause) {
      const { next } = this.lastWeighed;
      const why = this.explain(now, { ...this.lastWeighed, place: 0, risk: next });
      return { ...why, ...this.floor.clock.alarm(this.lastLook + pause) };
    }
    this.lastLook = now;
    this.learning.refresh(this.floor);
    const untold = this.asked.untold(now);
    const sure = this.held === 'sure' ? this.sureRoom(untold) : Number.POSITIVE_INFINITY;
    const cold = Math.min(this.learning.coldRoom(this.floor), this.most, sure);
    const lines = this.config.maxLines - this.floor.calls.size - untold - this.floor.talking;
    const weighed = this.weigh(
      untold,
      Math.max(0, Math.min(lines, speed, cold)),
      cold < Math.min(lines, speed) ? 'risk' : lines <= speed ? 'lines' : 'speed',
    );
    this.rate.take(now, weighed.place);
    this.isStarved = weighed.stop === 'speed';
    this.watch.decided(now, weighed.stop, weighed.place);
    this.lastWeighed = weighed;
    return this.explain(now, weighed);
  }

  /** Takes only a share of its risk, and places no more than `most`: the guard's wish when the cap is near. */
  hold(hold: Hold, most: number): void {
    this.held = hold;
    this.most = most;
  }

  /** What nearly surely finds agents, where nothing else may be placed. */
  private sureRoom(untold: number): number {
    const { answer, back } = this.learning;
    const { now, ready, calls } = this.floor;
    return sureCalls(ready, Math.max(answer.now().mean, back.best(now))) - calls.size - untold;
  }

  /** Large teams need not look at every event: the pooled picture changes little in a fraction of a second. */
  private pauseMs(): number {
    return this.floor.signedIn <= 12 ? 0 : Math.min(500, 4 * this.floor.signedIn);
  }

  /**
   * How many calls keep the risk under the threshold, at most `room`, which the limit named `shortage` sets.
   * @param untold calls under way that the floor has not been told of
   */
  private weigh(untold: number, room: number, shortage: Stop): Weighed {
    const { threshold, ledger, chance, prudence } = this.learning;
    const { signedIn, now } = this.floor;
    const wasBand = this.lastWeighed.stop === 'band';
    const { factor, reserve } = this.governor.restrain(now, signedIn, this.service.now(), this.meter, wasBand);
    // The band saves ordinary risk; what a list would cost that may come back is the cap's to bear.
    const most =
      prudence * HELD_SHARE[this.held] * threshold.value(threshold.aim(ledger, ledger.window(now), signedIn));
    const limit = factor * most;
    const { outlook } = this;
    outlook.look(this.floor, this.learning, reserve);
    const ahead = Math.min(untold, outlook.room);
    for (let call = 0; call < ahead; call++) outlook.place();
    let [usual, risk] = outlook.risks(reserve);
    let stop: Stop = this.governor.isHolding ? 'band' : 'risk';
    const foretold: Omit<Foretold, 'threshold'>[] = [];
    while (usual < limit && risk < most && foretold.length < outlook.room - ahead) {
      if (foretold.length >= room) {
        stop = shortage;
        break;
      }
      const [usualRisk, ofAll] = reserve > 0 ? outlook.risks(0) : [usual, risk];
      foretold.push({ risk: ofAll, usualRisk: outlook.expected(usualRisk, ofAll) });
      outlook.place();
      [usual, risk] = outlook.risks(reserve);
    }
    if (stop === 'band' && usual < limit) stop = 'risk';
    const place = chance.inUse ? Math.ceil(foretold.length / 2) : foretold.length;
    // What a list that may come back kept from being placed says nothing about thresholds.
    const expected = outlook.expected(usual, risk);
    const isFree = expected >= limit && 2 * expected > risk && (stop === 'risk' || (stop === 'band' && reserve === 0));
    const accepted = foretold.slice(0, place);
    this.risks = accepted.map((call) => call.risk);
    this.asked.ask(
      now,
      accepted.map((call) => ({ ...call, threshold: isFree ? limit : undefined })),
    );
    const riskOf = (call: number): number => foretold[call]?.risk ?? risk;
    return { place, risk: riskOf(place - 1), next: riskOf(place), limit: usual < limit ? most : limit, stop };
  }

  private explain(now: number, { place, risk, limit, stop }: Weighed): PacingDecision {
    const figures = { chanceNobody: risk, limit, ready: this.floor.ready, inFlight: this.floor.calls.size };
    if (place > 0) {
      const soon = this.learning.chance.inUse || stop === 'risk' || stop === 'band' ? LOOK_AGAIN_MS : 0;
      const wake = this.learning.chance.inUse ? now + LOOK_SOON_MS : soon > 0 ? now + soon : this.rate.nextAt(now);
      return { ...this.answer({ code: 'placing', calls: place, ...figures }, place, wake), risks: this.risks };
    }
    const { aim, resting } = this.governor;
    const utilization = aim === undefined ? 0 : this.meter.recent(aim, this.floor.signedIn);
    const governed = aim === undefined ? undefined : { aim, utilization, resting };
    const wake = stop === 'speed' ? this.rate.nextAt(now) : now + LOOK_AGAIN_MS;
    return this.answer(waitReason(stop, this.config, figures, governed), 0, wake);
  }

  private answer(reason: PacingReason, place: number, wake: number | undefined): PacingDecision {
    const decision: PacingDecision = { place, why: whySentence(reason), reason, ...this.floor.clock.alarm(wake) };
    const binding = this.watch.binding(this.learning.answer.now().mean);
    if (binding === undefined) return decision;
    decision.binding = binding;
    const needed = this.agentsNeeded(binding);
    if (needed !== undefined) decision.agentsNeeded = needed;
    return decision;
  }

  /** With how many agents the band would be reached, or kept; undefined where it is, or where too little was seen to say. */
  private agentsNeeded(binding: PacingLimit): number | undefined {
    const { band } = this.config;
    if (band === undefined || !this.hasEvidence) return undefined;
    const { answer, release } = this.learning;
    const utilization = this.meter.utilization(60);
    if (utilization === undefined) return undefined;
    const { wrapupPerTalk } = release;
    const team = { agents: this.floor.signedIn, utilization, resting: this.governor.resting, wrapupPerTalk };
    return agentsForBand(binding, band, team, (level) => this.idleLaw.agentsFor(level, answer.now().mean, release));
  }

  private get hasEvidence(): boolean {
    return this.learning.release.talksSeen >= EVIDENCE.talks && this.meter.minutesSeen >= EVIDENCE.minutes;
  }

  /** Of the calls foretold to find nobody with such a risk, how many did. */
  calibration(): CalibrationRow[] {
    return this.learning.calibration.rows();
  }

  snapshot(): unknown {
    return { version: 1, learnt: this.learning.toJSON(), governor: this.governor.toJSON() };
  }

  restore(snapshot: unknown): void {
    if (typeof snapshot !== 'object' || snapshot === null) return;
    if (!('version' in snapshot) || snapshot.version !== 1 || !('learnt' in snapshot)) return;
    this.learning.load(snapshot.learnt);
    if ('governor' in snapshot) this.governor.load(snapshot.governor);
  }
}
