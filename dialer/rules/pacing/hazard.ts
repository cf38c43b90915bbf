import { FadingCounts } from './fading.ts';

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
   * @param prior the rate (per second) each band is drawn to; absent: this estimator's own overall rate
   * @param priorEnds how many pseudo-ends that is worth
   */
  perSecond(running: Iterable<number>, priorEnds: number, prior?: readonly number[]): number[] {
    const open = new FadingCounts(this.edges.length);
    for (const age of running) this.expose(open, age);
    const overall = (this.ends.total + 3) / (this.exposure.total + open.total + 3 * this.priorMeanS);
    return this.edges.map((_, band) => {
      const target = Math.max(
        1e-6,
        prior === undefined ? overall : -Math.log(1 - Math.min(0.999, prior[band] ?? overall)),
      );
      const rate = (this.ends.at(band) + priorEnds) / (this.exposure.at(band) + open.at(band) + priorEnds / target);
      return Math.min(0.999, 1 - Math.exp(-rate));
    });
  }

  toJSON(): { ends: number[]; exposure: number[] } {
    return { ends: this.ends.toJSON(), exposure: this.exposure.toJSON() };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null || !('ends' in stored) || !('exposure' in stored)) return;
    this.ends.load(stored.ends);
    this.exposure.load(stored.exposure);
  }
}
