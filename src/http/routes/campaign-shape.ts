/** Campaigns as the API shows them, and whether somebody may see one. */
import { campaignSettings } from '../../../dialer/index.ts';
import type { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import { type Campaign, type CampaignSummary, campaignPurpose, campaignState } from '../../contract/campaigns.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import { campaignsSeenBy } from '../scope.ts';

export const include = {
  client: true,
  product: true,
  scriptVersion: { include: { script: true } },
  teams: { include: { team: true } },
  callerIds: { orderBy: { number: 'asc' } },
  questionnaires: { where: { state: 'published' }, select: { id: true }, take: 1 },
} as const satisfies Prisma.CampaignInclude;
export type Row = Prisma.CampaignGetPayload<{ include: typeof include }>;

/** @throws ApiError not-found, also for campaigns of others */
export async function mustSee(client: PrismaClient, viewer: Viewer, campaignId: string): Promise<void> {
  const ids = await campaignsSeenBy(client, viewer);
  if (ids !== null && !ids.includes(campaignId)) throw new ApiError('not-found');
}

export function recordOf(json: unknown): Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {};
}

export type Counts = Map<string, { waiting: number; inAttempt: number; finished: number }>;

export async function contactCounts(client: PrismaClient, campaignIds: string[]): Promise<Counts> {
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

export function showShort(row: Row, counts: Counts): CampaignSummary {
  return {
    id: row.id,
    name: row.name,
    state: campaignState.parse(row.state),
    purpose: campaignPurpose.parse(row.purpose),
    clientName: row.client.name,
    productName: row.product.name,
    mode: campaignSettings.parse(row.settings).pacing.mode,
    demo: row.demo,
    surveyed: row.questionnaires.length > 0,
    startedAt: row.startedAt?.getTime() ?? null,
    contacts: counts.get(row.id) ?? { waiting: 0, inAttempt: 0, finished: 0 },
  };
}

export function showWhole(row: Row, counts: Counts): Campaign {
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
