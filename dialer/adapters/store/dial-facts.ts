/** Reads what the dialling and retry rules want to know: the campaign's side once, the contacts' side in bulk. */
import type { WorkingCalendar } from '../../rules/calendar.ts';
import { dayOf } from '../../rules/calendar.ts';
import type { CallerId } from '../../rules/caller-id.ts';
import type { CampaignSettings } from '../../rules/campaign-settings.ts';
import { campaignSettings } from '../../rules/campaign-settings.ts';
import { historyNeeded, type PastAttempt } from '../../rules/limits.ts';
import type { BlacklistFact, DialFacts, DialScope } from '../../rules/screening.ts';
import type { Db } from './sql.ts';

export type CampaignSide = {
  scope: DialScope;
  settings: CampaignSettings;
  settingsVersion: number;
  scriptVersionId: string | null;
  running: boolean;
  scriptApproved: boolean;
  demo: boolean;
  calendar: WorkingCalendar;
  callerIds: CallerId[];
};

type CampaignRow = {
  id: string;
  state: string;
  settings: string;
  settings_version: number;
  script_version_id: string | null;
  script_state: string | null;
  demo: boolean;
  line: string;
  time_zone: string;
  work_week: number[];
  days: { date: string; working: boolean }[] | null;
  caller_ids: { number: string; region: string; daily_cap: number | null }[] | null;
};

/** Null when there is no such campaign. Caller IDs' use today is counted only where one has a cap. */
export async function campaignSide(sql: Db, campaignId: string, now: number): Promise<CampaignSide | null> {
  const [row] = await sql.$queryRaw<CampaignRow[]>`
    select c.id, c.state, c.settings::text as settings, c.settings_version, c.script_version_id, v.state as script_state, c.demo, p.line,
           z.time_zone, z.work_week,
           (select json_agg(json_build_object('date', to_char(d.date, 'YYYY-MM-DD'), 'working', d.working))
              from calendar_day d where d.centre_id = c.centre_id) as days,
           (select json_agg(json_build_object('number', i.number, 'region', i.region, 'daily_cap', i.daily_cap) order by i.number)
              from caller_id i where i.campaign_id = c.id) as caller_ids
      from campaign c
      join centre z on z.id = c.centre_id
      join product p on p.id = c.product_id
      left join script_version v on v.id = c.script_version_id
     where c.id = ${campaignId}::uuid`;
  if (row === undefined) return null;
  const used = await usedToday(sql, row, now);
  return {
    scope: { campaignId, productLine: row.line },
    settings: settingsOf(row.settings),
    settingsVersion: row.settings_version,
    scriptVersionId: row.script_version_id,
    running: row.state === 'running',
    scriptApproved: row.script_state === 'approved',
    demo: row.demo,
    calendar: {
      timeZone: row.time_zone,
      workWeek: row.work_week,
      exceptions: new Map((row.days ?? []).map(({ date, working }) => [date, working])),
    },
    callerIds: (row.caller_ids ?? []).map(({ number, region, daily_cap }) => ({
      number,
      region,
      dailyCap: daily_cap,
      usedToday: used.get(number) ?? 0,
    })),
  };
}

/** Documents seen last, by their text: checking one against its schema costs more than reading it. */
const known = new Map<string, CampaignSettings>();
const KNOWN = 100;

function settingsOf(text: string): CampaignSettings {
  const found = known.get(text);
  if (found !== undefined) return found;
  const settings = campaignSettings.parse(JSON.parse(text));
  if (known.size >= KNOWN) known.clear();
  known.set(text, settings);
  return settings;
}

async function usedToday(sql: Db, row: CampaignRow, now: number): Promise<Map<string, number>> {
  if (!(row.caller_ids ?? []).some(({ daily_cap }) => daily_cap !== null)) return new Map();
  const since = new Date(dayOf(now, row.time_zone).start);
  const rows = await sql.$queryRaw<{ caller_id: string; used: number }[]>`
    select caller_id, count(*)::int as used from attempt
     where campaign_id = ${row.id}::uuid and intended_at >= ${since} group by caller_id`;
  return new Map(rows.map(({ caller_id, used }) => [caller_id, used]));
}

export type ContactRow = {
  id: string;
  time_zone: string;
  deadline_at: Date | null;
  needs_agent: boolean;
  locked_until: Date | null;
  last_outcome: string | null;
  returns_complaint: boolean | null;
};

type OwnNumber = { contact_id: string; number: string };
type Entry = {
  number: string;
  scope: BlacklistFact['scope'];
  scope_id: string | null;
  ends_ms: number | null;
  reason: string;
};
type Past = { contact_id: string; number: string; intended_ms: number; connected: boolean; live: boolean };
type Sides = { numbers: OwnNumber[]; blacklist: Entry[]; history: Past[] };

/** Facts of many contacts in one statement. `except`: an attempt that must not count against itself. */
export async function contactSides(
  sql: Db,
  campaign: CampaignSide,
  contacts: readonly ContactRow[],
  { agentReserved, now, except }: { agentReserved: boolean; now: number; except: string | null },
): Promise<Map<string, DialFacts>> {
  const ids = contacts.map(({ id }) => id);
  const reach = historyNeeded(campaign.settings.limits.filter(({ scope }) => scope === 'number'));
  const since = new Date(Number.isFinite(reach) ? now - reach : 0);
  const [sides] = await sql.$queryRaw<Sides[]>`
    with own as materialized (
      select contact_id, number, position from contact_number where contact_id = any(${ids}::uuid[]) and not dead)
    select
      (select coalesce(json_agg(json_build_object('contact_id', contact_id, 'number', number) order by contact_id, position), '[]')
         from own) as numbers,
      (select coalesce(json_agg(json_build_object('number', number, 'scope', scope, 'scope_id', scope_id, 'reason', reason,
                'ends_ms', floor(extract(epoch from ends_at) * 1000))), '[]')
         from blacklist_in_force where number = any(array(select number from own))) as blacklist,
      (select coalesce(json_agg(json_build_object('contact_id', contact_id, 'number', number, 'live', live,
                'connected', connected_at is not null, 'intended_ms', floor(extract(epoch from intended_at) * 1000)) order by intended_at), '[]')
         from attempt
        where (contact_id = any(${ids}::uuid[])
               or (number = any(array(select number from own)) and (intended_at > ${since} or live)))
          and id is distinct from ${except}::uuid) as history`;
  const { numbers, blacklist, history } = sides ?? { numbers: [], blacklist: [], history: [] };
  const entries = blacklist.map(({ ends_ms, scope_id, ...entry }) => ({
    ...entry,
    scopeId: scope_id,
    endsAt: ends_ms,
  }));
  const inLiveCall = new Set(history.filter(({ live }) => live).map(({ number }) => number));
  return new Map(
    contacts.map((contact) => {
      const own = numbers.filter(({ contact_id }) => contact_id === contact.id).map(({ number }) => number);
      const past = history.filter(({ contact_id, number }) => contact_id === contact.id || own.includes(number));
      return [
        contact.id,
        {
          scope: campaign.scope,
          settings: campaign.settings,
          calendar: campaign.calendar,
          campaignRunning: campaign.running,
          scriptApproved: campaign.scriptApproved,
          timeZone: contact.time_zone,
          deadlineAt: contact.deadline_at?.getTime() ?? null,
          needsAgent: contact.needs_agent,
          lockedUntil: contact.locked_until?.getTime() ?? null,
          agentReserved,
          numbers: own,
          returnsComplaint: contact.returns_complaint === true,
          lastNumber: past.findLast(({ contact_id }) => contact_id === contact.id)?.number ?? null,
          lastOutcome: contact.last_outcome,
          blacklist: entries,
          history: past.map(
            ({ contact_id, number, intended_ms, connected }): PastAttempt => ({
              number,
              sameContact: contact_id === contact.id,
              at: intended_ms,
              connected,
            }),
          ),
          inLiveCall,
        },
      ];
    }),
  );
}

/** Entries in force for these numbers; which of them apply is the rule's to say. */
export async function blacklistFacts(sql: Db, numbers: readonly string[]): Promise<BlacklistFact[]> {
  const rows = await sql.$queryRaw<
    { number: string; scope: BlacklistFact['scope']; scope_id: string | null; ends_at: Date | null; reason: string }[]
  >`
    select number, scope, scope_id, ends_at, reason from blacklist_in_force where number = any(${[...numbers]})`;
  return rows.map(({ number, scope, scope_id, ends_at, reason }) => ({
    reason,
    number,
    scope,
    scopeId: scope_id,
    endsAt: ends_at?.getTime() ?? null,
  }));
}
