import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { errorCode } from '../errors.ts';
import { type Account, runAs } from './account.ts';

const run = promisify(execFile);

/**
 * Runs the server under a shell that holds our pipe. The pipe closes when we end it *or die in any way*, then the shell asks
 * the server to shut down: no orphan survives us. The server itself sits in a session of its own, so a Ctrl-C meant for us does not
 * stop the database while we still drain.
 */
const SUPERVISOR = `exec 3<&0
"$@" </dev/null 3<&- & p=$!
trap 'kill -INT $p 2>/dev/null' TERM INT HUP
{ read -r _ <&3; kill -INT $p 2>/dev/null; } & r=$!
wait $p; c=$?
while kill -0 $p 2>/dev/null; do wait $p; c=$?; done
kill $r 2>/dev/null
exit $c`;

/** A server that this process started. */
export type RunningServer = {
  /** Resolves with the last lines of the server's log when it has ended, whoever ended it. */
  readonly ended: Promise<string>;
  /** Asks for a fast shutdown (open transactions are rolled back) and waits for its end. */
  stop(): Promise<void>;
};

export type StartOutcome =
  | { readonly kind: 'ready'; readonly server: RunningServer }
  | { readonly kind: 'failed'; readonly log: string };

/** Starts a server and waits until it accepts connections or has ended. */
export async function startServer(
  command: string,
  args: readonly string[],
  account: Account,
  log: (line: string) => void,
): Promise<StartOutcome> {
  const child = spawn('sh', ['-c', SUPERVISOR, 'sh', command, ...args], {
    ...runAs(account),
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  child.stdin.on('error', () => {});
  const ended = new Promise<string>((resolve) => {
    child.once('exit', () => resolve(lines.join('\n')));
    child.once('error', (error) => resolve(error.message));
  });
  const ready = new Promise<true>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 50) lines.shift();
      log(line);
      if (line.includes('ready to accept connections')) resolve(true);
    });
  });
  const first = await Promise.race([ready, ended]);
  if (first !== true) return { kind: 'failed', log: first };
  return { kind: 'ready', server: { ended, stop: () => stopServer(child, ended) } };
}

async function stopServer(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.stdin?.end();
  await ended;
}

/** What `postmaster.pid` says about a cluster: no server, or a live one and the directory of its socket. */
export type Postmaster =
  | { readonly kind: 'none' }
  | { readonly kind: 'alive'; readonly pid: number; readonly socketDir: string };

/**
 * Reads who serves a cluster. A pid in a left-over file may belong to another program by now, or to a dead server that nobody has
 * reaped yet: it counts as alive only when it runs and its command line names this cluster.
 */
export async function inspectPostmaster(cluster: string): Promise<Postmaster> {
  let file: string;
  try {
    file = await readFile(join(cluster, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return { kind: 'none' };
    throw error;
  }
  // Lines of the file: pid, data directory, start time, port, socket directory, ... (PostgreSQL manual, 66.1 "Database File Layout").
  const [pidLine = '', , , , socketDir = ''] = file.split('\n');
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid <= 0 || !(await serves(pid, cluster))) return { kind: 'none' };
  return { kind: 'alive', pid, socketDir: socketDir.trim() };
}

async function serves(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') {
    try {
      const status = await readFile(`/proc/${pid}/stat`, 'utf8');
      if (/^\S+ \(.*\) [ZX]/s.test(status)) return false;
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').includes(cluster);
    } catch {
      return false;
    }
  }
  try {
    const { stdout } = await run('ps', ['-o', 'state=,command=', '-p', String(pid)]);
    return !stdout.trim().startsWith('Z') && stdout.includes(cluster);
  } catch {
    return false;
  }
}
