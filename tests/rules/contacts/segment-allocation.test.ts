import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type AllocationAgent, suits } from '../../../dialer/rules/segments/allocate.ts';
import { chooseCustomers } from '../../../dialer/rules/segments/extract.ts';

const regions = ['North', 'South', ''];
const contacts = fc
  .array(fc.constantFrom(...regions), { maxLength: 60 })
  .map((all) => all.map((region, index) => ({ contactId: `c${index}`, region })));
const agents = fc
  .array(
    fc.record({
      types: fc.subarray(['member', 'vip']),
      regions: fc.subarray(regions),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => all.map((skills, index): AllocationAgent => ({ agentId: `a${index}`, ...skills })));
const loads = (given: ReadonlyMap<string, string>, of: readonly AllocationAgent[]) =>
  of.map(({ agentId }) => [...given.values()].filter((id) => id === agentId).length);

describe('contacts divided over agents', () => {
  it('evenly gives nobody more than one above another, and every contact an agent', () => {
    fc.assert(
      fc.property(contacts, agents, (all, people) => {
        const { agents: given, nobody } = allocate('even', 'vip', all, people, 'seed');
        expect([given.size, nobody]).toEqual([all.length, 0]);
        const counts = loads(given, people);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('by skill and region goes only to whom it suits, and to nobody only where it suits nobody', () => {
    fc.assert(
      fc.property(contacts, agents, (all, people) => {
        const { agents: given, nobody } = allocate('skill-region', 'vip', all, people, 'seed');
        for (const { contactId, region } of all) {
          const who = people.filter((agent) => suits(agent, 'vip', region)).map(({ agentId }) => agentId);
          const mine = given.get(contactId);
          expect(mine === undefined ? who : [mine]).toEqual(mine === undefined ? [] : who.filter((id) => id === mine));
        }
        expect(given.size + nobody).toBe(all.length);
      }),
    );
  });

  it('does not depend on the order in which contacts and agents come', () => {
    fc.assert(
      fc.property(contacts, agents, fc.constantFrom('even' as const, 'skill-region' as const), (all, people, way) => {
        const one = allocate(way, 'vip', all, people, 'seed');
        const other = allocate(way, 'vip', [...all].reverse(), [...people].reverse(), 'seed');
        expect(new Map([...other.agents].sort())).toEqual(new Map([...one.agents].sort()));
      }),
    );
  });

  it('leaves the specialist’s contacts to the specialist first', () => {
    const north = { agentId: 'north', types: [], regions: ['North'] };
    const all = { agentId: 'all', types: [], regions: [] };
    const people = ['North', 'North', 'South', 'South'].map((region, index) => ({ contactId: `c${index}`, region }));
    const { agents: given } = allocate('skill-region', 'vip', people, [north, all], 'seed');
    expect(loads(given, [north, all])).toEqual([2, 2]);
  });
});

const candidate = fc.record({
  customerId: fc.uuid(),
  handedOut: fc.boolean(),
  barred: fc.constantFrom(null, null, 'on-blacklist' as const, 'already-waiting' as const),
  timeZone: fc.option(fc.constant<string>('Asia/Shanghai'), { nil: null }),
});
const crowd = fc.uniqueArray(candidate, { selector: ({ customerId }) => customerId, maxLength: 50 });

describe('an extraction', () => {
  it('takes nobody who was handed out or may not be called, at most its limit, and accounts for everybody', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 1, max: 60 }), (all, limit) => {
        const { ofType, taken, leftOut } = chooseCustomers(all, limit, 'seed');
        const free = all.filter((one) => !one.handedOut && one.barred === null && one.timeZone !== null);
        expect(taken).toHaveLength(Math.min(limit, free.length));
        expect(taken.every((one) => free.includes(one))).toBe(true);
        expect(new Set(taken.map(({ customerId }) => customerId)).size).toBe(taken.length);
        expect(taken.length + Object.values(leftOut).reduce((sum, count) => sum + count, 0)).toBe(ofType);
        expect(chooseCustomers([...all].reverse(), limit, 'seed')).toEqual({ ofType, taken, leftOut });
      }),
    );
  });
});
