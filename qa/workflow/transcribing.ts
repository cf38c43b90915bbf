/** Asks the engine of this server for what waits, one recording after the other. What fails is tried again later, and given up in the end. */
import type { SpeechEngine, SpeechSounds } from '../ports/speech-engine.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { TranscriptStore } from '../ports/transcript-store.ts';
import type { Transcripts } from './transcripts.ts';

type Deps = {
  engine: SpeechEngine;
  sounds: SpeechSounds;
  store: Pick<TranscriptStore, 'waiting' | 'tries' | 'keepTry'>;
  transcripts: Pick<Transcripts, 'deliver'>;
  clock: Clock;
};

/** Until the next try, ms; after the last of them it is given up. */
const againAfterMs = [60_000, 600_000, 3_600_000, 6 * 3_600_000];

export type Transcribed = { recordingId: string; transcriptId: string } | { recordingId: string; problem: string };

export function createTranscribing({ engine, sounds, store, transcripts, clock }: Deps) {
  /** Null: the run was ended from outside, which is nobody's failure. */
  async function one(
    recordingId: string,
    language: string,
    durationMs: number | null,
    signal: AbortSignal,
  ): Promise<Transcribed | null> {
    try {
      return await sounds.with(recordingId, async ({ sha256, ...sound }) => {
        const heard = await engine.hear({ recordingId, language, durationMs, ...sound }, signal);
        const { name, version, way } = engine;
        const told = { ...heard, engine: { name, version }, recordingSha256: sha256, madeAt: clock.now() };
        const { id } = await transcripts.deliver({ way, viewer: null }, recordingId, told);
        return { recordingId, transcriptId: id };
      });
    } catch (error) {
      if (signal.aborted) return null;
      const problem = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      const tries = await store.tries(recordingId);
      const wait = againAfterMs[tries];
      await store.keepTry(recordingId, tries + 1, wait === undefined ? null : clock.now() + wait, problem);
      return { recordingId, problem };
    }
  }

  return {
    /** At most so many recordings, the oldest talk first; `done` is told of each. */
    async run(atMost: number, signal: AbortSignal, done: (each: Transcribed) => Promise<void>): Promise<void> {
      for (let count = 0; count < atMost && !signal.aborted; count += 1) {
        const [next] = await store.waiting(null, { after: null, limit: 1, due: clock.now() });
        if (next === undefined) return;
        const came = await one(next.recordingId, next.language, next.durationMs, signal);
        if (came !== null) await done(came);
      }
    },
  };
}

export type Transcribing = ReturnType<typeof createTranscribing>;
