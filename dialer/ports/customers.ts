/** Where it is kept what clients know of their customers, month by month. */
import type { CustomerFacts, CustomerMonth } from '../rules/customers/month.ts';
import type { CustomerLine } from '../rules/customers/month-line.ts';
import type { ValueSettings } from '../rules/customers/value.ts';

/** The customers of a client are told to each centre that calls for it. */
export type CustomerOwner = { centreId: string; clientId: string };
/** YYYY-MM, both included. */
export type MonthSpan = { from: string; to: string };

/** What a month's table changed against the one before it of the same month. */
export type MonthChanges = { added: number; changed: number; gone: number };

export type CustomerMonthStore = {
  begin(
    month: CustomerOwner & { month: string; fileName: string; importedBy: string | null; now: number },
  ): Promise<string>;
  append(
    importId: string,
    batch: {
      customers: readonly { line: number; customer: CustomerLine }[];
      faults: readonly { line: number; reason: string; field: string }[];
    },
  ): Promise<void>;
  /**
   * Puts the table in force in place of the one of the same month, which stays as it was, out of force; all at once. Null changes:
   * the month's first.
   */
  finish(
    importId: string,
    result: { encoding: string; total: number; accepted: number; rejected: number },
    now: number,
  ): Promise<MonthChanges | null>;
  /** Leaves the import with its failure and without a single customer. */
  fail(
    importId: string,
    result: { encoding: string; total: number; failure: { code: string; field: string; line: number | null } },
  ): Promise<void>;
  /** Fails what a crash left half-imported: what is being imported since before `olderThan`. */
  failAbandoned(olderThan: number): Promise<number>;
};

/** What is in force. */
export type CustomerReading = {
  /** Those of the numbers that the client has told of in these months. */
  months(owner: CustomerOwner, numbers: readonly string[], span: MonthSpan): Promise<CustomerFacts[]>;
  /**
   * All customers with anything in these months, in batches, in order of their numbers, from the one after `after` on; never all in
   * memory at once.
   */
  each(owner: CustomerOwner, span: MonthSpan, after?: string): AsyncIterable<CustomerFacts[]>;
  /** The months that are there, the oldest first. */
  known(owner: CustomerOwner): Promise<string[]>;
};

/** Whose single customers may be looked at: all of the client's, or those on lists of these campaigns. */
export type CustomerSight = { owner: CustomerOwner; onLists: readonly string[] | null };

/** Single customers for people to look at. */
export type CustomerPages = {
  /** Customers of a table in order of its lines. */
  ofImport(
    importId: string,
    sight: CustomerSight,
    page: { status: string | null; after: number; take: number },
  ): Promise<{ customerId: string; number: string; line: number; of: CustomerMonth }[]>;
  /** Of whom a table tells otherwise than the one whose place it took, in order of ids. */
  changesOf(
    importId: string,
    sight: CustomerSight,
    page: { after: string | null; take: number },
  ): Promise<{ customerId: string; number: string; before: CustomerMonth | null; after: CustomerMonth | null }[]>;
  find(
    sight: CustomerSight,
    by: { number: string } | { id: string },
  ): Promise<{ customerId: string; number: string } | null>;
  /** Those of the numbers whose customers may be looked at. */
  among(sight: CustomerSight, numbers: readonly string[]): Promise<Set<string>>;
};

/** A campaign with whose customers it speaks, where. */
export type EffectCampaign = CustomerOwner & { id: string; timeZone: string };

/** Whom a campaign spoke with, and who was never called: an agent and a person were connected, as in every figure. */
export type ContactedCustomers = {
  campaign(campaignId: string): Promise<EffectCampaign | null>;
  /**
   * The months in which the campaign first spoke with somebody, the newest first. `strangers`: people under none of whose numbers the
   * client told of a customer.
   */
  origins(campaign: EffectCampaign): Promise<{ month: string; customers: number; strangers: number }[]>;
  /** The customers with whom it first spoke in this month, in order of their numbers. */
  spokenWith(campaign: EffectCampaign, month: string): Promise<{ customerId: string; number: string }[]>;
  /** Which of these numbers belong to people whom any campaign of the client called before the end of the month. */
  called(campaign: EffectCampaign, numbers: readonly string[], month: string): Promise<Set<string>>;
};

/** Version 0 is what every client begins with, and nobody made. */
export type ValueVersion = {
  version: number;
  settings: ValueSettings;
  changedAt: number | null;
  changedBy: string | null;
};

export type ValueSettingsStore = {
  /** The newest first, without version 0. */
  versions(owner: CustomerOwner): Promise<ValueVersion[]>;
  /** False: somebody stored this version in between. */
  keep(
    owner: CustomerOwner,
    next: { version: number; settings: ValueSettings; by: string | null; now: number },
  ): Promise<boolean>;
};
