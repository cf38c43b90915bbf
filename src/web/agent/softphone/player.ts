/** Plays frames of 16 bit mono sound as they come, with Web Audio; what comes too fast is left out rather than played late. */

/** What the sandbox sends, in samples a second. */
const RATE = 8_000;
/** A little patience, so that a frame that comes late leaves no gap. */
const LEAD_S = 0.12;
/** More than this ahead, and the talk would be heard late. */
const MOST_S = 0.6;

export class Player {
  readonly #context = new AudioContext();
  readonly #meter: AnalyserNode;
  readonly #window: Float32Array<ArrayBuffer>;
  #nextAt = 0;

  /** `changed`: the browser has begun or ceased to let sound through. */
  constructor(changed: () => void) {
    this.#meter = this.#context.createAnalyser();
    this.#meter.fftSize = 1_024;
    this.#window = new Float32Array(this.#meter.fftSize);
    this.#meter.connect(this.#context.destination);
    this.#context.addEventListener('statechange', changed);
  }

  get muffled(): boolean {
    return this.#context.state === 'suspended';
  }

  wake(): void {
    if (this.muffled) void this.#context.resume();
  }

  /** @param frame samples, little-endian, as every processor that runs browsers has them */
  play(frame: ArrayBuffer): void {
    const samples = new Int16Array(frame);
    const now = this.#context.currentTime;
    if (samples.length === 0 || this.muffled || this.#nextAt > now + MOST_S) return;
    const buffer = this.#context.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(
      Float32Array.from(samples, (sample) => sample / 32_768),
      0,
    );
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#meter);
    const at = this.#nextAt > now ? this.#nextAt : now + LEAD_S;
    source.start(at);
    this.#nextAt = at + buffer.duration;
  }

  level(): number {
    this.#meter.getFloatTimeDomainData(this.#window);
    return loudness(this.#window);
  }

  async playOn(outputId: string): Promise<void> {
    if (canChooseOutput(this.#context)) await this.#context.setSinkId(outputId);
  }

  get choosesOutput(): boolean {
    return canChooseOutput(this.#context);
  }

  close(): void {
    void this.#context.close();
  }
}

type WithSink = AudioContext & { setSinkId(id: string): Promise<void> };
const canChooseOutput = (context: AudioContext): context is WithSink => 'setSinkId' in context;

/** Root mean square of samples from -1 to 1, stretched so that speech fills the meter. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / samples.length) * 4);
}
