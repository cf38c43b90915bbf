/** The call that a case is about: named itself, by its recording, or found by the customer's number. */
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { CallTold, ToldCall } from '../../ports/case-store.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { ownedRows } from './scope.ts';

type Row = Omit<ToldCall, 'originKind'> & { origin: unknown };
const originShape = z.object({ kind: z.string() });

/** Of several calls to a number the latest conversation, else the latest attempt: an unanswered one can be complained about, too. */
export async function toldCall(
  client: PrismaClient,
  viewer: Viewer | null,
  { attemptId, recordingId, number, campaignId }: CallTold,
  since: number,
): Promise<ToldCall | null> {
  const parts = [viewer === null ? Prisma.sql`true` : ownedRows(viewer)];
  if (attemptId !== null) parts.push(Prisma.sql`r.id = ${attemptId}::uuid`);
  if (recordingId !== null) parts.push(Prisma.sql`rec.id = ${recordingId}::uuid`);
  if (attemptId === null && recordingId === null) {
    parts.push(Prisma.sql`r.number = ${number} and r.intended_at >= ${new Date(since)} and r.placed_at is not null`);
    if (campaignId !== null) parts.push(Prisma.sql`r.campaign_id = ${campaignId}::uuid`);
  }
  const [row] = await client.$queryRaw<Row[]>`
    select r.id as "attemptId", r.campaign_id as "campaignId", k.centre_id as "centreId", r.contact_id as "contactId",
           r.agent_id as "agentId", r.number, rec.id as "recordingId", s.id as "saleId", k.purpose, c.origin
      from attempt r join campaign k on k.id = r.campaign_id join contact c on c.id = r.contact_id
      left join recording rec on rec.attempt_id = r.id left join qa_sale s on s.attempt_id = r.id
     where ${Prisma.join(parts, ' and ')}
     order by (r.connected_at is not null) desc, r.intended_at desc limit 1`;
  if (row === undefined) return null;
  const { origin, ...call } = row;
  const known = originShape.safeParse(origin);
  return { ...call, originKind: known.success ? known.data.kind : null };
}
