/** Whose customers a person may see: those of clients for whom their centre calls; a lead, those on the lists of the own team. */
import type { CustomerSight } from '../../dialer/index.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Viewer } from '../contract/quality.ts';
import { ApiError } from './errors.ts';
import { campaignsSeenBy } from './scope.ts';

/** Clients for whom the own centre calls, with the campaigns that are seen of each. */
export async function clientsSeen(client: PrismaClient, viewer: Viewer): Promise<Map<string, string[]>> {
  const campaigns = new Map<string, string[]>();
  const { centreId } = viewer;
  const ids = await campaignsSeenBy(client, viewer);
  if (centreId === null) return campaigns;
  const rows = await client.campaign.findMany({
    where: { centreId, ...(ids === null ? {} : { id: { in: ids } }) },
    select: { id: true, clientId: true },
  });
  for (const { id, clientId } of rows) campaigns.set(clientId, [...(campaigns.get(clientId) ?? []), id]);
  return campaigns;
}

/** @throws ApiError not-found, also for clients of others */
export async function customersSeen(client: PrismaClient, viewer: Viewer, clientId: string): Promise<CustomerSight> {
  const campaignIds = (await clientsSeen(client, viewer)).get(clientId);
  const { centreId } = viewer;
  if (campaignIds === undefined || centreId === null) throw new ApiError('not-found');
  return { owner: { centreId, clientId }, onLists: viewer.role === 'lead' ? campaignIds : null };
}
