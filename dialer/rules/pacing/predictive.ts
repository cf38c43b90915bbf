import type { Hold } from './abandon-guard.ts';
import { BandGovernor } from './band/band-governor.ts';
import { IdleLaw } from './band/idle-law.ts';
import { agentsForBand, LimitWatch, type Stop } from './band/limit-watch.ts';
import { ServiceWatch } from './band/service-watch.ts';
import { AskedCalls, type Foretold } from './floor/asked-calls.ts';
import { CallRateLimit } from './floor/call-rate-limit.ts';
import { Floor } from './floor/floor.ts';
import type { Fact } from './floor/floor-rows.ts';
import { UtilizationMeter } from './floor/utilization-meter.ts';
import { sureCalls } from './forecast/sure-calls.ts';
import { Learning } from './learning.ts';
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
import { type Chance, NOTHING, placedChance, type Risks, riskLimits, waitingChance } from './risk-limits.ts';
import { type SafeConfig, safeConfig } from './safe-config.ts';
import { waitReason } from './wait-reason.ts';
import { whySentence } from './why.ts';

/** With nothing happening the ages of calls still change the odds: look again after so long (ms). */
const LOOK_AGAIN_MS = 1000;
/** Where calls have chances of their own, look again at once when those just placed have shown theirs. */
const LOOK_SOON_MS = 20;
/** Memory of the utilization that the governor corrects. */
const UTILIZATION_MEMORY_MS = 8 * 60_000;

/** Before so many talks and so long at work no number of agents is named. */
const EVIDENCE = { talks: 30, minutes: 20 } as const;

/** `last` is that of the last call placed, `next` that of the one after it. */
type Weighed = { place: number; last: Chance; next: Chance; stop: Stop };

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
  private held: Hold = 'none';
  private most = Number.POSITIVE_INFINITY;
  private lastLook = Number.NEGATIVE_INFINITY;
  /** What is answered until the next look; worked out when it is first asked for. */
  private untilLook: PacingDecision | undefined;
  private lastWeighed: Weighed = { place: 0, last: NOTHING, next: NOTHING, stop: 'risk' };

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
    const pause = this.lastWeighed.stop === 'speed' && speed > 0 ? 0 : this.pauseMs();
    if (now - this.lastLook < pause) {
      this.untilLook ??= this.explain(now, { ...this.lastWeighed, place: 0 });
      return { ...this.untilLook, ...this.floor.clock.alarm(this.lastLook + pause) };
    }
    this.lastLook = now;
    this.untilLook = undefined;
    this.learning.refresh(this.floor);
    const untold = this.asked.untold(now);
    const rooms: [number, Stop][] = [
      [this.config.maxLines - this.floor.calls.size - untold - this.floor.talking, 'lines'],
      [speed, 'speed'],
      [this.learning.coldRoom(this.floor), 'cold'],
      [Math.min(this.most, this.sureRoom(untold)), 'sure'],
    ];
    const [room, shortage] = rooms.reduce((least, other) => (other[0] < least[0] ? other : least));
    const weighed = this.weigh(untold, Math.max(0, room), shortage);
    this.rate.take(now, weighed.place);
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
    if (this.held !== 'sure') return Number.POSITIVE_INFINITY;
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
    const { signedIn, now } = this.floor;
    const { outlook, config, learning, governor, held: hold } = this;
    const wasBand = this.lastWeighed.stop === 'band';
    const { factor, reserve } = governor.restrain(now, signedIn, this.service.now(), this.meter, wasBand);
    const limits = riskLimits({ config, learning, hold }, now, signedIn, { factor, lacks: governor.isLacking });
    const isBorne = (chance: number): boolean => chance < limits.most || outlook.bearsReturn(limits.bearable);
    outlook.look(this.floor, learning, reserve);
    const ahead = Math.min(untold, outlook.room);
    for (let call = 0; call < ahead; call++) outlook.place();
    let [usual, risk] = outlook.risks(reserve);
    let stop: Stop = governor.isHolding ? 'band' : 'risk';
    const foretold: (Omit<Foretold, 'threshold'> & Risks)[] = [];
    while (usual < limits.usual && isBorne(risk) && foretold.length < outlook.room - ahead) {
      if (foretold.length >= room) {
        stop = shortage;
        break;
      }
      const [asIs, ofAll] = reserve > 0 ? outlook.risks(0) : [usual, risk];
      foretold.push({ risk: ofAll, asIs, usualRisk: outlook.expected(asIs, ofAll) });
      outlook.place();
      [usual, risk] = outlook.risks(reserve);
    }
    if (usual < limits.usual && (stop === 'risk' || stop === 'band')) stop = isBorne(risk) ? 'risk' : 'return';
    const place = learning.chance.inUse ? Math.ceil(foretold.length / 2) : foretold.length;
    // What a list that may come back kept from being placed says nothing about thresholds.
    const expected = outlook.expected(usual, risk);
    const isFree = stop === 'risk' || (stop === 'band' && reserve === 0);
    const threshold = isFree && expected >= limits.usual && 2 * expected > risk ? limits.usual : undefined;
    const asked = foretold.slice(0, place).map(({ risk, usualRisk }) => ({ risk, usualRisk, threshold }));
    this.risks = asked.map((call) => call.risk);
    this.asked.ask(now, asked);
    return {
      place,
      last: placedChance(foretold[place - 1], limits),
      next: waitingChance(foretold[place] ?? { risk, asIs: usual }, limits, stop === 'return'),
      stop,
    };
  }

  private explain(now: number, { place, last, next, stop }: Weighed): PacingDecision {
    const { borne, ...chance } = place > 0 ? last : next;
    const figures = { ...chance, ready: this.floor.ready, inFlight: this.floor.calls.size };
    if (place > 0) {
      const again = stop === 'lines' || stop === 'speed' ? this.rate.nextAt(now) : now + LOOK_AGAIN_MS;
      const wake = this.learning.chance.inUse ? now + LOOK_SOON_MS : again;
      const code = borne ? 'placing-borne' : 'placing';
      return { ...this.answer({ code, calls: place, ...figures }, place, wake), risks: this.risks };
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
