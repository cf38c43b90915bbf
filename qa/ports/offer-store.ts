/** Where offers, their versions and the sales made with them are kept. */
import type { OfferState } from '../rules/offer/may-give.ts';
import type { OfferTerms } from '../rules/offer/terms.ts';

export type OfferRecord = {
  id: string;
  campaignId: string;
  version: number;
  state: OfferState;
  terms: OfferTerms;
  createdAt: number;
};

export type OfferVersionRecord = {
  version: number;
  state: OfferState;
  terms: OfferTerms;
  changedAt: number;
  changedBy: string | null;
};

export type OfferWish = { state: OfferState; terms: OfferTerms; by: string; now: number };

export type OfferStore = {
  /** Of a campaign, those that are offered first, then by age; with the sales made with each. */
  list(campaignId: string): Promise<(OfferRecord & { sales: number })[]>;
  one(id: string): Promise<OfferRecord | null>;
  /** Newest first. */
  versions(id: string): Promise<OfferVersionRecord[]>;
  teamsOf(campaignId: string): Promise<string[]>;
  /** Of the campaign's centre. */
  timeZoneOf(campaignId: string): Promise<string>;
  create(campaignId: string, wish: OfferWish): Promise<string>;
  /** The next version. False: somebody kept another meanwhile. */
  change(id: string, seen: number, wish: OfferWish): Promise<boolean>;
};
