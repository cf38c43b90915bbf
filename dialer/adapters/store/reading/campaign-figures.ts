import type { Activity, CampaignLive, Presence } from '../../../dialer.ts';
import type { Json } from '../../../ports/floor.ts';
import type { LiveFigures } from '../../../ports/reading.ts';
import { byPerson, presented } from '../people.ts';
import { type Db, ms } from '../sql.ts';

const HALF_HOUR_MS = 30 * 60_000;

type DeskRow = {
  user_id: string;
  name: string;
  team_id: string | null;
  presence: Presence;
  activity: Activity;
  since: Date;
  reason: string | null;
};

/** Live figures of one campaign: five small reads side by side. */
export async function campaignFigures(db: Db, campaignId: string, dayStart: number, at: number): Promise<LiveFigures> {
  const now = new Date(at);
  const day = new Date(dayStart);
  const halfHour = new Date(at - HALF_HOUR_MS);
  const [desks, [time], [calls], [lines], [decision]] = await Promise.all([
    db.$queryRaw<DeskRow[]>`
      SELECT d.user_id, u.display_name AS name, d.team_id, d.presence, d.activity, d.since, d.break_reason AS reason
      FROM agent_desk d JOIN app_user u ON u.id = d.user_id
      WHERE d.campaign_id = ${campaignId}::uuid AND (d.presence <> 'signed-out' OR d.since >= ${day}) ORDER BY u.display_name`,
    db.$queryRaw<{ signed_in: number; talk: number; wrap_up: number; recent: number; recent_talk: number }[]>`
      SELECT COALESCE(sum(t.day) FILTER (WHERE i.presence = 'signed-in'), 0)::float8 AS signed_in,
        COALESCE(sum(t.day) FILTER (WHERE i.activity = 'talking'), 0)::float8 AS talk,
        COALESCE(sum(t.day) FILTER (WHERE i.activity = 'wrap-up'), 0)::float8 AS wrap_up,
        COALESCE(sum(t.recent) FILTER (WHERE i.presence = 'signed-in'), 0)::float8 AS recent,
        COALESCE(sum(t.recent) FILTER (WHERE i.activity = 'talking'), 0)::float8 AS recent_talk
      FROM agent_interval i CROSS JOIN LATERAL (
        SELECT extract(epoch FROM GREATEST(interval '0', LEAST(COALESCE(i.ended_at, ${now}), ${now}) - GREATEST(i.started_at, ${day}))) * 1000 AS day,
          extract(epoch FROM GREATEST(interval '0', LEAST(COALESCE(i.ended_at, ${now}), ${now}) - GREATEST(i.started_at, ${halfHour}))) * 1000 AS recent) t
      WHERE i.campaign_id = ${campaignId}::uuid AND i.started_at >= ${new Date(dayStart - 12 * 3_600_000)}
        AND (i.ended_at IS NULL OR i.ended_at > ${new Date(Math.min(dayStart, at - HALF_HOUR_MS))})`,
    db.$queryRaw<
      {
        attempts: number;
        answered: number;
        connected: number;
        abandoned: number;
        presented: number;
        sales: number;
        opt_outs: number;
      }[]
    >`
      SELECT count(*)::int AS attempts,
        (count(*) FILTER (WHERE answered_at IS NOT NULL AND ${byPerson}))::int AS answered,
        (count(*) FILTER (WHERE connected_at IS NOT NULL AND ${byPerson}))::int AS connected,
        (count(*) FILTER (WHERE abandoned_at IS NOT NULL))::int AS abandoned,
        (count(*) FILTER (WHERE ${presented}))::int AS presented,
        (count(*) FILTER (WHERE disposition = 'sale'))::int AS sales,
        (count(*) FILTER (WHERE disposition = 'opt-out'))::int AS opt_outs
      FROM attempt WHERE campaign_id = ${campaignId}::uuid AND intended_at >= ${day}`,
    // Whatever day they were dialled on: a call that goes on over midnight has its line.
    db.$queryRaw<{ in_use: number; ringing: number; waiting: number }[]>`
      SELECT (count(*) FILTER (WHERE state <> 'intended'))::int AS in_use, (count(*) FILTER (WHERE state = 'ringing'))::int AS ringing,
        (count(*) FILTER (WHERE state = 'waiting' AND closing IS NULL))::int AS waiting
      FROM attempt WHERE campaign_id = ${campaignId}::uuid AND live`,
    db.$queryRaw<{ at: Date; placed: number; why: string; saw: Json }[]>`
      SELECT at, placed, why, saw FROM pacing_decision WHERE campaign_id = ${campaignId}::uuid ORDER BY at DESC, id DESC LIMIT 1`,
  ]);
  return {
    agents: desks.map((desk) => ({
      userId: desk.user_id,
      name: desk.name,
      teamId: desk.team_id,
      presence: desk.presence,
      activity: desk.activity,
      since: ms(desk.since),
      reason: desk.reason,
    })),
    lines: { inUse: lines?.in_use ?? 0, ringing: lines?.ringing ?? 0, waiting: lines?.waiting ?? 0 },
    presentedToday: calls?.presented ?? 0,
    time: {
      today: { signedInMs: time?.signed_in ?? 0, talkMs: time?.talk ?? 0, wrapUpMs: time?.wrap_up ?? 0 },
      lastHalfHour: { signedInMs: time?.recent ?? 0, talkMs: time?.recent_talk ?? 0 },
    },
    today: {
      attempts: calls?.attempts ?? 0,
      answered: calls?.answered ?? 0,
      connected: calls?.connected ?? 0,
      abandoned: calls?.abandoned ?? 0,
      sales: calls?.sales ?? 0,
      optOuts: calls?.opt_outs ?? 0,
    },
    decision: decision === undefined ? null : { ...decision, at: ms(decision.at) },
  };
}

/** How many contacts wait, are being called or are finished, and why those that are not called are not; those of lists that are still being imported are none. */
export async function contactCounts(db: Db, campaignId: string): Promise<CampaignLive['contacts']> {
  const contacts = await db.$queryRaw<{ state: string; reason: string | null; count: number }[]>`
    SELECT c.state, c.reason, count(*)::int AS count FROM contact c JOIN contact_list l ON l.id = c.list_id AND l.state = 'ready'
    WHERE c.campaign_id = ${campaignId}::uuid GROUP BY c.state, c.reason`;
  const inState = (state: string): number =>
    contacts.filter((row) => row.state === state).reduce((sum, row) => sum + row.count, 0);
  const undialled: Record<string, number> = {};
  for (const { state, reason, count } of contacts) {
    if (reason !== null && state !== 'in-attempt') undialled[reason] = (undialled[reason] ?? 0) + count;
  }
  return {
    waiting: inState('waiting'),
    inAttempt: inState('in-attempt'),
    finished: inState('finished'),
    undialledByReason: undialled,
  };
}
