/** What the editor does with rules that are being written. */
import type { SegmentCondition, SegmentRules, SegmentType } from '../../../contract/segments.ts';
import { ApiError } from '../../api/problem.ts';

type Kind = SegmentCondition['kind'];

/** What a condition begins with when its kind is chosen. */
const blanks: { [K in Kind]: Extract<SegmentCondition, { kind: K }> } = {
  bill: { kind: 'bill', of: 'each', months: 3, is: 'over', amount: 100_000 },
  'bill-between': { kind: 'bill-between', of: 'each', months: 3, from: 50_000, to: 100_000 },
  'bill-change': { kind: 'bill-change', months: 3, is: 'more-than-times', factor: 3 },
  status: { kind: 'status', is: 'one-of', states: ['in-service'] },
  tenure: { kind: 'tenure', is: 'under', count: 3 },
  services: { kind: 'services', is: 'at-least', count: 2 },
  'important-change': { kind: 'important-change', months: 1 },
  'contract-end': { kind: 'contract-end', days: 60 },
  'complaint-open': { kind: 'complaint-open' },
};
export const conditionKinds = Object.values(blanks).map(({ kind }) => kind);
export const blankOf = (kind: Kind): SegmentCondition => blanks[kind];

export const newGroup = (): SegmentType['groups'][number] => ({ match: 'all', conditions: [blanks.bill] });

/** Its key is the first of its row that no type has. */
export function newType({ types }: SegmentRules, taken: readonly string[]): SegmentType {
  const keys = new Set([...types.map(({ key }) => key), ...taken]);
  let number = 1;
  while (keys.has(`type-${number}`)) number += 1;
  return { key: `type-${number}`, name: { en: '', zh: '' }, match: 'all', groups: [newGroup()] };
}

export function moved<T>(items: readonly T[], place: number, by: -1 | 1): T[] {
  const one = items[place];
  const other = items[place + by];
  return one === undefined || other === undefined ? [...items] : items.with(place, other).with(place + by, one);
}

/** Of each type the codes of its faults; what a schema refuses is `missing`. */
export function faultsOf(error: unknown): Map<number, string[]> {
  const found = new Map<number, string[]>();
  if (!(error instanceof ApiError)) return found;
  for (const { field, code } of error.faults) {
    const place = Number(/types\.(\d+)/.exec(field)?.[1] ?? Number.NaN);
    if (Number.isNaN(place)) continue;
    const known = found.get(place) ?? [];
    const said = code.startsWith('segment-') ? code : 'missing';
    if (!known.includes(said)) found.set(place, [...known, said]);
  }
  return found;
}
