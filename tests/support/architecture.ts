import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export type SourceFile = { readonly path: string; readonly text: string };
export type Fault = {
  readonly path: string;
  readonly rule: 'arrow' | 'library' | 'clock or chance' | 'size';
  readonly what: string;
};

const MAX_LINES = 250;

/** Reads every source below the given folders of the checkout; what is generated is left out. */
export function readSources(root: string, folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .filter((path) => /\.(ts|tsx|mts|mjs|js)$/.test(path) && !/(^|\/)(node_modules|dist|generated)\//.test(path))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  );
}

export function findFaults(files: readonly SourceFile[]): Fault[] {
  return files.flatMap((file) => [
    ...arrowFaults(file),
    ...libraryFaults(file),
    ...purityFaults(file),
    ...sizeFaults(file),
  ]);
}

type Place = RegExp;
/** Sections of the catalogue whose words leave the product by mail and file, too, so that the server may say them. */
const sharedWords = /^src\/web\/i18n\/(effects|files|messages|results|words)\/(en|zh)\.ts$/;
/** What files of a place may import from this repository. The first place that fits decides; every place is a part of the house. */
const arrows: readonly (readonly [from: Place, may: readonly Place[], why: string])[] = [
  [/^dialer\/rules\//, [/^dialer\/rules\//], 'rules import rules, nothing else'],
  [/^dialer\/simulation\//, [/^dialer\/(rules|simulation)\//], 'the simulation knows rules, nothing else'],
  [/^qa\/rules\//, [/^qa\/rules\//], 'rules import rules, nothing else'],
  [
    /^dialer\/adapters\//,
    [/^dialer\/(adapters|rules|simulation|ports)\//, /^dialer\/[\w-]+\.ts$/, /^prisma\/generated\//],
    'adapters implement ports and know no engine',
  ],
  [
    /^qa\/adapters\//,
    [/^qa\/(adapters|rules|ports)\//, /^qa\/[\w-]+\.ts$/, /^prisma\/generated\//],
    'adapters implement ports and know no workflow',
  ],
  [
    /^dialer\//,
    [/^dialer\/(engine|rules|ports)\//, /^dialer\/[\w-]+\.ts$/],
    'the engine knows ports and rules, no adapters, no quality and no server',
  ],
  [
    /^qa\//,
    [/^qa\/(workflow|rules|ports)\//, /^qa\/[\w-]+\.ts$/],
    'the workflow knows ports and rules, no adapters, no dialler and no server',
  ],
  [
    /^src\/compose(\.ts|\/)/,
    [/^src\/(?!web\/)/, /^(dialer|qa)\/index\.ts$/, /^(dialer|qa)\/adapters\//, /^prisma\/generated\//],
    'compose joins everything, by the front doors',
  ],
  [/^src\/platform\//, [/^src\/platform\//, /^prisma\/generated\//], 'the platform knows nothing of the product'],
  [/^src\/setup\//, [/^src\/setup\//], 'setting up needs nothing that has to be set up'],
  [/^src\/contract\//, [/^src\/contract\//, /^(dialer|qa)\/index\.ts$/], 'the contract is shared with the browser'],
  [
    /^src\/web\//,
    [/^src\/(web|contract)\//, /^(dialer|qa)\/index\.ts$/],
    'the pages speak to the server by its contract only',
  ],
  [
    /^src\//,
    [/^src\/(?!web\/|compose(\.ts|\/))/, /^(dialer|qa)\/index\.ts$/, /^prisma\/generated\//, sharedWords],
    'the server uses the two sides by their front doors',
  ],
];

/** Main programs may start what compose joins. */
const programs = /^src\/(main|app)\.ts$|^src\/(demo|tools)\//;

function arrowFaults({ path, text }: SourceFile): Fault[] {
  const place = arrows.find(([from]) => from.test(path));
  if (place === undefined) return [{ path, rule: 'arrow', what: 'lies in no part of the house' }];
  const [, may, why] = place;
  return importsOf(text)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(path), name))
    .filter((target) => !may.some((pattern) => pattern.test(target)))
    .filter((target) => !(programs.test(path) && /^src\/compose(\.ts|\/)/.test(target)))
    .map((target) => ({ path, rule: 'arrow', what: `imports ${target}: ${why}` }));
}

/** Libraries that belong to one part. */
const libraries: readonly (readonly [library: RegExp, home: Place])[] = [
  [/^(bullmq|ioredis|mqemitter)$/, /^src\/platform\//],
  [/^(pg|@prisma\/adapter-pg)$/, /^(src\/(platform|setup|tools|demo|reports|compose)|(dialer|qa)\/adapters)/],
  [/^twilio(\/|$)/, /^dialer\/adapters\/telephony\//],
  [/^(fastify|@fastify\/.*|ws)$/, /^(src\/(?!web|contract|platform)|dialer\/adapters\/telephony\/sandbox\/)/],
  [/^(react|react-dom|antd|echarts|wavesurfer\.js|@tanstack\/.*|vite|@vitejs\/.*)(\/|$)/, /^src\/(web|setup)\//],
];
/** What rules may use: libraries that only compute (of node:crypto the hashes; its chance is looked for below). */
const pure = /^(luxon|libphonenumber-js(\/\w+)?|zod|iconv-lite|node:crypto)$/;

function libraryFaults({ path, text }: SourceFile): Fault[] {
  const names = importsOf(text).filter((name) => !name.startsWith('.'));
  return names.flatMap((name): Fault[] => {
    if (isRules(path) && !pure.test(name))
      return [{ path, rule: 'library', what: `imports ${name}: rules only compute` }];
    return libraries
      .filter(([library, home]) => library.test(name) && !home.test(path))
      .map(([, home]) => ({ path, rule: 'library', what: `imports ${name}, which belongs to ${home.source}` }));
  });
}

/** The two places of the simulation that touch the world: its program, and the reading of the table of real calls. */
const edges = /^dialer\/simulation\/(main|real-calls)\.ts$/;

function isRules(path: string): boolean {
  return /^(dialer|qa)\/(rules|simulation)\//.test(path) && !edges.test(path);
}

const impure: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b/, 'Date.now'],
  [/\bnew Date\(\s*\)/, 'new Date()'],
  [/(?<!\bnew )\bDate\(\s*\)/, 'Date()'],
  [/\b(DateTime|Duration)\.(now|local)\(\s*\)/, 'the present by luxon'],
  [/\bMath\.random\b/, 'Math.random'],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/, 'a timer'],
  [/\bperformance\b/, 'performance'],
  [/\b(randomUUID|getRandomValues|randomBytes|randomInt|randomFill\w*|generateKey\w*)\b/, 'chance by crypto'],
  [/\bprocess\./, 'process'],
  [/\bfetch\(/, 'fetch'],
  [/\bconsole\./, 'console'],
];

function purityFaults({ path, text }: SourceFile): Fault[] {
  if (!isRules(path)) return [];
  const code = withoutComments(text).replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
  return impure
    .filter(([pattern]) => pattern.test(code))
    .map(([, what]) => ({ path, rule: 'clock or chance', what: `uses ${what}` }));
}

/** A long file says at its head why it is one: a comment with the words "Long because". */
function sizeFaults({ path, text }: SourceFile): Fault[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  if (lines <= MAX_LINES || /Long because \S+ \S+/.test(headComment(text))) return [];
  return [{ path, rule: 'size', what: `has ${lines} lines; split it, or say at its head "Long because …"` }];
}

function headComment(text: string): string {
  return /^\s*((\/\*[\s\S]*?\*\/|\/\/[^\n]*)\s*)+/.exec(text)?.[0] ?? '';
}

/** The module names a source imports, in any form. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const forms = [
    /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\bimport\(\s*['"`]([^'"`]+)['"`]/g,
    /\brequire\(\s*['"]([^'"]+)['"]/g,
  ];
  return forms.flatMap((form) => [...code.matchAll(form)].map(([, name = '']) => name));
}

function withoutComments(text: string): string {
  // Strings are matched too, so that what looks like a comment inside one stays.
  const parts = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(parts, (part) => (part.startsWith('/') ? ' ' : part));
}
