/** Where offers, their versions and the sales made with them are kept. */
import type { OfferState } from '../rules/offer/may-give.ts';
import type { OfferLimit, OfferTerms } from '../rules/offer/terms.ts';

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

/** A call on an agent's desk, as far as offers ask about it. */
export type OfferAsker = {
  campaignId: string;
  contactId: string;
  teamId: string | null;
  level: string;
  /** What the list says of the customer. */
  attributes: Record<string, string>;
  /** Of the campaign's centre. */
  timeZone: string;
  connectedAt: number | null;
  /** Its outcome is saved. */
  over: boolean;
  /** The call in which the sale was made that this one is about. */
  saleAttemptId: string | null;
  /** What asked for this call, if it is none of the list. */
  originId: string | null;
};

/** What a sale was made with, in the version that was told. */
export type SoldOffer = {
  id: string;
  version: number;
  name: OfferTerms['name'];
  text: OfferTerms['text'];
  /** By an exception that somebody approved. */
  approved: boolean;
};

export type OfferTold = {
  state: OfferState;
  terms: OfferTerms;
  /** When the next version replaced it; null: it is the present one. */
  replacedAt: number | null;
  used: number;
};
export type OfferUse = { attemptId: string; offerId: string; version: number; agentId: string; at: number };
/** Counted since `since`, of one agent or of all, without the call itself. */
export type UseCount = { offerId: string; limit: OfferLimit; since: number | null };

export type OfferUses = {
  /** Null: no call of this agent's. */
  asker(agentId: string, attemptId: string): Promise<OfferAsker | null>;
  used(count: UseCount, of: { agentId: string; attemptId: string }): Promise<number>;
  /** Of these calls, by call. */
  sold(attemptIds: readonly string[]): Promise<Map<string, SoldOffer>>;
  /**
   * Keeps which offer a sale is made with, if `allow` lets it: one after the other for each offer, so that no limit is passed by two at
   * once. Null is given where there is no such version of an offer of the campaign; answered is the exception that it rests on.
   */
  keep(
    use: OfferUse,
    campaignId: string,
    since: (limit: OfferLimit) => number | null,
    allow: (told: OfferTold | null) => string | null,
  ): Promise<void>;
  /** The agent’s call, while its outcome is open, ends with none. */
  forget(agentId: string, attemptId: string): Promise<void>;
};
