import type { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import { campaignSettings } from '../../../dialer/index.ts';
import {
  type Campaign,
  type CampaignSummary,
  campaignPurpose,
  campaignState,
  type campaignRoutes,
} from '../../contract/campaigns.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut, readSerial } from '../page.ts';
import { campaignsSeenBy } from '../scope.ts';
import type { Services } from '../services.ts';
import { refuse } from './users.ts';

const include = {
  client: true,
  product: true,
  scriptVersion: { include: { script: true } },
  teams: { include: { team: true } },
  callerIds: { orderBy: { number: 'asc' } },
} as const satisfies Prisma.CampaignInclude;
type Row = Prisma.CampaignGetPayload<{ include: typeof include }>;

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
      const settings = campaignSettings.parse(body.settings);
      const product = await client.product.findUnique({ where: { id: body.productId } });
      if (product === null) throw new ApiError('unknown-reference', { field: 'body.productId' });
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
      return { items: await dialer.campaigns.check(params.id) };
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

/** @throws ApiError not-found, also for campaigns of others */
export async function mustSee(client: PrismaClient, viewer: Viewer, campaignId: string): Promise<void> {
  const ids = await campaignsSeenBy(client, viewer);
  if (ids !== null && !ids.includes(campaignId)) throw new ApiError('not-found');
}

export function recordOf(json: unknown): Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {};
}

type Counts = Map<string, { waiting: number; inAttempt: number; finished: number }>;

async function contactCounts(client: PrismaClient, campaignIds: string[]): Promise<Counts> {
  const groups = await client.contact.groupBy({
    by: ['campaignId', 'state'],
    where: { campaignId: { in: campaignIds }, list: { state: 'ready' } },
    _count: { _all: true },
  });
  const counts: Counts = new Map();
  for (const { campaignId, state, _count } of groups) {
    const of = counts.get(campaignId) ?? { waiting: 0, inAttempt: 0, finished: 0 };
    if (state === 'waiting') of.waiting = _count._all;
    else if (state === 'in-attempt') of.inAttempt = _count._all;
    else of.finished = _count._all;
    counts.set(campaignId, of);
  }
  return counts;
}

function showShort(row: Row, counts: Counts): CampaignSummary {
  return {
    id: row.id,
    name: row.name,
    state: campaignState.parse(row.state),
    purpose: campaignPurpose.parse(row.purpose),
    clientName: row.client.name,
    productName: row.product.name,
    mode: campaignSettings.parse(row.settings).pacing.mode,
    demo: row.demo,
    startedAt: row.startedAt?.getTime() ?? null,
    contacts: counts.get(row.id) ?? { waiting: 0, inAttempt: 0, finished: 0 },
  };
}

function showWhole(row: Row, counts: Counts): Campaign {
  const version = row.scriptVersion;
  return {
    ...showShort(row, counts),
    centreId: row.centreId,
    clientId: row.clientId,
    productId: row.productId,
    scriptVersion:
      version === null
        ? null
        : { id: version.id, scriptName: version.script.name, version: version.version, state: version.state },
    settings: campaignSettings.parse(row.settings),
    settingsVersion: row.settingsVersion,
    teams: row.teams.map(({ team }) => ({ id: team.id, name: team.name })),
    callerIds: row.callerIds.map(({ number, region, dailyCap }) => ({ number, region, dailyCap })),
    createdAt: row.createdAt.getTime(),
  };
}
