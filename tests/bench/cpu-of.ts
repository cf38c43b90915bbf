/** Processor time by process, so that a benchmark can say who the time was spent by. Linux; elsewhere null. */
import { readdir, readFile } from 'node:fs/promises';
import type { Database } from '../../src/platform/database.ts';

/** Clock ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;

type Stat = { parent: number; ownMs: number; goneMs: number };

/** Fields 4 and 14 to 17 of proc(5) `stat`: parent, own time, time of children that have ended. */
async function statOf(pid: number | string): Promise<Stat | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, user = 0, system = 0, childUser = 0, childSystem = 0] = [1, 11, 12, 13, 14].map(
      (i) => fields[i],
    );
    return { parent, ownMs: (user + system) * TICK_MS, goneMs: (childUser + childSystem) * TICK_MS };
  } catch {
    return null;
  }
}

export const cpuOf = async (pid: number | undefined): Promise<number | null> =>
  pid === undefined ? null : ((await statOf(pid))?.ownMs ?? null);

/** All of a PostgreSQL server: the postmaster, its children now, and those that have ended. */
export async function cpuOfServer({ pool }: Database): Promise<number | null> {
  const [backend] = (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
  const postmaster = backend === undefined ? null : await statOf(backend.pid);
  if (postmaster === null) return null;
  const head = await statOf(postmaster.parent);
  if (head === null) return null;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map(statOf));
  const children = stats.filter((stat) => stat?.parent === postmaster.parent);
  return head.ownMs + head.goneMs + children.reduce((sum, stat) => sum + (stat?.ownMs ?? 0), 0);
}
