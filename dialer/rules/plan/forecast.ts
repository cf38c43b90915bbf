/** What a plan would lay out on the days to come, as people stand today: each day sees what the ones before it took, and whom other plans take. */
import { dayWorkBeside } from './between-plans.ts';
import { type DayWork, dayWork, type PlanPerson, type Turns } from './day-work.ts';
import { dayAfter } from './period.ts';
import type { PlanPlace, PlanSettings } from './settings.ts';

/** A plan with the people it is about and the turns they had. */
export type Foreseen = {
  plan: PlanSettings & PlanPlace;
  seed: string;
  people: readonly PlanPerson[];
  turns: Turns;
};

/** @param others plans that may call the same people, each with the first day that it has still to lay out */
export function forecast(
  mine: Foreseen,
  today: string,
  days: number,
  others: readonly (Foreseen & { from: string })[] = [],
): DayWork[] {
  const own = onTheWay(mine);
  const rest = others.map((other) => ({ ...onTheWay(other), from: other.from }));
  return Array.from({ length: days }, (_, offset) => {
    const day = dayAfter(today, offset);
    const open = rest.filter(({ from }) => from <= day).map((one) => ({ one, alone: one.work(day)(one.people) }));
    const work = dayWorkBeside(own.work(day), own.people, works(open));
    const called = new Set(work.due.map(({ key }) => key));
    for (const { one } of open) {
      const free = one.people.map(
        (person): PlanPerson => (called.has(person.key) ? { ...person, barred: 'in-another-plan' } : person),
      );
      one.take(dayWorkBeside(one.work(day), free, works(open.filter((other) => other.one !== one))));
    }
    own.take(work);
    return work;
  });
}

const works = (of: readonly { alone: DayWork }[]): DayWork[] => of.map(({ alone }) => alone);

/** The plan as its days go by: what it took is a turn on the days after. */
function onTheWay({ plan, seed, people, turns }: Foreseen) {
  const taken = new Map(turns);
  return {
    people,
    work: (day: string) => (of: readonly PlanPerson[]) => dayWork(plan, seed, day, of, taken),
    take({ day, due }: DayWork): void {
      for (const { key, place } of due) taken.set(key, { on: day, place });
    },
  };
}
