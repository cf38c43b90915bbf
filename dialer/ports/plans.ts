/** Where plans of repeated calls are kept, whom they are about, and where their work is laid out. */
import type { DayWork, LeftOut, PlanPerson, Turns } from '../rules/plan/day-work.ts';
import type { PlanOwner, PlanPlace, PlanSettings, PlanSources } from '../rules/plan/settings.ts';

export const planStates = ['active', 'paused'] as const;
export type PlanState = (typeof planStates)[number];

export type PlanRow = {
  id: string;
  campaignId: string;
  name: string;
  state: PlanState;
  version: number;
  settings: PlanSettings;
  seed: string;
  createdAt: number;
};
/** The campaign that a plan calls from. */
export type PlanCampaign = PlanPlace & PlanOwner & { id: string; state: string; productLine: string };

/** One of the people, with the row of a list that says most lately who they are. */
export type FoundPerson = PlanPerson & { contactId: string; timeZone: string };

export type LaidOut = {
  contactId: string;
  number: string;
  turn: string;
  place: number;
  dueAt: number;
  deadlineAt: number;
};
/** A day that was laid out, as it is kept. */
export type PlanDay = {
  day: string;
  at: number;
  population: number;
  laid: number;
  leftOut: DayWork['leftOut'];
};
/** Of what was laid out from a day on: still to be called, spoken to, and asked to the end. */
export type PlanProgress = { laid: number; waiting: number; reached: number; answered: number };

export type PlanStore = {
  campaign(campaignId: string): Promise<PlanCampaign | null>;
  sources(who: PlanSettings['who']): Promise<PlanSources>;
  load(planId: string): Promise<PlanRow | null>;
  list(campaignId: string): Promise<PlanRow[]>;
  /** Of campaigns that run. */
  active(): Promise<PlanRow[]>;
  create(plan: Pick<PlanRow, 'campaignId' | 'name' | 'settings'> & By): Promise<PlanRow>;
  /** False: somebody stored another version in between. */
  change(plan: Pick<PlanRow, 'id' | 'version' | 'name' | 'settings'> & By): Promise<boolean>;
  /** False: it stood there already. */
  setState(planId: string, state: PlanState): Promise<boolean>;
  /** `planId`: the plan's own, whose turns bar nobody here; null: it is not kept yet. */
  people(campaign: PlanCampaign, settings: PlanSettings, now: number, planId: string | null): Promise<FoundPerson[]>;
  turns(planId: string): Promise<Turns>;
  wasLaid(planId: string, day: string): Promise<boolean>;
  /**
   * Lays a day out, all of it or nothing, once: null where another did, where the plan was changed or paused since it was read, or where
   * another plan has laid one of these people out meanwhile.
   * `period` names the list: its first day.
   */
  layOut(
    plan: PlanRow,
    work: { day: string; period: string; population: number; leftOut: Partial<Record<LeftOut, number>> },
    calls: readonly LaidOut[],
    now: number,
  ): Promise<number | null>;
  progress(planId: string, from: string): Promise<PlanProgress>;
  /** The newest first. */
  days(planId: string, limit: number): Promise<PlanDay[]>;
};
type By = { by: string | null; now: number };

/** Complaints of these campaigns' customers that were closed since, by the contact who complained. Quality's to say. */
export type SolvedComplaints = (
  campaignIds: readonly string[],
  since: number,
) => Promise<{ contactId: string; at: number }[]>;
