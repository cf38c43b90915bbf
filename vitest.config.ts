import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { findChromium } from './tests/support/chromium.ts';

// Tests of rules have no database and take seconds; the rest share one embedded PostgreSQL, each file with a database of its own.
const database = ['tests/support/postgres-setup.ts'];
const browserFound = findChromium() !== undefined;
if (!browserFound) console.warn('\nNo Chromium was found (set CHROMIUM_PATH): the browser tests do not run.\n');

export default defineConfig({
  test: {
    pool: 'forks',
    // Nothing opens on import, so files can share a process: three times as fast as a process for each.
    isolate: false,
    // A file waits for its database, carrier or browser half of the time, so that two files at once pay even on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only for what hangs: on a busy machine everything takes several times as long.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // Far from UTC, so that a local time taken for UTC shows.
    env: { TZ: 'Asia/Shanghai', NODE_ENV: 'test' },
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['tests/rules/**/*.test.ts', 'tests/architecture.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'app',
          include: ['tests/{contracts,flows,faults}/**/*.test.{ts,tsx}'],
          exclude: ['tests/{contracts,faults}/carrier/**'],
          globalSetup: database,
        },
      },
      {
        extends: true,
        test: {
          name: 'carrier',
          include: ['tests/{contracts,faults}/carrier/**/*.test.ts'],
          globalSetup: database,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: browserFound ? ['tests/browser/**/*.test.ts'] : ['tests/support/no-chromium.test.ts'],
          globalSetup: browserFound ? [...database, 'tests/browser/web-setup.ts'] : database,
          testTimeout: 180_000,
        },
      },
    ],
  },
});
