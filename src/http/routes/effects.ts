/** What became of customers after contacts: figures for those who may read summaries, customers for those who may see contacts. */
import { maskNumber } from '../../../dialer/index.ts';
import type { EffectSummary, effectRoutes } from '../../contract/effects.ts';
import type { Viewer } from '../../contract/quality.ts';
import { effectSheet, effectSummaryOf } from '../../reports/effect.ts';
import { sheetsToCsv } from '../../reports/files.ts';
import { customersSeen } from '../customer-sight.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut, readId } from '../page.ts';
import type { Services } from '../services.ts';
import { mustSee } from './campaign-shape.ts';

export function effectHandlers({ database, customers, audit, clock }: Services): Handlers<keyof typeof effectRoutes> {
  const { client } = database;
  const { effects, pages } = customers;

  const summary = async (viewer: Viewer, campaignId: string, month: string): Promise<EffectSummary> => {
    await mustSee(client, viewer, campaignId);
    const campaign = await client.campaign.findUnique({ where: { id: campaignId }, include: { client: true } });
    if (campaign === null) throw new ApiError('not-found');
    const [counted, origins] = await Promise.all([effects.summary(campaignId, month), effects.origins(campaignId)]);
    const { strangers = 0 } = origins.find((origin) => origin.month === month) ?? {};
    return effectSummaryOf(counted, {
      campaign: { id: campaignId, name: campaign.name, clientName: campaign.client.name },
      strangers,
    });
  };
  const note = (viewer: Viewer, action: string, campaignId: string, detail: Record<string, string>) =>
    audit.record({ actorId: viewer.userId, action, subjectType: 'campaign', subjectId: campaignId, detail });

  return {
    'GET /api/campaigns/:id/effect/months': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      return { items: await effects.origins(params.id) };
    },

    'GET /api/campaigns/:id/effect': ({ params, query, viewer }) => summary(viewer, params.id, query.month),

    'GET /api/campaigns/:id/effect/csv': async ({ params, query, viewer }) => {
      const sheet = effectSheet(await summary(viewer, params.id, query.month), viewer.locale);
      await note(viewer, 'exported', params.id, { what: 'effect', month: query.month, format: 'csv' });
      const { displayName } = await client.user.findUniqueOrThrow({ where: { id: viewer.userId } });
      return {
        type: 'text/csv; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="effect.csv"' },
        body: sheetsToCsv([sheet], { by: displayName, at: clock.now() }),
      };
    },

    'GET /api/campaigns/:id/effect/customers': async ({ params, query, viewer }) => {
      await mustSee(client, viewer, params.id);
      const campaign = await client.campaign.findUnique({ where: { id: params.id } });
      if (campaign === null) throw new ApiError('not-found');
      const sight = await customersSeen(client, viewer, campaign.clientId);
      const { limit, group, month: origin, kind = null, change = null } = query;
      const afterId = readId(query.after);
      const last = afterId === null ? null : await pages.find(sight, { id: afterId });
      // Whom nobody called stands on no list: a lead sees the own team's customers, and these are nobody's yet.
      const open = group === 'spoken-with' || sight.onLists === null;
      const question = { campaignId: params.id, origin, group, kind, change };
      const rows = open ? await effects.behind(question, { after: last?.number ?? null, take: limit + 1 }) : [];
      if (afterId === null) await note(viewer, 'customers-read', params.id, { group, month: origin });
      return cut(
        rows,
        limit,
        ({ customerId }) => customerId,
        ({ customerId, number, kind: of, effect }) => ({
          ...{ id: customerId, numberMasked: maskNumber(number), kind: of },
          ...{ change: effect.change, before: effect.before, course: effect.course },
        }),
      );
    },
  };
}
