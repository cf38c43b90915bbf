import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthKeptUntil, oldestKept } from '../../../dialer/rules/customers/kept.ts';
import { monthPlus } from '../../../dialer/rules/customers/month.ts';

describe('how long customers’ months are kept', () => {
  it('counts from the end of the month, where the centre is', () => {
    expect(monthKeptUntil('2024-11', 24, 'Asia/Shanghai')).toBe(Date.parse('2026-12-01T00:00:00+08:00'));
    expect(monthKeptUntil('2024-12', 1, 'UTC')).toBe(Date.parse('2025-02-01T00:00:00Z'));
  });

  it('a month is older than the oldest that is kept exactly when its time is over', () => {
    const zone = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/London', 'Pacific/Apia');
    const at = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(
        at,
        fc.integer({ min: 1, max: 240 }),
        fc.integer({ min: -2, max: 2 }),
        zone,
        (now, keep, off, where) => {
          const oldest = oldestKept(now, keep, where);
          const month = monthPlus(oldest, off);
          expect(month < oldest).toBe(now >= monthKeptUntil(month, keep, where));
        },
      ),
    );
  });
});
