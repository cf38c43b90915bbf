/** Talks are told apart by when they began, in steps of so long, and so many steps are searched. */
const STEP_MS = 2_500;
const STEPS = 120;
/**
 * Talks begun since a moment are of another kind if they say so by this log-likelihood ratio and end so many times as often or as seldom.
 * That they are shorter must be far surer: talks come in bunches (machines taken for people are answered together, and soon over), and to
 * believe it late costs no customer.
 */
const SURE = { longer: 9, shorter: 25 } as const;
const LEAST_RATIO = 2.5;

/** What the talks begun since a moment did: that moment, ms, and by age band their ends and the time in which they could, s. */
export type Change = { since: number; ends: Float64Array; seconds: Float64Array };
/** Ends in a second, by age band: of the long memory, and of the law in use. */
export type Rates = { long: readonly number[]; used: readonly number[] };

/**
 * Whether the talks that began since some moment of the last minutes are of another kind than those before: a new offer, another list.
 * Who talked before that moment goes on as of old, so only talks that began together are compared.
 *
 * The question is how much better they fit the long memory's law with all its rates times a factor of their own than the law in
 * use, as it foretold them (likelihood ratio). That a talk goes on counts with every second: a life that has not ended yet is as
 * likely as its survival.
 */
export class Cohorts {
  private readonly bands: number;
  private readonly ends: Float64Array;
  private readonly seconds: Float64Array;
  /** By step: ends seen, foretold by the long memory and by the law in use, and the latter's log-likelihood over the former's. */
  private readonly ended = new Float64Array(STEPS);
  private readonly foretold = new Float64Array(STEPS);
  private readonly used = new Float64Array(STEPS);
  private readonly gain = new Float64Array(STEPS);
  /** Number of the newest step. */
  private newest = Number.NaN;

  constructor(bands: number) {
    this.bands = bands;
    this.ends = new Float64Array(STEPS * bands);
    this.seconds = new Float64Array(STEPS * bands);
  }

  /** A talk begun at `start` (ms) went on for some seconds in this age band. */
  outlasted(start: number, band: number, seconds: number, { long, used }: Rates): void {
    const place = this.placeOf(start);
    if (place === undefined) return;
    const at = place * this.bands + band;
    const foretold = seconds * (long[band] ?? 0);
    const inUse = seconds * (used[band] ?? 0);
    this.seconds[at] = (this.seconds[at] ?? 0) + seconds;
    this.foretold[place] = (this.foretold[place] ?? 0) + foretold;
    this.used[place] = (this.used[place] ?? 0) + inUse;
    this.gain[place] = (this.gain[place] ?? 0) + foretold - inUse;
  }

  /** A talk begun at `start` (ms) ended in this age band. */
  end(start: number, band: number, { long, used }: Rates): void {
    const place = this.placeOf(start);
    if (place === undefined) return;
    const at = place * this.bands + band;
    this.ends[at] = (this.ends[at] ?? 0) + 1;
    this.ended[place] = (this.ended[place] ?? 0) + 1;
    this.gain[place] = (this.gain[place] ?? 0) + Math.log((used[band] ?? 1) / (long[band] ?? 1));
  }

  /** The change that explains the talks of the last minutes best, if one is to be believed. What was said for it does not count again. */
  change(): Change | undefined {
    if (Number.isNaN(this.newest)) return undefined;
    let [ended, foretold, used, gain] = [0, 0, 0, 0];
    let best = 0;
    let steps = 0;
    let place = placeOf(this.newest);
    for (let back = 1; back <= STEPS; back++) {
      ended += this.ended[place] ?? 0;
      foretold += this.foretold[place] ?? 0;
      used += this.used[place] ?? 0;
      gain += this.gain[place] ?? 0;
      place = place === 0 ? STEPS - 1 : place - 1;
      const ratio = (ended + 1) / (used + 1);
      if (ratio < LEAST_RATIO && ratio * LEAST_RATIO > 1) continue;
      const factor = (ended + 1) / (foretold + 1);
      const better = ended * Math.log(factor) - (factor - 1) * foretold - gain;
      const surely = better - (ratio > 1 ? SURE.shorter : SURE.longer);
      if (surely <= best) continue;
      best = surely;
      steps = back;
    }
    return steps === 0 ? undefined : this.takeSince(steps);
  }

  private takeSince(steps: number): Change {
    const change = {
      since: (this.newest - steps + 1) * STEP_MS,
      ends: new Float64Array(this.bands),
      seconds: new Float64Array(this.bands),
    };
    for (let back = 0; back < steps; back++) {
      const first = placeOf(this.newest - back) * this.bands;
      for (let band = 0; band < this.bands; band++) {
        change.ends[band] = (change.ends[band] ?? 0) + (this.ends[first + band] ?? 0);
        change.seconds[band] = (change.seconds[band] ?? 0) + (this.seconds[first + band] ?? 0);
      }
    }
    for (const sums of [this.ended, this.foretold, this.used, this.gain]) sums.fill(0);
    return change;
  }

  /** The place of the talks begun then; undefined where that is too long ago. */
  private placeOf(start: number): number | undefined {
    const step = Math.floor(start / STEP_MS);
    if (!(this.newest >= step)) this.turnTo(step);
    return step > this.newest - STEPS ? placeOf(step) : undefined;
  }

  /** A new step has begun: those whose places it and the ones passed over take are forgotten. */
  private turnTo(step: number): void {
    const passed = Math.min(STEPS, Number.isNaN(this.newest) ? STEPS : step - this.newest);
    this.newest = step;
    for (let back = 0; back < passed; back++) {
      const place = placeOf(step - back);
      for (const sums of [this.ended, this.foretold, this.used, this.gain]) sums[place] = 0;
      for (const bands of [this.ends, this.seconds]) bands.fill(0, place * this.bands, (place + 1) * this.bands);
    }
  }
}

/** Steps come round: the place of each. */
const placeOf = (step: number): number => ((step % STEPS) + STEPS) % STEPS;
