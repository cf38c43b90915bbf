import { mix } from '../rules/hash-text.ts';

/**
 * A small seeded generator: sfc32 (Chris Doty-Humphrey's "Small Fast Counting" generator of PractRand), 128 bits of state.
 *
 * One object can be reseeded for every call, so a contact's fate depends on its key alone and costs no allocation.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  constructor(x: number, y = 0, z = 0) {
    this.reseed(x, y, z);
  }

  /** Starts the stream that belongs to these three integers. */
  reseed(x: number, y = 0, z = 0): this {
    this.a = mix(x ^ 0x9e3779b9);
    this.b = mix(y ^ 0x243f6a88);
    this.c = mix(z ^ 0xb7e15162);
    this.counter = 1;
    for (let i = 0; i < 8; i++) this.next();
    return this;
  }

  /** Uniform on [0, 1). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  /** Standard normal (Box–Muller, one of the pair). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Integer on [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
}
