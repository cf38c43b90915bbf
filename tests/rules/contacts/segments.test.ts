import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentChanges } from '../../../dialer/rules/segments/changes.ts';
import { classifier } from '../../../dialer/rules/segments/classify.ts';
import { type CustomerMonth, monthPlus } from '../../../dialer/rules/customers/month.ts';
import { customerOf, type SegmentCustomer, wholeMonths } from '../../../dialer/rules/segments/facts.ts';
import { fits, fulfils } from '../../../dialer/rules/segments/fits.ts';
import {
  monthsNeeded,
  type SegmentCondition,
  segmentFaults,
  type SegmentRules,
  segmentRules,
} from '../../../dialer/rules/segments/settings.ts';
import { startingSet } from '../../../dialer/rules/segments/starting-set.ts';

const at = { month: '2026-01', today: '2026-01-20' };
/** Bills from the newest month back; null: nothing is known of the month. */
const months = (bills: (number | null)[], more: Partial<CustomerMonth> = {}): SegmentCustomer['months'] =>
  new Map(
    bills.flatMap((bill, back) => {
      if (bill === null) return [];
      const month = monthPlus(at.month, -back);
      const rest = { status: 'in-service' as const, services: 1, contribution: null, changes: [] };
      const one = { ...rest, month, bill, tenureStart: null, contractEnd: null, ...(back === 0 ? more : {}) };
      return [[month, one] as const];
    }),
  );
const customer = (change: Partial<SegmentCustomer> = {}): SegmentCustomer => ({
  ...{ id: 'one', months: months([30_000, 30_000, 30_000, 30_000]), complaintOpen: false },
  ...{ tenureStart: '2020-05-01', contractEnd: null },
  ...change,
});
const typeOf = (one: SegmentCustomer, rules: Pick<SegmentRules, 'types'> = startingSet) =>
  classifier(rules, at).place(one);

describe('the starting set', () => {
  it('can work, and has a name in both languages for each of the eight types', () => {
    expect(segmentFaults(segmentRules.parse(startingSet))).toEqual([]);
    expect(startingSet.types).toHaveLength(8);
    expect(startingSet.types.filter(({ name }) => name.en === '' || name.zh === '')).toEqual([]);
    expect(monthsNeeded(startingSet)).toBe(4);
  });

  it.each<[string, Partial<SegmentCustomer>, string | null]>([
    ['over 1000 in each of three months', { months: months([100_001, 100_001, 100_001]) }, 'member'],
    ['1000 in one of them', { months: months([100_001, 100_000, 100_001]) }, null],
    ['exactly 1000 and 500', { months: months([100_000, 50_000, 70_000]) }, 'vip'],
    ['a month of the three is not known', { months: months([100_001, null, 100_001]) }, null],
    ['only two months', { months: months([100_001, 100_001]) }, null],
    ['three times the mean', { months: months([90_000, 30_000, 30_000, 30_000]) }, null],
    ['more than three times the mean', { months: months([90_001, 30_000, 30_000, 30_000]) }, 'warning'],
    ['a third of the mean', { months: months([10_000, 30_000, 30_000, 30_000]) }, null],
    ['less than a third of the mean', { months: months([9_999, 30_000, 30_000, 30_000]) }, 'warning'],
    ['a mean that is no whole number', { months: months([10_000, 30_000, 30_000, 30_001]) }, 'warning'],
    ['nothing before, something now', { months: months([1, 0, 0, 0]) }, 'warning'],
    ['came two months ago', { tenureStart: '2025-11-01' }, 'new-user'],
    ['came three months ago', { tenureStart: '2025-10-20' }, null],
    ['an important change', { months: months([30_000], { changes: ['过户'] }) }, 'important-change'],
    ['an open complaint', { complaintOpen: true, months: months([100_001, 100_001, 100_001]) }, 'complaint'],
    ['the contract ends in 60 days', { contractEnd: '2026-03-21' }, 'contract-ending'],
    ['the contract ends in 61 days', { contractEnd: '2026-03-22' }, null],
    ['the contract ended yesterday', { contractEnd: '2026-01-19' }, null],
    ['nothing to pay for three months', { months: months([0, 0, 0]) }, 'sleeping'],
    ['a little in one of them', { months: months([0, 1, 0]) }, null],
    ['lost', { months: months([0, 0, 0], { status: 'lost' }) }, null],
  ])('%s', (_, change, type) => {
    expect(typeOf(customer(change))).toBe(type);
  });
});

describe('conditions', () => {
  it.each<[SegmentCondition, boolean]>([
    [{ kind: 'bill', of: 'mean', months: 2, is: 'over', amount: 150 }, true],
    [{ kind: 'bill', of: 'mean', months: 2, is: 'at-most', amount: 150 }, false],
    [{ kind: 'bill', of: 'sum', months: 3, is: 'at-least', amount: 311 }, true],
    [{ kind: 'bill', of: 'any', months: 9, is: 'under', amount: 11 }, true],
    [{ kind: 'bill', of: 'each', months: 3, is: 'over', amount: 99 }, false],
    [{ kind: 'bill', of: 'sum', months: 4, is: 'at-least', amount: 0 }, false],
    [{ kind: 'bill-between', of: 'any', months: 3, from: 10, to: 10 }, true],
    [{ kind: 'status', is: 'none-of', states: ['lost', 'arrears'] }, true],
    [{ kind: 'status', is: 'none-of', states: ['in-service'] }, false],
    [{ kind: 'services', is: 'at-least', count: 2 }, false],
    [{ kind: 'tenure', is: 'at-least', count: 68 }, true],
    [{ kind: 'tenure', is: 'over', count: 68 }, false],
  ])('%j: %s', (condition, so) => {
    // 200 and 101 in the last two months: a mean of 150.5.
    expect(fulfils(condition, customer({ months: months([200, 101, 10]) }), at)).toBe(so);
  });

  it('says neither yes nor no of what is not known', () => {
    const unknown = customer({
      ...{ months: new Map(), tenureStart: null, contractEnd: null },
    });
    for (const is of ['over', 'at-least', 'at-most', 'under'] as const) {
      for (const of of ['each', 'any', 'mean', 'sum'] as const)
        expect(fulfils({ kind: 'bill', of, months: 1, is, amount: 5 }, unknown, at)).toBe(false);
      expect(fulfils({ kind: 'tenure', is, count: 5 }, unknown, at)).toBe(false);
      expect(fulfils({ kind: 'services', is, count: 5 }, unknown, at)).toBe(false);
    }
    for (const is of ['one-of', 'none-of'] as const)
      expect(fulfils({ kind: 'status', is, states: ['lost'] }, unknown, at)).toBe(false);
  });

  it('joins groups and conditions by all or any', () => {
    const yes: SegmentCondition = { kind: 'complaint-open' };
    const no: SegmentCondition = { kind: 'important-change', months: 1 };
    const one = customer({ complaintOpen: true });
    const type = (match: 'all' | 'any', first: 'all' | 'any', second: SegmentCondition) => ({
      ...{ key: 'a', name: { en: 'A', zh: '' }, match },
      groups: [
        { match: first, conditions: [yes, no] },
        { match: 'all' as const, conditions: [second] },
      ],
    });
    expect(fits(type('all', 'any', yes), one, at)).toBe(true);
    expect(fits(type('all', 'all', yes), one, at)).toBe(false);
    expect(fits(type('any', 'all', yes), one, at)).toBe(true);
    expect(fits(type('any', 'all', no), one, at)).toBe(false);
  });

  it.each([
    ['2025-11-30', '2026-02-27', 2],
    ['2025-11-30', '2026-02-28', 3],
    ['2025-11-20', '2026-01-20', 2],
    ['2025-11-21', '2026-01-20', 1],
  ])('from %s to %s are %i whole months', (from, to, count) => {
    expect(wholeMonths(from, to)).toBe(count);
  });

  it('takes what is known of the newest month, and nobody who is not in it', () => {
    const facts = { customerId: 'one', number: '+8613800000001', months: [...months([1, 2]).values()] };
    expect(customerOf(facts, at.month, true)).toMatchObject({ id: 'one', complaintOpen: true, tenureStart: null });
    expect(customerOf(facts, '2026-02', false)).toBeNull();
  });
});

const bill = fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: null });
const anybody = fc.record({
  id: fc.uuid(),
  months: fc.array(bill, { maxLength: 6 }).map((bills) => months(bills)),
  tenureStart: fc.constantFrom(null, '2025-12-01', '2019-01-01'),
  contractEnd: fc.constantFrom(null, '2026-02-01', '2028-01-01'),
  complaintOpen: fc.boolean(),
});
const crowd = fc.uniqueArray(anybody, { selector: ({ id }) => id, maxLength: 60 });
const rules = fc.shuffledSubarray(startingSet.types, { minLength: 1 }).map((types) => ({ types }));

describe('types of a crowd', () => {
  it('puts nobody in two, and counts everybody once', () => {
    fc.assert(
      fc.property(crowd, rules, (people, { types }) => {
        const all = classifier({ types }, at);
        for (const one of people) {
          const fitting = types.filter((type) => fits(type, one, at)).map(({ key }) => key);
          expect(all.place(one)).toBe(fitting[0] ?? null);
        }
        const counts = all.counts();
        expect(counts.population).toBe(people.length);
        expect(counts.none + counts.types.reduce((sum, { taken }) => sum + taken, 0)).toBe(people.length);
        for (const { key, taken, lost, lostTo } of counts.types) {
          expect(taken + lost).toBe(
            people.filter((one) => types.some((t) => t.key === key && fits(t, one, at))).length,
          );
          expect(Object.values(lostTo).reduce((sum, n) => sum + n, 0)).toBe(lost);
          const earlier = types
            .slice(
              0,
              types.findIndex((one) => one.key === key),
            )
            .map((one) => one.key);
          expect(earlier).toEqual(expect.arrayContaining(Object.keys(lostTo)));
        }
      }),
    );
  });

  it('leaves whoever was handed out in the type they were handed out as', () => {
    const one = customer({ complaintOpen: true, months: months([100_001, 100_001, 100_001]) });
    const all = classifier(startingSet, at);
    expect(all.place(one, 'member')).toBe('member');
    expect(all.place(one, 'no-such-type-any-more')).toBe('complaint');
    const of = (key: string) => all.counts().types.find((type) => type.key === key);
    expect(of('member')).toMatchObject({ taken: 1, held: 1, lost: 1, lostTo: { complaint: 1 } });
    expect(of('complaint')).toMatchObject({ taken: 1, held: 0, lost: 1, lostTo: { member: 1 } });
  });

  it('does not depend on the order in which customers come', () => {
    fc.assert(
      fc.property(crowd, rules, (people, set) => {
        const run = (order: SegmentCustomer[]) => {
          const all = classifier(set, at);
          const placed = order.map((one) => [one.id, all.place(one)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
          return { placed, counts: all.counts() };
        };
        expect(run([...people].reverse())).toEqual(run(people));
      }),
    );
  });
});

describe('versions of the rules', () => {
  const [first, second, third] = startingSet.types;
  if (first === undefined || second === undefined || third === undefined) throw new Error('too few types');
  const set = (...types: SegmentRules['types']): SegmentRules => ({ types, restMonths: 0 });

  it('tells what was added, went, changed and moved, with before and after', () => {
    const renamed = { ...second, name: { en: 'Other', zh: '其他' } };
    expect(segmentChanges(set(first, second), set(third, renamed))).toEqual([
      { key: third.key, how: 'added', placeBefore: null, placeAfter: 1, before: null, after: third },
      { key: second.key, how: 'changed', placeBefore: 2, placeAfter: 2, before: second, after: renamed },
      { key: first.key, how: 'gone', placeBefore: 1, placeAfter: null, before: first, after: null },
    ]);
    const moved = segmentChanges(set(first, second), set(second, first));
    expect(moved.map(({ key, how }) => [key, how])).toEqual([
      [second.key, 'moved'],
      [first.key, 'moved'],
    ]);
  });

  it('tells nothing of equal ones, nor that somebody made room', () => {
    expect(segmentChanges(startingSet, startingSet)).toEqual([]);
    expect(segmentChanges(set(second, third), set(first, second, third)).map(({ how }) => how)).toEqual(['added']);
  });

  it('names the field of each fault', () => {
    const range: SegmentCondition = { kind: 'bill-between', of: 'any', months: 1, from: 2, to: 1 };
    const wrong = set(first, { ...first, name: { en: '', zh: '' }, groups: [{ match: 'all', conditions: [range] }] });
    expect(segmentFaults(wrong)).toEqual([
      { code: 'segment-key-twice', field: 'types.1.key' },
      { code: 'segment-name-missing', field: 'types.1.name' },
      { code: 'segment-range-empty', field: 'types.1.groups.0.conditions.0' },
    ]);
  });
});
