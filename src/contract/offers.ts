/** Offers of a campaign (L7): written by managers, given by agents, excepted by whoever may. */
import { z } from 'zod';
import { APPROVERS, EXCEPTION_STATES, OFFER_REFUSALS, offerTerms } from '../../qa/index.ts';
import { bilingual, columnCount, count, day, id, idParams, longText, nothing, person, time } from './common.ts';
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

const exceptionState = z.enum(EXCEPTION_STATES);
const approver = z.enum(APPROVERS);

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
    /** What was asked for this customer. */
    asked: z
      .object({
        ...{ id, state: exceptionState, wish: z.string(), askedAt: time, dueAt: time, approver, overdue: z.boolean() },
        ...{ holdsUntil: time.nullable(), reason: z.string() },
      })
      .nullable(),
  })
  .meta({ id: 'DeskOffer' });
export type DeskOffer = z.infer<typeof deskOffer>;

/** A request for an offer that an agent may not give by themself. */
export const offerException = z
  .object({
    ...{ id, offerId: id, campaignId: id, campaignName: z.string(), name: bilingual, text: bilingual, attemptId: id },
    ...{ agent: person, customerMasked: z.string(), state: exceptionState, approver },
    /** The reader may decide it now. */
    mine: z.boolean(),
    wish: z.string(),
    askedAt: time,
    dueAt: time,
    overdue: z.boolean(),
    /** It went up, because a deadline had passed. */
    escalated: z.boolean(),
    decidedBy: person.nullable(),
    decidedAt: time.nullable(),
    reason: z.string(),
    holdsUntil: time.nullable(),
    events: z.array(z.object({ at: time, kind: z.string(), by: person.nullable() })),
  })
  .meta({ id: 'OfferException' });
export type OfferException = z.infer<typeof offerException>;

const exceptions = z.object({ items: z.array(offerException) });

export const offerRoutes = {
  'GET /api/agent/offers': {
    right: 'desk.use',
    summary:
      'Offers for the customer of an own call: those the agent may give, those that must be asked for; of a call about a sale what it was made with',
    query: z.object({ attemptId: id }),
    reply: z.object({ items: z.array(deskOffer), sold: soldOffer.nullable() }),
  },
  'GET /api/agent/offer-exceptions': {
    right: 'desk.use',
    summary: 'What the agent asked for, those that wait first',
    reply: exceptions,
  },
  'POST /api/agent/offer-exceptions': {
    right: 'desk.use',
    summary:
      'Asks for an offer that the agent may not give by themself, beside an own call or after it; refused with `exception-asked` where it was asked already',
    body: z.object({ attemptId: id, offerId: id, version: columnCount, wish: longText }),
    reply: offerException,
    status: 201,
  },
  'POST /api/agent/offer-exceptions/:id/withdraw': {
    right: 'desk.use',
    summary: 'Takes a request back',
    params: idParams,
    reply: offerException,
  },
  'GET /api/offer-exceptions': {
    right: 'offer.decide',
    summary: 'Requests of the team (leads) or the centre (managers), those that wait first',
    reply: exceptions,
  },
  'POST /api/offer-exceptions/:id/decide': {
    right: 'offer.decide',
    summary: 'Approves or declines, with a reason; refused with `exception-not-allowed` where it is not one’s turn',
    params: idParams,
    body: z.object({ approve: z.boolean(), reason: longText }),
    reply: offerException,
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
