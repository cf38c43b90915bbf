/** The pages as the product serves them, built once into a folder of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export type WebBuild = { root: string; remove: () => Promise<void> };

export async function buildWeb(): Promise<WebBuild> {
  const root = await mkdtemp(join(tmpdir(), 'fairline-web-'));
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
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}
