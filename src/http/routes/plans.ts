/** Plans of repeated calls: the dialler keeps and lays them out; here it is said who may see and change them. */
import { planSettings } from '../../../dialer/index.ts';
import type { planRoutes } from '../../contract/plans.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { campaignsSeenBy } from '../scope.ts';
import type { Services } from '../services.ts';
import { mustSee } from './campaign-shape.ts';

export function planHandlers({ database, plans, audit }: Services): Handlers<keyof typeof planRoutes> {
  const { client } = database;
  /** The plan's campaign. @throws ApiError not-found, also for plans of others */
  const seen = async (viewer: Viewer, planId: string): Promise<string> => {
    const row = await client.callPlan.findUnique({ where: { id: planId }, select: { campaignId: true } });
    if (row === null) throw new ApiError('not-found');
    await mustSee(client, viewer, row.campaignId);
    return row.campaignId;
  };
  /** Whose people somebody may name: a foreign campaign is an unknown one. */
  const mayName = async (viewer: Viewer, { who }: { who: { campaignIds: string[] } }): Promise<void> => {
    const ids = await campaignsSeenBy(client, viewer);
    if (ids !== null && !who.campaignIds.every((id) => ids.includes(id)))
      throw new ApiError('unknown-reference', { field: 'body.settings.who.campaignIds' });
  };
  const note = (viewer: Viewer, action: string, subjectId: string, detail: Record<string, string | number>) =>
    audit.record({ actorId: viewer.userId, action, subjectType: 'plan', subjectId, detail });

  return {
    'GET /api/campaigns/:id/plans': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      return plans.list(params.id);
    },
    'POST /api/campaigns/:id/plans': async ({ params, body, viewer }) => {
      await mustSee(client, viewer, params.id);
      await mayName(viewer, body.settings);
      const made = await plans.create(params.id, body, { userId: viewer.userId });
      await note(viewer, 'plan-created', made.id, { campaignId: params.id, version: made.version });
      return made;
    },
    'POST /api/campaigns/:id/plans/preview': async ({ params, body, viewer }) => {
      await mustSee(client, viewer, params.id);
      await mayName(viewer, body.settings);
      if (body.planId !== null && (await seen(viewer, body.planId)) !== params.id) throw new ApiError('not-found');
      return plans.preview(params.id, body.planId, body.settings);
    },
    'GET /api/plans/:id': async ({ params, viewer }) => {
      await seen(viewer, params.id);
      return plans.load(params.id);
    },
    'PUT /api/plans/:id': async ({ params, body, viewer }) => {
      const campaignId = await seen(viewer, params.id);
      await mayName(viewer, body.settings);
      const kept = await plans.change(params.id, body, { userId: viewer.userId });
      await note(viewer, 'plan-changed', params.id, { campaignId, version: kept.version });
      return kept;
    },
    'GET /api/plans/:id/preview': async ({ params, viewer }) => {
      const campaignId = await seen(viewer, params.id);
      const { settings } = await plans.load(params.id);
      return plans.preview(campaignId, params.id, settings);
    },
    'GET /api/plans/:id/versions': async ({ params, viewer }) => {
      await seen(viewer, params.id);
      const rows = await client.callPlanVersion.findMany({
        where: { planId: params.id },
        orderBy: { version: 'desc' },
      });
      const ids = rows.flatMap(({ changedBy }) => (changedBy === null ? [] : [changedBy]));
      const people = await client.user.findMany({
        where: { id: { in: ids } },
        select: { id: true, displayName: true },
      });
      return {
        items: rows.map(({ version, name, settings, changedAt, changedBy }) => ({
          ...{ version, name, settings: planSettings.parse(settings), changedAt: changedAt.getTime() },
          changedBy: people.find(({ id }) => id === changedBy)?.displayName ?? null,
        })),
      };
    },
    'POST /api/plans/:id/pause': async ({ params, viewer }) => {
      const campaignId = await seen(viewer, params.id);
      if (await plans.pause(params.id)) await note(viewer, 'plan-paused', params.id, { campaignId });
      return {};
    },
    'POST /api/plans/:id/resume': async ({ params, viewer }) => {
      const campaignId = await seen(viewer, params.id);
      if (await plans.resume(params.id)) await note(viewer, 'plan-resumed', params.id, { campaignId });
      return {};
    },
  };
}
