/** What two countings of the same run disagree on. */
import type { DemoFigures } from './figures.ts';
import type { Recount } from './recount.ts';

/** What the two countings disagree on: names and both values. */
export function differences(figures: DemoFigures, again: Recount): string[] {
  const { weeklySummaryId: _id, foretold: _foretold, ...counted } = figures;
  const [shown, recounted] = [leaves(counted), leaves(again)];
  const found: string[] = [];
  // Of both: a figure that only one of them knows is none the other could have found right.
  for (const name of new Set([...recounted.keys(), ...shown.keys()])) {
    // What a tally does not name occurred never.
    const [value, other] = [recounted, shown].map((all) => (all.has(name) ? all.get(name) : 0));
    const same =
      typeof value === 'number' && typeof other === 'number'
        ? Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(value))
        : value === other;
    if (!same) found.push(`${name}: ${other} shown, ${value} counted again`);
  }
  return found;
}

function leaves(value: object, prefix = ''): Map<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([name, inner]): [string, unknown][] =>
      typeof inner === 'object' && inner !== null
        ? [...leaves(inner, `${prefix}${name}.`)]
        : [[`${prefix}${name}`, inner]],
    ),
  );
}
