/** The texts that went to a sale's customer and what came back, oldest first. */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../ports/viewer.ts';

const kind = z.enum(['terms', 'notice']);
const state = z.enum(['intended', 'sending', 'uncertain', 'accepted', 'sent', 'delivered', 'failed']);
const reading = z.enum(['yes', 'no', 'opt-out', 'unclear']);

export async function saleTexts(client: PrismaClient, viewer: Viewer, saleId: string) {
  const texts = await client.textMessage.findMany({ where: { originId: saleId }, orderBy: { createdAt: 'asc' } });
  const replies = await client.textReply.findMany({
    where: { textIds: { hasSome: texts.map(({ id }) => id) } },
    orderBy: { at: 'asc' },
  });
  return {
    texts: texts.map((text) => ({
      id: text.id,
      kind: kind.parse(text.originKind),
      state: state.parse(text.state),
      at: text.createdAt.getTime(),
      changedAt: text.changedAt.getTime(),
      /** When it is tried next, where it was not sent yet. */
      waitsUntil: text.state === 'intended' ? (text.nextTryAt?.getTime() ?? null) : null,
      body: text.body,
      failure: text.failure,
    })),
    replies: replies.map((reply) => ({
      id: reply.carrierMessageId,
      at: reply.at.getTime(),
      reading: reading.parse(reply.reading),
      // What customers write may name them: a client reads what it was taken for.
      body: viewer.role === 'client' ? null : reply.body,
    })),
  };
}
