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
  return {
    async write(path, content) {
      const place = placeOf(path);
      await mkdir(dirname(place), { recursive: true });
      const beside = `${place}.${randomBytes(4).toString('hex')}.part`;
      const hash = createHash('sha256');
      let bytes = 0;
      const file = await open(beside, 'wx');
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
