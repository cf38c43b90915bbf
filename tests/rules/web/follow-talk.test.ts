import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followTalk } from '../../../src/web/agent/call/follow-talk.ts';

const steps = ['greeting', 'offer', 'price', 'close'];
const items = [
  { id: 'recorded', step: 'greeting' },
  { id: 'owner', step: 'greeting' },
  { id: 'tariff', step: 'price' },
  { id: 'trial', step: 'price' },
  { id: 'polite', step: null },
];

describe('the checklist follows the talk', () => {
  test.each([
    ['a first item keeps its step while something of it is open', 0, [], 'recorded', 0],
    ['the last of a step leads to the next step that has something left', 0, ['recorded'], 'owner', 2],
    ['what is said out of order leads there', 0, [], 'tariff', 2],
    ['after the last item the script goes on to its close', 2, ['recorded', 'owner', 'tariff'], 'trial', 3],
    ['an item of no step leaves the place', 1, [], 'polite', 1],
    ['taking a tick back leads to its step', 3, ['recorded', 'owner', 'tariff', 'trial'], 'owner', 0],
  ] as const)('%s', (_, step, ticked, changed, expected) => {
    expect(followTalk(steps, items, { step, ticked }, changed).step).toBe(expected);
  });

  test('exactly the changed tick changes, and the place is always a step of the script', () => {
    const ids = items.map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.subarray(ids),
        fc.integer({ min: 0, max: steps.length - 1 }),
        fc.constantFrom(...ids),
        (ticked, step, changed) => {
          const after = followTalk(steps, items, { step, ticked }, changed);
          const others = (list: readonly string[]) => list.filter((id) => id !== changed).sort();
          expect(others(after.ticked)).toEqual(others(ticked));
          expect(after.ticked.includes(changed)).toBe(!ticked.includes(changed));
          expect(after.step).toBeGreaterThanOrEqual(0);
          expect(after.step).toBeLessThan(steps.length);
        },
      ),
    );
  });
});
