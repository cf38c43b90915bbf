/**
 * Whose calls a person may see, where the dialler's tables are read directly. Everything else is invisible, not forbidden: a
 * foreign id answers as an unknown one.
 */
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Viewer } from '../contract/quality.ts';

/** `null`: no narrowing along this axis. */
export type Scope = { campaignIds: string[] | null; agentIds: string[] | null };

/** Campaigns and agents within this person's sight. */
export async function scopeOf(client: PrismaClient, viewer: Viewer): Promise<Scope> {
  switch (viewer.role) {
    case 'agent':
      return { campaignIds: null, agentIds: [viewer.userId] };
    case 'lead':
      return {
        campaignIds: await teamCampaigns(client, viewer.teamId),
        agentIds: await teamAgents(client, viewer.teamId),
      };
    // Inspectors hear what they were assigned, which only the quality side knows: nothing comes from here.
    case 'inspector':
      return { campaignIds: [], agentIds: [] };
    case 'supervisor':
    case 'manager':
      return { campaignIds: await centreCampaigns(client, viewer.centreId), agentIds: null };
    case 'client':
      return { campaignIds: await clientCampaigns(client, viewer.clientId), agentIds: null };
    case 'administrator':
      return { campaignIds: null, agentIds: [] };
    case 'speech-engine':
      return { campaignIds: [], agentIds: [] };
  }
}

/** Campaigns a person may see as campaigns (name, state, pace), which is wider than their calls. */
export async function campaignsSeenBy(client: PrismaClient, viewer: Viewer): Promise<string[] | null> {
  switch (viewer.role) {
    case 'agent':
    case 'lead':
      return teamCampaigns(client, viewer.teamId);
    case 'inspector':
    case 'supervisor':
    case 'manager':
      return centreCampaigns(client, viewer.centreId);
    case 'client':
      return clientCampaigns(client, viewer.clientId);
    case 'administrator':
      return null;
    case 'speech-engine':
      return [];
  }
}

/** The centre at which a person's sight of the organisation ends; `null` for administrators, who answer for all; whoever else has none sees none. */
export function centreSeen({ role, centreId }: Viewer): string | null {
  return role === 'administrator' ? null : (centreId ?? NOBODY);
}

/** People a person may see, as a Prisma filter: a lead's team, else the centre's. */
export function colleaguesOf(viewer: Viewer): { teamId: string } | { centreId?: string } {
  if (viewer.role === 'lead') return { teamId: viewer.teamId ?? NOBODY };
  const centreId = centreSeen(viewer);
  return centreId === null ? {} : { centreId };
}

/** An id that no row has: filters by it match nothing. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** As a Prisma filter; an empty list matches nothing. */
export function within(scope: Scope): { campaignId?: { in: string[] }; agentId?: { in: string[] } } {
  return {
    ...(scope.campaignIds === null ? {} : { campaignId: { in: scope.campaignIds } }),
    ...(scope.agentIds === null ? {} : { agentId: { in: scope.agentIds } }),
  };
}

async function teamAgents(client: PrismaClient, teamId: string | null): Promise<string[]> {
  if (teamId === null) return [];
  const members = await client.user.findMany({ where: { teamId, role: 'agent' }, select: { id: true } });
  return members.map(({ id }) => id);
}

async function teamCampaigns(client: PrismaClient, teamId: string | null): Promise<string[]> {
  if (teamId === null) return [];
  const rows = await client.campaignTeam.findMany({ where: { teamId }, select: { campaignId: true } });
  return rows.map(({ campaignId }) => campaignId);
}

/** Without a centre nothing, as on quality's side. */
async function centreCampaigns(client: PrismaClient, centreId: string | null): Promise<string[]> {
  if (centreId === null) return [];
  const rows = await client.campaign.findMany({ where: { centreId }, select: { id: true } });
  return rows.map(({ id }) => id);
}

async function clientCampaigns(client: PrismaClient, clientId: string | null): Promise<string[]> {
  if (clientId === null) return [];
  const rows = await client.campaign.findMany({ where: { clientId }, select: { id: true } });
  return rows.map(({ id }) => id);
}
