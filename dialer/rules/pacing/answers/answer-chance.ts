import { clamp, fromLogit, logit } from '../numbers.ts';

/** Doubt about the estimates before any was checked: standard deviations of offset and slope. */
const OFFSET_SD = 0.7;
const SLOPE_SD = 0.3;
/** Estimates beyond these say no more than they do: nobody is that sure of a person. */
const LEAST = 0.01;
const MOST = 0.99;
const LEAST_SLOPE = -1;
const MOST_SLOPE = 2;
/** How far offset and slope may drift from call to call (variances): about 0.25 and 0.06 over five hundred calls. */
const OFFSET_DRIFT = 1.2e-4;
const SLOPE_DRIFT = 8e-6;

const logOdds = (chance: number): number => logit(clamp(chance, LEAST, MOST));

/**
 * Checks the engine's own estimates that a call will be answered, and corrects them.
 *
 * Corrected log-odds = offset + slope × given log-odds (the logistic recalibration of Cox 1958): the offset takes out a
 * bias, the slope takes back estimates that are bolder than they are good, down to 0 where they say nothing, and below where they say the contrary.
 * Both are followed with a Gaussian posterior updated call by call (one Newton step each, as in an extended
 * Kalman filter), which forgets slowly.
 */
export class AnswerChance {
  private offset = 0;
  private slope = 1;
  private varOffset = OFFSET_SD ** 2;
  private covariance = 0;
  private varSlope = SLOPE_SD ** 2;
  private typical = 0;
  private given = 0;
  private known = 0;
  private calls = 0;

  /** Corrected chance that a call with the given estimate is presented. */
  corrected(chance: number): number {
    return clamp(fromLogit(this.offset + this.slope * logOdds(chance)), 0.002, 0.995);
  }

  /** A call was placed, perhaps with an estimate: keeps what calls are like now. Returns the corrected chance. */
  placed(chance: number | undefined): number | undefined {
    const fade = 0.98;
    this.calls = this.calls * fade + 1;
    this.known *= fade;
    this.typical *= fade;
    this.given *= fade;
    if (chance === undefined) return undefined;
    const corrected = this.corrected(chance);
    this.known += 1;
    this.typical += corrected;
    this.given += logOdds(chance);
    return corrected;
  }

  /** Chance to expect of a call placed next, where `base` is that of calls without an estimate. */
  expected(base: number): number {
    return this.calls > 0 ? (this.typical + (this.calls - this.known) * base) / this.calls : base;
  }

  /** Relative doubt (standard deviation ÷ mean) about the corrected chance of a call like the last ones, which is `typical`. */
  doubt(typical: number): number {
    const x = this.known > 0 ? this.given / this.known : 0;
    const variance = this.varOffset + 2 * this.covariance * x + this.varSlope * x * x;
    return Math.sqrt(Math.max(0, variance)) * (1 - typical);
  }

  /** Whether recent calls came with estimates at all. */
  get inUse(): boolean {
    return this.known > 0.05 * this.calls;
  }

  /** What became of a call with an estimate. */
  learn(chance: number, presented: boolean): void {
    const x = logOdds(chance);
    this.varOffset = Math.min(OFFSET_SD ** 2, this.varOffset + OFFSET_DRIFT);
    this.varSlope = Math.min(SLOPE_SD ** 2, this.varSlope + SLOPE_DRIFT);
    const p = fromLogit(this.offset + this.slope * x);
    const information = p * (1 - p);
    const gainOffset = this.varOffset + this.covariance * x;
    const gainSlope = this.covariance + this.varSlope * x;
    const scale = 1 / (1 + information * (gainOffset + gainSlope * x));
    const error = (presented ? 1 : 0) - p;
    this.offset = clamp(this.offset + scale * gainOffset * error, -5, 5);
    this.slope = clamp(this.slope + scale * gainSlope * error, LEAST_SLOPE, MOST_SLOPE);
    this.varOffset -= information * scale * gainOffset * gainOffset;
    this.covariance -= information * scale * gainOffset * gainSlope;
    this.varSlope -= information * scale * gainSlope * gainSlope;
  }

  toJSON(): unknown {
    const { offset, slope, varOffset, covariance, varSlope } = this;
    return { offset, slope, varOffset, covariance, varSlope };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if (!('offset' in stored && 'slope' in stored && 'varOffset' in stored)) return;
    if (!('covariance' in stored && 'varSlope' in stored)) return;
    const { offset, slope, varOffset, covariance, varSlope } = stored;
    if (typeof offset !== 'number' || typeof slope !== 'number' || typeof covariance !== 'number') return;
    if (typeof varOffset !== 'number' || typeof varSlope !== 'number') return;
    const sound = varOffset > 0 && varSlope > 0 && covariance * covariance <= varOffset * varSlope;
    if (!sound || Math.abs(offset) > 5 || slope < LEAST_SLOPE || slope > MOST_SLOPE) return;
    Object.assign(this, { offset, slope, varOffset, covariance, varSlope });
  }
}
