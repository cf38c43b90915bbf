import { loadLately } from '../short-memories.ts';
import { Cohorts, type Rates } from './cohorts.ts';
import { type Belief, HazardByAge } from './hazard.ts';

/** Lower ends of the age bands; of the groups of them in which the short memories learn how far the long one is off, taking its shape within them; s. */
export type Ages = { edges: readonly number[]; groups: readonly number[] };

/** The memories of what lengths are lately hold so many of them for each agent, and at least so many. */
const LATELY = [
  { perAgent: 1, least: 40 },
  { perAgent: 4, least: 160 },
] as const;
const LATELY_ENDS = 10;
/** Before the groups all ages learn by what factor the long memory is off; that it is not is worth so many pseudo-ends: half of one, for a change may be of any size. */
const FACTOR_ENDS = 0.5;
/** The first memory begins anew with the talks begun since a change, and is believed so far at once. */
const NEWEST = 1;
const BELIEVED_CHANGE = 0.9;
/** Belief moves to another memory at this rate with each end, so that a change can always be followed. */
const SHARE = 0.002;
/** After a longer gap nobody knows who did what. */
const LONGEST_WATCH_MS = 60_000;
/** A change is looked for so often. */
const SEARCH_MS = 2_000;

/**
 * How likely a talk, or a wrap-up, ends within its next second, by its age, followed through changes of what is talked about.
 *
 * The long memory knows the shape, and would need most of an hour to notice that talks last twice as long from one minute to the next.
 * So short memories run beside it, and each is weighted by how well it foretold the ends so far (fixed-share mixing, as
 * for the answer rate). Every second that a talk outlasts what a memory believes counts against it, long before that
 * talk ends: the likelihood of a censored life is its survival.
 *
 * A sudden change shows first in the talks that began since, while the others end as of old (`cohorts.ts`). Once it is believed the shortest
 * memory knows those talks alone, only they count for the short memories and for what is believed of them, and those of before keep their law.
 */
export class LengthLaw {
  private readonly edges: readonly number[];
  private readonly groups: readonly number[];
  /** The band of each whole second. */
  private readonly bands: Int8Array;
  private readonly long: HazardByAge;
  private readonly lately: HazardByAge[];
  /** Ends in a second by memory and band, as of the last rebuild; the long memory first. */
  private rates: number[][] = [];
  private belief = [1, ...LATELY.map(() => 0)];
  /** The law in use: ends in a second by band, as believed at the last rebuild. */
  private used: number[] = [];
  private readonly cohorts: Cohorts;
  /** What began before is of another kind, and this was its law: chance to end within a second, by band. */
  private changedAt = Number.NEGATIVE_INFINITY;
  private before: number[] | undefined;
  private searchedAt = Number.NEGATIVE_INFINITY;
  /** Whether a change is not in use yet. */
  private hasChanged = false;
  private watchedAt = Number.NaN;
  /** Time not taken in yet, s, by band. */
  private readonly spent: Float64Array;
  /** Those that ended since the last rebuild, and how many the law in use foretold. */
  private ended = 0;
  private foretold = 0;

  /** @param priorMeanS believed mean length before anything was seen */
  constructor({ edges, groups }: Ages, priorMeanS: number) {
    this.edges = edges;
    this.groups = groups;
    const last = edges.at(-1) ?? 0;
    this.bands = Int8Array.from({ length: last + 1 }, (_, age) => edges.filter((edge) => edge <= age).length - 1);
    this.long = new HazardByAge(edges, priorMeanS);
    this.lately = LATELY.map(() => new HazardByAge(edges, priorMeanS));
    this.cohorts = new Cohorts(edges.length);
    this.spent = new Float64Array(edges.length);
  }

  get seen(): number {
    return this.long.seen;
  }

  bandOf(age: number): number {
    return this.bands[Math.max(0, Math.min(this.bands.length - 1, Math.floor(age)))] ?? 0;
  }

  /** Whether since the last rebuild more or fewer ended than foretold, by more than luck. */
  get isSurprised(): boolean {
    return this.hasChanged || Math.abs(this.ended - this.foretold) > 3 * Math.sqrt(this.foretold) + 3;
  }

  /**
   * Relative variance of how likely they end, where that is known from few: all of them may go on for longer
   * (a Gamma posterior's variance).
   */
  get doubt(): number {
    return (this.belief[NEWEST] ?? 0) / ((this.lately[0]?.seen ?? 0) + FACTOR_ENDS);
  }

  /** The law of those that began before the last change, and the age from which on it is meant. */
  older(now: number): { perSecond: readonly number[]; age: number } | undefined {
    return this.before && { perSecond: this.before, age: (now - this.changedAt) / 1000 };
  }

  /** Accounts the time since the last call to those that go on. @param since when each began, ms */
  watch(now: number, since: readonly number[]): void {
    const from = this.watchedAt;
    this.watchedAt = now;
    if (!(now - from < LONGEST_WATCH_MS)) return;
    for (const start of since) this.outlasted(start, Math.max(start, from), now);
    this.believe(this.account().map((foretold) => -foretold));
    if (!this.hasChanged && now - this.searchedAt >= SEARCH_MS) this.lookForChange(now);
  }

  /** One ended now, after so many seconds. @param halfLife of the long memory, ends */
  learn(now: number, seconds: number, halfLife: number, agents: number): void {
    if (!(seconds >= 0)) return;
    const start = now - 1000 * seconds;
    if (now - this.watchedAt < LONGEST_WATCH_MS) this.outlasted(start, Math.max(start, this.watchedAt), now);
    const foretold = this.account();
    this.long.learn(seconds, halfLife);
    const band = this.bandOf(seconds);
    if (start < this.changedAt) {
      this.believe(foretold.map((ends) => -ends));
      return;
    }
    this.ended++;
    this.cohorts.end(start, band, this.ofCohorts);
    this.lately.forEach((law, i) => {
      const { perAgent = 1, least = 1 } = LATELY[i] ?? {};
      law.end(seconds, Math.max(least, perAgent * agents));
    });
    const gains = foretold.map((ends, i) => Math.log(this.rates[i]?.[band] ?? 1) - ends);
    this.believe(gains, SHARE);
  }

  /** One that began at `start` went on for the time between. */
  private outlasted(start: number, from: number, until: number): void {
    const seconds = (until - from) / 1000;
    if (!(seconds > 0) || start < this.changedAt) return;
    const band = this.bandOf((from + until) / 2000 - start / 1000);
    this.spent[band] = (this.spent[band] ?? 0) + seconds;
    this.cohorts.outlasted(start, band, seconds, this.ofCohorts);
  }

  /** Takes in the time spent since; returns how many ends each memory foretold in it. */
  private account(): number[] {
    const foretold = this.belief.map(() => 0);
    for (let band = 0; band < this.edges.length; band++) {
      const seconds = this.spent[band] ?? 0;
      if (seconds === 0) continue;
      this.spent[band] = 0;
      for (const law of this.lately) law.outlive(this.edges[band] ?? 0, seconds);
      for (let i = 0; i < this.rates.length; i++) {
        const ends = seconds * (this.rates[i]?.[band] ?? 0);
        foretold[i] = (foretold[i] ?? 0) + ends;
      }
      this.foretold += seconds * (this.used[band] ?? 0);
    }
    return foretold;
  }

  private get ofCohorts(): Rates {
    return { long: this.rates[0] ?? [], used: this.used };
  }

  private lookForChange(now: number): void {
    this.searchedAt = now;
    const change = this.cohorts.change();
    if (change === undefined) return;
    this.before = this.used.map(chanceOf);
    this.changedAt = change.since;
    this.hasChanged = true;
    this.lately[0]?.restart(change.ends, change.seconds);
    this.belief = this.belief.map((share, i) => (1 - BELIEVED_CHANGE) * share + (i === NEWEST ? BELIEVED_CHANGE : 0));
  }

  private believe(gains: number[], share = 0): void {
    if (this.rates.length === 0) return;
    let best = Number.NEGATIVE_INFINITY;
    const weights = gains.map((gain, i) => gain + Math.log(this.belief[i] ?? 0));
    for (const log of weights) best = Math.max(best, log);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] = Math.exp((weights[i] ?? 0) - best);
    for (let i = 0; i < weights.length; i++)
      weights[i] = ((weights[i] ?? 0) / sum) * (1 - share) + share / weights.length;
    this.belief = weights;
  }

  /** Chance of ending within one second, by band. @param running ages (s) of those that go on */
  perSecond(running: readonly number[], atFirst: Belief): number[] {
    const long = this.long.perSecond(running, atFirst);
    const lately = this.lately.map((law) => {
      const factor = law.factorOn(long, FACTOR_ENDS);
      return law.perSecond([], { ends: LATELY_ENDS, rates: long, groups: this.groups, factor: () => factor });
    });
    const chances = [long, ...lately];
    this.ended = this.foretold = 0;
    this.hasChanged = false;
    this.rates = chances.map((memory) => memory.map(rateOf));
    const believed = long.map((_, band) =>
      chances.reduce((sum, memory, i) => sum + (this.belief[i] ?? 0) * (memory[band] ?? 0), 0),
    );
    this.used = believed.map(rateOf);
    return believed;
  }

  toJSON(): unknown {
    return { ...this.long.toJSON(), lately: this.lately, belief: this.belief };
  }

  load(stored: unknown): void {
    this.long.load(stored);
    this.belief = loadLately(stored, this.lately) ?? this.belief;
  }
}

/** Ends in a second, and the chance of one within it. */
const rateOf = (chance: number): number => -Math.log(1 - chance);
const chanceOf = (rate: number): number => 1 - Math.exp(-rate);
