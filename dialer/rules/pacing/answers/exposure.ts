/** Seconds that are looked back: longer than any call takes to be presented. */
const SECONDS = 200;

/**
 * How many of the calls placed so far would by now have been presented if all ever were: the calls placed in each of
 * the last seconds, folded with how long presented calls take.
 */
export class Exposure {
  private readonly placed = new Float64Array(SECONDS);
  private second = Number.NaN;
  private answers = 0;

  countPlaced(): void {
    if (Number.isNaN(this.second)) return;
    const slot = this.second % SECONDS;
    this.placed[slot] = (this.placed[slot] ?? 0) + 1;
  }

  countAnswer(): void {
    this.answers++;
  }

  /**
   * Moves to `now` (steady ms) and returns what came since the last whole second; undefined within the same second.
   * @param total chance, by second, of how long a presented call takes from placing to presenting
   */
  advance(now: number, total: Float64Array): { exposure: number; answers: number } | undefined {
    const second = Math.max(0, Math.floor(now / 1000));
    if (Number.isNaN(this.second)) this.second = second;
    if (second <= this.second) return undefined;
    let exposure = 0;
    // After a gap longer than any call nothing of what was placed before is still to come.
    if (second - this.second > SECONDS) {
      this.placed.fill(0);
      this.second = second;
    }
    for (let at = this.second; at < second; at++) {
      for (let ago = 0; ago < total.length && ago < SECONDS && ago <= at; ago++) {
        exposure += (total[ago] ?? 0) * (this.placed[(at - ago) % SECONDS] ?? 0);
      }
      this.placed[(at + 1) % SECONDS] = 0;
    }
    this.second = second;
    const { answers } = this;
    this.answers = 0;
    return { exposure, answers };
  }
}
