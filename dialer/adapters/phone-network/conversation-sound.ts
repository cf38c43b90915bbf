/** The sound of a pretended conversation as a carrier would deliver its recording: WAV, mu-law, 8 kHz, agent left, customer right. */
import { soundOf } from '../telephony/sandbox/audio/conversation.ts';
import { toMulaw } from '../telephony/sandbox/audio/mulaw.ts';
import { SAMPLE_RATE } from '../telephony/sandbox/audio/wav.ts';

const channels = 2;
const MULAW = 7;

/** Speech-like syllables in turns, the same for the same seed. */
export function conversationSound(seed: number, ms: number): Buffer {
  const samples = Math.round((ms * SAMPLE_RATE) / 1000);
  const profile = { seed, far: 'person', greetingMs: 0 } as const;
  const stretch = { kind: 'talk', sceneMs: 0, callMs: 0, ms } as const;
  const agent = toMulaw(soundOf(profile, stretch, 'near', 0, samples));
  const customer = toMulaw(soundOf(profile, stretch, 'far', 0, samples));
  const out = Buffer.alloc(44 + samples * channels);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(out.length - 8, 4);
  out.write('WAVEfmt ', 8, 'latin1');
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(MULAW, 20);
  out.writeUInt16LE(channels, 22);
  out.writeUInt32LE(SAMPLE_RATE, 24);
  out.writeUInt32LE(SAMPLE_RATE * channels, 28);
  out.writeUInt16LE(channels, 32);
  out.writeUInt16LE(8, 34);
  out.write('data', 36, 'latin1');
  out.writeUInt32LE(samples * channels, 40);
  for (let i = 0; i < samples; i += 1) {
    out[44 + 2 * i] = agent[i] ?? 0xff;
    out[45 + 2 * i] = customer[i] ?? 0xff;
  }
  return out;
}
