import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignInspections, type Inspector, type Unassigned } from '../../../qa/rules/assignment.ts';
import { keyedHash } from '../../../qa/rules/sampling/keyed-hash.ts';
import { keyOf } from './sampling-helpers.ts';

const { uniform } = keyedHash(keyOf(1));
const people = (count: number, capacity = 1000): Inspector[] =>
  Array.from({ length: count }, (_, i) => ({ id: `p${i}`, load: 0, capacity }));
const work = (i: number, change: Partial<Unassigned> = {}): Unassigned => ({
  inspectionId: `i${i}`,
  recordingId: `r${i}`,
  agentId: `a${i % 7}`,
  agentLeadId: null,
  excluded: [],
  ...change,
});

describe('assignment', () => {
  it('is even to within one, and complete, where nothing forbids', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 80 }), (inspectors, count) => {
        const { assignments } = assignInspections(
          Array.from({ length: count }, (_, i) => work(i)),
          people(inspectors),
          uniform,
        );
        const loads = people(inspectors).map(
          ({ id }) => assignments.filter(({ inspectorId }) => inspectorId === id).length,
        );
        expect(assignments).toHaveLength(count);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('fills up who holds fewest first', () => {
    const inspectors = [
      { id: 'busy', load: 5, capacity: 100 },
      { id: 'idle', load: 0, capacity: 100 },
    ];
    const { assignments } = assignInspections(
      [0, 1, 2, 3, 4].map((i) => work(i)),
      inspectors,
      uniform,
    );
    expect(assignments.every(({ inspectorId }) => inspectorId === 'idle')).toBe(true);
  });

  it('never gives a call to its agent, to anybody excluded, or twice to one person', () => {
    const items = fc.array(
      fc.record({
        inspectionId: fc.uuid(),
        recordingId: fc.constantFrom('r1', 'r2', 'r3'),
        agentId: fc.constantFrom('p0', 'p1', 'x'),
        agentLeadId: fc.constantFrom('p2', 'p3', null),
        excluded: fc.subarray(['p0', 'p1', 'p2', 'p3']),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 6 }), (list, capacity) => {
        const { assignments, unassigned } = assignInspections(list, people(4, capacity), uniform);
        expect(assignments.length + unassigned.length).toBe(list.length);
        const pairs = new Set<string>();
        for (const { inspectionId, inspectorId, ownLead } of assignments) {
          const one = list.find((item) => item.inspectionId === inspectionId);
          expect(inspectorId).not.toBe(one?.agentId);
          expect(one?.excluded).not.toContain(inspectorId);
          expect(ownLead).toBe(inspectorId === one?.agentLeadId);
          pairs.add(`${one?.recordingId} ${inspectorId}`);
        }
        expect(pairs.size).toBe(assignments.length);
      }),
    );
  });

  it('gives it to the agent’s own lead only where nobody else can', () => {
    const owned = work(1, { agentLeadId: 'p0' });
    expect(assignInspections([owned], people(2), uniform).assignments).toMatchObject([
      { inspectorId: 'p1', ownLead: false },
    ]);
    expect(assignInspections([owned], people(1), uniform).assignments).toMatchObject([
      { inspectorId: 'p0', ownLead: true },
    ]);
  });

  it('says why something could not be assigned', () => {
    expect(assignInspections([work(1)], [], uniform).unassigned).toMatchObject([{ reason: 'nobody-may' }]);
    expect(assignInspections([work(1)], people(2, 0), uniform).unassigned).toMatchObject([
      { reason: 'nobody-has-room' },
    ]);
    expect(assignInspections([work(1, { excluded: ['p0'] })], people(1), uniform).unassigned).toMatchObject([
      { reason: 'nobody-may' },
    ]);
  });
});
