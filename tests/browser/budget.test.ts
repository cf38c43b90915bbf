/** What a desk loads before it can be used, measured on the build. Needs no browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, inject, test } from 'vitest';

type Chunk = { file: string; imports?: string[]; css?: string[]; isEntry?: boolean };

let web: string;
let chunks: Record<string, Chunk>;

beforeAll(async () => {
  web = inject('webRoot');
  chunks = JSON.parse(readFileSync(join(web, '.vite', 'manifest.json'), 'utf8'));
});

/** All files that are needed before `names` can run. */
function filesOf(names: string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const add = (name: string) => {
    const chunk = chunks[name];
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const needed of chunk.imports ?? []) add(needed);
  };
  for (const name of names) add(name);
  return files;
}

const zipped = (files: Set<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(web, file))).length, 0);

test('the agent desk loads within 300 kB, without the library of charts', () => {
  const files = filesOf(['index.html', 'agent/agent-app.tsx']);
  const charts = filesOf(['charts/chart.tsx']);
  const bytes = zipped(files);
  console.log(`agent desk, first load: ${(bytes / 1000).toFixed(1)} kB gzip in ${files.size} files`);
  expect(bytes).toBeLessThanOrEqual(300_000);
  expect([...charts].some((file) => file.includes('chart') && !files.has(file))).toBe(true);
  expect([...files].filter((file) => /chart|wavesurfer|judge|phone/.test(file))).toEqual([]);
});

test('the other desks, and the carrier’s library, are loaded only when wanted', () => {
  const agent = filesOf(['index.html', 'agent/agent-app.tsx']);
  for (const page of [
    'manager/wallboard/wallboard-page.tsx',
    'inspector/queue/queue-page.tsx',
    'manager/summaries/summaries-page.tsx',
    'agent/softphone/softphone-panel.tsx',
    'agent/softphone/carrier-phone.ts',
  ]) {
    expect(chunks[page], page).toBeDefined();
    expect(agent.has(chunks[page]?.file ?? '')).toBe(false);
  }
});

test('the page carries no inline script', () => {
  const html = readFileSync(join(web, 'index.html'), 'utf8');
  expect([...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>/g)]).toEqual([]);
  expect(html).not.toMatch(/\son\w+=/);
});

test('nothing makes code out of words, which the pages’ policy refuses: a checking library came with a contract once', () => {
  const scripts = Object.values(chunks).flatMap(({ file }) => (file.endsWith('.js') ? [file] : []));
  expect(scripts.length).toBeGreaterThan(10);
  const makesCode = /(?<![\w.$])(?:Function|eval)\(/;
  expect(scripts.filter((file) => makesCode.test(readFileSync(join(web, file), 'utf8')))).toEqual([]);
});
