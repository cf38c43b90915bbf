import { TalkWorth } from '../answers/talk-worth.ts';
import type { AgentRow, Fact } from '../floor/floor-rows.ts';
import { COLUMNS, columnTime, LAST_SECOND } from '../horizon.ts';
import { clamp } from '../numbers.ts';
import type { Id } from '../policy.ts';
import { TalkLaw } from './talk-law.ts';
import { TALK_CLASSES, WrapLaw } from './wrap-law.ts';

/** Talk time over which the share of wrap-up is remembered, s: some hundred talks. */
const TIME_MEMORY_S = 36_000;
const TALK_AGES = 600;
const WRAP_AGES = 200;
const AGEING_S = 5;

type Ended = Pick<Extract<Fact, { fact: 'wrapup-ended' }>, 'wrapMs' | 'talkMs' | 'to'>;

/**
 * When busy agents will be free: for a talk or a wrap-up of a given age, the chance of being ready within each of the
 * forecast's horizons. Talk and wrap-up are two stages with hazards by age, the second one by class of talk length; the
 * joint distribution follows by recursion over seconds (a discrete semi-Markov chain).
 */
export class AgentRelease {
  readonly talk = new TalkLaw();
  private readonly wrap = new WrapLaw();
  private talks = 3;
  private talkTime = 300;
  private wrapTime = 50;
  private readonly answer = new TalkWorth();
  private stayed = 30;
  private left = 0.6;
  /** Chances of being ready at each column, in rows by age: those of talks, then of wrap-up by class. */
  readonly table = new Float64Array((TALK_AGES + TALK_CLASSES.length * WRAP_AGES) * COLUMNS);
  /** Chance that an agent who starts a talk now is free again after so many seconds. */
  freeAfter: Float64Array = new Float64Array(LAST_SECOND + 1);
  /**
   * The recursions' room, by age: that it ends in this second (and leads to ready), that it goes on, and the chance of being ready a
   * second earlier. Each age reads the next one's chance before that is overwritten, so one row serves for both seconds.
   */
  private readonly work = {
    ends: new Float64Array(TALK_AGES),
    goesOn: new Float64Array(TALK_AGES),
    chances: new Float64Array(TALK_AGES),
  };
  private readonly graceS: number;

  constructor(graceMs: number) {
    this.graceS = Math.round(graceMs / 1000);
  }

  get talksSeen(): number {
    return this.talk.seen;
  }

  /** What an answer is worth, 0 to 1. */
  get worth(): number {
    return this.answer.value;
  }

  /** Mean time that a call takes an agent, talk and wrap-up, s. */
  get serviceTime(): number {
    return (this.talkTime + this.wrapTime) / Math.max(0.1, this.talks);
  }

  /** Wrap-up ÷ talk time: of time spent, not of talks that ended, because those that end first are the short ones. */
  get wrapupPerTalk(): number {
    return this.wrapTime / Math.max(1, this.talkTime);
  }

  /** So many seconds passed with so many agents talking and wrapping up. */
  spend(seconds: number, talking: number, wrapup: number): void {
    const keep = Math.exp((-seconds * talking) / TIME_MEMORY_S);
    this.talks *= keep;
    this.talkTime = this.talkTime * keep + seconds * talking;
    this.wrapTime = this.wrapTime * keep + seconds * wrapup;
  }

  /** Whether what is in use no longer fits the talks and wrap-ups of the last seconds. */
  get isSurprised(): boolean {
    return this.talk.isSurprised || this.wrap.isSurprised;
  }

  /** Every second that a talk goes on says something of how long talks are; wrap-ups too. */
  watch(agents: Map<Id, AgentRow>, now: number): void {
    const since: number[] = [];
    for (const agent of agents.values()) if (agent.state === 'talking') since.push(agent.since);
    this.talk.watch(now, since);
    this.wrap.watch(agents.values(), now);
  }

  learnTalk(now: number, seconds: number, halfLife: number, agents: number): void {
    this.talks++;
    this.answer.learn(seconds);
    this.talk.learn(now, seconds, halfLife, agents);
  }

  learnWrapup(now: number, { wrapMs, talkMs, to }: Ended, halfLife: number, agents: number): void {
    if (to === 'ready') this.wrap.learn(now, wrapMs / 1000, talkMs / 1000, halfLife, agents);
    // Agents also leave on their own; how often is learnt with a memory of a few hundred calls.
    this.stayed = this.stayed * 0.997 + (to === 'ready' ? 1 : 0);
    this.left = this.left * 0.997 + (to === 'gone' ? 1 : 0);
  }

  /** Computes the tables anew; `busy` are the agents whose talk or wrap-up is still running. */
  rebuild(busy: Iterable<AgentRow>, now: number): void {
    const talks: number[] = [];
    const wraps: number[][] = TALK_CLASSES.map(() => []);
    for (const agent of busy) {
      const age = (now - agent.since) / 1000;
      if (agent.state === 'talking') talks.push(age);
      else if (agent.state === 'wrapup') wraps[this.wrap.classOf(agent.talkMs / 1000)]?.push(age);
    }
    const stays = this.stayed / (this.stayed + this.left);
    const fromWrap = this.wrap.perSecond(wraps).map((perSecond, index) => this.wrapTable(perSecond, stays, index));
    this.talkTable(talks, fromWrap, now);
  }

  /** Fills one class's table and returns, for age 0, the chance of being ready after 0, 1, 2 … seconds. */
  private wrapTable(perSecond: number[], stays: number, index: number): Float64Array {
    const fresh = new Float64Array(LAST_SECOND + this.graceS + 1);
    const { ends, goesOn, chances } = this.work;
    for (let age = 0; age < WRAP_AGES; age++) {
      const now = perSecond[this.wrap.bandOf(age)] ?? 0.05;
      ends[age] = now * stays;
      goesOn[age] = 1 - now;
    }
    chances.fill(0);
    const last = WRAP_AGES - 1;
    for (let t = 1; t < fresh.length; t++) {
      for (let age = 0; age < last; age++)
        chances[age] = (ends[age] ?? 0) + (goesOn[age] ?? 0) * (chances[age + 1] ?? 0);
      chances[last] = (ends[last] ?? 0) + (goesOn[last] ?? 0) * (chances[last] ?? 0);
      this.store(TALK_AGES + index * WRAP_AGES, WRAP_AGES, t);
      fresh[t] = chances[0] ?? 0;
    }
    return fresh;
  }

  /** Fills the table of talks: while there are any from before a change, those ages by the law they began under. */
  private talkTable(talks: readonly number[], fromWrap: Float64Array[], now: number): void {
    const young = this.talk.perSecond(talks);
    const older = this.talk.older(now);
    const hasOlder = older !== undefined && talks.some((age) => age >= older.age);
    if (hasOlder) this.talkTableFrom(older.perSecond, fromWrap, TALK_AGES);
    // Those begun since grow older until the table is made anew.
    this.talkTableFrom(young, fromWrap, hasOlder ? Math.min(TALK_AGES, Math.ceil(older.age) + AGEING_S) : TALK_AGES);
  }

  /** Fills the rows of talks up to so many seconds old. */
  private talkTableFrom(perSecond: readonly number[], fromWrap: Float64Array[], ages: number): void {
    this.freeAfter = new Float64Array(LAST_SECOND + this.graceS + 1);
    const { ends, goesOn, chances } = this.work;
    for (let age = 0; age < TALK_AGES; age++) {
      const now = perSecond[this.talk.bandOf(age)] ?? 0.01;
      ends[age] = now;
      goesOn[age] = 1 - now;
    }
    chances.fill(0);
    const last = TALK_AGES - 1;
    for (let t = 1; t < this.freeAfter.length; t++) {
      const oldest = chances[last] ?? 0;
      for (let wrap = 0, age = 0; wrap < TALK_CLASSES.length; wrap++) {
        const wrapped = fromWrap[wrap]?.[t - 1] ?? 0;
        for (const until = TALK_CLASSES[wrap + 1] ?? last; age < until; age++)
          chances[age] = (ends[age] ?? 0) * wrapped + (goesOn[age] ?? 0) * (chances[age + 1] ?? 0);
        if (age === last) chances[last] = (ends[last] ?? 0) * wrapped + (goesOn[last] ?? 0) * oldest;
      }
      this.store(0, ages, t);
      this.freeAfter[t] = chances[0] ?? 0;
    }
  }

  /** Keeps the chances of one instant if it is one of the columns (each read a grace later: a caller may wait that long). */
  private store(first: number, ages: number, t: number): void {
    const column = (t - this.graceS - 1) / 2;
    if (column < 0 || !Number.isInteger(column) || column >= COLUMNS || columnTime(column) + this.graceS !== t) return;
    const { table } = this;
    const { chances } = this.work;
    for (let age = 0; age < ages; age++) table[(first + age) * COLUMNS + column] = chances[age] ?? 0;
  }

  /** Where a busy agent's row begins in the table. */
  row(agent: AgentRow, now: number): number {
    const age = Math.floor((now - agent.since) / 1000);
    if (agent.state === 'talking') return clamp(age, 0, TALK_AGES - 1) * COLUMNS;
    const first = TALK_AGES + this.wrap.classOf(agent.talkMs / 1000) * WRAP_AGES;
    return (first + clamp(age, 0, WRAP_AGES - 1)) * COLUMNS;
  }

  toJSON(): unknown {
    return {
      talk: this.talk,
      ...this.wrap.toJSON(),
      stayed: this.stayed,
      left: this.left,
      talks: this.talks,
      talkTime: this.talkTime,
      wrapTime: this.wrapTime,
    };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if ('talk' in stored) this.talk.load(stored.talk);
    this.wrap.load(stored);
    this.loadRatios(stored);
  }

  private loadRatios(stored: object): void {
    const sound = (pair: unknown[]): pair is number[] =>
      pair.every((value) => typeof value === 'number' && value >= 0 && value < 1e9);
    const numbers = new Map<string, unknown>(Object.entries(stored));
    const presence = ['stayed', 'left'].map((key) => numbers.get(key));
    const times = ['talkTime', 'wrapTime', 'talks'].map((key) => numbers.get(key));
    if (sound(presence)) [this.stayed = 30, this.left = 0.6] = presence;
    if (sound(times)) [this.talkTime = 300, this.wrapTime = 50, this.talks = 3] = times;
  }
}
