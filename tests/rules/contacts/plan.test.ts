import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignSettings } from '../../../dialer/rules/campaign-settings.ts';
import { dayWorkBeside } from '../../../dialer/rules/plan/between-plans.ts';
import { type DayWork, dayWork, type PlanPerson, type Turn } from '../../../dialer/rules/plan/day-work.ts';
import { forecast } from '../../../dialer/rules/plan/forecast.ts';
import { dayAfter, narrowed, periodOf, planDays } from '../../../dialer/rules/plan/period.ts';
import { planFaults, planSettings } from '../../../dialer/rules/plan/settings.ts';

const ours = '00000000-0000-4000-8000-000000000001';
const centre = { centreId: 'here', clientId: 'operator', demo: false };
const place = {
  calling: campaignSettings.parse({}).calling,
  calendar: { timeZone: 'Asia/Shanghai', workWeek: [1, 2, 3, 4, 5], exceptions: new Map([['2026-10-01', false]]) },
};
const week = [1, 2, 3, 4, 5, 6, 7];
const start = '2026-09-01';
const settings = (change: object = {}) =>
  planSettings.parse({
    who: { campaignIds: [ours] },
    cycle: { kind: 'every', count: 1, unit: 'months' },
    share: { kind: 'all' },
    window: { days: week, from: '09:00', to: '18:00' },
    startsOn: start,
    ...change,
  });
const plan = (change: object = {}) => ({ ...settings(change), ...place });
const crowd = (size: number): PlanPerson[] =>
  Array.from({ length: size }, (_, index) => ({ key: `p${index}`, eventOn: null, barred: null }));

/** Runs a plan day after day; on days that are `off` nothing happens at all. */
function run(of: ReturnType<typeof plan>, people: readonly PlanPerson[], days: number, off: (n: number) => boolean) {
  const turns = new Map<string, Turn>();
  const works: DayWork[] = [];
  for (let n = 0; n < days; n += 1) {
    if (off(n)) continue;
    const work = dayWork(of, 'seed', dayAfter(start, n), people, turns);
    for (const { key, place } of work.due) turns.set(key, { on: work.day, place });
    works.push(work);
  }
  return { works, turns };
}
const never = () => false;
const countsOf = (works: readonly DayWork[]) => works.filter(({ open }) => open).map(({ due }) => due.length);
const keysOf = (works: readonly DayWork[]) => works.flatMap(({ due }) => due.map(({ key }) => key));

const size = fc.integer({ min: 0, max: 90 });
const share = fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000);
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
const cycle = fc.constantFrom({ count: 10, unit: 'days' }, { count: 2, unit: 'weeks' }, { count: 1, unit: 'months' });
const how = fc.oneof(
  fc.constant({ kind: 'all' }),
  share.map((part) => ({ kind: 'sample', share: part })),
  share.map((part) => ({ kind: 'rotation', share: part })),
);

describe('the days and periods of a plan', () => {
  it.each([
    ['months', 1, '2026-01-31', '2026-02-27', '2026-01-31', '2026-02-28'],
    ['months', 1, '2026-01-31', '2026-03-31', '2026-03-31', '2026-04-30'],
    ['quarters', 1, '2026-01-01', '2026-12-31', '2026-10-01', '2027-01-01'],
    ['weeks', 2, '2026-09-02', '2026-09-16', '2026-09-16', '2026-09-30'],
    ['days', 10, '2026-09-01', '2026-09-10', '2026-09-01', '2026-09-11'],
  ] as const)('%s × %i from %s: on %s runs from %s until %s', (unit, count, startsOn, day, from, until) => {
    expect(periodOf({ kind: 'every', count, unit }, startsOn, day)).toEqual({ from, until });
  });

  it('begins no period before its first day', () => {
    expect(periodOf({ kind: 'every', count: 1, unit: 'months' }, start, '2026-08-31')).toBeNull();
  });

  it('follows one period on another without a gap', () => {
    fc.assert(
      fc.property(cycle, fc.nat({ max: 900 }), ({ count, unit }, n) => {
        const every = { kind: 'every' as const, count, unit: unit as 'days' };
        const period = periodOf(every, start, dayAfter(start, n));
        expect(period && period.from <= dayAfter(start, n) && dayAfter(start, n) < period.until).toBe(true);
        expect(periodOf(every, start, period?.until ?? '')?.from).toBe(period?.until);
      }),
    );
  });

  it('counts working days only where the campaign does', () => {
    const working = { ...place, calling: { ...place.calling, workingDaysOnly: true } };
    const { window } = settings();
    expect(planDays('2026-09-28', '2026-10-05', window, place)).toBe(7);
    expect(planDays('2026-09-28', '2026-10-05', window, working)).toBe(4);
  });

  it('keeps within the campaign’s hours', () => {
    expect(narrowed(place.calling, { days: [2, 6], from: '11:00', to: '24:00' }).windows).toEqual([
      { days: [2, 6], from: '11:00', to: '12:00' },
      { days: [2, 6], from: '14:00', to: '20:30' },
    ]);
  });
});

describe('the work of a day', () => {
  it('gives nobody two turns in a period, and leaves nobody out without a reason', () => {
    fc.assert(
      fc.property(size, how, days, cycle, fc.nat(), (count, part, weekdays, every, mask) => {
        const of = plan({
          share: part,
          cycle: { kind: 'every', ...every },
          window: { ...settings().window, days: weekdays },
        });
        const off = (n: number) => ((mask >> (n % 30)) & 1) === 1;
        const { works } = run(of, crowd(count), 70, off);
        for (const begin of new Set(works.map(({ period }) => period?.from))) {
          const keys = keysOf(works.filter(({ period }) => period?.from === begin));
          expect(new Set(keys).size).toBe(keys.length);
        }
        for (const { due, leftOut, population } of works)
          expect(due.length + Object.values(leftOut).reduce((a, b) => a + b, 0)).toBe(population);
      }),
    );
  });

  it('reaches the share within one, on even days', () => {
    fc.assert(
      fc.property(size, how, days, (count, part, weekdays) => {
        const of = plan({
          share: part,
          cycle: { kind: 'every', count: 4, unit: 'weeks' },
          window: { ...settings().window, days: weekdays },
        });
        const { works } = run(of, crowd(count), 28, never);
        const counts = countsOf(works);
        const wanted = (part as { share?: number }).share ?? 1;
        expect(Math.abs(keysOf(works).length - wanted * count)).toBeLessThan(1);
        expect(Math.max(0, ...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('in rotation calls nobody a second time before everybody had a first, though days are missed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), share, fc.nat(), (count, part, mask) => {
        const of = plan({
          share: { kind: 'rotation', share: part },
          cycle: { kind: 'every', count: 1, unit: 'weeks' },
        });
        const { works } = run(of, crowd(count), 84, (n) => ((mask >> (n % 30)) & 1) === 1);
        const had = new Map<string, number>();
        for (const key of keysOf(works)) {
          had.set(key, (had.get(key) ?? 0) + 1);
          const least = had.size < count ? 0 : Math.min(...had.values());
          expect((had.get(key) ?? 0) - least).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('makes up for days off without a flood, and wholly when half of the days are left', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 28 }), (count, missed) => {
        const of = plan({ cycle: { kind: 'every', count: 4, unit: 'weeks' } });
        const { works } = run(of, crowd(count), 28, (n) => n < missed);
        expect(Math.max(0, ...countsOf(works))).toBeLessThanOrEqual(2 * Math.ceil(count / 28));
        if (missed <= 14) expect(keysOf(works)).toHaveLength(count);
      }),
    );
  });

  it('asked again on the same day says the rest: nothing, or whoever came meanwhile', () => {
    fc.assert(
      fc.property(size, how, fc.nat({ max: 27 }), (count, part, n) => {
        const of = plan({ share: part });
        const day = dayAfter(start, n);
        const once = dayWork(of, 'seed', day, crowd(count), new Map());
        expect(dayWork(of, 'seed', day, crowd(count).reverse(), new Map()).due).toEqual(once.due);
        const turns = new Map(once.due.map(({ key, place }) => [key, { on: day, place }]));
        expect(dayWork(of, 'seed', day, crowd(count), turns).due).toEqual([]);
      }),
    );
  });

  it('draws another sample in another period and with another seed', () => {
    const of = plan({ share: { kind: 'sample', share: 0.2 } });
    const drawn = (seed: string, from: string) =>
      keysOf(forecast({ plan: of, seed, people: crowd(200), turns: new Map() }, from, 30))
        .slice(0, 38)
        .sort();
    expect(drawn('seed', start)).not.toEqual(drawn('seed', '2026-10-01'));
    expect(drawn('seed', start)).not.toEqual(drawn('other', start));
    expect(drawn('seed', start)).toEqual(drawn('seed', start));
  });

  it('leaves out whom something forbids to call, and counts why', () => {
    const people: PlanPerson[] = [
      ...crowd(4),
      { key: 'b', eventOn: null, barred: 'on-blacklist' },
      { key: 'd', eventOn: null, barred: 'do-not-call' },
      { key: 'r', eventOn: null, barred: 'recently-called' },
    ];
    const { due, leftOut, quota } = dayWork(
      plan(),
      'seed',
      start,
      people,
      new Map([['p0', { on: '2026-08-20', place: 0 }]]),
    );
    expect({ due: due.length, quota }).toEqual({ due: 1, quota: 4 });
    // Whoever had a turn before waits longer for the next than whoever had none.
    expect(due[0]?.key).not.toBe('p0');
    expect(due[0]).toMatchObject({ lastDay: '2026-09-30', turn: start });
    expect(leftOut).toEqual({ 'another-day': 3, 'on-blacklist': 1, 'do-not-call': 1, 'recently-called': 1 });
  });

  it('does nothing before its first day and on days without hours', () => {
    const sundays = plan({ window: { days: [7], from: '09:00', to: '12:00' } });
    expect(dayWork(sundays, 'seed', start, crowd(9), new Map())).toMatchObject({ open: false, due: [] });
    expect(dayWork(plan(), 'seed', '2026-08-31', crowd(9), new Map())).toMatchObject({
      ...{ open: false, period: null, due: [], leftOut: { 'another-day': 9 } },
    });
  });

  it('carries no more than the day’s most, and the rest comes later', () => {
    const { works } = run(plan({ maxPerDay: 2 }), crowd(45), 30, never);
    expect(new Set(countsOf(works))).toEqual(new Set([2, 1]));
    expect(keysOf(works)).toHaveLength(45);
  });
});

describe('a plan that follows events', () => {
  const solved = (change: object = {}) =>
    plan({ cycle: { kind: 'after', event: 'complaint-solved', withinDays: 3 }, ...change });
  const event = (key: string, eventOn: string, barred: PlanPerson['barred'] = null) => ({ key, eventOn, barred });

  it('calls once after each, the earliest first, and tells whom it comes too late for', () => {
    const people = [event('now', '2026-09-10'), event('old', '2026-09-05'), event('last', '2026-09-07')];
    const day = '2026-09-10';
    const first = dayWork(solved(), 'seed', day, people, new Map());
    expect(first.due).toEqual([
      { key: 'last', place: 0, lastDay: '2026-09-10', turn: '2026-09-07' },
      { key: 'now', place: 1, lastDay: '2026-09-13', turn: '2026-09-10' },
    ]);
    expect(first.leftOut).toEqual({ 'too-late': 1 });
    const turns = new Map([
      ['last', { on: day, place: 0 }],
      ['now', { on: '2026-09-09', place: 0 }],
    ]);
    // A second complaint is an event of its own.
    expect(dayWork(solved(), 'seed', day, people, turns).due.map(({ key }) => key)).toEqual(['now']);
  });

  it('with a most a day takes the most urgent', () => {
    const people = [event('b', '2026-09-09'), event('a', '2026-09-10'), event('c', '2026-09-08', 'already-waiting')];
    const work = dayWork(solved({ maxPerDay: 1 }), 'seed', '2026-09-10', people, new Map());
    expect(work.due.map(({ key }) => key)).toEqual(['b']);
    expect(work.leftOut).toEqual({ 'already-waiting': 1, 'another-day': 1 });
  });
});

describe('what a plan may not say', () => {
  const sources = {
    campaigns: new Map([
      [ours, centre],
      ['00000000-0000-4000-8000-000000000002', { ...centre, clientId: 'another' }],
      ['00000000-0000-4000-8000-000000000003', { ...centre, centreId: 'elsewhere' }],
      ['00000000-0000-4000-8000-000000000004', { ...centre, demo: true }],
    ]),
    lists: new Map([['00000000-0000-4000-8000-00000000000a', ours]]),
  };
  const id = (end: string) => `${ours.slice(0, -1)}${end}`;
  it.each([
    ['nothing', {}, []],
    ['another client’s people', { who: { campaignIds: [id('2')] } }, ['plan-other-client who.campaignIds']],
    ['another centre’s people', { who: { campaignIds: [id('3')] } }, ['plan-source-unknown who.campaignIds']],
    ['invented people', { who: { campaignIds: [id('4')] } }, ['plan-demo-source who.campaignIds']],
    ['nobody’s list', { who: { campaignIds: [ours], listIds: [id('b')] } }, ['plan-list-unknown who.listIds']],
    ['its own list', { who: { campaignIds: [ours], listIds: [id('a')] } }, []],
    ['a night', { window: { days: week, from: '21:00', to: '23:00' } }, ['plan-outside-hours window']],
    ['noon', { window: { days: week, from: '12:00', to: '14:00' } }, ['plan-outside-hours window']],
    [
      'an end before its beginning',
      { window: { days: [1], from: '12:00', to: '09:00' } },
      ['plan-window-empty window'],
    ],
    [
      'a share of events',
      { cycle: { kind: 'after', event: 'new', withinDays: 5 }, share: { kind: 'sample', share: 0.5 } },
      ['plan-share-of-event share'],
    ],
  ])('%s', (_what, change, found) => {
    const faults = planFaults(settings(change), { ...place, ...centre }, sources);
    expect(faults.map(({ code, field }) => `${code} ${field}`)).toEqual(found);
  });
});

describe('two plans about the same people', () => {
  const monthly = (people: readonly PlanPerson[], day = start) => dayWork(plan(), 'seed', day, people, new Map());
  const sooner = plan({ cycle: { kind: 'every', count: 1, unit: 'weeks' } });
  const people = crowd(30);

  it('whose last day comes sooner has them; the other fills up with whom it has alone, and says why', () => {
    const mine = plan({ maxPerDay: 5 });
    const alone = dayWork(mine, 'seed', start, people, new Map());
    const [first] = alone.due;
    const theirs = dayWork(
      sooner,
      'other',
      start,
      people.filter(({ key }) => key === first?.key),
      new Map(),
    );
    const work = dayWorkBeside((of) => dayWork(mine, 'seed', start, of, new Map()), people, [theirs]);
    expect(work.due.map(({ key }) => key)).not.toContain(first?.key);
    expect(work.leftOut['in-another-plan']).toBe(1);
    expect(work.due).toHaveLength(alone.due.length);
  });

  it('of a plan whose last day comes later, or on the same day, nobody is left to it', () => {
    const theirs = dayWork(plan(), 'other', start, people, new Map());
    const work = dayWorkBeside(monthly, people, [theirs]);
    expect(work).toEqual(monthly(people));
    const week = (of: readonly PlanPerson[]) => dayWork(sooner, 'seed', start, of, new Map());
    expect(dayWorkBeside(week, people, [theirs])).toEqual(week(people));
  });

  it('laid out one after the other, in whatever order, nobody has two calls, and whoever both would call goes to the sooner', () => {
    fc.assert(
      fc.property(size, how, how, fc.boolean(), (count, one, two, swap) => {
        const all = crowd(count);
        const plans = [plan({ share: one }), plan({ share: two, cycle: { kind: 'every', count: 1, unit: 'weeks' } })];
        const works = plans.map(
          (of, index) => (list: readonly PlanPerson[]) => dayWork(of, `seed ${index}`, start, list, new Map()),
        );
        const order = swap ? [1, 0] : [0, 1];
        const laid: DayWork[] = [];
        for (const at of order) {
          const work = works[at];
          const other = works[1 - at];
          if (work === undefined || other === undefined) throw new Error('two plans');
          const taken = new Set(laid.flatMap(({ due }) => due.map(({ key }) => key)));
          const list = all.map((person) =>
            taken.has(person.key) ? { ...person, barred: 'in-another-plan' as const } : person,
          );
          laid.push(dayWorkBeside(work, list, laid.length === 0 ? [other(all)] : []));
        }
        const keys = keysOf(laid);
        expect(new Set(keys).size).toBe(keys.length);
        const [, weeklyAlone] = works.map((work) => new Set(work(all).due.map(({ key }) => key)));
        const monthlyLaid = laid[order.indexOf(0)];
        // What the weekly plan would call by itself, and is still to lay out, the monthly one leaves to it.
        if (!swap) for (const { key } of monthlyLaid?.due ?? []) expect(weeklyAlone?.has(key)).toBe(false);
        for (const work of laid) expect(work.due.length + sum(work.leftOut)).toBe(all.length);
      }),
    );
  });
});
describe('days to come beside another plan', () => {
  const people = crowd(60);
  const turns = new Map<string, Turn>();
  const monthly = { plan: plan({ share: { kind: 'all' } }), seed: 'month', people, turns };
  const weekly = {
    plan: plan({ cycle: { kind: 'every', count: 1, unit: 'weeks' }, share: { kind: 'sample', share: 0.4 } }),
    seed: 'week',
    people,
    turns,
  };

  it('leave whoever the other takes that day, and no one is foreseen twice on a day', () => {
    const mine = forecast(monthly, start, 7, [{ ...weekly, from: start }]);
    const theirs = forecast(weekly, start, 7, [{ ...monthly, from: start }]);
    expect(mine.reduce((all, { leftOut }) => all + (leftOut['in-another-plan'] ?? 0), 0)).toBeGreaterThan(0);
    for (const [index, day] of mine.entries()) {
      const both = [...day.due, ...(theirs[index]?.due ?? [])].map(({ key }) => key);
      expect(new Set(both).size).toBe(both.length);
    }
  });

  it('take everybody back on days that the other has laid out, or does not call on', () => {
    const alone = forecast(monthly, start, 3);
    expect(forecast(monthly, start, 3, [{ ...weekly, from: '2026-09-04' }])).toEqual(alone);
    const later = { ...weekly, plan: { ...weekly.plan, startsOn: '2026-09-20' } };
    expect(forecast(monthly, start, 3, [{ ...later, from: start }])).toEqual(alone);
  });
});
const sum = (counts: DayWork['leftOut']) => Object.values(counts).reduce((total, n) => total + n, 0);
