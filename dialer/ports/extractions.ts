/** Where extractions are kept: customers of a type handed to a campaign as contacts, for a team. */
import type { Extracted, ExtractionCandidate, NotExtracted } from '../rules/segments/extract.ts';
import type { SegmentType } from '../rules/segments/settings.ts';

export type ExtractionCampaign = {
  id: string;
  centreId: string;
  clientId: string;
  state: string;
  productLine: string;
  teamIds: string[];
};
/** With the contact that says most lately who this is, if there is any. */
export type FoundCustomer = ExtractionCandidate & { number: string; contactId: string | null };

/** The newest sorting of the client's customers, and the type in it. */
export type ExtractionSource = { runId: string; month: string; version: number; type: SegmentType; restMonths: number };

export type ExtractionRow = {
  id: string;
  campaignId: string;
  teamId: string;
  listId: string;
  type: string;
  typeName: SegmentType['name'];
  month: string;
  version: number;
  taken: number;
  leftOut: Partial<Record<NotExtracted, number>>;
  at: number;
  by: string | null;
};

export type ExtractionStore = {
  campaign(campaignId: string): Promise<ExtractionCampaign | null>;
  candidates(campaign: ExtractionCampaign, source: ExtractionSource, now: number): Promise<FoundCustomer[]>;
  /**
   * Chooses and hands out in one transaction, one extraction of a client's customers after another: whoever comes second sees whom
   * the first took. What `choose` took is a list of contacts of the campaign when this is over. Null: it took nobody.
   */
  extract(
    campaign: ExtractionCampaign,
    source: ExtractionSource,
    about: { teamId: string; by: string | null; now: number },
    choose: (candidates: readonly FoundCustomer[]) => Extracted<FoundCustomer>,
  ): Promise<ExtractionRow | null>;
  /** The newest first; of some teams only. */
  list(of: { centreId: string; teamId: string | null }, limit: number): Promise<ExtractionRow[]>;
};
