/** Exceptions as pages show them, narrowed to their reader; and those that wait for the clock or for a call. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { ExceptionReads } from '../../ports/exception-store.ts';
import { maskedNumber } from '../../rules/mask.ts';
import { mayDecide, offerTerms } from '../../rules/offer.ts';
import { type ExceptionRow, exceptionOf } from './exceptions.ts';
import { peopleNamed } from './people.ts';
import { ownedRows } from './scope.ts';

type ListRow = ExceptionRow & { campaign_name: string; terms: unknown; number: string | null };

export function exceptionReads(client: PrismaClient): ExceptionReads {
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  return {
    async list(viewer, { id, limit }) {
      const one = id === undefined ? Prisma.empty : Prisma.sql`and r.id = ${id}::uuid`;
      const rows = await client.$queryRaw<ListRow[]>`
        select r.*, k.name as campaign_name, v.terms, a.number
          from qa_offer_exception r join campaign k on k.id = r.campaign_id left join attempt a on a.id = r.attempt_id
          join qa_offer_version v on v.offer_id = r.offer_id and v.version = r.version
         where ${ownedRows(viewer)} ${one}
         order by r.state <> 'asked', case when r.state = 'asked' then r.deadline_at end nulls first, r.asked_at desc, r.id limit ${limit}`;
      const events = await client.offerExceptionEvent.findMany({
        where: { exceptionId: { in: ids(rows) } },
        orderBy: { id: 'asc' },
      });
      const name = await peopleNamed(client, [...rows.map(({ agent_id }) => agent_id), ...events.map(({ by }) => by)]);
      return rows.map((row) => {
        const { life, offerId, campaignId, attemptId, agentId, wish } = exceptionOf(row);
        const { name: called, text } = offerTerms.parse(row.terms);
        const { decision } = life;
        return {
          ...{ id: life.id, offerId, campaignId, campaignName: row.campaign_name, name: called, text, attemptId, wish },
          ...{ agent: name(agentId) ?? { id: agentId, name: '' }, customerMasked: maskedNumber(row.number) },
          ...{ state: life.state, approver: life.terms.approvers[life.step] ?? 'manager', askedAt: life.askedAt },
          mine: life.state === 'asked' && viewer.userId !== agentId && mayDecide(life, viewer.role),
          ...{ dueAt: life.dueAt, overdue: life.overdue, escalated: life.step > 0, holdsUntil: life.holdsUntil },
          decidedBy: decision === null ? null : name(decision.by),
          ...{ decidedAt: decision?.at ?? null, reason: decision?.reason ?? '' },
          events: events
            .filter(({ exceptionId }) => exceptionId === life.id)
            .map(({ at, kind, by }) => ({ at: at.getTime(), kind, by: name(by) })),
        };
      });
    },

    async ofCall({ contactId, originId }) {
      const rows = await client.$queryRaw<ExceptionRow[]>`
        select distinct on (e.offer_id) e.* from qa_offer_exception e
         where e.contact_id = coalesce((select o.contact_id from qa_offer_exception o where o.id::text = ${originId}), ${contactId}::uuid)
         order by e.offer_id, e.asked_at desc`;
      return rows.map(exceptionOf);
    },

    async due(now, limit) {
      return ids(
        await client.offerException.findMany({
          where: { deadlineAt: { lte: new Date(now) } },
          orderBy: { deadlineAt: 'asc' },
          select: { id: true },
          take: limit,
        }),
      );
    },

    async unanswered(limit) {
      return ids(
        await client.$queryRaw<{ id: string }[]>`
          select e.id from qa_offer_exception e join attempt a on a.id = e.attempt_id
           where e.answer_call = 'open' and e.state <> 'asked' and a.outcome_at is not null order by e.asked_at limit ${limit}`,
      );
    },
  };
}
