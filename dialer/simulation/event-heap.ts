/**
 * Binary heap of timed events on typed arrays; events of one instant leave in the order they came.
 *
 * An event is a small integer kind and an integer reference, so that nothing is allocated per event.
 */
export class EventHeap {
  private times = new Float64Array(1024);
  private orders = new Float64Array(1024);
  private kinds = new Uint8Array(1024);
  private refs = new Int32Array(1024);
  private count = 0;
  private nextOrder = 0;

  /** Kind of the event that `pop` took out last. */
  kind = 0;
  /** Reference of the event that `pop` took out last. */
  ref = 0;

  get size(): number {
    return this.count;
  }

  /** Time of the earliest event; infinite when empty. */
  get nextTime(): number {
    return this.count === 0 ? Number.POSITIVE_INFINITY : (this.times[0] ?? 0);
  }

  push(time: number, kind: number, ref: number): void {
    if (this.count === this.times.length) this.grow();
    const order = this.nextOrder++;
    let i = this.count++;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const parentTime = this.times[parent] ?? 0;
      if (parentTime < time || (parentTime === time && (this.orders[parent] ?? 0) < order)) break;
      this.move(parent, i);
      i = parent;
    }
    this.set(i, time, order, kind, ref);
  }

  /** Takes the earliest event out into `kind` and `ref`. */
  pop(): void {
    this.kind = this.kinds[0] ?? 0;
    this.ref = this.refs[0] ?? 0;
    const last = --this.count;
    if (last <= 0) {
      this.count = 0;
      return;
    }
    const time = this.times[last] ?? 0;
    const order = this.orders[last] ?? 0;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= last) break;
      if (child + 1 < last && this.before(child + 1, child)) child++;
      const childTime = this.times[child] ?? 0;
      if (time < childTime || (time === childTime && order < (this.orders[child] ?? 0))) break;
      this.move(child, i);
      i = child;
    }
    this.set(i, time, order, this.kinds[last] ?? 0, this.refs[last] ?? 0);
  }

  private before(i: number, j: number): boolean {
    const a = this.times[i] ?? 0;
    const b = this.times[j] ?? 0;
    return a < b || (a === b && (this.orders[i] ?? 0) < (this.orders[j] ?? 0));
  }

  private move(from: number, to: number): void {
    this.set(to, this.times[from] ?? 0, this.orders[from] ?? 0, this.kinds[from] ?? 0, this.refs[from] ?? 0);
  }

  private set(i: number, time: number, order: number, kind: number, ref: number): void {
    this.times[i] = time;
    this.orders[i] = order;
    this.kinds[i] = kind;
    this.refs[i] = ref;
  }

  private grow(): void {
    const size = this.times.length * 2;
    const times = new Float64Array(size);
    const orders = new Float64Array(size);
    const kinds = new Uint8Array(size);
    const refs = new Int32Array(size);
    times.set(this.times);
    orders.set(this.orders);
    kinds.set(this.kinds);
    refs.set(this.refs);
    this.times = times;
    this.orders = orders;
    this.kinds = kinds;
    this.refs = refs;
  }
}
