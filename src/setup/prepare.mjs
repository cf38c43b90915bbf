// Makes a checkout ready to run: packages, database client, compiled server, web pages. Does only what is out of date, by content.
// Plain Node without packages, since it runs before there are any. Flags: --server (no web pages), --tests (no compiled server).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, onlyOne, run, step } from './steps.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const at = (...parts) => join(root, ...parts);
const stamps = at('dist', '.stamps');
const sources = ['dialer', 'qa', 'src', 'tests/bench', 'tests/fixtures', 'tests/support'];

/** Every file below a folder, without the folders named in `skip`; sorted, so that their order never changes a hash. */
function filesBelow(folder, skip = []) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return skip.includes(path) ? [] : filesBelow(path, skip);
      return entry.isFile() ? [path] : [];
    });
}

function fingerprint(files, ...more) {
  const hash = createHash('sha256').update(JSON.stringify([process.version, ...more]));
  for (const file of files)
    hash.update(`\0${relative(root, file)}\0`).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function stamp(name) {
  return readJson(join(stamps, `${name}.json`)) ?? {};
}

function writeStamp(name, value) {
  writeFileSync(join(stamps, `${name}.json`), JSON.stringify(value));
}

function checkNode() {
  const wanted = readJson(at('package.json')).engines.node.replace(/[^\d.]/g, '');
  const [have, need] = [process.versions.node, wanted].map((text) => text.split('.').map(Number));
  const older =
    have[0] < need[0] || (have[0] === need[0] && (have[1] < need[1] || (have[1] === need[1] && have[2] < need[2])));
  if (older) throw new Failure(`Node.js ${wanted} or newer is needed; this is ${process.versions.node}.`);
}

/** Compares what is installed with the lock file, package by package: true also for a tree that somebody else installed. */
function packagesCurrent() {
  const installed = readJson(at('node_modules', '.package-lock.json'))?.packages;
  if (installed === undefined) return false;
  const wanted = readJson(at('package-lock.json')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    // Optional packages are left out on systems they are not for.
    if (installed[path] === undefined) return entry.optional === true;
    return installed[path].version === entry.version;
  });
}

async function installPackages() {
  if (packagesCurrent()) return;
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  await step('installing packages', () =>
    run(
      [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      root,
      'Packages could not be installed',
    ),
  );
}

async function generateClient() {
  const files = [
    ...filesBelow(at('prisma', 'schema')),
    at('prisma.config.ts'),
    at('node_modules', 'prisma', 'package.json'),
  ];
  const now = fingerprint(files);
  if (stamp('client').fingerprint === now && existsSync(at('prisma', 'generated', 'client.ts'))) return;
  writeStamp('client', {});
  await step('generating the database client', () =>
    run(
      [process.execPath, at('node_modules/prisma/build/index.js'), 'generate'],
      root,
      'Prisma could not generate its client',
    ),
  );
  writeStamp('client', { fingerprint: now });
}

/** The file that the compiler makes of a source. */
function compiled(file) {
  return at('dist', file.replace(/\.tsx?$/, '.js'));
}

async function compileServer() {
  const files = [
    ...sources.flatMap((folder) => filesBelow(at(folder), [at('src', 'web')])),
    ...filesBelow(at('prisma', 'generated')),
  ]
    .filter((file) => /\.(ts|tsx|json)$/.test(file))
    .map((file) => relative(root, file));
  const settings = fingerprint(
    ['tsconfig.json', 'src/setup/tsconfig.server.json', 'package-lock.json'].map((file) => at(file)),
  );
  const now = fingerprint(
    files.map((file) => at(file)),
    settings,
  );
  const before = stamp('server');
  const compiledBefore = existsSync(compiled('src/setup/ready.ts'));
  if (before.fingerprint === now && compiledBefore) return;
  // Nothing may stay behind of a source that is gone.
  for (const gone of (before.files ?? []).filter((file) => !files.includes(file))) {
    for (const ending of ['', '.map']) rmSync(`${compiled(gone)}${ending}`, { force: true });
  }
  // TypeScript's memory of the last build keeps errors that other settings have since made right (seen with 7.0.2, `lib`).
  if (!compiledBefore || before.settings !== settings) rmSync(at('dist', '.tsbuildinfo'), { force: true });
  // The compiler writes files even when it fails: until it has succeeded no stamp may vouch for them.
  writeStamp('server', { files: [...new Set([...(before.files ?? []), ...files])] });
  await step('compiling the server', () =>
    run(
      [process.execPath, at('node_modules/typescript/bin/tsc'), '-p', 'src/setup/tsconfig.server.json'],
      root,
      'The sources do not compile',
    ),
  );
  writeStamp('server', { fingerprint: now, settings, files });
}

async function buildWeb() {
  if (!existsSync(at('src', 'web', 'vite.config.ts'))) return;
  // The build itself told which files outside src/web went into the pages.
  const known = readJson(join(stamps, 'web-modules.json')) ?? [];
  const files = () =>
    [...new Set([...filesBelow(at('src', 'web')), ...known.map((file) => at(file)), at('package-lock.json')])].sort();
  if (stamp('web').fingerprint === fingerprint(files()) && existsSync(at('dist', 'web', 'index.html'))) return;
  writeStamp('web', {});
  await step('building the web pages', () =>
    run([process.execPath, at('src/setup/build-web.mjs')], root, 'The web pages could not be built'),
  );
  known.splice(0, known.length, ...(readJson(join(stamps, 'web-modules.json')) ?? []));
  writeStamp('web', { fingerprint: fingerprint(files()) });
}

async function main() {
  checkNode();
  const flags = new Set(process.argv.slice(2));
  for (const flag of flags) {
    if (!['--server', '--tests'].includes(flag))
      throw new Failure(`prepare does not know ${flag}; it knows --server and --tests.`);
  }
  mkdirSync(stamps, { recursive: true });
  await onlyOne(join(stamps, 'lock'), async () => {
    await installPackages();
    await generateClient();
    const steps = [flags.has('--tests') ? undefined : compileServer(), flags.has('--server') ? undefined : buildWeb()];
    // Both run to their end before the lock is given back, and before one failure is told.
    for (const result of await Promise.allSettled(steps)) if (result.status === 'rejected') throw result.reason;
  });
}

main().catch((error) => {
  console.error(error instanceof Failure ? `\n${error.message}` : error);
  process.exitCode = 1;
});
