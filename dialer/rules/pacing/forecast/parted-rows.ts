/**
 * Rows of one table, each taken in part: the chances at every column of many independent events, without copying any.
 * Filled anew for every picture, so that nothing is allocated while it is taken.
 */
export class PartedRows {
  table: Float64Array = new Float64Array(0);
  /** Where each row begins in the table. */
  offsets = new Int32Array(64);
  /** The share of each row that is believed. */
  shares = new Float64Array(64);
  count = 0;

  start(table: Float64Array): void {
    this.table = table;
    this.count = 0;
  }

  add(offset: number, share: number): void {
    if (this.count === this.shares.length) this.grow();
    this.offsets[this.count] = offset;
    this.shares[this.count] = share;
    this.count++;
  }

  private grow(): void {
    const { offsets, shares } = this;
    this.offsets = new Int32Array(2 * offsets.length);
    this.shares = new Float64Array(2 * shares.length);
    this.offsets.set(offsets);
    this.shares.set(shares);
  }
}
