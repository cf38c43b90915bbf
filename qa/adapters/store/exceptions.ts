/** Exceptions to offers in PostgreSQL. The journal is append-only in the database itself. */
import { z } from 'zod';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { AnswerCall, ExceptionEntry, ExceptionFile, ExceptionTable } from '../../ports/exception-store.ts';
import { nextExceptionDeadline, type OfferException } from '../../rules/offer.ts';
import type { Tx } from './inspections.ts';

/** The document is written by this file alone; its version says which code can read it. */
const documentVersion = 1;
const exceptionDocument = z.object({
  version: z.literal(documentVersion),
  record: z.custom<OfferException>(
    (value) => typeof value === 'object' && value !== null && 'state' in value && 'terms' in value,
  ),
});
const answerCall = z.enum(['open', 'asked', 'none']) satisfies z.ZodType<AnswerCall>;

export type ExceptionRow = {
  id: string;
  offer_id: string;
  version: number;
  campaign_id: string;
  attempt_id: string;
  contact_id: string;
  agent_id: string;
  wish: string;
  answer_call: string;
  life: unknown;
};

export function exceptionOf(row: ExceptionRow): ExceptionFile {
  return {
    ...{ offerId: row.offer_id, version: row.version, campaignId: row.campaign_id, attemptId: row.attempt_id },
    ...{ contactId: row.contact_id, agentId: row.agent_id, wish: row.wish },
    answerCall: answerCall.parse(row.answer_call),
    life: exceptionDocument.parse(row.life).record,
  };
}

export function exceptionTable(tx: Tx): ExceptionTable {
  const append = (exceptionId: string, entries: readonly ExceptionEntry[]) =>
    tx.offerExceptionEvent.createMany({
      data: entries.map(({ at, by, kind, text, detail }) => ({
        ...{ exceptionId, at: new Date(at), by, kind, text },
        detail: JSON.parse(JSON.stringify(detail)),
      })),
    });
  return {
    async lock(id) {
      const [row] = await tx.$queryRaw<
        ExceptionRow[]
      >`select * from qa_offer_exception where id = ${id}::uuid for update`;
      return row === undefined ? null : exceptionOf(row);
    },

    async insert(file, entry) {
      const { life, offerId, version, campaignId, attemptId, contactId, agentId, wish } = file;
      const { count } = await tx.offerException.createMany({
        data: [
          {
            ...{ id: life.id, offerId, version, campaignId, attemptId, contactId, agentId, wish },
            ...{ askedAt: new Date(life.askedAt), ...changing(file) },
          },
        ],
        skipDuplicates: true,
      });
      if (count > 0) await append(life.id, [entry]);
      return count > 0;
    },

    async save(file, entries) {
      await tx.offerException.update({ where: { id: file.life.id }, data: changing(file) });
      await append(file.life.id, entries);
    },

    async outcome(attemptId) {
      const row = await tx.attempt.findUnique({
        where: { id: attemptId },
        select: { outcomeAt: true, disposition: true },
      });
      return row === null || row.outcomeAt === null ? null : { disposition: row.disposition };
    },
  };
}

/** `satisfies` and not a cast: what the table holds beside the document follows from it. */
function changing({ life, answerCall: call }: ExceptionFile) {
  const deadline = nextExceptionDeadline(life);
  return {
    ...{ state: life.state, approver: life.terms.approvers[life.step] ?? 'manager', answerCall: call },
    deadlineAt: deadline === null ? null : new Date(deadline),
    holdsUntil: life.holdsUntil === null ? null : new Date(life.holdsUntil),
    life: JSON.parse(JSON.stringify({ version: documentVersion, record: life })),
  } satisfies Prisma.OfferExceptionUncheckedUpdateInput;
}
