/** Laying a day of a plan out: the day, its list, contacts, numbers and turns in one transaction, so that a crash leaves all or nothing. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { PlanStore } from '../../ports/plans.ts';
import { calledElsewhere } from './plan-people.ts';
import { sql } from './sql.ts';

/** Before list contacts, after what quality asked for and appointments: these have a last day. */
const PLAN_PRIORITY = 10;
/** A large plan lays out thousands. */
const long = { timeout: 120_000, maxWait: 30_000 };

export const layOut =
  (prisma: PrismaClient): PlanStore['layOut'] =>
  (plan, work, calls, now) =>
    prisma.$transaction(async (tx) => {
      const at = new Date(now);
      // Locked against a change, which would have to decide anew, and against a second laying out.
      const held = await tx.$queryRaw<{ id: string }[]>`
        select id from call_plan where id = ${plan.id}::uuid and version = ${plan.version} and state = 'active' for update`;
      if (held.length === 0) return null;
      // One plan of a client after the other, so that nobody is laid out by two that did not see each other.
      await tx.$queryRaw`
        select 1 as locked from pg_advisory_xact_lock(hashtextextended('plans:' || (select client_id from campaign where id = ${plan.campaignId}::uuid), 0))`;
      const of = { planId: plan.id, campaignId: plan.campaignId, today: work.day };
      const [twice] = await tx.$queryRaw<object[]>`
        select 1 from unnest(${calls.map(({ number }) => number)}::text[]) as n (number) where ${calledElsewhere(sql`n.number`, of)} limit 1`;
      if (twice !== undefined) return null;
      const first = await tx.$executeRaw`
        insert into call_plan_day (plan_id, day, version, at, population, laid, left_out)
        values (${plan.id}::uuid, ${work.day}::date, ${plan.version}, ${at}, ${work.population}, ${calls.length},
                ${JSON.stringify(work.leftOut)}::jsonb)
        on conflict do nothing`;
      if (first === 0) return null;
      if (calls.length === 0) return 0;
      const terms = {
        window: plan.settings.window,
        afterComplaint: plan.settings.cycle.kind === 'after' && plan.settings.cycle.event === 'complaint-solved',
      };
      return tx.$executeRaw`
        with list as (
          insert into contact_list (campaign_id, name, file_name, state, imported_at, total, accepted, plan_id, plan_from)
          values (${plan.campaignId}::uuid, ${`${plan.name} ${work.period}`}, '', 'ready', ${at}, ${calls.length}, ${calls.length},
                  ${plan.id}::uuid, ${work.period}::date)
          on conflict (plan_id, plan_from) do update
             set total = contact_list.total + excluded.total, accepted = contact_list.accepted + excluded.accepted
          returning id, total),
        call as materialized (
          select gen_random_uuid() as id, t.*
            from jsonb_to_recordset(${JSON.stringify(calls)}::jsonb)
              as t ("contactId" uuid, number text, turn date, place int, "dueAt" bigint, "deadlineAt" bigint)),
        person as (
          insert into contact (id, campaign_id, list_id, line, name, time_zone, region, attributes, due_at, priority, deadline_at, plan_terms)
          select call.id, ${plan.campaignId}::uuid, list.id, list.total - ${calls.length} + row_number() over (order by call.place),
                 c.name, c.time_zone, c.region, c.attributes, to_timestamp(call."dueAt" / 1000.0), ${PLAN_PRIORITY},
                 to_timestamp(call."deadlineAt" / 1000.0), ${JSON.stringify(terms)}::jsonb
            from call join contact c on c.id = call."contactId", list),
        numbers as (
          insert into contact_number (contact_id, position, number, kind)
          select call.id, n.position, n.number, n.kind from call join contact_number n on n.contact_id = call."contactId" and not n.dead)
        insert into call_plan_turn (plan_id, number, turn, day, place, contact_id)
        select ${plan.id}::uuid, number, turn, ${work.day}::date, place, id from call`;
    }, long);
