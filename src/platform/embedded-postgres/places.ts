import { createHash, randomUUID } from 'node:crypto';
import { chmod, chown, link, lstat, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode, PlatformError } from '../errors.ts';
import { type Account, succeedsAs } from './account.ts';
import { openDirectory } from './binaries.ts';

/** Named after the major version: a later one does not open an older cluster. */
const CLUSTER = 'pg18';
const STATE_ROOT = '/var/lib/fairline';

const locationSchema = z.object({ id: z.string().uuid(), dataDir: z.string(), cluster: z.string() });

/**
 * Where the cluster of `dataDir` lies: in it, or, when the server's account may not enter it, in a state directory of the
 * system. In that case `dataDir` keeps a note with the cluster's id. A data folder that was moved keeps its cluster; a *copy* of a data
 * folder, or one emptied and made anew, gets a fresh cluster instead of writing into somebody else's.
 */
export async function clusterDirectory(dataDir: string, account: Account): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const here = await realpath(dataDir);
  if (account === undefined) return join(here, CLUSTER);
  const note = join(here, `${CLUSTER}.location.json`);
  const known = await readLocation(note);
  if (known === undefined) {
    if (await succeedsAs(account, 'test', ['-x', here])) return join(here, CLUSTER);
    if (await exists(join(here, CLUSTER, 'PG_VERSION'))) {
      throw new PlatformError(
        'postgres_locked_out',
        `${here} holds a database, but the server's user (uid ${account.uid}) may no longer enter that folder: chmod a+x it and its parents.`,
      );
    }
  } else if (known.dataDir === here) {
    return known.cluster;
  } else {
    const other = await readLocation(join(known.dataDir, `${CLUSTER}.location.json`));
    if (other?.id !== known.id) return moved(note, { ...known, dataDir: here });
    await rm(note);
  }
  return settle(note, here);
}

async function settle(note: string, here: string): Promise<string> {
  const id = randomUUID();
  const location = { id, dataDir: here, cluster: join(STATE_ROOT, id, CLUSTER) };
  const draft = `${note}.${id}`;
  await writeFile(draft, JSON.stringify(location, null, 2));
  try {
    // link() puts the whole note there or fails: of two processes at once the first decides.
    await link(draft, note);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  const cluster = (await readLocation(note))?.cluster ?? location.cluster;
  await openDirectory(dirname(cluster));
  return cluster;
}

async function moved(note: string, location: z.infer<typeof locationSchema>): Promise<string> {
  await writeFile(note, JSON.stringify(location, null, 2));
  return location.cluster;
}

async function readLocation(note: string): Promise<z.infer<typeof locationSchema> | undefined> {
  try {
    return locationSchema.parse(JSON.parse(await readFile(note, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new PlatformError('postgres_bad_location', `${note} cannot be read; it says where the database lies.`, {
      cause: error,
    });
  }
}

/**
 * Makes the directory of the server's socket: in the system's temporary directory with a short hashed name, since a socket's path
 * has at most 107 bytes. Mode 0700 and owned by the server's account, which is what lets the server trust whoever can connect.
 */
export async function socketDirectory(cluster: string, account: Account): Promise<string> {
  const name = `fairline-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`;
  for (const parent of new Set([tmpdir(), '/tmp'])) {
    if (parent.length > 60 || !(await succeedsAs(account, 'test', ['-x', parent]))) continue;
    const path = join(parent, name);
    await ownPrivately(path, account);
    return path;
  }
  throw new PlatformError(
    'postgres_no_socket_dir',
    `The database server cannot enter the temporary directory ${tmpdir()}.`,
  );
}

/** Makes or checks a 0700 directory of the account. One that somebody else put there is refused: they could listen in. */
export async function ownPrivately(path: string, account: Account): Promise<void> {
  const uid = account?.uid ?? process.getuid?.() ?? 0;
  try {
    await mkdir(path, { mode: 0o700 });
    if (account !== undefined) await chown(path, account.uid, account.gid);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const found = await lstat(path);
    if (!found.isDirectory() || (found.uid !== uid && found.uid !== process.getuid?.())) {
      throw new PlatformError('postgres_foreign_dir', `${path} belongs to somebody else; remove it.`);
    }
    if (found.uid !== uid && account !== undefined) await chown(path, account.uid, account.gid);
  }
  await chmod(path, 0o700);
}

/** Whether a path exists. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
