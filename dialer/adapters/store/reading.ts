/** Reads for screens, in PostgreSQL. */
import { z } from 'zod';
import type { AgentTransfer } from '../../dialer.ts';
import type { LiveFigures, Reading } from '../../ports/reading.ts';
import { maskNumber } from '../../rules/phone-number.ts';
import { byPerson } from './people.ts';
import { campaignFigures, contactCounts } from './reading/campaign-figures.ts';
import { campaignCourse } from './reading/course.ts';
import { type Db, ms, msOrNull } from './sql.ts';

const attributes = z.record(z.string(), z.coerce.string());
const origin = z.object({ kind: z.string(), id: z.string() });
const HISTORY = 10;

const transferShape = z.object({
  phase: z.enum(['calling', 'consulting', 'returning', 'handing-over', 'away']),
  consult: z.boolean(),
  since: z.number(),
  number: z.string().nullable(),
});

function transferOf(value: unknown, fromName: string | null, toName: string | null): AgentTransfer | null {
  if (value === null) return null;
  const { number, ...shown } = transferShape.parse(value);
  return { ...shown, fromName: fromName ?? '', to: toName ?? (number === null ? null : maskNumber(number)) };
}

export function createReading(db: Db): Reading {
  return {
    async callForDesk(attemptId, userId) {
      const [row] = await db.$queryRaw<
        {
          contact_id: string;
          campaign_id: string;
          mode: 'manual' | 'preview' | 'progressive' | 'predictive';
          name: string;
          number: string;
          region: string;
          attributes: unknown;
          connected_at: Date | null;
          ended_at: Date | null;
          script_version_id: string | null;
          origin: unknown;
          agent_id: string | null;
          held_at: Date | null;
          transfer: unknown;
          from_name: string | null;
          to_name: string | null;
        }[]
      >`
        SELECT a.contact_id, a.campaign_id, a.mode, c.name, a.number, c.region, c.attributes, a.connected_at, a.ended_at,
          COALESCE(a.script_version_id, p.script_version_id) AS script_version_id, c.origin,
          a.agent_id, a.held_at, a.transfer, f.display_name AS from_name, t.display_name AS to_name
        FROM attempt a JOIN contact c ON c.id = a.contact_id JOIN campaign p ON p.id = a.campaign_id
          LEFT JOIN app_user f ON f.id = (a.transfer->>'from')::uuid LEFT JOIN app_user t ON t.id = (a.transfer->>'agentId')::uuid
        WHERE a.id = ${attemptId}::uuid AND (a.agent_id = ${userId}::uuid OR a.transfer->>'agentId' = ${userId})`;
      if (row === undefined) return null;
      const history = await db.$queryRaw<
        {
          intended_at: Date;
          outcome: string | null;
          disposition: string | null;
          agent_id: string | null;
          words: string | null;
          note: string | null;
        }[]
      >`
        SELECT intended_at, outcome, disposition, agent_id, outcome_detail #>> '{fields,words}' AS words,
          outcome_detail ->> 'note' AS note
        FROM attempt
        -- A call that quality asked for has a contact of its own: what was said before stands by the number.
        WHERE (contact_id = ${row.contact_id}::uuid OR number = ${row.number} AND campaign_id = ${row.campaign_id}::uuid)
          AND id <> ${attemptId}::uuid ORDER BY intended_at DESC LIMIT ${HISTORY}`;
      const asked = origin.safeParse(row.origin);
      const free = attributes.safeParse(row.attributes);
      return {
        attemptId,
        contactId: row.contact_id,
        mode: row.mode,
        contactName: row.name,
        numberMasked: maskNumber(row.number),
        region: row.region,
        attributes: free.success ? free.data : {},
        connectedAt: msOrNull(row.connected_at),
        endedAt: msOrNull(row.ended_at),
        scriptVersionId: row.script_version_id,
        origin: asked.success ? asked.data : null,
        part: row.agent_id === userId ? 'own' : 'helping',
        heldAt: msOrNull(row.held_at),
        transfer: transferOf(row.transfer, row.from_name, row.to_name),
        history: history.map((call) => ({
          at: ms(call.intended_at),
          outcome: call.outcome,
          disposition: call.disposition,
          agentIsMe: call.agent_id === userId,
          words: call.words ?? '',
          note: call.note ?? '',
        })),
      };
    },

    async agentDay(userId, dayStart, now) {
      const [from, to] = [new Date(dayStart), new Date(now)];
      const [[time], [calls]] = await Promise.all([
        db.$queryRaw<{ signed_in: number; talk: number; wrap_up: number; on_break: number }[]>`
          SELECT COALESCE(sum(t.ms) FILTER (WHERE i.presence = 'signed-in'), 0)::float8 AS signed_in,
            COALESCE(sum(t.ms) FILTER (WHERE i.activity = 'talking'), 0)::float8 AS talk,
            COALESCE(sum(t.ms) FILTER (WHERE i.activity = 'wrap-up'), 0)::float8 AS wrap_up,
            COALESCE(sum(t.ms) FILTER (WHERE i.presence = 'on-break'), 0)::float8 AS on_break
          FROM (
            SELECT presence, activity, started_at, ended_at FROM agent_interval WHERE user_id = ${userId}::uuid AND started_at >= ${from}
            UNION ALL
            -- Stretches follow each other: of all before the day only the last one may reach into it.
            (SELECT presence, activity, started_at, ended_at FROM agent_interval
              WHERE user_id = ${userId}::uuid AND started_at < ${from} ORDER BY started_at DESC LIMIT 1)) i CROSS JOIN LATERAL (
            SELECT extract(epoch FROM GREATEST(interval '0', LEAST(COALESCE(i.ended_at, ${to}), ${to}) - GREATEST(i.started_at, ${from}))) * 1000 AS ms) t`,
        db.$queryRaw<{ attempts: number; conversations: number; sales: number }[]>`
          SELECT count(*)::int AS attempts, (count(*) FILTER (WHERE connected_at IS NOT NULL AND ${byPerson}))::int AS conversations,
            (count(*) FILTER (WHERE disposition = 'sale'))::int AS sales
          FROM attempt WHERE agent_id = ${userId}::uuid AND intended_at >= ${from}`,
      ]);
      return {
        signedInMs: Math.round(time?.signed_in ?? 0),
        talkMs: Math.round(time?.talk ?? 0),
        wrapUpMs: Math.round(time?.wrap_up ?? 0),
        breakMs: Math.round(time?.on_break ?? 0),
        attempts: calls?.attempts ?? 0,
        conversations: calls?.conversations ?? 0,
        sales: calls?.sales ?? 0,
      };
    },

    live: (campaignId, dayStart, now): Promise<LiveFigures> => campaignFigures(db, campaignId, dayStart, now),
    course: (campaignId, from, now) => campaignCourse(db, campaignId, from, now),
    contactCounts: (campaignId) => contactCounts(db, campaignId),
  };
}
