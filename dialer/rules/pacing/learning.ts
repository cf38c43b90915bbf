import { AgentRelease } from './agents/agent-release.ts';
import { AnswerChance } from './answers/answer-chance.ts';
import { AnswerRate } from './answers/answer-rate.ts';
import { AnswerReturn } from './answers/answer-return.ts';
import { AnswerSpells } from './answers/answer-spells.ts';
import { Exposure } from './answers/exposure.ts';
import { AbandonLedger } from './cap/abandon-ledger.ts';
import { Calibration } from './cap/calibration.ts';
import { RiskThreshold } from './cap/risk-threshold.ts';
import { CallFlight } from './flight/call-flight.ts';
import type { Floor } from './floor/floor.ts';
import type { CallRow, Fact } from './floor/floor-rows.ts';
import { openChance } from './numbers.ts';
import type { SafeConfig } from './safe-config.ts';

/** With fewer finished calls than this nothing is known of the list; until then so many calls for each ready agent. */
const COLD_CALLS = 15;
const COLD_RATIO = 1.6;

/** On a cold start this share of the threshold is left; after so many talks half of that. */
const COLD_PRUDENCE = 0.5;
const COLD_TALKS = 40;

/** Share of calls answered that a list is believed to have before anything was seen. */
const BELIEVED_ANSWERS = 0.25;

/** Up to so many agents the answer rate's memories have their own lengths; beyond, they grow with the team. */
const TEAM_OF_MEMORIES = 20;

/** Everything the predictive policy has learnt, and the rule by which facts teach it. */
export class Learning {
  readonly answer = new AnswerRate(BELIEVED_ANSWERS);
  readonly back = new AnswerReturn(BELIEVED_ANSWERS);
  readonly spells = new AnswerSpells();
  readonly chance = new AnswerChance();
  private readonly exposure = new Exposure();
  readonly flight: CallFlight;
  readonly release: AgentRelease;
  readonly threshold: RiskThreshold;
  readonly ledger: AbandonLedger;
  readonly calibration = new Calibration();
  private news = 0;
  private known = 0;
  private at = Number.NaN;
  private rebuiltAt = Number.NEGATIVE_INFINITY;
  private flightAt = Number.NEGATIVE_INFINITY;

  constructor(config: SafeConfig) {
    this.flight = new CallFlight(config);
    this.release = new AgentRelease(config.graceMs);
    this.threshold = new RiskThreshold(config.cap);
    this.ledger = new AbandonLedger(config.history);
  }

  note(fact: Fact, floor: Floor): void {
    const talkMemory = Math.max(500, 25 * floor.signedIn);
    const callMemory = Math.max(1000, 100 * floor.signedIn);
    switch (fact.fact) {
      case 'placed':
        this.exposure.countPlaced();
        fact.call.prior = this.priorOf(fact.call);
        return;
      case 'rings':
        this.news++;
        this.flight.learnSetup(fact.call.setupMs, callMemory);
        return;
      case 'resolved':
        this.news++;
        if (fact.presented) this.exposure.countAnswer();
        this.back.count(floor.now, fact.call.placedAt, fact.presented);
        if (fact.call.chance !== undefined) this.chance.learn(fact.call.chance, fact.presented);
        this.flight.learn(fact.call, fact.presented, fact.reachedBy, fact.stageMs, callMemory);
        return;
      case 'connected':
      case 'abandoned': {
        const lost = fact.fact === 'abandoned';
        this.ledger.count(floor.now, lost);
        this.threshold.count(floor.now, fact.call.usualRisk, fact.call.threshold, lost);
        this.calibration.count(fact.call.risk, lost);
        return;
      }
      case 'party':
        this.back.countParty(fact.party === 'human');
        return;
      case 'talk-ended':
        this.news++;
        this.release.learnTalk(floor.now, fact.talkMs / 1000, talkMemory, floor.signedIn);
        return;
      case 'wrapup-ended':
        this.news++;
        if (fact.to === 'gone' && fact.agent.leaving) return;
        this.release.learnWrapup(floor.now, fact, talkMemory, floor.signedIn);
        return;
    }
  }

  /**
   * How many calls may start while the list is unknown. Until the first calls have shown what they are, which takes
   * about as long as one rings, there are no more than a few for every two agents.
   */
  coldRoom(floor: Floor): number {
    if (this.answer.known >= COLD_CALLS) return Number.POSITIVE_INFINITY;
    return Math.max(0, Math.ceil(COLD_RATIO * floor.ready) - floor.calls.size);
  }

  /** Share of the threshold that is taken as long as few talks were seen: the forecast rests on what is only believed. */
  get prudence(): number {
    return 1 - COLD_PRUDENCE * 2 ** (-this.release.talksSeen / COLD_TALKS);
  }

  private priorOf(call: CallRow): number {
    return openChance(this.chance.placed(call.chance) ?? this.answer.now().mean);
  }

  /** Keeps up with time: called before anything else happens at `now`. */
  advance(now: number, { signedIn, talking, wrapup, agents }: Floor): void {
    const seconds = Number.isNaN(this.at) ? 0 : (now - this.at) / 1000;
    this.at = now;
    // After a gap that long nobody knows who did what.
    if (seconds > 0 && seconds < 600) this.release.spend(seconds, talking, wrapup);
    const news = this.exposure.advance(now, this.flight.untilPresented);
    if (news === undefined) return;
    this.release.watch(agents, now);
    this.spells.learn(now, news.exposure, news.answers);
    this.answer.learn(news.exposure, news.answers, Math.max(1, signedIn / TEAM_OF_MEMORIES), this.spells);
    this.back.learn(now, news.exposure, news.answers);
  }

  /** Takes news into the tables when there are enough of them, or when what is there has grown old. */
  refresh(floor: Floor): void {
    const age = floor.now - this.rebuiltAt;
    const due = this.news > 0.02 * this.known + 1 && age >= (this.known < 500 ? 5_000 : 15_000);
    const isOld = age >= 60_000 || (age >= 2_000 && this.release.isSurprised);
    if (!due && !isOld) {
      this.refreshFlight(floor.now);
      return;
    }
    this.known = Math.min(20_000, this.known + this.news);
    this.news = 0;
    this.rebuiltAt = floor.now;
    this.release.rebuild(floor.agents.values(), floor.now);
    this.rebuildFlight(floor.now);
  }

  /** The tables of calls in flight cost far less than those of agents, so they follow a change of the list more closely. */
  private refreshFlight(now: number): void {
    const age = now - this.flightAt;
    if (age < 2_000) return;
    if (this.flight.isSurprised || (age >= 5_000 && this.flight.isUnsettled)) this.rebuildFlight(now);
  }

  private rebuildFlight(now: number): void {
    this.flightAt = now;
    this.flight.rebuild(this.release.freeAfter, this.release.worth);
  }

  toJSON(): Record<string, unknown> {
    const { answer, back, spells, chance, flight, release, threshold, ledger, calibration } = this;
    return { answer, back, spells, chance, flight, release, threshold, ledger, calibration };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if ('answer' in stored) this.answer.load(stored.answer);
    if ('back' in stored) this.back.load(stored.back);
    if ('spells' in stored) this.spells.load(stored.spells);
    if ('chance' in stored) this.chance.load(stored.chance);
    if ('flight' in stored) this.flight.load(stored.flight);
    if ('release' in stored) this.release.load(stored.release);
    if ('threshold' in stored) this.threshold.load(stored.threshold);
    if ('ledger' in stored) this.ledger.load(stored.ledger);
    if ('calibration' in stored) this.calibration.load(stored.calibration);
    this.rebuiltAt = Number.NEGATIVE_INFINITY;
  }
}
