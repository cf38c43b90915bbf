/** What `npm run demo -- …` understands. */
import { parseArgs } from 'node:util';

export type DemoOptions = {
  agents: number;
  minutes: number;
  speed: number;
  seed: number;
  json: string | null;
  keep: string | null;
};

export const usage = `npm run demo -- [--agents 20] [--minutes 60] [--speed 30] [--seed 7] [--json out.json] [--keep folder]
  --agents   simulated agents, 1 to 300
  --minutes  length of the shift in minutes of the product's clock, 5 to 480
  --speed    how fast that clock runs, 1 to 120
  --seed     of the simulated people
  --json     where the figures are written
  --keep     data folder to use and leave; without it a temporary one is used and removed`;

const limits = { agents: [1, 300], minutes: [5, 480], speed: [1, 120], seed: [0, 2 ** 31 - 1] } as const;
const standard = { agents: 20, minutes: 60, speed: 30, seed: 7 };

/** All faults at once, each naming its option. */
export function readOptions(
  argv: readonly string[],
): { ok: true; options: DemoOptions } | { ok: false; faults: string[] } {
  const faults: string[] = [];
  const text = { type: 'string' } as const;
  let values: { [name: string]: string | undefined } = {};
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: { agents: text, minutes: text, speed: text, seed: text, json: text, keep: text },
    }));
  } catch (cause) {
    return { ok: false, faults: [cause instanceof Error ? cause.message : String(cause)] };
  }
  const read = (name: keyof typeof limits): number => {
    const [least, most] = limits[name];
    const value = values[name] === undefined ? standard[name] : Number(values[name]);
    if (!Number.isInteger(value) || value < least || value > most)
      faults.push(`--${name} must be a whole number from ${least} to ${most}`);
    return value;
  };
  const options = {
    agents: read('agents'),
    minutes: read('minutes'),
    speed: read('speed'),
    seed: read('seed'),
    json: values.json ?? null,
    keep: values.keep ?? null,
  };
  return faults.length === 0 ? { ok: true, options } : { ok: false, faults };
}
