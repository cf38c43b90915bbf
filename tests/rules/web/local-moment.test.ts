import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { localMoment } from '../../../src/web/shared/local-moment.ts';

const offsetIn = (zone: string) => (at: number) => DateTime.fromMillis(at, { zone }).offset;
const wallOf = (at: number, zone: string) => DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

describe('a time on the wall', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T01:59', 'once', '2026-03-29T00:59Z', null],
    ['Europe/Berlin', '2026-03-29T02:00', 'missing', '2026-03-29T01:00Z', null],
    ['Europe/Berlin', '2026-03-29T02:30', 'missing', '2026-03-29T01:30Z', null],
    ['Europe/Berlin', '2026-03-29T03:00', 'once', '2026-03-29T01:00Z', null],
    ['Europe/Berlin', '2026-10-25T02:00', 'twice', '2026-10-25T00:00Z', '2026-10-25T01:00Z'],
    ['Europe/Berlin', '2026-10-25T02:59', 'twice', '2026-10-25T00:59Z', '2026-10-25T01:59Z'],
    ['Europe/Berlin', '2026-10-25T03:00', 'once', '2026-10-25T02:00Z', null],
    ['America/New_York', '2026-03-08T02:30', 'missing', '2026-03-08T07:30Z', null],
    ['America/New_York', '2026-11-01T01:30', 'twice', '2026-11-01T05:30Z', '2026-11-01T06:30Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', 'missing', '2026-10-03T15:45Z', null],
    ['Asia/Shanghai', '2026-03-29T02:30', 'once', '2026-03-28T18:30Z', null],
  ])('in %s, %s comes %s', (zone, written, comes, at, second) => {
    expect(localMoment(written, offsetIn(zone))).toEqual({
      comes,
      at: Date.parse(at),
      second: second === null ? null : Date.parse(second),
    });
  });

  it('is found again from every moment of the year, and only a missing one reads otherwise than it was written', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Shanghai',
      'Asia/Kathmandu',
    );
    const minutes = fc.integer({ min: 0, max: 366 * 24 * 60 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const at = Date.UTC(2026, 0, 1) + minute * 60_000;
        const found = localMoment(wallOf(at, zone), offsetIn(zone));
        expect([found?.at, found?.second]).toContain(at);
        const written = new Date(at).toISOString().slice(0, 16);
        const taken = localMoment(written, offsetIn(zone));
        expect(wallOf(taken?.at ?? 0, zone) === written).toBe(taken?.comes !== 'missing');
      }),
    );
  });

  it('is none where nothing of the kind is written', () => {
    for (const written of ['T10:00', '2026-13-01T10:00', '2026-01-01T', '2026-01-01T25:00'])
      expect(localMoment(written)).toBeNull();
  });
});
