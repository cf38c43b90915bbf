/** Whether the parts of a campaign belong to it: the teams to its centre, the script to its product. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { ApiError } from '../errors.ts';

/** What somebody names and may not use here does not exist for them. */
export const unknownPart = (part: string) => new ApiError('unknown-reference', { field: `body.${part}` });

/** @throws ApiError unknown-reference, naming the part */
export async function mustFit(
  client: PrismaClient,
  { centreId, productId }: { centreId: string; productId: string },
  {
    teamIds = [],
    scriptVersionId = null,
  }: { teamIds?: string[] | undefined; scriptVersionId?: string | null | undefined },
): Promise<void> {
  const wanted = new Set(teamIds);
  if (wanted.size < teamIds.length) throw unknownPart('teamIds');
  const teams = wanted.size === 0 ? 0 : await client.team.count({ where: { id: { in: teamIds }, centreId } });
  if (teams < wanted.size) throw unknownPart('teamIds');
  if (scriptVersionId === null) return;
  const script = await client.scriptVersion.findFirst({ where: { id: scriptVersionId, script: { productId } } });
  if (script === null) throw unknownPart('scriptVersionId');
}
