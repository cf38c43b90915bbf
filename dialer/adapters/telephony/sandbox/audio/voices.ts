import { seededChance } from '../chance.ts';
import { SAMPLE_RATE } from './wav.ts';

/** Length of a voice loop: long enough that its repetition is not noticed in a turn. */
const LOOP_SECONDS = 8;
const PEAK = 11_000;

/** A speaker: pitch in Hz and a factor on the formants (a longer throat has lower ones). */
type Speaker = { pitch: number; throat: number; seed: number };

const CUSTOMERS: readonly Speaker[] = [
  { pitch: 118, throat: 0.94, seed: 11 },
  { pitch: 205, throat: 1.12, seed: 12 },
  { pitch: 101, throat: 0.9, seed: 13 },
  { pitch: 228, throat: 1.17, seed: 14 },
];
const AGENTS: readonly Speaker[] = [
  { pitch: 192, throat: 1.1, seed: 21 },
  { pitch: 134, throat: 0.97, seed: 22 },
  { pitch: 215, throat: 1.15, seed: 23 },
];

/** First three formants of five vowels, Hz: Peterson and Barney (1952), men, rounded. */
const VOWELS: readonly (readonly [number, number, number])[] = [
  [730, 1_090, 2_440],
  [530, 1_840, 2_480],
  [270, 2_290, 3_010],
  [570, 840, 2_410],
  [300, 870, 2_240],
];

/** A two-pole resonator, tuned anew for every syllable. */
class Resonator {
  #a = 0;
  #b = 0;
  #gain = 0;
  #y1 = 0;
  #y2 = 0;

  tune(frequency: number, bandwidth: number): void {
    const r = Math.exp((-Math.PI * bandwidth) / SAMPLE_RATE);
    this.#a = 2 * r * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE);
    this.#b = -r * r;
    this.#gain = 1 - r;
  }

  step(x: number): number {
    const y = this.#gain * x + this.#a * this.#y1 + this.#b * this.#y2;
    this.#y2 = this.#y1;
    this.#y1 = y;
    return y;
  }
}

/** Speech-like sound: syllables of vowels with noisy onsets, in phrases with pauses and a falling pitch. */
function synthesize(speaker: Speaker): Int16Array {
  const chance = seededChance(speaker.seed);
  const wave = new Float64Array(LOOP_SECONDS * SAMPLE_RATE);
  const formants = [new Resonator(), new Resonator(), new Resonator()];
  let at = 0;
  let phase = 0;
  let syllablesLeft = 6 + Math.floor(chance() * 6);
  const phraseLength = () => 6 + Math.floor(chance() * 8);
  while (at < wave.length) {
    const length = Math.floor((0.14 + chance() * 0.12) * SAMPLE_RATE);
    const vowel = VOWELS[Math.floor(chance() * VOWELS.length)] ?? [500, 1_500, 2_500];
    const onset = chance() < 0.6 ? Math.floor(0.03 * SAMPLE_RATE) : 0;
    const pitch = speaker.pitch * (0.88 + 0.03 * syllablesLeft + chance() * 0.12);
    for (const [index, resonator] of formants.entries())
      resonator.tune(Math.min(3_700, (vowel[index] ?? 1_000) * speaker.throat), 70 + 50 * index);
    for (let i = 0; i < length && at < wave.length; i++, at++) {
      phase += pitch / SAMPLE_RATE;
      let source = (chance() - 0.5) * 0.06;
      if (i < onset) source = (chance() - 0.5) * 0.5;
      else if (phase >= 1) source += 1;
      phase %= 1;
      const envelope = Math.sin((Math.PI * (i + 1)) / (length + 1)) ** 0.6;
      let sum = 0;
      for (const [index, resonator] of formants.entries()) sum += resonator.step(source) / (index + 1);
      wave[at] = sum * envelope;
    }
    syllablesLeft -= 1;
    if (syllablesLeft > 0) continue;
    at += Math.floor((0.18 + chance() * 0.25) * SAMPLE_RATE);
    syllablesLeft = phraseLength();
  }
  return scaled(wave);
}

function scaled(wave: Float64Array): Int16Array {
  let peak = 1e-9;
  for (const sample of wave) peak = Math.max(peak, Math.abs(sample));
  return Int16Array.from(wave, (sample) => Math.round((sample / peak) * PEAK));
}

/** Two soft tones with a slow swell, for a held line. */
function holdMusic(): Int16Array {
  const wave = new Float64Array(LOOP_SECONDS * SAMPLE_RATE);
  const notes = [262, 330, 392, 330];
  for (let i = 0; i < wave.length; i++) {
    const t = i / SAMPLE_RATE;
    const note = notes[Math.floor(t * 2) % notes.length] ?? 262;
    wave[i] = Math.sin(2 * Math.PI * note * t) * Math.sin(Math.PI * ((t * 2) % 1)) * 0.3;
  }
  return scaled(wave).map((sample) => sample >> 1);
}

function tone(frequency: number, seconds: number): Int16Array {
  return Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, i) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * frequency * i) / SAMPLE_RATE)),
  );
}

export type Voices = {
  customers: readonly Int16Array[];
  agents: readonly Int16Array[];
  announcer: Int16Array;
  music: Int16Array;
  beep: Int16Array;
};

let made: Voices | null = null;

/** All loops, about 1 MB, synthesized once when first needed. */
export function voices(): Voices {
  made ??= {
    customers: CUSTOMERS.map(synthesize),
    agents: AGENTS.map(synthesize),
    announcer: synthesize({ pitch: 176, throat: 1.06, seed: 31 }),
    music: holdMusic(),
    beep: tone(1_000, 1),
  };
  return made;
}
