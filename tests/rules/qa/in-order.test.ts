import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { IdColumn } from '../../../qa/rules/sampling/id-column.ts';
import { inOrderOf, sortRoom } from '../../../qa/rules/sampling/in-order.ts';

test('indices in ascending order of key, equal keys in the order they came, however the keys are spread', () => {
  const key = fc.oneof(
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.constantFrom(0, 0.5, 1 - 2 ** -53, 1e-9),
  );
  const room = sortRoom(200);
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const expected = keys.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
      expect([...inOrderOf(Float64Array.from(keys))]).toEqual(expected);
      // In room that another sort has used, and that is larger than needed.
      expect([...inOrderOf(Float64Array.from(keys), room).subarray(0, keys.length)]).toEqual(expected);
    }),
  );
});

test('a column gives back every id that was put in, past the end of a block and of its first room', () => {
  const ids = Array.from({ length: 30_000 }, (_, i) => `${i}-${'é漢'.repeat(i % 40)}`);
  const column = new IdColumn();
  for (const id of ids) column.push(id);
  expect([...column]).toEqual(ids);
  expect(column.at(30_000)).toBe('');
  expect(() => column.push('x'.repeat(255))).toThrow(RangeError);
});

describe('a column of UUIDs', () => {
  const columnOf = (ids: readonly string[]) => {
    const column = new IdColumn();
    for (const id of ids) column.push(id);
    return column;
  };
  const sorted = (ids: readonly string[]) => {
    const column = columnOf(ids);
    return [...column.inOrder(column.order())];
  };

  it('keeps other ids beside them as they are, and puts all in the order of their texts', () => {
    const letters = fc.constantFrom(...'0123456789abcdefAF-g');
    // Near to a UUID, but none: another letter, another case, a hyphen too many.
    const near = fc
      .tuple(fc.uuid(), fc.nat({ max: 35 }), letters)
      .map(([id, at, letter]) => id.slice(0, at) + letter + id.slice(at + 1));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uuid(), near, fc.string({ maxLength: 8 })), { maxLength: 60 }), (ids) => {
        expect([...columnOf(ids)]).toEqual(ids);
        expect(sorted(ids)).toEqual(ids.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
        const column = columnOf(ids);
        const label = Buffer.alloc(300);
        for (const [i, id] of ids.entries()) expect(label.toString('utf8', 0, column.copy(i, label, 0))).toBe(id);
      }),
    );
  });

  it('gives them back past the end of a block, and still when an id of another kind comes after them all', () => {
    const ids = Array.from({ length: 66_000 }, (_, i) => uuidOf(i, i));
    const column = columnOf(ids);
    const some = [0, 1, 65_535, 65_536, 65_999, 66_000, 66_001];
    const found = () => some.map((index) => column.at(index));
    const told = [...ids, 'another', uuidOf(7, 7)];
    expect(found()).toEqual(some.map((index) => ids[index] ?? ''));
    column.push('another');
    column.push(uuidOf(7, 7));
    expect(found()).toEqual(some.map((index) => told[index]));
  });

  it.each<[string, (i: number) => string]>([
    ['made by chance', (i) => uuidOf(Math.imul(i, 2_654_435_761) >>> 0, i)],
    ['made in the order of time', (i) => uuidOf(0x019a_0000, (20_000 - i) * 7)],
    ['all alike but for one', (i) => uuidOf(i === 0 ? 0xffff_ffff : 1, Math.imul(i, 40_503) % 65_536)],
  ])('is sorted, %s', (_, make) => {
    const ids = Array.from({ length: 20_000 }, (_, i) => make(i));
    expect(sorted(ids)).toEqual(ids.toSorted());
  });
});

function uuidOf(first: number, last: number): string {
  const digits = `${first.toString(16).padStart(8, '0')}00007000800000${last.toString(16).padStart(10, '0')}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
