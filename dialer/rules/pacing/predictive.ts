import type { Hold } from './abandon-guard.ts';
import { BandGovernor } from './band-governor.ts';
import { CallRateLimit } from './call-rate-limit.ts';
import { Floor } from './floor.ts';
import type { CallRow, Fact } from './floor-rows.ts';
import { IdleLaw } from './idle-law.ts';
import { agentsToFeed, agentsToShare, LEAST_RESTING, LimitWatch, type Stop } from './limit-watch.ts';
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
import { UtilizationMeter } from './utilization-meter.ts';
import { whySentence } from './why.ts';

/** With nothing happening the ages of calls still change the odds: look again after so long (ms). */
const LOOK_AGAIN_MS = 1000;
/** Where calls have chances of their own, look again at once when those just placed have shown theirs. */
const LOOK_SOON_MS = 20;
/** Memory of the utilization that the governor corrects. */
const UTILIZATION_MEMORY_MS = 8 * 60_000;

/** Share of its threshold that is left to a policy held by the guard. */
const HELD_SHARE: Record<Hold, number> = { none: 1, half: 0.5, 'nearly-all': 0.12 };

/** Before so many talks and so long at work no number of agents is named. */
const EVIDENCE = { talks: 30, minutes: 20 } as const;

type Foretold = Pick<CallRow, 'risk' | 'usualRisk'>;
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
  /** Risks and threshold of the calls just asked for, until their `placed` events come. */
  private pending: Foretold[] = [];
  private pendingLimit: number | undefined;
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
      Object.assign(fact.call, this.pending.shift());
      fact.call.threshold = this.pendingLimit;
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
    const cold = Math.min(this.learning.coldRoom(this.floor), this.most);
    const lines = this.config.maxLines - this.floor.calls.size - this.floor.talking;
    const weighed = this.weigh(
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

  /** Large teams need not look at every event: the pooled picture changes little in a fraction of a second. */
  private pauseMs(): number {
    return this.floor.signedIn <= 12 ? 0 : Math.min(500, 4 * this.floor.signedIn);
  }

  /** How many calls keep the risk under the threshold, at most `most`, which the limit named `shortage` sets. */
  private weigh(most: number, shortage: Stop): Weighed {
    const { threshold, ledger, chance, prudence } = this.learning;
    const { signedIn, now } = this.floor;
    const { factor, reserve } = this.governor.restrain(
      now,
      signedIn,
      this.service.now(),
      this.meter,
      this.lastWeighed.stop === 'band',
    );
    const share = factor * prudence * HELD_SHARE[this.held];
    const limit = share * threshold.value(threshold.aim(ledger, ledger.window(now), signedIn));
    const { outlook } = this;
    outlook.look(this.floor, this.learning, reserve);
    let risk = outlook.risk(reserve);
    let stop: Stop = this.governor.isHolding ? 'band' : 'risk';
    const foretold: Foretold[] = [];
    while (risk < limit && foretold.length < outlook.room) {
      if (foretold.length >= most) {
        stop = shortage;
        break;
      }
      foretold.push({ risk: reserve > 0 ? outlook.risk(0) : risk, usualRisk: outlook.usualRisk(0) });
      outlook.place();
      risk = outlook.risk(reserve);
    }
    const place = chance.inUse ? Math.ceil(foretold.length / 2) : foretold.length;
    this.pending = foretold.slice(0, place);
    // What a list that may come back kept from being placed says nothing about thresholds.
    const isUsual = 2 * outlook.usualRisk(reserve) > risk;
    const isFree = risk >= limit && isUsual && (stop === 'risk' || (stop === 'band' && reserve === 0));
    this.pendingLimit = isFree ? limit : undefined;
    return { place, risk: foretold[place - 1]?.risk ?? risk, next: foretold[place]?.risk ?? risk, limit, stop };
  }

  private explain(now: number, { place, risk, limit, stop }: Weighed): PacingDecision {
    const { ready, calls } = this.floor;
    const figures = { chanceNobody: risk, limit, ready, inFlight: calls.size };
    if (place > 0) {
      const soon = this.learning.chance.inUse || stop === 'risk' || stop === 'band' ? LOOK_AGAIN_MS : 0;
      const wake = this.learning.chance.inUse ? now + LOOK_SOON_MS : soon > 0 ? now + soon : this.rate.nextAt(now);
      return {
        ...this.answer({ code: 'placing', calls: place, ...figures }, place, wake),
        risks: this.pending.map((call) => call.risk),
      };
    }
    if (stop === 'lines')
      return this.answer({ code: 'lines-full', lines: this.config.maxLines }, 0, now + LOOK_AGAIN_MS);
    if (stop === 'speed') {
      return this.answer({ code: 'calls-per-second', limit: this.config.callsPerSecond }, 0, this.rate.nextAt(now));
    }
    const aim = this.governor.aim;
    if (stop === 'band' && aim !== undefined) {
      const utilization = this.meter.recent(aim, this.floor.signedIn);
      const { resting } = this.governor;
      if (resting >= LEAST_RESTING) {
        const top = this.config.band?.max ?? 1;
        const reason = { code: 'band-rest' as const, utilization, top, resting: Math.round(resting) };
        return this.answer(reason, 0, now + LOOK_AGAIN_MS);
      }
      return this.answer({ code: 'band-reached', utilization, aim }, 0, now + LOOK_AGAIN_MS);
    }
    return this.answer({ code: 'waiting', ...figures }, 0, now + LOOK_AGAIN_MS);
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
    const { answer, release } = this.learning;
    const { signedIn } = this.floor;
    const utilization = this.meter.utilization(60);
    if (band === undefined || utilization === undefined || !this.hasEvidence) return undefined;
    if (binding === 'band')
      return agentsToShare(signedIn, utilization, this.governor.resting, band.max, release.wrapupPerTalk);
    if (utilization >= band.min) return undefined;
    const needed = this.idleLaw.agentsFor(band.min, answer.now().mean, release);
    // With fewer agents some of what lines and list allow is no longer used: reckoned to the band's middle.
    if (binding !== 'cap') return agentsToFeed(signedIn, utilization, (band.min + band.max) / 2, needed);
    return needed !== undefined && needed > signedIn ? needed : undefined;
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
