/** The speech engine that this server runs itself, with the sound as such engines want it. Absent where none is set and calls are real. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Dialer } from '../../dialer/index.ts';
import { commandEngine } from '../../qa/adapters/speech/command.ts';
import { sandboxEngine } from '../../qa/adapters/speech/sandbox.ts';
import { transcriptStore } from '../../qa/adapters/store/transcripts.ts';
import { createTranscribing, QualityError, type SpeechSounds } from '../../qa/index.ts';
import { bytesPerSample, readWavFormat, speechSamples, wavHead } from '../http/wav.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { leaseTable } from '../platform/lease.ts';
import type { QualityApi } from '../contract/quality.ts';

type Deps = {
  database: Database;
  dialer: Pick<Dialer, 'openRecording'>;
  transcripts: Pick<QualityApi['transcripts'], 'deliver'>;
  clock: Pick<Clock, 'now'>;
  command: string | undefined;
  sandbox: boolean;
  /** Where files for the engine are made; the system's own place if absent. */
  folder?: string;
};

/** At a run, so that a process that is asked to stop is not waited for long. */
const atOnce = 50;
/** Longer than one recording may take; prolonged after each. */
const leaseMs = 3 * 3_600_000;

export type SpeechRun = ReturnType<typeof composeSpeech>;

export function composeSpeech({ database, dialer, transcripts, clock, command, sandbox, folder = tmpdir() }: Deps) {
  const { client, pool } = database;
  const engine = command !== undefined ? commandEngine(command) : sandbox ? sandboxEngine(client) : null;
  if (engine === null) return null;
  const transcribing = createTranscribing({
    ...{ engine, sounds: speechSounds(dialer, folder), store: transcriptStore(client), transcripts, clock },
  });
  const leases = leaseTable(pool);
  const owner = randomUUID();
  const take = () => leases.take('transcripts-make', owner, clock.now() + leaseMs, clock.now());
  return {
    way: engine.way,
    /** One recording at a time over all processes; nothing is done while another has the lease. */
    async run(signal: AbortSignal, done: Parameters<typeof transcribing.run>[2]): Promise<void> {
      if ((await take()) === null) return;
      try {
        await transcribing.run(atOnce, signal, async (each) => {
          await done(each);
          await take();
        });
      } finally {
        await leases.release('transcripts-make', owner);
      }
    },
  };
}

/** Sides are written when they are asked for, as 16 kHz, 16 bit, one channel: what whisper.cpp, Vosk and pocketsphinx take. */
export function speechSounds(dialer: Pick<Dialer, 'openRecording'>, place: string): SpeechSounds {
  return {
    async with(recordingId, work) {
      const { path, sha256 } = await dialer.openRecording(recordingId);
      const folder = await mkdtemp(join(place, 'fairline-speech-'));
      const file = async (side: 'agent' | 'customer'): Promise<string> => {
        const target = join(folder, `${side}.wav`);
        await writeSide(path, side === 'agent' ? 0 : 1, target);
        return target;
      };
      try {
        return await work({ sha256, folder, file });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function writeSide(path: string, channel: number, target: string): Promise<void> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const format = await readWavFormat(file, size).finally(() => file.close());
  if (format === null || format.channels < 2)
    throw new QualityError('recording-format-invalid', 'This recording has no separate channels.');
  const frame = bytesPerSample(format) * format.channels;
  const frames = Math.floor(format.dataBytes / frame);
  const { rate, bytes, convert } = speechSamples(format, channel);
  const source = createReadStream(path, {
    ...{ start: format.dataOffset, end: format.dataOffset + frames * frame - 1, highWaterMark: frame * 65_536 },
  });
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Buffer>) {
      yield wavHead({ encoding: 'pcm16', channels: 1, sampleRate: rate }, bytes(frames));
      let rest: Buffer = Buffer.alloc(0);
      for await (const chunk of chunks) {
        const all = Buffer.concat([rest, chunk]);
        const whole = all.length - (all.length % frame);
        rest = all.subarray(whole);
        yield convert(all.subarray(0, whole));
      }
    },
    createWriteStream(target),
  );
}
