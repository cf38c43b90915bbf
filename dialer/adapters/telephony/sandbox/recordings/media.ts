import { Readable } from 'node:stream';
import type { Side } from '../audio/conversation.ts';
import { soundOf } from '../audio/conversation.ts';
import { bytesOf, interleave, mix, SAMPLE_RATE, WAV_HEAD_BYTES, wavHead } from '../audio/wav.ts';
import type { Recording } from './recording.ts';

/** One second at a time: a download of any length holds no more than that. */
const BLOCK = SAMPLE_RATE;

/** Samples per channel of a recording. */
function sampleCount(recording: Recording): number {
  return Math.round((recording.durationMs * SAMPLE_RATE) / 1_000);
}

/** The sound of one side, for so many samples from a point of the recording. */
function track(recording: Recording, side: Side, from: number, length: number): Int16Array {
  const out = new Int16Array(length);
  let begin = 0;
  for (const stretch of recording.stretches) {
    const end = begin + Math.round((stretch.ms * SAMPLE_RATE) / 1_000);
    const first = Math.max(begin, from);
    const last = Math.min(end, from + length);
    if (last > first) out.set(soundOf(recording.voice, stretch, side, first - begin, last - first), first - from);
    begin = end;
    if (begin >= from + length) break;
  }
  return out;
}

/**
 * A recording as WAV: 8 kHz, 16 bit PCM. Channel 1 is the called party of the recorded leg, channel 2 the other side; a
 * mono one is the mix. The sound is made while it is read.
 */
export function wavStream(recording: Recording, channels: 1 | 2): { stream: Readable; bytes: number } {
  const samples = sampleCount(recording);
  let at = 0;
  let begun = false;
  const stream = new Readable({
    highWaterMark: 64 * 1024,
    read() {
      if (!begun) {
        begun = true;
        this.push(wavHead(channels, samples));
        return;
      }
      if (at >= samples) {
        this.push(null);
        return;
      }
      const count = Math.min(BLOCK, samples - at);
      const far = track(recording, 'far', at, count);
      const near = track(recording, 'near', at, count);
      at += count;
      this.push(channels === 2 ? interleave(far, near) : bytesOf(one(recording, far, near)));
    },
  });
  return { stream, bytes: WAV_HEAD_BYTES + samples * channels * 2 };
}

function one(recording: Recording, far: Int16Array, near: Int16Array): Int16Array {
  switch (recording.settings.track) {
    case 'inbound':
      return far;
    case 'outbound':
      return near;
    case 'both':
      return mix(far, near);
  }
}
