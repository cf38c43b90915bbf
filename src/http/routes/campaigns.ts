import { callingPresets, campaignSettings, checkedSettings } from '../../../dialer/index.ts';
import type { Campaign, campaignRoutes } from '../../contract/campaigns.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut, readSerial } from '../page.ts';
import { campaignsSeenBy, centreSeen } from '../scope.ts';
import type { Services } from '../services.ts';
import { staleListsOf } from './external-lists.ts';
import { mustFit, unknownPart } from './campaign-parts.ts';
import { contactCounts, include, mustSee, recordOf, showShort, showWhole } from './campaign-shape.ts';
import { refuse } from './users.ts';

export function campaignHandlers({ database, dialer, audit, clock }: Services): Handlers<keyof typeof campaignRoutes> {
  const { client } = database;

  const read = async (viewer: Viewer, id: string): Promise<Campaign> => {
    await mustSee(client, viewer, id);
    const row = await client.campaign.findUnique({ where: { id }, include });
    if (row === null) throw new ApiError('not-found');
    return showWhole(row, await contactCounts(client, [id]));
  };
  const note = (actorId: string, action: string, id: string, detail?: Record<string, string | number>) =>
    audit.record({
      actorId,
      action,
      subjectType: 'campaign',
      subjectId: id,
      ...(detail === undefined ? {} : { detail }),
    });

  return {
    'GET /api/campaigns': async ({ query, viewer }) => {
      const ids = await campaignsSeenBy(client, viewer);
      const rows = await client.campaign.findMany({
        where: {
          ...(ids === null ? {} : { id: { in: ids } }),
          ...(query.state === undefined ? {} : { state: query.state }),
          ...(query.purpose === undefined ? {} : { purpose: query.purpose }),
        },
        orderBy: [{ createdAt: 'desc' }, { name: 'asc' }],
        include,
      });
      const counts = await contactCounts(
        client,
        rows.map(({ id }) => id),
      );
      return { items: rows.map((row) => showShort(row, counts)) };
    },

    'POST /api/campaigns': async ({ body, viewer }) => {
      const settings = checkedSettings(body.settings);
      if (![null, body.centreId].includes(centreSeen(viewer))) throw unknownPart('centreId');
      const product = await client.product.findUnique({ where: { id: body.productId } });
      if (product === null) throw unknownPart('productId');
      await mustFit(client, { centreId: body.centreId, productId: product.id }, body);
      const now = new Date(clock.now());
      const { id } = await client.campaign
        .create({
          data: {
            centreId: body.centreId,
            clientId: product.clientId,
            productId: product.id,
            scriptVersionId: body.scriptVersionId,
            name: body.name,
            purpose: body.purpose,
            settings,
            createdAt: now,
            teams: { create: body.teamIds.map((teamId) => ({ teamId })) },
            callerIds: { create: body.callerIds },
            history: { create: { version: 1, settings, changedAt: now, changedBy: viewer.userId } },
          },
        })
        .catch(refuse);
      await note(viewer.userId, 'campaign-created', id);
      return read(viewer, id);
    },

    'GET /api/campaigns/:id': ({ params, viewer }) => read(viewer, params.id),

    'PATCH /api/campaigns/:id': async ({ params, body, viewer }) => {
      await mustSee(client, viewer, params.id);
      const { name, scriptVersionId, teamIds, callerIds } = body;
      const place = await client.campaign.findUnique({ where: { id: params.id } });
      if (place === null) throw new ApiError('not-found');
      await mustFit(client, place, body);
      await client.campaign
        .update({
          where: { id: params.id },
          data: {
            ...(name === undefined ? {} : { name }),
            ...(scriptVersionId === undefined ? {} : { scriptVersionId }),
            ...(teamIds === undefined
              ? {}
              : { teams: { deleteMany: {}, create: teamIds.map((teamId) => ({ teamId })) } }),
            ...(callerIds === undefined ? {} : { callerIds: { deleteMany: {}, create: callerIds } }),
          },
        })
        .catch(refuse);
      await note(viewer.userId, 'campaign-changed', params.id, { fields: Object.keys(body).join(',') });
      return read(viewer, params.id);
    },

    'GET /api/calling-presets': async () => ({ items: [...callingPresets] }),

    'PATCH /api/campaigns/:id/settings': async ({ params, body, viewer }) => {
      await mustSee(client, viewer, params.id);
      const { settings, version } = await dialer.campaigns.changeSettings(params.id, body, { userId: viewer.userId });
      await note(viewer.userId, 'campaign-settings-changed', params.id, { version });
      return { settings, settingsVersion: version };
    },

    'GET /api/campaigns/:id/settings': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      const rows = await client.campaignSettings.findMany({
        where: { campaignId: params.id },
        orderBy: { version: 'desc' },
        take: 200,
      });
      const changers = rows.flatMap(({ changedBy }) => (changedBy === null ? [] : [changedBy]));
      const people = await client.user.findMany({ where: { id: { in: changers } } });
      return {
        items: rows.map((row) => ({
          version: row.version,
          settings: campaignSettings.parse(row.settings),
          changedAt: row.changedAt.getTime(),
          changedBy: people.find(({ id }) => id === row.changedBy)?.displayName ?? null,
        })),
      };
    },

    'GET /api/campaigns/:id/checks': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      return {
        items: await dialer.campaigns.check(params.id),
        warnings: await staleListsOf(client, params.id, clock.now()),
      };
    },

    'POST /api/campaigns/:id/start': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      await dialer.campaigns.start(params.id, { userId: viewer.userId });
      await note(viewer.userId, 'campaign-started', params.id);
      return read(viewer, params.id);
    },
    'POST /api/campaigns/:id/pause': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      await dialer.campaigns.pause(params.id, { userId: viewer.userId });
      await note(viewer.userId, 'campaign-paused', params.id);
      return read(viewer, params.id);
    },
    'POST /api/campaigns/:id/finish': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      await dialer.campaigns.finish(params.id, { userId: viewer.userId });
      await note(viewer.userId, 'campaign-finished', params.id);
      return read(viewer, params.id);
    },

    'GET /api/campaigns/:id/calibration': async ({ params, query, viewer }) => {
      await mustSee(client, viewer, params.id);
      const since = clock.now() - query.days * 86_400_000;
      return { since, ...(await dialer.pacingRecord(params.id, since)) };
    },

    'GET /api/campaigns/:id/decisions': async ({ params, query, viewer }) => {
      await mustSee(client, viewer, params.id);
      const after = readSerial(query.after);
      const rows = await client.pacingDecision.findMany({
        where: {
          campaignId: params.id,
          ...(after === undefined ? {} : { id: { lt: after } }),
          ...(query.placedOnly === true ? { placed: { gt: 0 } } : {}),
        },
        orderBy: { id: 'desc' },
        take: query.limit + 1,
      });
      return cut(
        rows,
        query.limit,
        (row) => String(row.id),
        (row) => ({
          id: String(row.id),
          at: row.at.getTime(),
          placed: row.placed,
          claimed: row.claimed,
          why: row.why,
          saw: recordOf(row.saw),
        }),
      );
    },
  };
}
