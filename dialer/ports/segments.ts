/** Where segment rules, types of customers and extractions are kept, and where the facts about customers come from. */
import type { SegmentCounts } from '../rules/segments/classify.ts';
import type { SegmentCustomer } from '../rules/segments/facts.ts';
import type { SegmentRules } from '../rules/segments/settings.ts';

/** Version 0 is the starting set, which nobody made. */
export type SegmentVersion = {
  version: number;
  rules: SegmentRules;
  changedAt: number | null;
  changedBy: string | null;
};

/** A client's customers as they were sorted into types for a month. */
export type SegmentRun = {
  id: string;
  clientId: string;
  month: string;
  version: number;
  at: number;
  by: string | null;
  counts: SegmentCounts;
};
/** A customer as an example on a page: who it is stays unsaid. */
export type SegmentExample = { number: string; bill: number | null; status: string | null };

/** A client's customers at a centre. */
export type CustomersOf = { centreId: string; clientId: string };

export type SegmentFacts = {
  /** The newest month of which anything is known; null: nothing is. */
  newestMonth(of: CustomersOf): Promise<string | null>;
  count(of: CustomersOf): Promise<number>;
  /** All of them with so many months back from `month`, page by page, in any order. */
  customers(of: CustomersOf, month: string, months: number): AsyncIterable<SegmentCustomer[]>;
  /** Masked. */
  examples(ids: readonly string[], month: string): Promise<Map<string, SegmentExample>>;
};

export type SegmentRulesStore = {
  /** Null: there is no such centre. */
  timeZone(centreId: string): Promise<string | null>;
  /** Null: the centre has never changed the starting set. */
  load(centreId: string): Promise<SegmentVersion | null>;
  /** The one that was in force just before this moment. Null: the starting set. */
  loadAt(centreId: string, before: number): Promise<SegmentVersion | null>;
  /** The newest first. */
  versions(centreId: string): Promise<SegmentVersion[]>;
  /** `first` is kept as version 0 where nothing is. False: somebody stored another version in between. */
  change(next: {
    centreId: string;
    version: number;
    rules: SegmentRules;
    first: SegmentRules;
    by: string | null;
    now: number;
  }): Promise<boolean>;
};

export type SegmentRunStore = {
  /** Replaces what was kept of the same client and month, all of it or nothing. */
  keep(run: Omit<SegmentRun, 'id'> & CustomersOf, members: ReadonlyMap<string, string[]>): Promise<SegmentRun>;
  /** The newest of each client. */
  newest(centreId: string): Promise<SegmentRun[]>;
  /** Who was handed out in the month, and as what: they keep that type. */
  held(of: CustomersOf, month: string): Promise<Map<string, string>>;
};

/** Contacts of these customers with a complaint that is not closed. Quality's to say. */
export type OpenComplaints = (of: CustomersOf) => Promise<string[]>;
