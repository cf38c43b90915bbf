/** Reads what the dialling and retry rules want to know: the campaign's side once, the contacts' side in bulk. */
import type { WorkingCalendar } from '../../rules/calendar.ts';
import { dayOf } from '../../rules/calendar.ts';
import type { CallerId } from '../../rules/caller-id.ts';
import type { CampaignSettings } from '../../rules/campaign-settings.ts';
import { campaignSettings } from '../../rules/campaign-settings.ts';
import { historyNeeded, type PastAttempt } from '../../rules/limits.ts';
import { narrowed } from '../../rules/plan/period.ts';
import { planSettings } from '../../rules/plan/settings.ts';
import type { BlacklistFact, DialFacts, DialScope } from '../../rules/screening.ts';
import type { CallerIdUse } from './caller-id-use.ts';
import { type Db, type Sql, sql } from './sql.ts';

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

/** A row with the campaign's side in it, made by `campaignColumns` and `campaignJoins`. */
export type CampaignRow = {
  campaign_id: string;
  campaign_state: string;
  settings: string;
  settings_version: number;
  script_version_id: string | null;
  script_state: string | null;
  demo: boolean;
  line: string;
  centre_zone: string;
  work_week: number[];
  days: { date: string; working: boolean }[] | null;
};
type WithCallerIds = CampaignRow & {
  caller_ids: { number: string; region: string; daily_cap: number | null }[] | null;
};

/** Of a campaign named k; with these a statement about a contact or an attempt reads the campaign's side along. */
export const campaignColumns: Sql = sql`k.id AS campaign_id, k.state AS campaign_state, k.settings::text AS settings, k.settings_version,
  k.script_version_id, v.state AS script_state, k.demo, p.line, z.time_zone AS centre_zone, z.work_week,
  (SELECT json_agg(json_build_object('date', to_char(d.date, 'YYYY-MM-DD'), 'working', d.working))
     FROM calendar_day d WHERE d.centre_id = k.centre_id) AS days`;
export const campaignJoins: Sql = sql`JOIN centre z ON z.id = k.centre_id JOIN product p ON p.id = k.product_id
  LEFT JOIN script_version v ON v.id = k.script_version_id`;

/** Null when there is no such campaign. Caller IDs' use today is counted only where one has a cap. */
export async function campaignSide(
  db: Db,
  campaignId: string,
  now: number,
  usedToday: CallerIdUse,
): Promise<CampaignSide | null> {
  const [row] = await db.$queryRaw<WithCallerIds[]>`
    SELECT ${campaignColumns},
      (SELECT json_agg(json_build_object('number', i.number, 'region', i.region, 'daily_cap', i.daily_cap) ORDER BY i.number)
         FROM caller_id i WHERE i.campaign_id = k.id) AS caller_ids
    FROM campaign k ${campaignJoins} WHERE k.id = ${campaignId}::uuid`;
  if (row === undefined) return null;
  const capped = (row.caller_ids ?? []).some(({ daily_cap }) => daily_cap !== null);
  const dayStart = dayOf(now, row.centre_zone).start;
  const used = capped ? await usedToday(db, campaignId, dayStart, now) : new Map<string, number>();
  const callerIds = (row.caller_ids ?? []).map(({ number, region, daily_cap }) => ({
    number,
    region,
    dailyCap: daily_cap,
    usedToday: used.get(number) ?? 0,
  }));
  return sideOf(row, callerIds);
}

/** The campaign's side as a row brings it; a call that has its caller ID already needs no others. */
export const sideOf = (row: CampaignRow, callerIds: CallerId[] = []): CampaignSide => ({
  scope: { campaignId: row.campaign_id, productLine: row.line },
  settings: settingsOf(row.settings),
  settingsVersion: row.settings_version,
  scriptVersionId: row.script_version_id,
  running: row.campaign_state === 'running',
  scriptApproved: row.script_state === 'approved',
  demo: row.demo,
  calendar: {
    timeZone: row.centre_zone,
    workWeek: row.work_week,
    exceptions: new Map((row.days ?? []).map(({ date, working }) => [date, working])),
  },
  callerIds,
});

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

export type ContactRow = {
  id: string;
  time_zone: string;
  deadline_at: Date | null;
  needs_agent: boolean;
  locked_until: Date | null;
  last_outcome: string | null;
  returns_complaint: boolean | null;
  plan_terms: unknown;
};

/** What the dialling rule wants to know of a contact named c. */
export const contactColumns: Sql = sql`c.id, c.time_zone, c.deadline_at, c.needs_agent, c.locked_until, c.last_outcome, c.plan_terms,
  (c.origin ->> 'kind' = 'return-call' or c.plan_terms ->> 'afterComplaint' = 'true') as returns_complaint`;

const planTerms = planSettings.pick({ window: true });
/** A plan's calls keep its hours; a time that the customer named is another matter. */
function settingsFor({ settings }: CampaignSide, { plan_terms, last_outcome }: ContactRow): CampaignSettings {
  if (plan_terms === null || last_outcome === 'appointment') return settings;
  return { ...settings, calling: narrowed(settings.calling, planTerms.parse(plan_terms).window) };
}

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
  db: Db,
  campaign: CampaignSide,
  contacts: readonly ContactRow[],
  { agentReserved, now, except }: { agentReserved: boolean; now: number; except: string | null },
): Promise<Map<string, DialFacts>> {
  const ids = contacts.map(({ id }) => id);
  const reach = historyNeeded(campaign.settings.limits.filter(({ scope }) => scope === 'number'));
  const since = new Date(Number.isFinite(reach) ? now - reach : 0);
  const [sides] = await db.$queryRaw<Sides[]>`
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
          settings: settingsFor(campaign, contact),
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
export async function blacklistFacts(db: Db, numbers: readonly string[]): Promise<BlacklistFact[]> {
  const rows = await db.$queryRaw<
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
