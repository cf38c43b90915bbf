/** Offers of a campaign (L7): written by managers, given by agents, excepted by whoever may. */
import { z } from 'zod';
import { OFFER_REFUSALS, offerTerms } from '../../qa/index.ts';
import { columnCount, count, day, id, idParams, nothing, time } from './common.ts';
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

export const offerRoutes = {
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
