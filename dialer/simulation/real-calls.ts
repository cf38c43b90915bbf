import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The real calls, one entry a call: length of the talk in whole seconds and whether the customer accepted. */
export type RealCalls = {
  seconds: Float64Array;
  accepted: Uint8Array;
  /** The same lengths in ascending order. */
  sorted: Float64Array;
  meanSeconds: number;
};

let loaded: RealCalls | undefined;

/** The real calls of `data/telemarketing-calls.csv`, read on first use. Throws when the file is missing. */
export function realCalls(): RealCalls {
  loaded ??= parseRealCalls(
    readFileSync(join(packageFolder(), 'dialer/simulation/data/telemarketing-calls.csv'), 'utf8'),
  );
  return loaded;
}

/** Reads the CSV (header, then month,weekday,line,attempt,duration_s,subscribed). */
export function parseRealCalls(csv: string): RealCalls {
  const [header = '', ...rows] = csv.trim().split(/\r?\n/);
  const columns = header.split(',');
  const duration = columns.indexOf('duration_s');
  const subscribed = columns.indexOf('subscribed');
  if (duration < 0 || subscribed < 0) throw new Error('real calls: columns duration_s and subscribed are missing');
  const seconds = new Float64Array(rows.length);
  const accepted = new Uint8Array(rows.length);
  rows.forEach((row, i) => {
    const cells = row.split(',');
    const length = Number(cells[duration]);
    if (!Number.isFinite(length) || length < 0) throw new Error(`real calls: line ${i + 2} has no duration`);
    seconds[i] = length;
    accepted[i] = cells[subscribed] === '1' ? 1 : 0;
  });
  const sorted = seconds.slice().sort();
  let sum = 0;
  for (const s of sorted) sum += s;
  return { seconds, accepted, sorted, meanSeconds: sum / Math.max(1, sorted.length) };
}

/** The source runs from the tree, the built code from `dist/`, which holds no data: walk up to the package's own folder. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('real calls: no package.json above this file');
    folder = parent;
  }
  return folder;
}
