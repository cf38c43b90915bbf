/** Plans of repeated calls in PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CallPlan, PrismaClient } from '../../../prisma/generated/client.ts';
import { type PlanRow, type PlanStore, planStates, type SolvedComplaints } from '../../ports/plans.ts';
import { campaignSettings } from '../../rules/campaign-settings.ts';
import { planSettings } from '../../rules/plan/settings.ts';
import { byPerson } from './people.ts';
import { layOut } from './plan-laying.ts';
import { planPeople } from './plan-people.ts';

const counts = z.record(z.string(), z.number());
const iso = (date: Date): string => date.toISOString().slice(0, 10);
const rowOf = (row: CallPlan): PlanRow => ({
  ...{ id: row.id, campaignId: row.campaignId, name: row.name, version: row.version, seed: row.seed },
  state: z.enum(planStates).parse(row.state),
  settings: planSettings.parse(row.settings),
  createdAt: row.createdAt.getTime(),
});

export function planStore(prisma: PrismaClient, solvedComplaints: SolvedComplaints): PlanStore {
  return {
    async campaign(campaignId) {
      const row = await prisma.campaign.findUnique({
        where: { id: campaignId },
        include: { centre: { include: { days: true } }, product: true },
      });
      if (row === null) return null;
      const { centre, product, id, state, centreId, clientId, demo } = row;
      return {
        ...{ id, state, centreId, clientId, demo, productLine: product.line },
        calling: campaignSettings.parse(row.settings).calling,
        calendar: {
          timeZone: centre.timeZone,
          workWeek: centre.workWeek,
          exceptions: new Map(centre.days.map(({ date, working }) => [iso(date), working])),
        },
      };
    },

    async sources({ campaignIds, listIds }) {
      const campaigns = await prisma.campaign.findMany({ where: { id: { in: campaignIds } } });
      const lists = await prisma.contactList.findMany({ where: { id: { in: listIds }, planId: null } });
      return {
        campaigns: new Map(campaigns.map(({ id, centreId, clientId, demo }) => [id, { centreId, clientId, demo }])),
        lists: new Map(lists.map(({ id, campaignId }) => [id, campaignId])),
      };
    },

    async load(planId) {
      const row = await prisma.callPlan.findUnique({ where: { id: planId } });
      return row === null ? null : rowOf(row);
    },
    async list(campaignId) {
      const rows = await prisma.callPlan.findMany({
        where: { campaignId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(rowOf);
    },
    async active() {
      const where = { state: 'active', campaign: { state: 'running' } };
      return (await prisma.callPlan.findMany({ where, orderBy: { id: 'asc' } })).map(rowOf);
    },

    async create({ campaignId, name, settings, by, now }) {
      const at = new Date(now);
      const history = { create: { version: 1, name, settings, changedAt: at, changedBy: by } };
      return rowOf(
        await prisma.callPlan.create({
          data: { campaignId, name, settings, seed: randomUUID(), createdAt: at, createdBy: by, history },
        }),
      );
    },
    change: ({ id, version, name, settings, by, now }) =>
      prisma.$transaction(async (tx) => {
        const next = { name, settings, version: version + 1 };
        const { count } = await tx.callPlan.updateMany({ where: { id, version }, data: next });
        if (count === 0) return false;
        await tx.callPlanVersion.create({ data: { planId: id, ...next, changedAt: new Date(now), changedBy: by } });
        return true;
      }),
    async setState(planId, state) {
      const { count } = await prisma.callPlan.updateMany({
        where: { id: planId, state: { not: state } },
        data: { state },
      });
      return count > 0;
    },

    async people(campaign, settings, now, planId) {
      const { cycle, who, startsOn } = settings;
      const follows = cycle.kind === 'after' && cycle.event === 'complaint-solved';
      const since = Date.parse(startsOn) - 86_400_000;
      const solved = follows ? await solvedComplaints(who.campaignIds, since) : [];
      return planPeople(prisma, campaign, settings, solved, now, planId);
    },
    async turns(planId) {
      const rows = await prisma.$queryRaw<{ number: string; on: string; place: number }[]>`
        select distinct on (number) number, to_char(day, 'YYYY-MM-DD') as on, place
          from call_plan_turn where plan_id = ${planId}::uuid order by number, day desc`;
      return new Map(rows.map(({ number, on, place }) => [number, { on, place }]));
    },
    async wasLaid(planId, day) {
      return (await prisma.callPlanDay.count({ where: { planId, day: new Date(day) } })) > 0;
    },
    layOut: layOut(prisma),

    async progress(planId, from) {
      const [row] = await prisma.$queryRaw<{ laid: number; waiting: number; reached: number; answered: number }[]>`
        select count(*)::int as laid, count(*) filter (where c.state <> 'finished')::int as waiting,
               count(*) filter (where exists (select 1 from attempt where contact_id = c.id and connected_at is not null and ${byPerson}))::int as reached,
               count(*) filter (where exists (
                 select 1 from survey_sheet s join attempt a on a.id = s.attempt_id where s.contact_id = c.id and s.campaign_id = c.campaign_id
                    and a.outcome_at is not null))::int as answered
          from call_plan_turn t join contact c on c.id = t.contact_id
         where t.plan_id = ${planId}::uuid and t.day >= ${from}::date`;
      return row ?? { laid: 0, waiting: 0, reached: 0, answered: 0 };
    },
    async days(planId, limit) {
      const rows = await prisma.callPlanDay.findMany({ where: { planId }, orderBy: { day: 'desc' }, take: limit });
      return rows.map(({ day, at, population, laid, leftOut }) => ({
        ...{ day: iso(day), at: at.getTime(), population, laid },
        leftOut: counts.parse(leftOut),
      }));
    },
  };
}
