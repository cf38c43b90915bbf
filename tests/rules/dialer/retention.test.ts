import { describe, expect, it } from 'vitest';
import { type Hold, retentionOf } from '../../../dialer/rules/retention.ts';

const DAY = 86_400_000;

describe('retention', () => {
  const recordedAt = Date.UTC(2024, 1, 29, 4);
  const base = { recordedAt, timeZone: 'Asia/Shanghai', keepMonths: [24], holds: [] as Hold[] };
  const after = Date.UTC(2026, 1, 28, 4);
  const hold: Hold = { reason: 'open-case', by: 'k1', releasedAt: null };
  it.each([
    ['too young', base, after - 1, { erase: false, because: 'not-yet', eraseAt: after }],
    ['old enough, counted in months from a leap day', base, after, { erase: true, since: after }],
    ['covered by a longer policy', { ...base, keepMonths: [24, 60] }, after, { erase: false, because: 'not-yet' }],
    ['covered by none', { ...base, keepMonths: [] }, after, { erase: false, because: 'no-policy' }],
    ['held', { ...base, holds: [hold] }, after + 99 * DAY, { erase: false, because: 'held', holds: [hold] }],
    ['released', { ...base, holds: [{ ...hold, releasedAt: after }] }, after, { erase: true }],
    [
      'released later',
      { ...base, holds: [{ ...hold, releasedAt: after + 1 }] },
      after,
      { erase: false, because: 'held' },
    ],
  ])('of a recording %s', (_, facts, now, expected) => {
    expect(retentionOf(facts, now)).toMatchObject(expected);
  });
});
