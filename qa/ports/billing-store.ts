/** The client's feed: entries numbered without a gap in the order of their commits, and their deliveries. */
import type { OfferTerms } from '../rules/offer/terms.ts';
import type { BillingChange, BillingEntry } from '../rules/sale/billing.ts';
import type { Viewer } from './viewer.ts';

/** An entry as the client gets it: by pull and by push the same. Times are epoch milliseconds. */
export type FeedEntry = {
  /** 1, 2, 3 … for each client, without a gap: the cursor, and what a receiver knows repeats by. */
  seq: number;
  /** UUID; also names the entry once and for all. */
  id: string;
  at: number;
  saleId: string;
  attemptId: string;
  campaignId: string;
  change: BillingChange;
  billFrom: number | null;
  trialEndsAt: number | null;
  reason: string | null;
  options: string[];
  /** Of the call in which the sale was made; null: there was none yet, or the entry is from before it was told. */
  recordingId: string | null;
  /** Where billing starts after a trial: the call that confirmed it. */
  confirmation: { attemptId: string; recordingId: string | null } | null;
  /** In the words of the version that was told; null: the campaign's tariff alone. */
  offer: BilledOffer | null;
};

export type BilledOffer = Pick<OfferTerms, 'name' | 'text'> & {
  id: string;
  version: number;
  /** The approved exception it rests on. */
  exceptionId: string | null;
};

export type BillingTable = {
  append(
    sale: { id: string; attemptId: string; campaignId: string; clientId: string },
    entries: readonly BillingEntry[],
    now: number,
  ): Promise<void>;
};

export type FeedView = {
  clientId: string;
  clientName: string;
  endpoint: string | null;
  lastSeq: number;
  deliveredSeq: number;
  deliveries: {
    id: string;
    fromSeq: number;
    toSeq: number;
    state: 'waiting' | 'delivered';
    tries: number;
    nextTryAt: number | null;
    lastError: string | null;
    createdAt: number;
    deliveredAt: number | null;
  }[];
};

/** A batch that is owed to an endpoint; frozen when it was made, so that every try sends the same. */
export type Delivery = {
  id: string;
  clientId: string;
  endpoint: string;
  secret: string;
  fromSeq: number;
  toSeq: number;
  tries: number;
};

export type BillingStore = {
  /** Entries after a cursor, in order; the same rows whenever they are asked for. */
  entries(clientId: string, after: number, upTo: number | null, limit: number): Promise<FeedEntry[]>;
  /** Feeds this person may see: a client's own, those of the centre's campaigns. */
  feeds(viewer: Viewer): Promise<FeedView[]>;
  /** The signing secret of a feed; made with the feed. */
  secret(clientId: string): Promise<string>;
  renewSecret(clientId: string, by: string, now: number): Promise<string>;
  setEndpoint(clientId: string, endpoint: string | null, by: string, now: number): Promise<void>;
  /** Makes the next batch of every feed that has an endpoint and owes something, where none is under way. */
  plan(batch: number, now: number): Promise<void>;
  /** Takes deliveries that are due and puts their next try off to `claimUntil`, so that each is sent by one process. */
  claim(now: number, claimUntil: number, limit: number): Promise<Delivery[]>;
  delivered(delivery: Delivery, now: number): Promise<void>;
  failed(delivery: Delivery, error: string, nextTryAt: number): Promise<void>;
};

/** Sends a message to the client's system. Never throws; redirects are not followed. */
export type BillingPost = (request: {
  url: string;
  body: string;
  headers: Record<string, string>;
}) => Promise<{ kind: 'answered'; status: number } | { kind: 'failed'; error: string }>;
