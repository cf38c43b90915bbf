/**
 * How long the weekly summary of a campaign takes over so many attempts, and how long its page takes to open.
 *
 * Arguments: numbers of attempts in the week. A tenth are conversations, a fifth of those sales, a tenth of the sales inspected.
 */
import type pg from 'pg';
import { composeQuality } from '../../src/compose/quality.ts';
import { createReports } from '../../src/reports/index.ts';
import { makeWorld, type World } from '../fixtures/campaign.ts';
import { cpuOfServer } from './cpu-of.ts';
import { withPostgres } from './own-postgres.ts';

const monday = '2026-01-05';
const start = Date.UTC(2026, 0, 4, 16);
const agents = 500;

export async function run(args: string[]): Promise<void> {
  const counts = args.length > 0 ? args.map(Number) : [100_000, 1_000_000];
  await withPostgres(async ({ database }) => {
    const clock = { now: () => start + 8 * 86_400_000 };
    const quality = composeQuality({ database, bus: { publish: () => undefined }, clock, country: 'CN' });
    const reports = createReports({ database, quality, clock });
    console.log('attempts   filled s   made s    opened ms   content KiB   cpu s of making (server + process)');
    for (const count of counts) {
      const filling = performance.now();
      const world = await makeWorld(database.client, start);
      await fill(database.pool, world, count);
      const made = performance.now();
      const viewer = {
        userId: world.teamId,
        role: 'manager',
        centreId: world.centreId,
        teamId: null,
        clientId: null,
      } as const;
      const [server, own] = [await cpuOfServer(database), process.cpuUsage()];
      const { id, content } = await reports.publish(viewer, world.campaignId, monday);
      const opening = performance.now();
      const { user, system } = process.cpuUsage(own);
      const spent = server === null ? null : ((await cpuOfServer(database)) ?? server) - server;
      if (content.figures.attempts !== count)
        throw new Error(`the summary counts ${content.figures.attempts} attempts`);
      await reports.read(viewer, id);
      const opened = performance.now();
      const figures = [
        (made - filling) / 1000,
        (opening - made) / 1000,
        opened - opening,
        JSON.stringify(content).length / 1024,
      ];
      const [filledS = 0, madeS = 0, openedMs = 0, size = 0] = figures;
      console.log(
        `${String(count).padEnd(10)} ${filledS.toFixed(1).padEnd(10)} ${madeS.toFixed(2).padEnd(9)} ${openedMs.toFixed(0).padEnd(11)} ${size.toFixed(0).padEnd(13)} ${spent === null ? '?' : (spent / 1000).toFixed(2)} + ${((user + system) / 1e6).toFixed(2)}`,
      );
    }
  });
}

/** One contact stands for all: the summary counts calls. */
async function fill(pool: pg.Pool, { campaignId, centreId, teamId }: World, count: number): Promise<void> {
  const at = new Date(start);
  await pool.query(
    `with people as (
       insert into app_user (id, username, display_name, password_hash, role, centre_id, team_id, joined_at)
       select md5($2 || n)::uuid, $2 || '-' || n, 'Agent ' || n, '', 'agent', $2::uuid, $3::uuid, $4::timestamptz from generate_series(0, ${agents - 1}) n),
     list as (insert into contact_list (campaign_id, name, file_name, state, imported_at) values ($1::uuid, 'l', 'l', 'ready', $4) returning id)
     insert into contact (campaign_id, list_id, line, name, time_zone, region, attributes, due_at)
     select $1::uuid, id, 1, 'x', 'Asia/Shanghai', '', '{}', $4 from list`,
    [campaignId, centreId, teamId, at],
  );
  await pool.query(
    `insert into attempt (campaign_id, contact_id, number, caller_id, mode, settings_version, state, live, agent_id, intended_at, answered_at,
                          connected_at, ended_at, outcome, disposition, outcome_detail)
     select $1, c.id, '+861380' || lpad(n::text, 7, '0'), '+12125550190', 'predictive', 1, 'ended', false,
            case when n % 10 = 0 then md5($2 || (n / 10) % ${agents})::uuid end, t.at, case when n % 3 = 0 or n % 10 = 0 then t.at end,
            case when n % 10 = 0 then t.at end, t.at + interval '1 minute',
            case when n % 10 = 0 then 'connected' when n % 3 = 0 then 'machine' else 'no-answer' end,
            case when n % 50 = 0 then 'sale' when n % 10 = 0 then 'refused' end,
            case when n % 10 = 0 then '{"fields": {"reason": "price", "words": "too dear"}}'::jsonb end
       from generate_series(0, $3::int - 1) n, contact c,
            lateral (select $4::timestamptz + n * interval '7 days' / $3::int as at) t where c.campaign_id = $1`,
    [campaignId, centreId, count, at],
  );
  await pool.query(
    `with talk as (
       insert into agent_interval (user_id, team_id, campaign_id, presence, activity, attempt_id, started_at, ended_at)
       select agent_id, $2, campaign_id, 'signed-in', k, id, intended_at + o * interval '1 minute', intended_at + (o + 1) * interval '1 minute'
         from attempt, (values ('talking', 0), ('wrap-up', 1), ('ready', 2)) as t (k, o) where campaign_id = $1 and connected_at is not null),
     heard as (
       insert into recording (attempt_id, campaign_id, agent_id, state, talk_started_at)
       select id, campaign_id, agent_id, 'stored', intended_at from attempt where campaign_id = $1 and connected_at is not null
       returning id, attempt_id)
     insert into qa_conversation (attempt_id, campaign_id, contact_id, agent_id, purpose, settings_version, connected_at, ended_at, talk_ms, day,
                                  disposition, detail, closed, recording_id, recording_state, duration_ms, stored_at, frame_no)
     select a.id, a.campaign_id, a.contact_id, a.agent_id, 'marketing', 1, a.connected_at, a.ended_at, 60000,
            (a.connected_at at time zone 'Asia/Shanghai')::date, a.disposition, '{"reason": "price"}', true, h.id, 'stored', 60000, a.ended_at,
            nextval('qa_frame_no') from heard h join attempt a on a.id = h.attempt_id`,
    [campaignId, teamId],
  );
  await pool.query(
    `with sold as (
       insert into qa_sale (attempt_id, recording_id, campaign_id, agent_id, state, recorded_at, since, life)
       select attempt_id, recording_id, campaign_id, agent_id, 'valid', connected_at, connected_at, '{}' from qa_conversation
        where campaign_id = $1 and disposition = 'sale' returning attempt_id),
     drawn as (
       insert into qa_draw (kind, campaign_id, period_from, period_to, drawn_at, algorithm, request, rate, frame_size, frame_hash, frame_after,
                            frame_up_to, forced, late, size, commitment, key)
       values ('daily', $1, '${monday}', '${monday}', $2, 'x', '{}', 0.1, 1, 'x', 0, 1, 0, 0, 1, 'x', 'x') returning id)
     insert into qa_inspection (kind, state, recording_id, attempt_id, campaign_id, agent_id, draw_id, reason, probability, form_id, form_version,
                                drawn_at, deadline_at, scored_at, qualified, failed)
     select 'daily', 'closed', c.recording_id, c.attempt_id, c.campaign_id, c.agent_id, drawn.id, 'lot', 0.1, 'valid-marketing', 1, $2, $2, $2,
            true, '{}' from sold join qa_conversation c using (attempt_id), drawn where random() < 0.1`,
    [campaignId, at],
  );
  await pool.query('analyze');
}
