/**
 * The day's work of a plan: who is to be called, why, and until when; and of everybody else why not. Given the same people,
 * turns, seed and day it says the same; given what it has laid out already it says the rest, so that it may be asked again.
 */
import { hashText } from '../hash-text.ts';
import { dayAfter, isPlanDay, type Period, periodOf, planDays } from './period.ts';
import type { PlanPlace, PlanSettings } from './settings.ts';

/** What forbids a call for reasons outside the plan. */
export type Barred =
  | 'no-number'
  | 'on-blacklist'
  | 'do-not-call'
  | 'recently-called'
  | 'already-waiting'
  | 'in-another-plan';
/** Why somebody of the plan's people is not called on a day. */
export type LeftOut = Barred | 'had-turn' | 'not-drawn' | 'another-day' | 'too-late';

export type PlanPerson = {
  /** Who they are, whatever list they stand on: their number. */
  key: string;
  /** The day of the event that the plan follows; null: none. */
  eventOn: string | null;
  barred: Barred | null;
};
/** A person's last turn: its day, and the place within it. Whoever had none is not in it. */
export type Turn = { on: string; place: number };
export type Turns = ReadonlyMap<string, Turn>;

export type DayWork = {
  day: string;
  /** Of the day; null: the plan has not begun, or follows events. */
  period: Period | null;
  /** False: the plan does not call on this day. */
  open: boolean;
  /** All whom the plan is about. */
  population: number;
  /** How many the period is to reach in all, and how many it had before this day. */
  quota: number;
  laidBefore: number;
  /** In the order in which they are called. `lastDay`: the last on which the call is of use. `turn`: the period or event it is for. */
  due: { key: string; place: number; lastDay: string; turn: string }[];
  /** With `due` and those laid out today it makes up the population. */
  leftOut: Partial<Record<LeftOut, number>>;
};

/** After days off, a day carries at most so many times what an even day would. */
const catchUp = 2;

export function dayWork(
  plan: PlanSettings & PlanPlace,
  seed: string,
  day: string,
  people: readonly PlanPerson[],
  turns: Turns,
): DayWork {
  const open = day >= plan.startsOn && isPlanDay(day, plan.window, plan);
  const tally = new Map<LeftOut, number>();
  const leave = (reason: LeftOut, count = 1): void => {
    if (count > 0) tally.set(reason, (tally.get(reason) ?? 0) + count);
  };
  const base = { day, open, population: people.length };
  const { cycle } = plan;
  const part =
    cycle.kind === 'every'
      ? inPeriod(plan, seed, base, people, turns, periodOf(cycle, plan.startsOn, day), leave)
      : afterEvent(plan, cycle.withinDays, base, people, turns, leave);
  return { ...base, ...part, leftOut: Object.fromEntries(tally) };
}

type Base = Pick<DayWork, 'day' | 'open' | 'population'>;
type Part = Pick<DayWork, 'period' | 'quota' | 'laidBefore' | 'due'>;
type Leave = (reason: LeftOut, count?: number) => void;

function inPeriod(
  plan: PlanSettings & PlanPlace,
  seed: string,
  { day, open }: Base,
  people: readonly PlanPerson[],
  turns: Turns,
  period: Period | null,
  leave: Leave,
): Part {
  if (period === null) {
    leave('another-day', people.length);
    return { period, quota: 0, laidBefore: 0, due: [] };
  }
  let laidBefore = 0;
  let laidToday = 0;
  for (const { on } of turns.values()) {
    if (on >= period.from && on < day) laidBefore += 1;
    else if (on === day) laidToday += 1;
  }
  const free: PlanPerson[] = [];
  for (const person of people) {
    const on = turns.get(person.key)?.on;
    // Today's stand in the day's work, not among those left out.
    if (on !== undefined && on >= period.from) leave('had-turn', on < day ? 1 : 0);
    else if (person.barred !== null) leave(person.barred);
    else free.push(person);
  }
  const share = plan.share.kind === 'all' ? 1 : plan.share.share;
  const quota = roundedUp(share * (free.length + laidBefore + laidToday));
  const mayLay = open ? fairPart(plan, period, day, quota, laidBefore) - laidToday : 0;
  const order = inOrder(plan, seed, period, free, turns);
  const due = order.slice(0, Math.max(0, mayLay));
  const later = Math.min(order.length - due.length, Math.max(0, quota - laidBefore - laidToday - due.length));
  leave('another-day', later);
  leave('not-drawn', order.length - due.length - later);
  const lastDay = dayAfter(period.until, -1);
  return {
    ...{ period, quota, laidBefore },
    due: due.map(({ key }, index) => ({ key, place: laidToday + index, lastDay, turn: period.from })),
  };
}

/** What is left of the period over the days that are left: even days, and whatever was missed spread over all that follow. */
function fairPart(
  plan: PlanSettings & PlanPlace,
  { from, until }: Period,
  day: string,
  quota: number,
  laidBefore: number,
): number {
  const left = planDays(day, until, plan.window, plan);
  const even = Math.ceil(quota / Math.max(1, planDays(from, until, plan.window, plan)));
  const fair = Math.ceil(Math.max(0, quota - laidBefore) / Math.max(1, left));
  return Math.min(fair, catchUp * even, plan.maxPerDay ?? Number.POSITIVE_INFINITY);
}

/** In turn: whoever waits longest comes first. A sample: by a draw of the period's own. Equal ones by chance that can be repeated. */
function inOrder(
  { share }: PlanSettings,
  seed: string,
  period: Period,
  people: readonly PlanPerson[],
  turns: Turns,
): PlanPerson[] {
  const label = share.kind === 'sample' ? `${seed} ${period.from}` : seed;
  const placed = people.map((person) => ({
    person,
    last: share.kind === 'sample' ? undefined : turns.get(person.key),
    lot: hashText(`${label} ${person.key}`),
  }));
  placed.sort(
    (a, b) =>
      compare(a.last?.on ?? '', b.last?.on ?? '') ||
      (a.last?.place ?? 0) - (b.last?.place ?? 0) ||
      a.lot - b.lot ||
      compare(a.person.key, b.person.key),
  );
  return placed.map(({ person }) => person);
}

/** Once for each event, from its day on; the earliest event first. Missed ones are told, not called too late. */
function afterEvent(
  plan: PlanSettings,
  withinDays: number,
  { day, open }: Base,
  people: readonly PlanPerson[],
  turns: Turns,
  leave: Leave,
): Part {
  const waiting: { key: string; eventOn: string }[] = [];
  let laidToday = 0;
  let laidBefore = 0;
  for (const { key, eventOn, barred } of people) {
    const on = turns.get(key)?.on;
    if (eventOn === null || eventOn > day) leave('another-day');
    else if (on !== undefined && on >= eventOn) {
      if (on === day) laidToday += 1;
      else {
        laidBefore += 1;
        leave('had-turn');
      }
    } else if (dayAfter(eventOn, withinDays) < day) leave('too-late');
    else if (barred !== null) leave(barred);
    else waiting.push({ key, eventOn });
  }
  waiting.sort((a, b) => compare(a.eventOn, b.eventOn) || compare(a.key, b.key));
  const room = open ? Math.max(0, (plan.maxPerDay ?? waiting.length + laidToday) - laidToday) : 0;
  const due = waiting.slice(0, room);
  leave('another-day', waiting.length - due.length);
  return {
    period: null,
    quota: waiting.length + laidToday + laidBefore,
    laidBefore,
    due: due.map(({ key, eventOn }, index) => ({
      ...{ key, place: laidToday + index, lastDay: dayAfter(eventOn, withinDays), turn: eventOn },
    })),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Sizes are rounded up, but not for the sake of a float's last digit. */
const roundedUp = (value: number): number => Math.ceil(value - 1e-9);
