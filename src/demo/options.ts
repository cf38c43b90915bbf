/** What `npm run demo -- …` understands. */
import { parseArgs } from 'node:util';

export type DemoOptions = {
  agents: number;
  minutes: number;
  speed: number;
  seed: number;
  /** Of talk utilization; null: as high as the cap allows. */
  band: { min: number; max: number } | null;
  maxAbandonRate: number;
  /** Ends with the shift: its pacing beside the simulator's, and no night. */
  shiftOnly: boolean;
  json: string | null;
  keep: string | null;
};

export const usage = `npm run demo -- [--agents 20] [--minutes 60] [--speed 30] [--seed 7] [--band 69-74] [--cap 3] [--shift-only] [--json out.json] [--keep folder]
  --agents   simulated agents, 1 to 300
  --minutes  length of the shift in minutes of the product's clock, 5 to 480
  --speed    how fast that clock runs, 1 to 120
  --seed     of the simulated people
  --band     of talk utilization in percent, or none: as high as the cap allows
  --cap      on abandoned calls in percent
  --shift-only  ends with the shift: its pacing beside the simulator's, without the night and what quality makes of it
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
  let shiftOnly = false;
  try {
    const { 'shift-only': only, ...rest } = parseArgs({
      args: [...argv],
      options: {
        agents: text,
        minutes: text,
        speed: text,
        seed: text,
        band: text,
        cap: text,
        json: text,
        keep: text,
        'shift-only': { type: 'boolean' },
      },
    }).values;
    [values, shiftOnly] = [rest, only ?? false];
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
  const percent = (name: 'cap', standardValue: number): number => {
    const value = values[name] === undefined ? standardValue : Number(values[name]);
    if (!(value >= 0 && value <= 100)) faults.push(`--${name} must be a number from 0 to 100`);
    return value / 100;
  };
  const readBand = (): DemoOptions['band'] => {
    if (values.band === 'none') return null;
    const edges = /^([\d.]+)-([\d.]+)$/.exec(values.band ?? '69-74');
    const [min, max] = [Number(edges?.[1]), Number(edges?.[2])];
    if (!(min >= 0 && min < max && max <= 100)) faults.push('--band must be two percentages like 69-74, or none');
    return { min: min / 100, max: max / 100 };
  };
  const options = {
    agents: read('agents'),
    minutes: read('minutes'),
    speed: read('speed'),
    seed: read('seed'),
    band: readBand(),
    maxAbandonRate: percent('cap', 3),
    shiftOnly,
    json: values.json ?? null,
    keep: values.keep ?? null,
  };
  return faults.length === 0 ? { ok: true, options } : { ok: false, faults };
}
