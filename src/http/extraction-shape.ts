/** Extractions with the names of what they belong to. */
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Viewer } from '../contract/quality.ts';
import type { Extraction } from '../contract/segments.ts';
import { namesOf } from './segment-shape.ts';
import type { Services } from './services.ts';

type Row = Awaited<ReturnType<Services['extractions']['extract']>>;

export async function extractionsShown(
  client: PrismaClient,
  viewer: Viewer,
  rows: readonly Row[],
): Promise<Extraction[]> {
  const named = { select: { id: true, name: true } };
  const [campaigns, teams, who] = await Promise.all([
    client.campaign.findMany({ where: { id: { in: rows.map((row) => row.campaignId) } }, ...named }),
    client.team.findMany({ where: { id: { in: rows.map((row) => row.teamId) } }, ...named }),
    namesOf(
      client,
      viewer,
      rows.map((row) => row.by),
    ),
  ]);
  const called = (of: { id: string; name: string }[], id: string) =>
    of.find((one) => one.id === id) ?? { id, name: '' };
  return rows.map(({ campaignId, teamId, listId: _, by, ...row }) => ({
    ...row,
    campaign: called(campaigns, campaignId),
    team: called(teams, teamId),
    by: who(by),
  }));
}
