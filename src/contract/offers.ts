/** Offers of a campaign (L7): written by managers, given by agents, excepted by whoever may. */
import { z } from 'zod';
import { OFFER_REFUSALS, offerTerms } from '../../qa/index.ts';
import { bilingual, columnCount, count, day, id, idParams, nothing, time } from './common.ts';
import type { Route } from './route.ts';

export type { OfferRefusal, OfferTerms } from '../../qa/index.ts';

const offerState = z.enum(['offered', 'withdrawn']);

export const offer = z
  .object({
    id,
    campaignId: id,
    version: count,
    state: offerState,
    terms: offerTerms,
    createdAt: time,
  })
  .meta({ id: 'Offer' });
export type Offer = z.infer<typeof offer>;

export const listedOffer = offer.extend({ sales: count });
export type ListedOffer = z.infer<typeof listedOffer>;

export const offerVersion = z.object({
  version: count,
  state: offerState,
  terms: offerTerms,
  changedAt: time,
  changedBy: z.string().nullable(),
});
export type OfferVersion = z.infer<typeof offerVersion>;

export const offerRefusal = z.enum(OFFER_REFUSALS);

/** What a sale was made with, in the version that was told. */
export const soldOffer = z
  .object({
    id,
    version: count,
    name: bilingual,
    text: bilingual,
    /** By an exception that somebody approved. */
    approved: z.boolean(),
  })
  .meta({ id: 'SoldOffer' });
export type SoldOffer = z.infer<typeof soldOffer>;

/** An offer beside a call on the desk. */
export const deskOffer = z
  .object({
    id,
    version: count,
    name: bilingual,
    text: bilingual,
    until: day.nullable(),
    /** Why this agent may not give it to this customer by themself; null: they may. */
    refusal: offerRefusal.nullable(),
    /** Somebody may be asked about it. */
    askable: z.boolean(),
  })
  .meta({ id: 'DeskOffer' });
export type DeskOffer = z.infer<typeof deskOffer>;

export const offerRoutes = {
  'GET /api/agent/offers': {
    right: 'desk.use',
    summary:
      'Offers for the customer of an own call: those the agent may give, those that must be asked for; of a call about a sale what it was made with',
    query: z.object({ attemptId: id }),
    reply: z.object({ items: z.array(deskOffer), sold: soldOffer.nullable() }),
  },
  'GET /api/campaigns/:id/offers': {
    right: 'campaign.read',
    summary: 'Offers of the campaign with the sales made with each; those that are withdrawn last',
    params: idParams,
    reply: z.object({ today: day, items: z.array(listedOffer) }),
  },
  'POST /api/campaigns/:id/offers': {
    right: 'campaign.manage',
    summary: 'Make an offer; refused with `offer-invalid`, naming every field at fault',
    params: idParams,
    body: z.object({ terms: offerTerms }),
    reply: offer,
    status: 201,
  },
  'PUT /api/offers/:id': {
    right: 'campaign.manage',
    summary: 'Change an offer; makes a new version; refused with `offer-changed` where another was kept meanwhile',
    params: idParams,
    body: z.object({ version: columnCount, terms: offerTerms }),
    reply: offer,
  },
  'GET /api/offers/:id/versions': {
    right: 'campaign.read',
    summary: 'All versions, newest first',
    params: idParams,
    reply: z.object({ items: z.array(offerVersion) }),
  },
  'POST /api/offers/:id/withdraw': {
    right: 'campaign.manage',
    summary: 'It is given no more; what was sold with it stays',
    params: idParams,
    reply: nothing,
  },
  'POST /api/offers/:id/renew': {
    right: 'campaign.manage',
    summary: 'A withdrawn offer is given again',
    params: idParams,
    reply: nothing,
  },
} as const satisfies Record<string, Route>;
