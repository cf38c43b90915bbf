/** Exceptions: deadlines in working hours, the way up, who decides, and what comes back. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { endOfWorkingDay, startOfWorkingDayBefore } from '../../../dialer/rules/calendar.ts';
import {
  askException,
  decideException,
  type ExceptionSignal,
  mayDecide,
  nextExceptionDeadline,
  wantsAnswerCall,
} from '../../../qa/rules/offer.ts';
import { plusWorkingHours } from '../../../qa/rules/working-hours.ts';

const timeZone = 'Asia/Shanghai';
const at = (text: string): number => DateTime.fromISO(text, { zone: timeZone }).toMillis();
/** The Wednesday is a holiday, the Saturday after it is worked for it. */
const days = {
  ...{ timeZone, workWeek: [1, 2, 3, 4, 5] },
  exceptions: new Map([
    ['2026-11-25', false],
    ['2026-11-28', true],
  ]),
};
const calendar = {
  addWorkingDays: (from: number, n: number) => endOfWorkingDay(days, from, n) ?? Number.NaN,
  subtractWorkingDays: (before: number, n: number) => startOfWorkingDayBefore(days, before, n) ?? Number.NaN,
};
const office = { from: '09:00', to: '18:00' };
const terms = { approvers: ['lead' as const, 'manager' as const], withinHours: 4, office, holdsDays: 1 };
const when = (text: string) => ({ now: at(text), calendar, timeZone });
const asked = (text: string, endsAt: string | null = null) =>
  askException({ id: 'e', terms, askedBy: 'agent', endsAt: endsAt === null ? null : at(endsAt) }, when(text));
const decided = (role: string, approve = true, reason = 'because', by = role): ExceptionSignal => ({
  ...{ kind: 'decided', by, role, approve, reason },
});

describe('working hours', () => {
  test.each([
    ['2026-11-23T10:00', 4, '2026-11-23T14:00'],
    ['2026-11-23T07:00', 4, '2026-11-23T13:00'],
    ['2026-11-23T16:00', 4, '2026-11-24T11:00'],
    ['2026-11-23T20:00', 9, '2026-11-24T18:00'],
    // Over the holiday.
    ['2026-11-24T17:00', 4, '2026-11-26T12:00'],
    // Friday into the Saturday that is worked, and over the Sunday.
    ['2026-11-27T17:00', 12, '2026-11-30T11:00'],
    ['2026-11-29T12:00', 1, '2026-11-30T10:00'],
  ])('%s and %d hours: %s', (from, hours, until) => {
    expect(plusWorkingHours(calendar, timeZone, office, at(from), hours)).toBe(at(until));
  });

  test('later requests are never due sooner, and every deadline lies in office hours', () => {
    const moment = fc.integer({ min: at('2026-11-20'), max: at('2026-12-20') });
    fc.assert(
      fc.property(moment, fc.nat(86_400_000), fc.integer({ min: 1, max: 60 }), (from, later, hours) => {
        const due = plusWorkingHours(calendar, timeZone, office, from, hours);
        expect(plusWorkingHours(calendar, timeZone, office, from + later, hours)).toBeGreaterThanOrEqual(due);
        const local = DateTime.fromMillis(due, { zone: timeZone });
        expect(local.toFormat('HH:mm:ss') > '09:00:00' && local.toFormat('HH:mm:ss') <= '18:00:00').toBe(true);
      }),
    );
  });

  test('a calendar in which nothing is worked gives plain hours', () => {
    const never = { addWorkingDays: (from: number) => from + 1, subtractWorkingDays: (before: number) => before };
    expect(plusWorkingHours(never, timeZone, office, 0, 4)).toBe(4 * 3_600_000);
  });
});

describe('an exception', () => {
  test('goes up when its time has passed, and is told late at the last, each once', () => {
    const first = asked('2026-11-23T10:00');
    expect(nextExceptionDeadline(first)).toBe(at('2026-11-23T14:00'));
    expect(decideException(first, { kind: 'clock' }, when('2026-11-23T13:59')).happened).toEqual([]);
    const up = decideException(first, { kind: 'clock' }, when('2026-11-23T14:00'));
    expect(up.happened).toEqual([{ event: 'escalated', to: 'manager', dueAt: at('2026-11-23T18:00') }]);
    const late = decideException(up.record, { kind: 'clock' }, when('2026-11-23T18:00'));
    expect(late.happened).toEqual([{ event: 'overdue' }]);
    expect(decideException(late.record, { kind: 'clock' }, when('2026-11-24T18:00')).happened).toEqual([]);
    expect(nextExceptionDeadline(late.record)).toBeNull();
    expect(decideException(late.record, decided('manager'), when('2026-11-26T10:00')).record.state).toBe('approved');
  });

  test('a sweeper that slept takes all steps at once, as they would have come', () => {
    const { record, happened } = decideException(
      asked('2026-11-23T10:00'),
      { kind: 'clock' },
      when('2026-11-27T10:00'),
    );
    expect(happened.map(({ event }) => event)).toEqual(['escalated', 'overdue']);
    expect(record).toMatchObject({ step: 1, dueAt: at('2026-11-23T18:00'), overdue: true });
  });

  test('whoever’s turn it is decides, or who stands above; not who was late, nor who asked, nor without a reason', () => {
    const first = asked('2026-11-23T10:00');
    const up = decideException(first, { kind: 'clock' }, when('2026-11-23T14:00')).record;
    expect([first, up].map((one) => ['lead', 'manager', 'supervisor'].filter((role) => mayDecide(one, role)))).toEqual([
      ['lead', 'manager'],
      ['manager'],
    ]);
    const refusals = [
      decideException(up, decided('lead'), when('2026-11-23T15:00')),
      decideException(first, decided('lead', true, '  '), when('2026-11-23T11:00')),
      decideException(first, decided('lead', true, 'because', 'agent'), when('2026-11-23T11:00')),
      decideException(first, { kind: 'withdrawn', by: 'another' }, when('2026-11-23T11:00')),
    ];
    expect(refusals.map(({ refusal }) => refusal)).toEqual([
      'not-the-approver',
      'reason-missing',
      'own-request',
      'not-the-asker',
    ]);
    expect(refusals.every(({ happened }) => happened.length === 0)).toBe(true);
  });

  test('what was approved holds for working days; what was declined does not', () => {
    const yes = decideException(asked('2026-11-24T10:00'), decided('lead'), when('2026-11-24T11:00'));
    expect(yes.record).toMatchObject({ state: 'approved', holdsUntil: at('2026-11-27T00:00') });
    const no = decideException(asked('2026-11-24T10:00'), decided('lead', false), when('2026-11-24T11:00'));
    expect(no.record).toMatchObject({
      state: 'declined',
      holdsUntil: null,
      decision: { by: 'lead', reason: 'because' },
    });
  });

  test('ends with its offer', () => {
    const one = asked('2026-11-23T10:00', '2026-11-23T12:00');
    expect(nextExceptionDeadline(one)).toBe(at('2026-11-23T12:00'));
    expect(decideException(one, { kind: 'clock' }, when('2026-11-23T12:00'))).toMatchObject({
      record: { state: 'lapsed' },
      happened: [{ event: 'lapsed' }],
    });
  });

  test('nothing changes one that is over', () => {
    const signals = fc.constantFrom<ExceptionSignal>(
      decided('lead'),
      decided('manager', false),
      { kind: 'withdrawn', by: 'agent' },
      { kind: 'clock' },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(signals, fc.nat(10 * 86_400_000)), { maxLength: 8 }), (steps) => {
        let record = asked('2026-11-23T10:00');
        let now = record.askedAt;
        for (const [signal, wait] of steps) {
          now += wait;
          const next = decideException(record, signal, { now, calendar, timeZone });
          if (record.state !== 'asked') expect(next).toEqual({ record, happened: [], refusal: 'over' });
          expect(next.record.step).toBeGreaterThanOrEqual(record.step);
          record = next.record;
        }
      }),
    );
  });

  test('the customer is rung with the answer, unless they bought, or do not want to be called', () => {
    expect(wantsAnswerCall('approved', 'undecided')).toBe(true);
    expect(wantsAnswerCall('declined', null)).toBe(true);
    for (const said of ['sale', 'opt-out', 'complaint', 'wrong-person'])
      expect(wantsAnswerCall('approved', said)).toBe(false);
    expect(wantsAnswerCall('withdrawn', 'undecided')).toBe(false);
  });
});
