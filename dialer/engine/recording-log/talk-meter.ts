/**
 * Who spoke how much of a recording: the share of the agent among the slices of 20 ms in which somebody spoke, each side's counted for
 * itself. A side speaks in a slice whose mean level is above −40 dB of full scale: speech on a telephone lies some 15 dB above
 * that, a line at rest 10 dB and more below. It orders what people listen to first (Q12), and judges nobody.
 */
export interface SoundFormat {
  readonly sampleRate: number;
  /** 2 is PCM of 16 bit, 1 is mu-law. */
  readonly bytesPerSample: number;
}

const SLICES_A_SECOND = 50;
const SPEAKS_FROM = 0.01;
/** Every fourth sample tells a slice's level well enough, at a quarter of the work. */
const STEP = 4;

/** Mu-law (ITU-T G.711) as levels from 0 to 1. */
const MU_LAW_LEVELS = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 0xff;
  return ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) / 32_768 - 0x84 / 32_768;
});

export class TalkMeter {
  readonly #sample: number;
  readonly #sliceFrames: number;
  /** Frames of the slice so far, and how loud the two sides were at those that were looked at. */
  #frames = 0;
  #looked = 0;
  readonly #levels = [0, 0];
  readonly #spoke = [0, 0];

  constructor({ sampleRate, bytesPerSample }: SoundFormat) {
    this.#sample = bytesPerSample;
    this.#sliceFrames = Math.max(1, Math.round(sampleRate / SLICES_A_SECOND));
  }

  /** Takes whole frames of two samples, the agent's first. What does not fill a slice at the end is left out. */
  hear(frames: Buffer): void {
    const frame = 2 * this.#sample;
    for (let at = 0; at + frame <= frames.length; at += frame) {
      if (this.#frames % STEP === 0) {
        this.#add(0, this.#levelAt(frames, at));
        this.#add(1, this.#levelAt(frames, at + this.#sample));
        this.#looked += 1;
      }
      this.#frames += 1;
      if (this.#frames === this.#sliceFrames) this.#settle();
    }
  }

  /** Null where nobody spoke. */
  agentShare(): number | null {
    const [agent = 0, customer = 0] = this.#spoke;
    return agent + customer === 0 ? null : agent / (agent + customer);
  }

  #add(side: number, level: number): void {
    this.#levels[side] = (this.#levels[side] ?? 0) + level;
  }

  #settle(): void {
    for (const side of [0, 1]) {
      if ((this.#levels[side] ?? 0) > SPEAKS_FROM * this.#looked) this.#spoke[side] = (this.#spoke[side] ?? 0) + 1;
      this.#levels[side] = 0;
    }
    this.#frames = 0;
    this.#looked = 0;
  }

  #levelAt(frames: Buffer, at: number): number {
    return this.#sample === 1 ? (MU_LAW_LEVELS[frames[at] ?? 0xff] ?? 0) : Math.abs(frames.readInt16LE(at)) / 32_768;
  }
}
