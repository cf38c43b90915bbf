/** Offers: quality keeps them; here it is said who may see and change them. */
import type { OfferException, offerRoutes } from '../../contract/offers.ts';
import type { Viewer } from '../../contract/quality.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';
import { mustSee } from './campaign-shape.ts';

export function offerHandlers({ database, quality, audit }: Services): Handlers<keyof typeof offerRoutes> {
  const { client } = database;
  const { offers } = quality;
  /** @throws ApiError not-found, also for offers of others */
  const seen = async (viewer: Viewer, id: string) => {
    const found = await offers.load(id);
    await mustSee(client, viewer, found.campaignId);
    return found;
  };
  const note = (viewer: Viewer, action: string, { id, campaignId, version }: Awaited<ReturnType<typeof seen>>) =>
    audit.record({
      actorId: viewer.userId,
      action,
      subjectType: 'offer',
      subjectId: id,
      detail: { campaignId, version },
    });
  const put = async (viewer: Viewer, id: string, state: 'offered' | 'withdrawn', action: string) => {
    await seen(viewer, id);
    const kept = await offers.put(id, state, viewer.userId);
    if (kept !== null) await note(viewer, action, kept);
    return {};
  };

  const noteException = (viewer: Viewer, action: string, { id, campaignId, offerId }: OfferException) => {
    const detail = { campaignId, offerId };
    return audit.record({ actorId: viewer.userId, action, subjectType: 'offer-exception', subjectId: id, detail });
  };

  return {
    'GET /api/agent/offer-exceptions': async ({ viewer }) => ({ items: await offers.exceptions.list(viewer) }),
    'POST /api/agent/offer-exceptions': async ({ body, viewer }) => {
      const asked = await offers.exceptions.ask(viewer, body);
      await noteException(viewer, 'offer-exception-asked', asked);
      return asked;
    },
    'POST /api/agent/offer-exceptions/:id/withdraw': async ({ params, viewer }) => {
      const taken = await offers.exceptions.withdraw(viewer, params.id);
      await noteException(viewer, 'offer-exception-withdrawn', taken);
      return taken;
    },
    'GET /api/offer-exceptions': async ({ viewer }) => ({ items: await offers.exceptions.list(viewer) }),
    'POST /api/offer-exceptions/:id/decide': async ({ params, body, viewer }) => {
      const decided = await offers.exceptions.decide(viewer, params.id, body);
      await noteException(viewer, body.approve ? 'offer-exception-approved' : 'offer-exception-declined', decided);
      return decided;
    },
    'GET /api/agent/offers': ({ query, viewer }) => offers.ofCall(viewer.userId, query.attemptId),
    'GET /api/campaigns/:id/offers': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      return offers.list(params.id);
    },
    'POST /api/campaigns/:id/offers': async ({ params, body, viewer }) => {
      await mustSee(client, viewer, params.id);
      const made = await offers.create(params.id, body.terms, viewer.userId);
      await note(viewer, 'offer-created', made);
      return made;
    },
    'PUT /api/offers/:id': async ({ params, body, viewer }) => {
      await seen(viewer, params.id);
      const kept = await offers.change(params.id, body, viewer.userId);
      await note(viewer, 'offer-changed', kept);
      return kept;
    },
    'GET /api/offers/:id/versions': async ({ params, viewer }) => {
      await seen(viewer, params.id);
      const items = await offers.versions(params.id);
      // Whose work it was is the centre's; clients read what was offered.
      return { items: viewer.role === 'client' ? items.map((each) => ({ ...each, changedBy: null })) : items };
    },
    'POST /api/offers/:id/withdraw': ({ params, viewer }) => put(viewer, params.id, 'withdrawn', 'offer-withdrawn'),
    'POST /api/offers/:id/renew': ({ params, viewer }) => put(viewer, params.id, 'offered', 'offer-renewed'),
  };
}
