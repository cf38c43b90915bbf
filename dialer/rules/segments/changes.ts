/** What differs between two versions of the rules, type by type: before and after, for who reads the history. */
import type { SegmentRules, SegmentType } from './settings.ts';

export type SegmentChange = {
  key: string;
  how: 'added' | 'gone' | 'changed' | 'moved';
  /** Place in the order, from 1; null where it is not there. */
  placeBefore: number | null;
  placeAfter: number | null;
  before: SegmentType | null;
  after: SegmentType | null;
};

export function segmentChanges(before: SegmentRules, after: SegmentRules): SegmentChange[] {
  const placed = ({ types }: SegmentRules) =>
    new Map(types.map((type, index) => [type.key, { type, place: index + 1 }]));
  const [old, now] = [placed(before), placed(after)];
  const staying = (rules: SegmentRules, other: typeof old): string[] =>
    rules.types.map(({ key }) => key).filter((key) => other.has(key));
  const [orderBefore, orderAfter] = [staying(before, now), staying(after, old)];
  const changes: SegmentChange[] = [];
  for (const [key, { type, place }] of now) {
    const was = old.get(key);
    const about = { key, placeBefore: was?.place ?? null, placeAfter: place, before: was?.type ?? null, after: type };
    if (was === undefined) changes.push({ ...about, how: 'added' });
    else if (JSON.stringify(was.type) !== JSON.stringify(type)) changes.push({ ...about, how: 'changed' });
    // Among those that stayed: whoever only made room for a new one was not moved.
    else if (orderBefore.indexOf(key) !== orderAfter.indexOf(key)) changes.push({ ...about, how: 'moved' });
  }
  for (const [key, { type, place }] of old)
    if (!now.has(key))
      changes.push({ key, how: 'gone', placeBefore: place, placeAfter: null, before: type, after: null });
  return changes;
}
