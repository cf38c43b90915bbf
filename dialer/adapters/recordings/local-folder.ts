import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import type { RecordingFiles } from '../../ports/recordings.ts';

/** Recordings in a folder of this machine: written beside their place, synced, then renamed into it. */
export function createLocalRecordings(folder: string): RecordingFiles {
  const placeOf = (path: string): string => {
    const inside = normalize(path);
    if (inside.startsWith('..') || inside.startsWith(sep)) throw new Error('a recording path leads out of its folder');
    return join(folder, inside);
  };
  /** The day's folder is made when it is missing, and not looked for with every file. */
  const openBeside = async (beside: string) => {
    try {
      return await open(beside, 'wx');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      await mkdir(dirname(beside), { recursive: true });
      return open(beside, 'wx');
    }
  };
  return {
    async write(path, content) {
      const place = placeOf(path);
      const beside = `${place}.${randomBytes(4).toString('hex')}.part`;
      const hash = createHash('sha256');
      let bytes = 0;
      const file = await openBeside(beside);
      try {
        for await (const chunk of content) {
          hash.update(chunk);
          bytes += chunk.length;
          await file.writeFile(chunk);
        }
        await file.sync();
        await file.close();
        await rename(beside, place);
      } catch (error) {
        await file.close().catch(() => undefined);
        await rm(beside, { force: true });
        throw error;
      }
      return { path, bytes, sha256: hash.digest('hex') };
    },
    async locate(path) {
      const place = placeOf(path);
      const found = await stat(place).catch(() => null);
      return found === null ? null : { path: place, bytes: found.size };
    },
    async remove(path) {
      await rm(placeOf(path), { force: true });
    },
  };
}
