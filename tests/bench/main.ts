import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The benchmarks by name; each lives in the file of that name and exports `run(args)`. */
const benches: Record<string, string> = {
  pacing: 'policies against baselines and oracle; cost of a decision; memory over a week (parts: pacing --help)',
  latency: 'from the customer’s answer to the document and to the agent’s room, at 5, 20 and 50 answers a second',
  import: 'contacts imported per second',
  draw: 'drawing samples from large frames',
  blacklist: 'asking the blacklist at dial time, by its size',
  summary: 'the weekly summary over a million attempts',
  desk: 'from the reservation of an agent to the customer on the agent’s screen, in a real browser',
  wallboard: 'processor time of an open wallboard with 500 agents: page, server, PostgreSQL',
  carrier: 'cost of the sandbox carrier: CPU, lag and memory at 200 calls at once',
};

type Bench = { run(args: string[]): Promise<void> };

function isBench(module: unknown): module is Bench {
  return typeof module === 'object' && module !== null && 'run' in module && typeof module.run === 'function';
}

/** What is run when nothing is named: the two figures that everybody asks for. */
const usual = ['latency', 'import'];

async function main([name, ...args]: string[]): Promise<void> {
  if (name !== undefined && benches[name] === undefined) {
    list();
    process.exitCode = 1;
    return;
  }
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  console.log(`${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GB, Node ${process.version}\n`);
  for (const each of name === undefined ? usual : [name]) await runOne(each, args);
  if (name === undefined) list();
}

function list(): void {
  console.log('\nnpm run bench -- <name>');
  for (const [known, about] of Object.entries(benches)) console.log(`  ${known.padEnd(10)} ${about}`);
}

async function runOne(name: string, args: string[]): Promise<void> {
  // Sources run as .ts, the built code as .js: the benchmark has the ending of this file.
  const file = new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);
  if (!existsSync(fileURLToPath(file))) throw new Error(`benchmark ${name} is not part of this build`);
  const bench: unknown = await import(file.href);
  if (!isBench(bench)) throw new Error(`benchmark ${name} exports no run(args)`);
  await bench.run(args);
}

await main(process.argv.slice(2));
