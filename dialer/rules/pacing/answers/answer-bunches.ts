/** Answers are counted over so many calls in a row, of a team of up to twenty; about what is under way and decides together. */
const BUNCH_CALLS = 12;
/** A bunch counts half after so many others. */
const HALF_LIFE = 60;
/** So many deviations of luck are taken off, and so many bunches without surprise are believed to have been before. */
const LUCK = 1.5;
const PRIOR_BUNCHES = 8;

/**
 * How much more the answers of a few calls in a row differ from what was foretold than luck makes them (overdispersion, by the method of
 * moments). Lists that give way to each other within some dozen calls have changed before any memory has seen it, so the rate is believed
 * to be their mean, and to be sure; but their answers come in bunches. On a steady list this is nothing.
 */
export class AnswerBunches {
  private exposure = 0;
  private foretold = 0;
  private doubt = 0;
  private answers = 0;
  private excess = 0;
  private luck = 0;
  private weight = 0;

  /**
   * So much exposure and so many answers since the last time; see AnswerRate.
   * @param believed the rate's mean and variance as they were believed before
   */
  learn(exposure: number, answers: number, believed: { mean: number; variance: number }, stretch: number): void {
    this.exposure += exposure;
    this.foretold += exposure * believed.mean;
    this.doubt += exposure * believed.variance;
    this.answers += answers;
    if (this.exposure < BUNCH_CALLS * stretch) return;
    const usual = this.foretold + this.exposure * this.doubt;
    const fade = 2 ** (-1 / HALF_LIFE);
    // Each bunch as one of the usual size, so that those of a growing team do not outweigh the rest.
    const share = (BUNCH_CALLS / this.exposure) ** 2;
    this.excess = this.excess * fade + share * ((this.answers - this.foretold) ** 2 - usual);
    this.luck = this.luck * fade ** 2 + share ** 2 * (2 * usual ** 2 + this.foretold);
    this.weight = this.weight * fade + BUNCH_CALLS ** 2;
    this.exposure = this.foretold = this.doubt = this.answers = 0;
  }

  /** Variance of the answer rate from bunch to bunch, beyond what is believed of it and beyond luck. */
  get variance(): number {
    const excess = Math.max(0, this.excess - LUCK * Math.sqrt(this.luck));
    return excess / (this.weight + PRIOR_BUNCHES * BUNCH_CALLS ** 2);
  }

  toJSON(): unknown {
    return { excess: this.excess, luck: this.luck, weight: this.weight };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if (!('excess' in stored) || !('luck' in stored) || !('weight' in stored)) return;
    const { excess, luck, weight } = stored;
    const good = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < 1e9;
    if (!good(excess) || !good(luck) || !good(weight) || luck < 0 || weight < 0) return;
    Object.assign(this, { excess, luck, weight });
  }
}
