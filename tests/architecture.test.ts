import { describe, expect, test } from 'vitest';
import { packageRoot } from '../src/platform/package-root.ts';
import { findFaults, importsOf, readSources } from './support/architecture.ts';

const sources = readSources(packageRoot(), ['dialer', 'qa', 'src']);

describe('the house', () => {
  test('is read from where it stands', () => {
    expect(sources.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['src/platform/database.ts', 'src/config.ts']),
    );
    expect(sources.length).toBeGreaterThan(100);
  });

  for (const rule of ['arrow', 'library', 'clock or chance', 'size'] as const) {
    test(`has no fault of the kind: ${rule}`, () => {
      const faults = findFaults(sources).filter((fault) => fault.rule === rule);
      expect(faults.map(({ path, what }) => `${path} ${what}`)).toEqual([]);
    });
  }
});

/** Which folders of the pacing rules may use which others; README.md of `dialer/rules/pacing` has the same table with its reasons. */
const pacingArrows: Record<string, string[]> = {
  floor: [],
  answers: [],
  forecast: [],
  cap: [],
  agents: ['floor', 'answers'],
  flight: ['floor', 'forecast'],
  band: ['floor', 'agents'],
};
/** What stands above the folders and is used by them: plain numbers, the interface, and counts that fade. */
const pacingCommon = ['numbers.ts', 'horizon.ts', 'fading.ts', 'short-memories.ts', 'policy.ts'];

describe('the parts of the pacing rules', () => {
  const files = sources.filter(({ path }) => path.startsWith('dialer/rules/pacing/'));

  test.each(Object.entries(pacingArrows))('%s uses no other than its arrows allow', (folder, allowed) => {
    const own = files.filter(({ path }) => path.startsWith(`dialer/rules/pacing/${folder}/`));
    expect(own.length).toBeGreaterThan(2);
    const used = own.flatMap(({ text }) => importsOf(text)).filter((name) => name.startsWith('../'));
    const faults = used.filter((name) => {
      const [first = '', second] = name.split('/').slice(1);
      if (first === '..') return false;
      return second === undefined ? !pacingCommon.includes(first) : !allowed.includes(first);
    });
    expect(faults).toEqual([]);
  });

  test('are all in this table', () => {
    const folders = files.map(({ path }) => path.split('/').slice(3)).filter((parts) => parts.length > 1);
    expect(new Set(folders.map(([folder]) => folder))).toEqual(new Set(Object.keys(pacingArrows)));
  });
});

// The rules above prove something only if they can fail: each is shown planted faults, and sources that are right.
describe('the watch over the house', () => {
  const kinds = (path: string, text: string) => findFaults([{ path, text }]).map(({ rule }) => rule);

  test.each([
    ['dialer/engine/call-placer.ts', `import { draw } from '../../qa/index.ts';`],
    ['dialer/engine/call-placer.ts', `import type { Config } from '../../src/config.ts';`],
    ['dialer/engine/call-placer.ts', `import { store } from '../adapters/store/contacts.ts';`],
    ['dialer/index.ts', `export * from './adapters/store/contacts.ts';`],
    ['qa/workflow/sampler.ts', `export { x } from '../../dialer/index.ts';`],
    ['dialer/rules/call.ts', `import { Clock } from '../ports.ts';`],
    ['dialer/rules/call.ts', `import { Random } from '../simulation/random.ts';`],
    ['dialer/rules/call.ts', `const x = await import('../engine/dialer.ts');`],
    ['qa/rules/scoring.ts', `import {\n  a,\n  b,\n} from '../ports.ts';`],
    ['dialer/adapters/store/contacts.ts', `import '../../engine/dialer.ts';`],
    ['src/http/auth.ts', `import { decide } from '../../dialer/rules/call.ts';`],
    ['src/http/auth.ts', `import { compose } from '../compose.ts';`],
    ['src/http/auth.ts', `import { App } from '../web/app.tsx';`],
    ['src/notices/words.ts', `import { en } from '../web/i18n/notices/en.ts';`],
    ['src/notices/words.ts', `import { messages } from '../web/i18n/messages/index.ts';`],
    ['src/platform/jobs.ts', `import { config } from '../config.ts';`],
    ['src/web/app.tsx', `import { openDatabase } from '../platform/database.ts';`],
    ['src/compose.ts', `import { decide } from '../dialer/engine/dialer.ts';`],
    ['elsewhere/x.ts', ''],
  ])('sees a wrong arrow in %s: %s', (path, text) => {
    expect(kinds(path, text)).toEqual(['arrow']);
  });

  test.each([
    ['dialer/engine/dialer.ts', `import { Queue } from 'bullmq';`],
    ['src/http/auth.ts', `import { Redis } from 'ioredis';`],
    ['src/http/webhooks.ts', `import twilio from 'twilio/lib/webhooks/webhooks.js';`],
    ['dialer/rules/call.ts', `import { readFileSync } from 'node:fs';`],
    ['qa/rules/sampling.ts', `import pg from 'pg';`],
  ])('sees a library out of its place in %s: %s', (path, text) => {
    expect(kinds(path, text)).toContain('library');
  });

  test.each([
    'const now = Date.now();',
    'const now = new Date();',
    'const n = Math.random();',
    'setTimeout(run, 5);',
    'const t = performance.now();',
    'const id = crypto.randomUUID();',
    `import { randomBytes } from 'node:crypto';`,
    'const z = process.env.TZ;',
    'const t = DateTime.now();',
    'console.log(1);',
  ])('sees time and chance in rules: %s', (text) => {
    expect(kinds('dialer/rules/pacing/policy.ts', text)).toEqual(['clock or chance']);
    expect(kinds('qa/rules/sampling.ts', text)).toEqual(['clock or chance']);
    expect(kinds('src/platform/clock.ts', text)).toEqual([]);
  });

  test('sees a long file that does not say why', () => {
    const long = 'x;\n'.repeat(251);
    expect(kinds('src/app.ts', long)).toEqual(['size']);
    expect(kinds('src/app.ts', `// A table.\n${long}`)).toEqual(['size']);
    expect(kinds('src/app.ts', `x;\n// Long because it is a table.\n${long}`)).toEqual(['size']);
    expect(kinds('src/app.ts', `/** Long because it is one table of all tones. */\n${long}`)).toEqual([]);
    expect(kinds('src/app.ts', 'x;\n'.repeat(250))).toEqual([]);
  });

  test.each([
    [
      'dialer/rules/call.ts',
      `import { DateTime } from 'luxon'; import { x } from './retry.ts'; const d = new Date(now);`,
    ],
    ['dialer/rules/call.ts', `// Date.now() is not used here\nconst text = 'Math.random()';`],
    ['dialer/rules/call.ts', `/* import { x } from '../engine/x.ts'; */`],
    [
      'dialer/engine/dialer.ts',
      `import type { Clock } from '../ports/time.ts'; import { retry } from '../rules/retry.ts';`,
    ],
    [
      'dialer/adapters/store/contacts.ts',
      `import { PrismaClient } from '../../../prisma/generated/client.ts'; import pg from 'pg';`,
    ],
    [
      'src/compose.ts',
      `import { store } from '../qa/adapters/store/index.ts'; import { createDialer } from '../dialer/index.ts';`,
    ],
    ['src/main.ts', `import { compose } from './compose.ts';`],
    ['src/notices/words.ts', `import { en } from '../web/i18n/messages/en.ts';`],
    ['src/http/auth.ts', `import type { Dialer } from '../../dialer/index.ts';`],
  ])('lets pass what is right in %s: %s', (path, text) => {
    expect(findFaults([{ path, text }])).toEqual([]);
  });

  test('finds every form of import', () => {
    const text = `import a from 'a'; import type { B } from "b"; import 'c'; export * from 'd'; export { e } from 'e';
      const f = await import('f'); import { g,\n  h } from 'g'; // import x from 'x'
      type I = import('i').I; const url = 'http://not-a-comment'; import j from 'j';`;
    expect(importsOf(text).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'i', 'j']);
  });
});
