/** What an entry of the blacklist speaks for must exist: one for a campaign or product line that there is not would block nothing, and nobody would notice. */
import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { ApiError } from './errors.ts';

type Scope = { scope: 'all' | 'product-line' | 'campaign'; scopeId: string | null };

/** Without an id the dialler refuses it. @throws ApiError unknown-reference */
export async function checkScope(client: PrismaClient, { scope, scopeId }: Scope): Promise<void> {
  if (scope === 'all' || scopeId === null) return;
  const known =
    scope === 'product-line'
      ? await client.product.count({ where: { line: scopeId } })
      : z.guid().safeParse(scopeId).success && (await client.campaign.count({ where: { id: scopeId } }));
  if (!known) throw new ApiError('unknown-reference', { field: 'body.scopeId' });
}
