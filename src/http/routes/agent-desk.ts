import type { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import { campaignSettings, maskNumber } from '../../../dialer/index.ts';
import type { agentDeskRoutes, DeskCampaign } from '../../contract/agent-desk.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut, readTimeKey, timeKey } from '../page.ts';
import { readReasons } from '../reason-lists.ts';
import type { Services } from '../services.ts';
import { recordOf } from './campaign-shape.ts';
import { optionsOf } from './organisation.ts';

const include = {
  client: true,
  product: true,
  questionnaires: { where: { inForce: true }, select: { id: true } },
} as const satisfies Prisma.CampaignInclude;
type Row = Prisma.CampaignGetPayload<{ include: typeof include }>;

export function agentDeskHandlers({
  database,
  dialer,
  clock,
  phones,
}: Services): Handlers<keyof typeof agentDeskRoutes> {
  const { client } = database;
  return {
    'POST /api/agent/softphone': async ({ viewer }) => {
      const user = await client.user.findUnique({ where: { id: viewer.userId }, select: { phoneAddress: true } });
      if (user?.phoneAddress) return { kind: 'elsewhere' };
      const access = phones.access(viewer.userId);
      return access.kind === 'sandbox' ? { ...access, path: '/live/phone' } : access;
    },

    'GET /api/agent/view': ({ viewer }) => dialer.agents.view(viewer.userId),

    'GET /api/agent/transfer-targets': ({ viewer }) => dialer.agents.transferTargets(viewer.userId),

    'GET /api/agent/campaigns': async ({ viewer }) => ({
      items: await showAll(client, await ownCampaigns(client, viewer, { state: 'running' })),
    }),

    'GET /api/agent/campaigns/:id': async ({ params, viewer }) => {
      const [shown] = await showAll(client, await ownCampaigns(client, viewer, { id: params.id }));
      if (shown === undefined) throw new ApiError('not-found');
      return shown;
    },

    'GET /api/agent/calls': async ({ query, viewer }) => {
      const after = readTimeKey(query.after);
      const rows = await client.attempt.findMany({
        where: {
          agentId: viewer.userId,
          connectedAt: after === undefined ? { not: null } : { lte: after.at },
          ...(after === undefined
            ? {}
            : { OR: [{ connectedAt: { lt: after.at } }, { connectedAt: after.at, id: { lt: after.id } }] }),
        },
        orderBy: [{ connectedAt: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
        include: { contact: { select: { name: true } }, recording: { select: { id: true, talkMs: true } } },
      });
      const names = await campaignNames(client, rows);
      return cut(
        rows,
        query.limit,
        (row) => timeKey(row.connectedAt ?? row.intendedAt, row.id),
        (row) => ({
          attemptId: row.id,
          recordingId: row.recording?.id ?? null,
          contactName: row.contact.name,
          numberMasked: maskNumber(row.number),
          connectedAt: (row.connectedAt ?? row.intendedAt).getTime(),
          talkMs: row.recording?.talkMs ?? null,
          disposition: row.disposition,
          campaignName: names.get(row.campaignId) ?? '',
        }),
      );
    },

    'GET /api/agent/appointments': async ({ viewer }) => {
      const rows = await client.contact.findMany({
        where: { agentId: viewer.userId, state: 'waiting', dueAt: { gte: new Date(clock.now() - 3_600_000) } },
        orderBy: { dueAt: 'asc' },
        take: 200,
      });
      return {
        items: rows.map((row) => ({
          contactId: row.id,
          contactName: row.name,
          at: row.dueAt.getTime(),
          deadlineAt: row.deadlineAt?.getTime() ?? null,
          kind: row.origin === null ? 'appointment' : String(recordOf(row.origin).kind ?? 'task'),
        })),
      };
    },
  };
}

async function ownCampaigns(client: PrismaClient, viewer: Viewer, where: Prisma.CampaignWhereInput): Promise<Row[]> {
  if (viewer.teamId === null) return [];
  return client.campaign.findMany({
    where: { ...where, teams: { some: { teamId: viewer.teamId } } },
    orderBy: { createdAt: 'asc' },
    include,
  });
}

export async function campaignNames(
  client: PrismaClient,
  rows: readonly { campaignId: string }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map(({ campaignId }) => campaignId))];
  const campaigns = await client.campaign.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(campaigns.map(({ id, name }) => [id, name]));
}

async function showAll(client: PrismaClient, rows: readonly Row[]): Promise<DeskCampaign[]> {
  const offering = await client.offer.groupBy({
    by: ['campaignId'],
    where: { campaignId: { in: rows.map(({ id }) => id) } },
  });
  const offered = (await readReasons(client, 'refusal-reasons')).filter((reason) => reason.offered);
  return rows.map((row) => ({
    ...show(row, offered),
    offers: offering.some(({ campaignId }) => campaignId === row.id),
  }));
}

function show(row: Row, reasons: DeskCampaign['refusalReasons']): Omit<DeskCampaign, 'offers'> {
  const { pacing, messages } = campaignSettings.parse(row.settings);
  return {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    clientName: row.client.name,
    product: {
      name: row.product.name,
      tariffText: row.product.tariffText,
      trialDays: row.product.trialDays,
      options: optionsOf(row.product.options),
    },
    mode: pacing.mode,
    language: messages.language,
    running: row.state === 'running',
    refusalReasons: reasons.map(({ code, label }) => ({ code, label })),
    asks: row.questionnaires.length > 0,
  };
}
