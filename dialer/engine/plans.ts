/** Plans of repeated calls: kept in versions, foreseen, and laid out day by day as contacts of their campaign. */
import type { Actor } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { FoundPerson, LaidOut, PlanCampaign, PlanDay, PlanProgress, PlanRow, PlanStore } from '../ports/plans.ts';
import { dateOf, daySpan } from '../rules/calendar.ts';
import { nextCallingTime, timeOn } from '../rules/calling-window.ts';
import { dayWorkBeside } from '../rules/plan/between-plans.ts';
import { type DayWork, dayWork, type PlanPerson } from '../rules/plan/day-work.ts';
import { type Foreseen, forecast } from '../rules/plan/forecast.ts';
import { dayAfter, isPlanDay, narrowed, type Period, periodOf } from '../rules/plan/period.ts';
import { planFaults, type PlanSettings } from '../rules/plan/settings.ts';
import { DateTime } from 'luxon';

/** A day as it is told: how many, not whom. */
export type PlanDayView = Omit<DayWork, 'due'> & { due: number };
export type PlanPreview = {
  /** Laid out today already; what is still due today is in the first of the days. */
  laidToday: number;
  days: PlanDayView[];
};
export type PlanView = Omit<PlanRow, 'seed'> & {
  period: Period | null;
  progress: PlanProgress;
  /** Days that were laid out, the newest first. */
  days: PlanDay[];
};

export type PlanCommands = {
  /** `today` where the centre is. */
  list(campaignId: string): Promise<{ today: string; items: PlanView[] }>;
  /** @throws DialerError plan-unknown */
  load(planId: string): Promise<PlanView>;
  /** @throws DialerError plan-invalid, naming every field at fault */
  create(campaignId: string, plan: { name: string; settings: PlanSettings }, by: Actor): Promise<PlanView>;
  /** `version`: the one that was seen. @throws DialerError plan-invalid, plan-changed */
  change(planId: string, plan: { name: string; settings: PlanSettings; version: number }, by: Actor): Promise<PlanView>;
  /** Says whether that changed anything. What is laid out already is called all the same. */
  pause(planId: string): Promise<boolean>;
  resume(planId: string): Promise<boolean>;
  /** Today and the days after it, as people stand now; `planId` null: of a plan that is not kept yet. */
  preview(campaignId: string, planId: string | null, settings: PlanSettings): Promise<PlanPreview>;
  /** Plans that have a day to lay out. */
  due(): Promise<PlanRow[]>;
  /** Null: somebody else did, it was changed meanwhile, or another plan was faster with one of its people: then again. */
  layOut(plan: PlanRow): Promise<{ day: string; laid: number } | null>;
};

type Deps = {
  store: PlanStore;
  clock: { now(): number };
  publish: (event: { type: 'contacts-changed'; campaignId: string }) => void;
};
const previewDays = 8;
const shownDays = 14;

export function createPlans({ store, clock, publish }: Deps): PlanCommands {
  const campaignOf = async (campaignId: string): Promise<PlanCampaign> => {
    const campaign = await store.campaign(campaignId);
    if (campaign === null) throw new DialerError('campaign-unknown', 'There is no such campaign.');
    return campaign;
  };
  const planOf = async (planId: string): Promise<PlanRow> => {
    const plan = await store.load(planId);
    if (plan === null) throw new DialerError('plan-unknown', 'There is no such plan.');
    return plan;
  };
  const mustWork = async (campaign: PlanCampaign, settings: PlanSettings): Promise<void> => {
    const faults = planFaults(settings, campaign, await store.sources(settings.who));
    if (faults.length > 0) throw new DialerError('plan-invalid', 'The plan cannot work as it is.', { faults });
  };
  const show = async ({ seed: _, ...plan }: PlanRow, campaign: PlanCampaign): Promise<PlanView> => {
    const { cycle, startsOn } = plan.settings;
    const today = dateOf(clock.now(), campaign.calendar.timeZone);
    const period = cycle.kind === 'every' ? periodOf(cycle, startsOn, today) : null;
    const [progress, days] = await Promise.all([
      store.progress(plan.id, period?.from ?? startsOn),
      store.days(plan.id, shownDays),
    ]);
    return { ...plan, period, progress, days };
  };
  /** The campaign of a plan that has a day to lay out; null: it has none. */
  const isDue = async (plan: PlanRow, now: number): Promise<PlanCampaign | null> => {
    const campaign = await campaignOf(plan.campaignId);
    const today = dateOf(now, campaign.calendar.timeZone);
    const { startsOn, window } = plan.settings;
    const wanted = today >= startsOn && isPlanDay(today, window, campaign) && now < endOf(window.to, campaign, now);
    return wanted && !(await store.wasLaid(plan.id, today)) ? campaign : null;
  };
  const readWork = async (plan: PlanRow, campaign: PlanCampaign, day: string, now: number) => {
    const { id, seed, settings } = plan;
    const [people, turns] = await Promise.all([store.people(campaign, settings, now, id), store.turns(id)]);
    const work = (of: readonly PlanPerson[]) => dayWork({ ...settings, ...campaign }, seed, day, of, turns);
    return { people, work };
  };
  /** What the client's other plans have still to lay out today. */
  const othersToday = async (plan: PlanRow, { clientId }: PlanCampaign, now: number): Promise<DayWork[]> => {
    const works: DayWork[] = [];
    for (const other of await store.active()) {
      const campaign = other.id === plan.id ? null : await isDue(other, now);
      if (campaign?.clientId !== clientId) continue;
      const { people, work } = await readWork(other, campaign, dateOf(now, campaign.calendar.timeZone), now);
      works.push(work(people));
    }
    return works;
  };
  /** The client's other plans, each with the first day that it has still to lay out. */
  const othersAhead = async (planId: string | null, { clientId }: PlanCampaign, now: number) => {
    const ahead: (Foreseen & { from: string })[] = [];
    for (const other of await store.active()) {
      if (other.id === planId) continue;
      const campaign = await campaignOf(other.campaignId);
      if (campaign.clientId !== clientId) continue;
      const { id, seed, settings } = other;
      const today = dateOf(now, campaign.calendar.timeZone);
      const from = (await isDue(other, now)) === null ? dayAfter(today, 1) : today;
      const [people, turns] = await Promise.all([store.people(campaign, settings, now, id), store.turns(id)]);
      ahead.push({ plan: { ...settings, ...campaign }, seed, people, turns, from });
    }
    return ahead;
  };
  const shown = async (planId: string): Promise<PlanView> => {
    const plan = await planOf(planId);
    return show(plan, await campaignOf(plan.campaignId));
  };

  return {
    load: shown,
    async list(campaignId) {
      const campaign = await campaignOf(campaignId);
      const items = await Promise.all((await store.list(campaignId)).map((plan) => show(plan, campaign)));
      return { today: dateOf(clock.now(), campaign.calendar.timeZone), items };
    },
    async create(campaignId, { name, settings }, by) {
      const campaign = await campaignOf(campaignId);
      await mustWork(campaign, settings);
      return show(await store.create({ campaignId, name, settings, by: by.userId, now: clock.now() }), campaign);
    },
    async change(planId, { name, settings, version }, by) {
      const { campaignId } = await planOf(planId);
      await mustWork(await campaignOf(campaignId), settings);
      const kept = await store.change({ id: planId, version, name, settings, by: by.userId, now: clock.now() });
      if (!kept) throw new DialerError('plan-changed', 'Somebody else has changed this plan.');
      return shown(planId);
    },
    pause: (planId) => store.setState(planId, 'paused'),
    resume: (planId) => store.setState(planId, 'active'),

    async preview(campaignId, planId, settings) {
      const campaign = await campaignOf(campaignId);
      await mustWork(campaign, settings);
      const now = clock.now();
      const today = dateOf(now, campaign.calendar.timeZone);
      const kept = planId === null ? null : await planOf(planId);
      const people = await store.people(campaign, settings, now, planId);
      const turns = kept === null ? new Map() : await store.turns(kept.id);
      const mine = { plan: { ...settings, ...campaign }, seed: kept?.seed ?? '', people, turns };
      const days = forecast(mine, today, previewDays, await othersAhead(planId, campaign, now));
      const laidToday = [...turns.values()].filter(({ on }) => on === today).length;
      return { laidToday, days: days.map(({ due, ...day }) => ({ ...day, due: due.length })) };
    },

    async due() {
      const now = clock.now();
      const open = await Promise.all(
        (await store.active()).map(async (plan) => ((await isDue(plan, now)) === null ? [] : [plan])),
      );
      return open.flat();
    },

    async layOut(plan) {
      const campaign = await campaignOf(plan.campaignId);
      const now = clock.now();
      const day = dateOf(now, campaign.calendar.timeZone);
      const { people, work: workWith } = await readWork(plan, campaign, day, now);
      const work = dayWorkBeside(workWith, people, await othersToday(plan, campaign, now));
      const calls = callsOf(plan, campaign, work, people, now);
      // Events come one by one: their calls stand on a list of the month.
      const period = work.period?.from ?? `${day.slice(0, 7)}-01`;
      const laid = await store.layOut(plan, { ...work, period }, calls, now);
      if (laid === null) return null;
      if (laid > 0) publish({ type: 'contacts-changed', campaignId: campaign.id });
      return { day, laid };
    },
  };
}

/** When the window closes today, where the centre is: a day that is nearly over is not begun. */
function endOf(to: string, { calendar }: PlanCampaign, now: number): number {
  return timeOn(DateTime.fromMillis(now, { zone: calendar.timeZone }).startOf('day'), to);
}

function callsOf(
  { settings }: PlanRow,
  campaign: PlanCampaign,
  { due }: DayWork,
  people: readonly FoundPerson[],
  now: number,
): LaidOut[] {
  const known = new Map(people.map((person) => [person.key, person]));
  const hours = narrowed(campaign.calling, settings.window);
  const opening = new Map<string, number>();
  const openingIn = (zone: string): number => {
    const at = opening.get(zone) ?? nextCallingTime(hours, campaign.calendar, zone, now) ?? now;
    opening.set(zone, at);
    return at;
  };
  return due.flatMap(({ key, place, lastDay, turn }) => {
    const person = known.get(key);
    if (person === undefined) return [];
    const { contactId, timeZone } = person;
    const deadlineAt = daySpan(lastDay, campaign.calendar.timeZone).end;
    return [{ contactId, number: key, turn, place, dueAt: openingIn(timeZone), deadlineAt }];
  });
}
