/** What became of customers after a contact: only from the original state, only once the watch is over, everybody exactly once. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addEffect, effectChanges, effectOf, noFigures } from '../../../dialer/rules/customers/effect.ts';
import {
  type CustomerMonth,
  customerStatuses,
  type CustomerStatus,
  monthPlus,
} from '../../../dialer/rules/customers/month.ts';
import { startingSet } from '../../../dialer/rules/segments/starting-set.ts';
import { kindsBy, watchMonths } from '../../../dialer/rules/customers/watch.ts';

const origin = '2026-06';
const open = { services: null, contribution: null, tenureStart: null, contractEnd: null, changes: [] };
const month = (after: number, status: CustomerStatus, bill = 0): CustomerMonth => ({
  ...open,
  ...{ month: monthPlus(origin, after), status, bill },
});
const told = (...after: number[]) => new Set(after.map((count) => monthPlus(origin, count)));
const all = told(-3, -2, -1, 0, 1, 2, 3, 4, 5);

describe('after a contact', () => {
  const [on, off]: CustomerStatus[] = ['in-service', 'suspended'];
  if (on === undefined || off === undefined) throw new Error('two statuses');
  // The month before, the origin, and the three months of the watch; null: the table does not tell of them.
  test.each<[string, (CustomerStatus | null)[]]>([
    ['stayed', [on, on, on, on, on]],
    ['lost', [on, on, on, on, off]],
    ['stayed-out', [off, off, off, off, off]],
    ['won-back', [off, off, off, off, on]],
    // Out in between and back: the original state is the one they ended in.
    ['stayed', [on, on, off, off, on]],
    ['stayed-out', [off, on, on, on, off]],
    // The month of the contact itself is neither before nor after.
    ['stayed', [on, off, on, on, on]],
    ['won-back', [off, on, null, null, on]],
    ['no-before', [null, on, on, on, off]],
    ['no-after', [on, on, on, on, null]],
  ])('%s: %j', (change, statuses) => {
    const months = statuses.flatMap((status, at) => (status === null ? [] : [month(at - 1, status)]));
    expect(effectOf(months, { origin, months: 3 }, all).change).toBe(change);
  });

  test.each(customerStatuses.filter((status) => status !== 'in-service'))('%s is not in service', (status) => {
    expect(effectOf([month(-1, 'in-service'), month(1, status)], { origin, months: 1 }, all).change).toBe('lost');
    expect(effectOf([month(-1, status), month(1, 'in-service')], { origin, months: 1 }, all).change).toBe('won-back');
  });

  it('is open until the client has told of the last month of the watch, whatever is known before', () => {
    const months = [month(-1, 'in-service'), month(1, 'cancelled'), month(2, 'cancelled')];
    expect(effectOf(months, { origin, months: 3 }, told(-1, 0, 1, 2))).toMatchObject({ change: 'open', bill: null });
    // Told, and they are not in it: gone from the table, which is not the same as lost.
    expect(effectOf(months, { origin, months: 3 }, told(-1, 0, 1, 2, 3)).change).toBe('no-after');
    expect(effectOf(months, { origin, months: 2 }, told(-1, 0, 1, 2)).change).toBe('lost');
  });

  it('the bill is the mean of the months of the watch that are known', () => {
    const months = [
      month(-1, 'in-service', 900),
      month(0, 'in-service', 5),
      month(1, 'lost', 300),
      month(3, 'lost', 100),
    ];
    expect(effectOf(months, { origin, months: 3 }, all).bill).toEqual({ before: 900, after: 200 });
  });
});

const anyMonths = fc
  .uniqueArray(fc.integer({ min: -6, max: 6 }), { maxLength: 13 })
  .chain((places) =>
    fc.tuple(
      ...places.map((after) =>
        fc.record({ after: fc.constant(after), status: fc.constantFrom(...customerStatuses), bill: fc.nat(200_000) }),
      ),
    ),
  )
  .map((rows) => rows.map(({ after, status, bill }) => month(after, status, bill)));
const watch = fc.constantFrom(1, 3);

test('whatever is known: nobody was in service who is won back, nobody out of it who is lost, and only two months decide', () => {
  fc.assert(
    fc.property(anyMonths, watch, fc.array(fc.integer({ min: -6, max: 6 })), (months, length, tables) => {
      const known = told(...tables);
      const { change, before, course } = effectOf(months, { origin, months: length }, known);
      const end = course.at(-1);
      expect(course).toHaveLength(length);
      if (change === 'lost') expect([before?.status, end?.status === 'in-service']).toEqual(['in-service', false]);
      if (change === 'won-back') expect([before?.status === 'in-service', end?.status]).toEqual([false, 'in-service']);
      const deciding = [monthPlus(origin, -1), monthPlus(origin, length)];
      const less = months.filter((one) => deciding.includes(one.month));
      expect(effectOf(less, { origin, months: length }, known).change).toBe(change);
      expect(effectOf(months.toReversed(), { origin, months: length }, known)).toMatchObject({ change });
    }),
  );
});

test('figures: everybody is in exactly one of the ends, and sums do not depend on the order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyMonths, watch), { maxLength: 20 }), (people) => {
      const effects = people.map(([months, length]) => effectOf(months, { origin, months: length }, all));
      const [one, two] = [noFigures(), noFigures()];
      for (const effect of effects) addEffect(one, effect);
      for (const effect of effects.toReversed()) addEffect(two, effect);
      expect(effectChanges.reduce((sum, change) => sum + one.changes[change], 0)).toBe(people.length);
      expect(two.changes).toEqual(one.changes);
      expect(two.bills.after).toBeCloseTo(one.bills.after, 4);
      const { lost, stayed } = one.changes;
      expect(one.bills.customers).toBe(lost + stayed + one.changes['won-back'] + one.changes['stayed-out']);
    }),
  );
});

const kindOf = (months: CustomerMonth[], rules = startingSet) =>
  kindsBy(rules).of({ customerId: '', number: '', months }, origin);
test.each([
  ['member', [100_001, 200_000, 100_001]],
  ['vip', [100_000, 50_000, 70_000]],
  // Neither over 1,000 in each nor between 500 and 1,000 in each.
  ['other', [100_000, 200_000, 100_001]],
  ['other', [49_999, 90_000, 90_000]],
  // A month that is not known makes nobody a member.
  ['other', [900_000, 900_000]],
  ['other', []],
])('%s by the bills %j of the months before', (kind, bills) => {
  const months = bills.map((bill, at) => month(-1 - at, 'in-service', bill));
  // What came with the contact or after it makes nobody what they were not.
  expect(kindOf([...months, month(0, 'in-service', 900_000), month(1, 'in-service', 900_000)])).toBe(kind);
});
test('who is a member is the centre’s to say; another type that they fit as well changes nothing', () => {
  const rich = [-1, -2, -3].map((at) => ({ ...month(at, 'in-service', 900_000), changes: ['moved'] }));
  expect(kindOf(rich)).toBe('member');
  const without = { ...startingSet, types: startingSet.types.filter(({ key }) => key !== 'member') };
  expect(kindOf(rich, without)).toBe('other');
  expect(kindsBy({ ...startingSet, types: [] }).lookBack).toBe(1);
});
test('members and VIPs are watched for three months, others for one', () => {
  expect(watchMonths).toEqual({ member: 3, vip: 3, other: 1 });
});
