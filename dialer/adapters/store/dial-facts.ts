/** Reads what the dialling and retry rules want to know: the campaign's side once, the contacts' side in bulk. */
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { WorkingCalendar } from '../../rules/calendar.ts';
import { dayOf } from '../../rules/calendar.ts';
import type { CallerId } from '../../rules/caller-id.ts';
import type { CampaignSettings } from '../../rules/campaign-settings.ts';
import { campaignSettings } from '../../rules/campaign-settings.ts';
import { historyNeeded, type PastAttempt } from '../../rules/limits.ts';
import type { BlacklistFact, DialFacts, DialScope } from '../../rules/screening.ts';

/** The client or a transaction of it. */
export type Sql = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

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
  settings: unknown;
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
export async function campaignSide(sql: Sql, campaignId: string, now: number): Promise<CampaignSide | null> {
  const [row] = await sql.$queryRaw<CampaignRow[]>`
    select c.id, c.state, c.settings, c.settings_version, c.script_version_id, v.state as script_state, c.demo, p.line,
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
    settings: campaignSettings.parse(row.settings),
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

async function usedToday(sql: Sql, row: CampaignRow, now: number): Promise<Map<string, number>> {
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

/** Facts of many contacts in four queries. `except`: an attempt that must not count against itself. */
export async function contactSides(
  sql: Sql,
  campaign: CampaignSide,
  contacts: readonly ContactRow[],
  { agentReserved, now, except }: { agentReserved: boolean; now: number; except: string | null },
): Promise<Map<string, DialFacts>> {
  const ids = contacts.map(({ id }) => id);
  const numberRows = await sql.$queryRaw<{ contact_id: string; number: string }[]>`
    select contact_id, number from contact_number
     where contact_id = any(${ids}::uuid[]) and not dead order by contact_id, position`;
  const numbers = [...new Set(numberRows.map(({ number }) => number))];
  const blacklist = await blacklistFacts(sql, numbers);
  const reach = historyNeeded(campaign.settings.limits.filter(({ scope }) => scope === 'number'));
  const since = new Date(Number.isFinite(reach) ? now - reach : 0);
  const history = await sql.$queryRaw<
    { contact_id: string; number: string; intended_at: Date; connected: boolean; live: boolean }[]
  >`
    select contact_id, number, intended_at, connected_at is not null as connected, live from attempt
     where (contact_id = any(${ids}::uuid[]) or (number = any(${numbers}) and (intended_at > ${since} or live)))
       and id is distinct from ${except}::uuid
     order by intended_at`;
  const inLiveCall = new Set(history.filter(({ live }) => live).map(({ number }) => number));
  return new Map(
    contacts.map((contact) => {
      const own = numberRows.filter(({ contact_id }) => contact_id === contact.id).map(({ number }) => number);
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
          blacklist,
          history: past.map(
            ({ contact_id, number, intended_at, connected }): PastAttempt => ({
              number,
              sameContact: contact_id === contact.id,
              at: intended_at.getTime(),
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
export async function blacklistFacts(sql: Sql, numbers: readonly string[]): Promise<BlacklistFact[]> {
  const rows = await sql.$queryRaw<
    { number: string; scope: BlacklistFact['scope']; scope_id: string | null; ends_at: Date | null; reason: string }[]
  >`
    select number, scope, scope_id, ends_at, reason from blacklist_entry
     where number = any(${[...numbers]}) and removed_at is null`;
  return rows.map(({ number, scope, scope_id, ends_at, reason }) => ({
    reason,
    number,
    scope,
    scopeId: scope_id,
    endsAt: ends_at?.getTime() ?? null,
  }));
}
