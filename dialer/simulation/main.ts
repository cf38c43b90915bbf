import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { plotPage } from './plot.ts';
import { choosePolicies, simulated } from './policies.ts';
import type { PolicySource } from './policy-source.ts';
import type { Scenario } from './scenario.ts';
import { parseScenario } from './scenario-file.ts';
import { scenarios } from './scenarios.ts';
import { runShift } from './shift.ts';
import { type Summary, summarise } from './summary.ts';
import { summaryTable } from './table.ts';

const usage = `npm run simulate -- --scenario <name|file.json> [--policy name,…|all] [--agents n] [--seeds k]
                    [--cap 0.03] [--band 0.69-0.74] [--json] [--plot out.html]
scenarios: ${Object.keys(scenarios).join(', ')}
policies:  ${Object.keys(simulated).join(', ')}`;

/** What the command line cannot be used for; shown without a stack. */
class UsageFault extends Error {}

type Request = {
  scenario: Scenario;
  policies: [string, PolicySource][];
  seeds: number;
  json: boolean;
  plot: string | undefined;
};

function readRequest(args: string[]): Request | undefined {
  const { values } = parseArgs({
    args,
    options: {
      scenario: { type: 'string', default: 'steady' },
      policy: { type: 'string', default: 'all' },
      agents: { type: 'string' },
      seeds: { type: 'string', default: '2' },
      cap: { type: 'string' },
      band: { type: 'string' },
      json: { type: 'boolean', default: false },
      plot: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { chosen, unknown } = choosePolicies(values.policy);
  if (unknown.length > 0) throw new UsageFault(`unknown policy: ${unknown.join(', ')}\n${usage}`);
  const scenario: Scenario = { ...findScenario(values.scenario) };
  if (values.agents !== undefined) scenario.agents = wholeNumber('agents', values.agents, 0, 5_000);
  if (values.cap !== undefined) scenario.maxAbandonRate = share('cap', values.cap);
  if (values.band !== undefined) scenario.targetUtilization = readBand(values.band);
  return {
    scenario,
    policies: chosen,
    seeds: wholeNumber('seeds', values.seeds, 1, 1_000),
    json: values.json,
    plot: values.plot,
  };
}

function findScenario(name: string): Scenario {
  if (name.endsWith('.json')) return parseScenario(readScenarioFile(name), name);
  const scenario = scenarios[name];
  if (scenario === undefined) throw new UsageFault(`unknown scenario: ${name}\n${usage}`);
  return scenario;
}

function readScenarioFile(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (error) {
    throw new UsageFault(
      `--scenario ${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const n = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isInteger(n) || n < least || n > most)
    throw new UsageFault(`--${option} wants a whole number from ${least} to ${most}`);
  return n;
}

function share(option: string, text: string): number {
  const x = text.trim() === '' ? Number.NaN : Number(text);
  if (!(x >= 0 && x <= 1)) throw new UsageFault(`--${option} wants a share from 0 to 1`);
  return x;
}

function readBand(text: string): { min: number; max: number } {
  const [low = '', high = '', more] = text.split('-');
  if (high === '' || more !== undefined) throw new UsageFault('--band wants two shares, as in 0.69-0.74');
  const band = { min: share('band', low), max: share('band', high) };
  if (band.min > band.max) throw new UsageFault('--band wants the lower edge first, as in 0.69-0.74');
  return band;
}

function main(args: string[]): void {
  const request = readRequest(args);
  if (request === undefined) {
    console.log(usage);
    return;
  }
  const { scenario, policies, seeds } = request;
  const rows: [string, Summary][] = [];
  for (const [name, policy] of policies) {
    const measures = Array.from({ length: seeds }, (_, i) => runShift({ scenario, seed: i + 1, policy }));
    rows.push([name, summarise(measures, scenario.targetUtilization)]);
  }
  if (request.plot !== undefined) writeFileSync(request.plot, plotPage(scenario, policies, seeds));
  if (request.json) {
    console.log(JSON.stringify({ scenario, seeds, policies: Object.fromEntries(rows) }, undefined, 2));
    return;
  }
  const band = scenario.targetUtilization;
  const aim = band === undefined ? '' : `, band ${100 * band.min}–${100 * band.max} %`;
  console.log(scenario.about === '' ? scenario.name : `${scenario.name}: ${scenario.about}`);
  console.log(
    `${scenario.agents} agents, ${seeds === 1 ? 'one seed' : `${seeds} seeds`}, cap ${100 * scenario.maxAbandonRate} %${aim}\n`,
  );
  console.log(summaryTable(rows));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof UsageFault || 'code' in error ? error.message : error);
  process.exitCode = 1;
}
