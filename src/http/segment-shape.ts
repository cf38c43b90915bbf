/** What the pages of customers' types share: the own centre, the clients it calls for, and who did what. */
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Person } from '../contract/common.ts';
import type { Viewer } from '../contract/quality.ts';
import { ApiError } from './errors.ts';
import { peopleOf } from './people.ts';
import { campaignsSeenBy } from './scope.ts';

/** @throws ApiError not-found where somebody belongs to no centre */
export function ownCentre({ centreId }: Viewer): string {
  if (centreId === null) throw new ApiError('not-found');
  return centreId;
}

/** Clients of the campaigns that somebody sees. */
export async function clientsCalledFor(client: PrismaClient, viewer: Viewer): Promise<{ id: string; name: string }[]> {
  const ids = await campaignsSeenBy(client, viewer);
  return client.client.findMany({
    where: { campaigns: { some: ids === null ? {} : { id: { in: ids } } } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
}

export type Names = (userId: string | null) => Person | null;

export async function namesOf(
  client: PrismaClient,
  viewer: Viewer,
  userIds: readonly (string | null)[],
): Promise<Names> {
  const names = await peopleOf(client, viewer, userIds);
  return (id) => (id === null ? null : names(id));
}
