/** Where clients are told outside the product. Whoever may see the whole feed of a client may set where it is told. */
import type { noticeRoutes } from '../../contract/notices.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';

export function noticeHandlers({
  notices,
  quality,
  reports,
  database,
  audit,
}: Services): Handlers<keyof typeof noticeRoutes> {
  const whose = async (viewer: Viewer, clientId: string) => {
    const found = (await quality.billing.feeds(viewer)).find((one) => one.clientId === clientId);
    if (found === undefined) throw new ApiError('not-found');
    return found;
  };
  const note = (viewer: Viewer, action: string, clientId: string, detail: Record<string, boolean> = {}) =>
    audit.record({ actorId: viewer.userId, action, subjectType: 'client-notice', subjectId: clientId, detail });

  return {
    'GET /api/notices': async ({ viewer }) => ({
      items: await Promise.all((await quality.billing.feeds(viewer)).map(notices.view)),
    }),

    'PUT /api/notices/:id': async ({ params, body, viewer }) => {
      const address = await notices.set(await whose(viewer, params.id), body, viewer.userId);
      const detail = { webhook: body.webhook !== null, email: body.email !== null };
      await note(viewer, 'notice-address-set', params.id, detail);
      return address;
    },

    'POST /api/notices/:id/secret': async ({ params, viewer }) => {
      const told = await notices.renewSecret(await whose(viewer, params.id), viewer.userId);
      await note(viewer, 'notice-secret-renewed', params.id);
      return told;
    },

    'POST /api/notices/:id/retry': async ({ params, viewer }) => {
      const address = await notices.retry(await whose(viewer, params.id));
      await note(viewer, 'notices-retried', params.id);
      return address;
    },

    'GET /api/summaries/:id/notices': async ({ params, viewer }) => {
      const { campaignId } = await reports.read(viewer, params.id);
      const campaign = await database.client.campaign.findUniqueOrThrow({ where: { id: campaignId } });
      const { webhook, email } = await notices.view({ clientId: campaign.clientId, clientName: '' });
      return { addressed: webhook !== null || email !== null, items: await notices.about('summary', params.id) };
    },
  };
}
