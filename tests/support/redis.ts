import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** The Redis server program of this machine, if there is one. */
export function findRedisServer(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => existsSync(path));
}

/** For `describe.skipIf`: says so when tests on Redis are left out, and never leaves them out where everything must be proved. */
export function redisMissing(): boolean {
  if (findRedisServer() !== undefined) return false;
  if (process.env.CI === 'true') throw new Error('redis-server is not installed, and CI=true asks for every test.');
  console.warn('redis-server is not installed: the tests on Redis are skipped.');
  return true;
}

export type TestRedis = { readonly url: string; readonly port: number; stop(): Promise<void> };

/** A Redis server of one's own on a free port of the loopback, keeping nothing. Pass a port to come back on the same one. */
export async function startRedis(port?: number): Promise<TestRedis> {
  const program = findRedisServer();
  if (program === undefined) throw new Error('redis-server is not installed');
  const dir = await mkdtemp(join(tmpdir(), 'fairline-redis-'));
  const chosen = port ?? (await freePort());
  const settings = ['--port', `${chosen}`, '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'];
  const child = spawn(program, [...settings, '--maxmemory-policy', 'noeviction'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve();
    });
    void ended.then(() => reject(new Error('redis-server ended at start')));
  });
  return {
    url: `redis://127.0.0.1:${chosen}`,
    port: chosen,
    async stop() {
      process.off('exit', endWithUs);
      child.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A port of the loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
