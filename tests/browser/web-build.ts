/** The pages as the product serves them, built once for all test files of a process into a folder of their own. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

let built: Promise<string> | null = null;

/** The folder with the built pages; it goes with the process. */
export function buildWeb(): Promise<string> {
  built ??= make();
  return built;
}

async function make(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'fairline-web-'));
  process.on('exit', () => rmSync(root, { recursive: true, force: true }));
  // A test run says NODE_ENV=test, with which React would be built for development.
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({
    configFile: fileURLToPath(new URL('../../src/web/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: root, emptyOutDir: true },
  }).finally(() => {
    process.env.NODE_ENV = before;
  });
  return root;
}
