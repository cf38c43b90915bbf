import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdColumn } from '../../../qa/rules/sampling/id-column.ts';
import { inOrderOf } from '../../../qa/rules/sampling/in-order.ts';

test('indices in ascending order of key, equal keys in the order they came, however the keys are spread', () => {
  const key = fc.oneof(
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.constantFrom(0, 0.5, 1 - 2 ** -53, 1e-9),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const expected = keys.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
      expect([...inOrderOf(Float64Array.from(keys))]).toEqual(expected);
    }),
  );
});

test('a column gives back every id that was put in, past the end of a block and of its first room', () => {
  const ids = Array.from({ length: 30_000 }, (_, i) => `${i}-${'é漢'.repeat(i % 40)}`);
  const column = new IdColumn();
  for (const id of ids) column.push(id);
  expect([...column]).toEqual(ids);
  expect(column.at(30_000)).toBe('');
  expect(() => column.push('x'.repeat(256))).toThrow(RangeError);
});
