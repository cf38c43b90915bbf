/**
 * What a manager sets of a plan of repeated calls (V2, L4): who, how often, at which share, in which window. Stored as one
 * versioned document. A fault names its field, so that the page can stand it beside the control.
 */
import { z } from 'zod';
import type { WorkingCalendar } from '../calendar.ts';
import type { CampaignSettings } from '../campaign-settings.ts';
import { clock } from '../campaign-settings.ts';
import { segmentType } from '../segments/settings.ts';
import { dayAfter, isPlanDay } from './period.ts';

export const planUnits = ['days', 'weeks', 'months', 'quarters'] as const;
export const planEvents = ['new', 'complaint-solved'] as const;

export const planSettings = z.object({
  /** People on these campaigns' lists; of some lists only, or only those whose column has one of the values. */
  who: z.object({
    campaignIds: z.array(z.guid()).min(1).max(50),
    /** Empty: all lists of these campaigns. */
    listIds: z.array(z.guid()).max(200).default([]),
    field: z
      .object({
        name: z.string().trim().min(1).max(60),
        values: z.array(z.string().trim().min(1).max(200)).min(1).max(50),
      })
      .nullable()
      .default(null),
    /** Only customers of these types, as they were sorted last. Empty: of any or none. */
    types: z.array(segmentType.shape.key).max(30).default([]),
  }),
  cycle: z.discriminatedUnion('kind', [
    /** Once in each period, spread over its days. Periods begin on the plan's first day. */
    z.object({ kind: z.literal('every'), count: z.number().int().min(1).max(366), unit: z.enum(planUnits) }),
    /** Once after each event, on the next day that the plan has, within so many days. */
    z.object({ kind: z.literal('after'), event: z.enum(planEvents), withinDays: z.number().int().min(1).max(90) }),
  ]),
  share: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    /** Drawn anew for each period. */
    z.object({ kind: z.literal('sample'), share: z.number().positive().max(1) }),
    /** A share in turn: nobody a second time before everybody had a first. */
    z.object({ kind: z.literal('rotation'), share: z.number().positive().max(1) }),
  ]),
  /** In the contact's own time; ISO weekdays. Never wider than the campaign's calling hours. */
  window: z.object({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7), from: clock, to: clock }),
  /** Whoever was spoken to within so many days, for whatever reason, is left in peace. */
  restDays: z.number().int().min(0).max(365).default(7),
  maxPerDay: z.number().int().min(1).max(100_000).nullable().default(null),
  startsOn: z.iso.date(),
});
export type PlanSettings = z.infer<typeof planSettings>;
export type PlanCycle = PlanSettings['cycle'];

export type PlanFault = { code: string; field: string };
/** Where the plan calls from: its campaign's hours on its centre's calendar. */
export type PlanPlace = { calling: CampaignSettings['calling']; calendar: WorkingCalendar };

export type PlanOwner = { centreId: string; clientId: string; demo: boolean };
/** The campaigns and lists that the plan names, as far as there are any. */
export type PlanSources = {
  campaigns: ReadonlyMap<string, PlanOwner>;
  /** Of each list its campaign. */
  lists: ReadonlyMap<string, string>;
};

/** What shape alone does not say. Empty: the plan can work. */
export function planFaults(
  { who, cycle, share, window, startsOn }: PlanSettings,
  own: PlanPlace & PlanOwner,
  sources: PlanSources,
): PlanFault[] {
  const faults: PlanFault[] = [];
  for (const id of who.campaignIds) {
    const source = sources.campaigns.get(id);
    if (source === undefined || source.centreId !== own.centreId)
      faults.push({ code: 'plan-source-unknown', field: 'who.campaignIds' });
    // One client's customers are nobody else's to call.
    else if (source.clientId !== own.clientId) faults.push({ code: 'plan-other-client', field: 'who.campaignIds' });
    // Invented people stay among themselves, and nobody real is called by a demonstration.
    else if (source.demo !== own.demo) faults.push({ code: 'plan-demo-source', field: 'who.campaignIds' });
  }
  if (who.listIds.some((id) => !who.campaignIds.includes(sources.lists.get(id) ?? '')))
    faults.push({ code: 'plan-list-unknown', field: 'who.listIds' });
  if (cycle.kind === 'after' && share.kind !== 'all') faults.push({ code: 'plan-share-of-event', field: 'share' });
  if (window.from >= window.to) faults.push({ code: 'plan-window-empty', field: 'window' });
  else if (!anyDay(startsOn, window, own)) faults.push({ code: 'plan-outside-hours', field: 'window' });
  return faults.filter(({ code }, index) => faults.findIndex((one) => one.code === code) === index);
}

/** Two weeks show every weekday, whatever holidays there are in one of them. */
function anyDay(startsOn: string, window: PlanSettings['window'], place: PlanPlace): boolean {
  const calling = { ...place.calling, workingDaysOnly: false };
  return Array.from({ length: 7 }, (_, offset) => dayAfter(startsOn, offset)).some((day) =>
    isPlanDay(day, window, { ...place, calling }),
  );
}
