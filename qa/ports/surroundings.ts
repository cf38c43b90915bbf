/** What quality asks of the house around it. Times are epoch milliseconds of the one clock. */
import type { WorkingCalendar } from '../rules/working-days.ts';

export type Clock = { now(): number };

/** Quality's part of a campaign's settings, and whose days it counts in. */
export type CampaignQuality = {
  campaignId: string;
  centreId: string;
  clientId: string;
  name: string;
  purpose: string;
  timeZone: string;
  calendar: WorkingCalendar;
  trialDays: number;
  frame: 'sales' | 'conversations';
  dailyRate: number;
  weeklyRate: number;
  weeklyOverlap: number;
  tightenedMultiple: number;
  recheckAll: boolean;
  correctiveDeadlineWorkingDays: number;
  holdForQuality: boolean;
  twoStepClose: boolean;
  /** Working days until which the customer's reply to the terms counts. */
  replyWithinDays: number;
  forced: {
    longerThanSeconds: number | null;
    shorterThanSeconds: number | null;
    firstDaysOfAgent: number;
    complaints: boolean;
  };
};

export type Campaigns = {
  all(): Promise<CampaignQuality[]>;
  /** Null for an unknown campaign. */
  of(campaignId: string): Promise<CampaignQuality | null>;
};

/** Reads a campaign by the connection that asks: `rows` runs one statement on it. */
export type CampaignIn = (
  rows: <T>(text: string, ...values: unknown[]) => Promise<T[]>,
) => (campaignId: string) => Promise<CampaignQuality | null>;

/** After commit: who shows quality's lists may look again. Losing one costs delay only. */
export type QualityEvent =
  | { type: 'draw-made'; drawId: string; campaignId: string }
  | { type: 'inspection-changed'; inspectionId: string; assignedTo: string | null }
  | { type: 'sale-changed'; saleId: string; state: string }
  | { type: 'case-changed'; caseId: string; state: string }
  | { type: 'handoff-written' };

export type Chance = {
  /** 32 unpredictable bytes as 64 hex digits: the key of a draw. */
  drawKey(): string;
};
