/**
 * Sound files of the past: one file a length, shared by all its recordings through hard links (copies where the file system has
 * none), so that each recording is a file of its own to play, to hash and to erase.
 */
import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../platform/errors.ts';
import { nearestLength } from './lengths.ts';

/** A conversation of so many milliseconds as a WAV file of two channels. */
export type MakeSound = (seed: number, ms: number) => Buffer;

type Sound = { file: string; bytes: number; sha256: string; durationMs: number };

export function createSounds(folder: string, make: MakeSound) {
  const made = new Map<number, Promise<Sound>>();
  const drafts = join(folder, '.demo-sound');

  const soundOf = (durationMs: number): Promise<Sound> => {
    const known = made.get(durationMs);
    if (known !== undefined) return known;
    const making = (async () => {
      await mkdir(drafts, { recursive: true });
      const content = make(durationMs, durationMs);
      const file = join(drafts, `${durationMs}.wav`);
      await writeFile(file, content);
      const sha256 = createHash('sha256').update(content).digest('hex');
      return { file, bytes: content.length, sha256, durationMs };
    })();
    made.set(durationMs, making);
    return making;
  };

  return {
    /** Puts the sound of a talk at `path` below the recordings' folder. */
    async place(path: string, talkMs: number): Promise<Omit<Sound, 'file'>> {
      const { file, ...facts } = await soundOf(nearestLength(talkMs));
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await link(file, target).catch(async (error: unknown) => {
        if (errorCode(error) === 'EEXIST') return;
        await copyFile(file, target);
      });
      return facts;
    },
    async clear(): Promise<void> {
      await rm(drafts, { recursive: true, force: true });
    },
  };
}
export type Sounds = ReturnType<typeof createSounds>;
