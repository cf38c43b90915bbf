import { FadingCounts } from '../fading.ts';

/** What is believed of a hazard before, and beside, what was seen of it. */
export type Belief = {
  /** How many pseudo-ends in each band the belief is worth. */
  ends: number;
  /** Chance of ending within one second by band; absent: the estimator's own overall rate. */
  rates?: readonly number[];
  /** Factor on that by age (s). */
  factor: (age: number) => number;
  /** Lower ends of coarse groups of bands, s, ascending, first 0. */
  groups: readonly number[];
};

/** How many pseudo-ends in each coarse group the belief is worth. */
const GROUP_ENDS = 2;

/**
 * How likely something ends in the next second, by its age so far: a discrete hazard.
 *
 * In each age band the estimate is ends ÷ time at risk, the maximum-likelihood (occurrence/exposure) rate of life
 * tables, with a Gamma prior of a few pseudo-ends at the overall rate (Gamma is conjugate to exponential waiting
 * times). Durations still running count as time at risk, so long ones are not overlooked while they last.
 */
export class HazardByAge {
  private readonly edges: readonly number[];
  private readonly ends: FadingCounts;
  private readonly exposure: FadingCounts;
  private readonly priorMeanS: number;

  /** @param edges lower ends of the age bands, s, ascending, first 0. @param priorMeanS believed mean length before anything was seen. */
  constructor(edges: readonly number[], priorMeanS: number) {
    this.edges = edges;
    this.ends = new FadingCounts(edges.length);
    this.exposure = new FadingCounts(edges.length);
    this.priorMeanS = priorMeanS;
  }

  get seen(): number {
    return this.ends.total;
  }

  /** Learns one finished duration (s). */
  learn(seconds: number, halfLife: number): void {
    if (!(seconds >= 0)) return;
    this.ends.fade(halfLife);
    this.exposure.fade(halfLife);
    this.expose(this.exposure, seconds);
    this.ends.add(this.bandOf(seconds));
  }

  /** Something ended at this age (s), whose time at risk `outlive` has counted as it went by. */
  end(seconds: number, halfLife: number): void {
    this.ends.fade(halfLife);
    this.exposure.fade(halfLife);
    this.ends.add(this.bandOf(seconds));
  }

  /** Something of this age (s) went on for so many seconds. */
  outlive(age: number, seconds: number): void {
    this.exposure.add(this.bandOf(age), seconds);
  }

  /** Forgets all, and begins with these ends and times at risk (s) by band. */
  restart(ends: Float64Array, seconds: Float64Array): void {
    this.ends.restart(ends);
    this.exposure.restart(seconds);
  }

  /** By what factor these rates together are off (ends ÷ foretold ends). @param prior how many pseudo-ends it is worth that they are not */
  factorOn(perSecond: readonly number[], prior: number): number {
    const foretold = perSecond.reduce((sum, chance, band) => sum - this.exposure.at(band) * Math.log(1 - chance), 0);
    return (this.ends.total + prior) / (foretold + prior);
  }

  bandOf(seconds: number): number {
    let band = this.edges.length - 1;
    while (band > 0 && seconds < (this.edges[band] ?? 0)) band--;
    return band;
  }

  private expose(into: FadingCounts, seconds: number): void {
    for (let band = 0; band < this.edges.length; band++) {
      const low = this.edges[band] ?? 0;
      if (seconds <= low) break;
      const high = this.edges[band + 1] ?? Number.POSITIVE_INFINITY;
      into.add(band, Math.min(seconds, high) - low);
    }
  }

  /**
   * Chance of ending within one second for every band.
   * @param running ages (s) of durations still going on
   */
  perSecond(running: Iterable<number>, belief: Belief): number[] {
    const open = new FadingCounts(this.edges.length);
    for (const age of running) this.expose(open, age);
    const atRisk = (band: number): number => this.exposure.at(band) + open.at(band);
    const overall = (this.ends.total + 3) / (this.exposure.total + open.total + 3 * this.priorMeanS);
    const believed = this.edges.map((edge, band) => {
      const given = belief.rates?.[band];
      const rate = given === undefined ? overall : -Math.log(1 - Math.min(0.999, given));
      return Math.max(1e-6, rate * belief.factor(edge));
    });
    // Neighbouring bands first learn together by what factor the belief is off (ends ÷ foretold ends), then each for itself.
    const groups = this.edges.map((edge) => belief.groups.filter((from) => from <= edge).length);
    const seen = belief.groups.map(() => ({ ends: GROUP_ENDS, foretold: GROUP_ENDS }));
    groups.forEach((group, band) => {
      const sum = seen[group - 1];
      if (sum === undefined) return;
      sum.ends += this.ends.at(band);
      sum.foretold += atRisk(band) * (believed[band] ?? 0);
    });
    return believed.map((rate, band) => {
      const sum = seen[(groups[band] ?? 0) - 1];
      const target = sum === undefined ? rate : (rate * sum.ends) / sum.foretold;
      const fitted = (this.ends.at(band) + belief.ends) / (atRisk(band) + belief.ends / target);
      return Math.min(0.999, 1 - Math.exp(-fitted));
    });
  }

  toJSON(): { ends: number[]; exposure: number[] } {
    return { ends: this.ends.toJSON(), exposure: this.exposure.toJSON() };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null || !('ends' in stored) || !('exposure' in stored)) return;
    // What was learnt in other bands would be read as of other ages.
    const isMine = (list: unknown): boolean => Array.isArray(list) && list.length === this.edges.length;
    if (!isMine(stored.ends) || !isMine(stored.exposure)) return;
    this.ends.load(stored.ends);
    this.exposure.load(stored.exposure);
  }
}
