/** Contacts in PostgreSQL: claiming under row locks, and the facts the rules ask for. */
import type { Pool } from 'pg';
import type { Candidate, CandidateVerdict, ContactStore } from '../../ports/contact-store.ts';
import type { Claim, ClaimRequest } from '../../ports/contacts.ts';
import { callerIdUse } from './caller-id-use.ts';
import {
  type CampaignRow,
  type CampaignSide,
  type ContactRow,
  campaignColumns,
  campaignJoins,
  campaignSide,
  contactColumns,
  contactSides,
  sideOf,
} from './dial-facts.ts';
import { pooledDb } from './pooled.ts';
import { type Db, sql } from './sql.ts';
import { unreachedOf } from './unreached.ts';

/** An intent that was never placed (the process died in between) is looked at by the sweeper after so long. */
const intentLastsMs = 30_000;

export function contactStore(pool: Pool): ContactStore {
  const client = pooledDb(pool);
  const usedToday = callerIdUse();
  return {
    async claim(request, limit, decide) {
      return client.transaction(async (tx) => {
        const campaign = await campaignSide(tx, request.campaignId, request.now, usedToday);
        if (campaign === null || !campaign.running) return { claims: [], examined: 0 };
        const rows = await lockDue(tx, request, limit);
        if (rows.length === 0) return { claims: [], examined: 0 };
        const facts = await contactSides(tx, campaign, rows, {
          agentReserved: request.agentId !== null,
          now: request.now,
          except: null,
        });
        const verdicts = decideUntil(request.count, rows, facts, campaign, decide);
        const claims = await writeIntents(tx, request, campaign, verdicts);
        await writeRefusals(tx, request, campaign, verdicts, claims);
        return { claims, examined: rows.length };
      });
    },

    async factsOf(attemptId, now) {
      const [row] = await client.$queryRaw<(ContactRow & CampaignRow & { number: string; reserved: boolean })[]>`
        select ${contactColumns},
               a.number, a.agent_id is not null as reserved, ${campaignColumns}
          from attempt a join contact c on c.id = a.contact_id join campaign k on k.id = a.campaign_id ${campaignJoins}
         where a.id = ${attemptId}::uuid and a.live`;
      if (row === undefined) return null;
      const campaign = sideOf(row);
      const sides = await contactSides(client, campaign, [row], {
        agentReserved: row.reserved,
        now,
        except: attemptId,
      });
      const facts = sides.get(row.id);
      return facts === undefined ? null : { facts, number: row.number };
    },

    async retryFacts(attemptId) {
      const [row] = await client.$queryRaw<(RetryRow & CampaignRow)[]>`
        select ${campaignColumns}, c.time_zone, c.deadline_at, c.priority, c.agent_id as bound_agent,
               c.needs_agent, c.locked_until, c.origin is not null as task, l.imported_at, a.agent_id, a.number,
               (select count(*)::int from contact_number n
                 where n.contact_id = c.id and not n.dead and n.number <> a.number) as other_numbers,
               (select coalesce(json_agg(coalesce(e.disposition, e.outcome)), '[]') from attempt e
                 where e.contact_id = c.id and e.id <> a.id) as ends
          from attempt a join contact c on c.id = a.contact_id join contact_list l on l.id = c.list_id
               join campaign k on k.id = c.campaign_id ${campaignJoins}
         where a.id = ${attemptId}::uuid`;
      if (row === undefined) return null;
      const campaign = sideOf(row);
      return {
        settings: campaign.settings,
        settingsVersion: campaign.settingsVersion,
        calendar: campaign.calendar,
        timeZone: row.time_zone,
        importedAt: row.imported_at.getTime(),
        deadlineAt: row.deadline_at?.getTime() ?? null,
        priority: row.priority,
        boundAgentId: row.bound_agent,
        bound: row.task || (row.needs_agent && row.locked_until === null),
        agentId: row.agent_id,
        number: row.number,
        otherNumbers: row.other_numbers,
        endedSo: (outcome) => 1 + row.ends.filter((end) => end === outcome).length,
      };
    },
  };
}

type RetryRow = {
  time_zone: string;
  deadline_at: Date | null;
  priority: number;
  bound_agent: string | null;
  needs_agent: boolean;
  locked_until: Date | null;
  task: boolean;
  imported_at: Date;
  agent_id: string | null;
  number: string;
  other_numbers: number;
  /** How the contact's other attempts ended. */
  ends: (string | null)[];
};

/**
 * With an agent reserved: that agent's contacts first, then those that need anybody reserved, then the ordinary ones. Who is
 * suspended from selling gets only what quality asked for.
 */
function lockDue(tx: Db, { campaignId, agentId, now }: ClaimRequest, limit: number): PromiseLike<ContactRow[]> {
  const at = new Date(now);
  return tx.$queryRaw<ContactRow[]>`
    select ${contactColumns}
      from contact c join contact_list l on l.id = c.list_id and l.state = 'ready'
     where c.campaign_id = ${campaignId}::uuid and c.state = 'waiting' and c.due_at <= ${at}
       and case when ${agentId}::uuid is null
                then c.agent_id is null and (not c.needs_agent or c.locked_until <= ${at})
                else (c.agent_id is null or c.agent_id = ${agentId}::uuid)
                     and (c.origin is not null
                          or not exists (select 1 from agent_desk d where d.user_id = ${agentId}::uuid and not d.may_sell)) end
     order by c.priority desc, c.due_at, c.line, c.id
     limit ${limit} for update of c skip locked`;
}

type Decided = { contactId: string; verdict: CandidateVerdict };

function decideUntil(
  count: number,
  rows: readonly ContactRow[],
  facts: ReadonlyMap<string, Candidate['facts']>,
  { callerIds }: CampaignSide,
  decide: (candidate: Candidate) => CandidateVerdict,
): Decided[] {
  const decided: Decided[] = [];
  let yes = 0;
  for (const { id } of rows) {
    const own = facts.get(id);
    if (own === undefined || yes >= count) break;
    const verdict = decide({ contactId: id, facts: own, callerIds });
    if (verdict.dial) yes += 1;
    decided.push({ contactId: id, verdict });
  }
  return decided;
}

/** Inserts the attempts; a number that got into a live call meanwhile is stopped by the unique index and left out. */
async function writeIntents(
  tx: Db,
  request: ClaimRequest,
  campaign: CampaignSide,
  decided: readonly Decided[],
): Promise<Claim[]> {
  const calls = decided.flatMap(({ contactId, verdict }) => (verdict.dial ? [{ contactId, ...verdict }] : []));
  if (calls.length === 0) return [];
  const at = new Date(request.now);
  const rows = await tx.$queryRaw<{ id: string; contact_id: string; number: string; caller_id: string }[]>`
    with intent as (
      insert into attempt (campaign_id, contact_id, number, caller_id, mode, settings_version, script_version_id, state,
                           agent_id, intended_at, deadline_at, decision_id)
      select ${request.campaignId}::uuid, t.contact_id, t.number, t.caller_id, ${request.mode}, ${campaign.settingsVersion},
             ${campaign.scriptVersionId}::uuid, 'intended', ${request.agentId}::uuid, ${at},
             ${new Date(request.now + intentLastsMs)}, ${request.decisionId}
        from unnest(${calls.map(({ contactId }) => contactId)}::uuid[], ${calls.map(({ number }) => number)}::text[],
                    ${calls.map(({ callerId }) => callerId)}::text[]) as t (contact_id, number, caller_id)
      on conflict (number) where live do nothing
      returning id, contact_id, number, caller_id),
    taken as (
      update contact set state = 'in-attempt', attempts = attempts + 1, reason = null, reason_version = null
       where id in (select contact_id from intent)),
    noted as (
      insert into attempt_event (attempt_id, at, kind, data)
      select id, ${at}, 'intended', jsonb_build_object('mode', ${request.mode}::text, 'settingsVersion', ${campaign.settingsVersion}::int) from intent)
    select id, contact_id, number, caller_id from intent`;
  return rows.map(({ id, contact_id, number, caller_id }) => ({
    attemptId: id,
    contactId: contact_id,
    number,
    callerId: caller_id,
  }));
}

async function writeRefusals(
  tx: Db,
  request: ClaimRequest,
  campaign: CampaignSide,
  decided: readonly Decided[],
  claims: readonly Claim[],
): Promise<void> {
  const claimed = new Set(claims.map(({ contactId }) => contactId));
  const refused = decided.flatMap(({ contactId, verdict }) => {
    if (!verdict.dial) return [{ contactId, reason: verdict.reason, until: verdict.until }];
    return claimed.has(contactId)
      ? []
      : [{ contactId, reason: 'number-in-live-call', until: request.now + 5 * 60_000 }];
  });
  if (refused.length === 0) return;
  // What quality asked for and nobody will be called for any more is told, with the refusal itself.
  await tx.$executeRaw`
    with put_off as (update contact c
       set state = case when t.until is null then 'finished' else 'waiting' end,
           due_at = coalesce(t.until, c.due_at), reason = t.reason, reason_version = ${campaign.settingsVersion}
      from unnest(${refused.map(({ contactId }) => contactId)}::uuid[], ${refused.map(({ reason }) => reason)}::text[],
                  ${refused.map(({ until }) => (until === null ? null : new Date(until)))}::timestamptz[])
           as t (contact_id, reason, until)
     where c.id = t.contact_id returning c.state, c.origin, c.last_outcome)
    insert into handoff (topic, payload, created_at) ${unreachedOf(sql`put_off`, request.now)}`;
}
