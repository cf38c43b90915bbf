/** Texts and replies in PostgreSQL. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { HandoffToQuality } from '../../events.ts';
import type { TextRow, TextStore } from '../../ports/texts.ts';
import { blacklistHit } from '../../rules/screening.ts';
import type { TextState } from '../../rules/text-life.ts';
import { blacklistFacts, type CampaignRow, campaignColumns, campaignJoins, sideOf } from './dial-facts.ts';
import { at, msOrNull, sql } from './sql.ts';

type Row = {
  id: string;
  origin_kind: 'terms' | 'notice';
  origin_id: string;
  campaign_id: string;
  attempt_id: string;
  number: string;
  sender: string;
  body: string;
  state: TextState;
  carrier_message_id: string | null;
  asked_at: Date | null;
  tries: number;
  send_until: Date;
  next_try_at: Date | null;
  created_at: Date;
  version: number;
};

const toText = (row: Row): TextRow => ({
  textId: row.id,
  origin: { kind: row.origin_kind, id: row.origin_id },
  campaignId: row.campaign_id,
  attemptId: row.attempt_id,
  number: row.number,
  sender: row.sender,
  body: row.body,
  state: row.state,
  carrierMessageId: row.carrier_message_id,
  askedAt: msOrNull(row.asked_at),
  tries: row.tries,
  sendUntil: row.send_until.getTime(),
  nextTryAt: msOrNull(row.next_try_at),
  createdAt: row.created_at.getTime(),
  version: row.version,
});

const owed = ({ topic, ...payload }: HandoffToQuality, now: number) => ({
  topic,
  payload: JSON.parse(JSON.stringify(payload)),
  createdAt: new Date(now),
});

export function createTextStore(prisma: PrismaClient): TextStore {
  return {
    async facts(attemptId) {
      const row = await prisma.attempt.findUnique({ where: { id: attemptId } });
      const campaign =
        row === null
          ? null
          : await prisma.campaign.findUnique({
              where: { id: row.campaignId },
              include: { client: true, product: true },
            });
      if (row === null || campaign === null) return null;
      return {
        campaignId: campaign.id,
        number: row.number,
        callerId: row.callerId,
        caller: campaign.client.name,
        product: campaign.product.name,
        tariff: campaign.product.tariffText,
        trialDays: campaign.product.trialDays,
        demo: campaign.demo,
      };
    },

    async recipient(attemptId) {
      const row = await prisma.attempt.findUnique({
        where: { id: attemptId },
        select: { campaignId: true, contact: { select: { timeZone: true } } },
      });
      const [side] =
        row === null
          ? []
          : await prisma.$queryRaw<CampaignRow[]>`
              SELECT ${campaignColumns} FROM campaign k ${campaignJoins} WHERE k.id = ${row.campaignId}::uuid`;
      if (row === null || side === undefined) return null;
      return { timeZone: row.contact.timeZone, calendar: sideOf(side).calendar };
    },

    async intend(text) {
      const { count } = await prisma.textMessage.createMany({
        data: {
          originKind: text.origin.kind,
          originId: text.origin.id,
          campaignId: text.campaignId,
          attemptId: text.attemptId,
          number: text.number,
          sender: text.sender,
          body: text.body,
          state: text.state,
          sendUntil: new Date(text.sendUntil),
          nextTryAt: at(text.nextTryAt),
          createdAt: new Date(text.createdAt),
          changedAt: new Date(text.createdAt),
        },
        skipDuplicates: true,
      });
      return count === 1;
    },

    async byId(textId) {
      const [row] = await prisma.$queryRaw<Row[]>`SELECT * FROM text_message WHERE id = ${textId}::uuid`;
      return row === undefined ? null : toText(row);
    },

    async claimDue(now, claimUntil, limit) {
      const rows = await prisma.$queryRaw<Row[]>`
        WITH due AS (
          SELECT id FROM text_message WHERE next_try_at <= ${new Date(now)} ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        UPDATE text_message t SET next_try_at = ${new Date(claimUntil)} FROM due WHERE t.id = due.id RETURNING t.*`;
      return rows.map(toText);
    },

    async save(before, after, failure, now, handoff) {
      const told =
        handoff === undefined
          ? sql`SELECT 1`
          : sql`INSERT INTO handoff (topic, payload, created_at)
                SELECT ${handoff.topic}, ${JSON.stringify(owed(handoff, now).payload)}::jsonb, ${new Date(now)}::timestamptz FROM changed`;
      const rows = await prisma.$queryRaw<{ done: number }[]>`
        WITH changed AS (
          UPDATE text_message SET state = ${after.state}, carrier_message_id = ${after.carrierMessageId}, asked_at = ${at(after.askedAt)},
            tries = ${after.tries}, next_try_at = ${at(after.nextTryAt)}, failure = ${failure}, changed_at = ${new Date(now)}, version = version + 1
          WHERE id = ${before.textId}::uuid AND version = ${before.version} RETURNING id), told AS (${told})
        SELECT count(*)::int AS done FROM changed`;
      return rows[0]?.done === 1;
    },

    async forbidden({ campaignId, number }, now) {
      const campaign = await prisma.campaign.findUnique({ where: { id: campaignId }, include: { product: true } });
      const facts = await blacklistFacts(prisma, [number]);
      return blacklistHit(number, { campaignId, productLine: campaign?.product.line ?? '' }, facts, now) !== null;
    },

    async knownIds(carrierMessageIds) {
      const rows = await prisma.textMessage.findMany({
        where: { carrierMessageId: { in: [...carrierMessageIds] } },
        select: { carrierMessageId: true },
      });
      return new Set(rows.flatMap(({ carrierMessageId }) => carrierMessageId ?? []));
    },

    async awaited(number, ours, since) {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT * FROM text_message WHERE number = ${number} AND sender = ${ours} AND origin_kind = 'terms' AND answered_at IS NULL
          AND created_at >= ${new Date(since)} AND state NOT IN ('intended', 'failed') ORDER BY created_at DESC, id`;
      return rows.map(toText);
    },

    async lastCallTo(number) {
      const row = await prisma.attempt.findFirst({
        where: { number, connectedAt: { not: null } },
        orderBy: { intendedAt: 'desc' },
        select: { campaignId: true, id: true },
      });
      return row === null ? null : { campaignId: row.campaignId, attemptId: row.id };
    },

    keepReply: ({ carrierMessageId, number, ours, body, at: time, reading }, { textIds, handoffs }) =>
      prisma.$transaction(async (tx) => {
        const data = { carrierMessageId, number, ours, body, at: new Date(time), reading, textIds };
        const { count } = await tx.textReply.createMany({ data, skipDuplicates: true });
        if (count === 0) return false;
        // An unclear reply leaves the question open: the customer may say it again, better.
        const answered = handoffs.flatMap((one) =>
          one.topic === 'text-replied' && one.answer !== 'unclear' ? (one.origin ?? []) : [],
        );
        for (const { kind, id } of answered)
          await tx.textMessage.updateMany({
            where: { originKind: kind, originId: id },
            data: { answeredAt: new Date(time) },
          });
        await tx.handoff.createMany({ data: handoffs.map((one) => owed(one, time)) });
        return true;
      }),
  };
}
