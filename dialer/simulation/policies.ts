import { policies } from '../rules/pacing/index.ts';
import { baselines } from './baselines/index.ts';
import { oracle } from './oracle/oracle.ts';
import type { PolicySource } from './policy-source.ts';

/** Every policy that can be simulated: the product's own, the baselines, the oracle. */
export const simulated: Record<string, PolicySource> = { ...policies, ...baselines, oracle };

/** The policies of a comma-separated list; `all` names every one. Unknown names are returned apart. */
export function choosePolicies(names: string): { chosen: [string, PolicySource][]; unknown: string[] } {
  const wanted = names === 'all' ? Object.keys(simulated) : names.split(',').map((name) => name.trim());
  const chosen: [string, PolicySource][] = [];
  const unknown: string[] = [];
  for (const name of wanted) {
    const source = simulated[name];
    if (source === undefined) unknown.push(name);
    else chosen.push([name, source]);
  }
  return { chosen, unknown };
}
