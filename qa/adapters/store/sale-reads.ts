/** Sales and task calls as pages show them. */
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { SoldOffer } from '../../ports/offer-store.ts';
import type { Page, Viewer } from '../../ports/viewer.ts';
import { maskedNumber } from '../../rules/mask.ts';
import { findingsHidden } from './blind-rows.ts';
import { peopleNamed } from './people.ts';
import { soldOffers } from './sold-offers.ts';
import { saleTexts } from './sale-texts.ts';
import { inspectionRows, nextPage, ownedRows, pageOffset } from './scope.ts';

const saleState = z.enum([
  'recorded',
  'held',
  'to-verify',
  'unqualified',
  'valid',
  'trial',
  'to-confirm',
  'billable',
  'cancelled',
  'void',
]);
const selfCheck = z.record(z.string(), z.enum(['yes', 'doubt']));
const saleDetail = z.looseObject({
  role: z.enum(['owner', 'family-decider']).nullable().catch(null),
  identityCheck: z.string().catch(''),
  consentWords: z.string().catch(''),
  options: z.array(z.string()).catch([]),
});

export type SaleFilter = {
  limit: number;
  after?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  campaignId?: string | undefined;
  agentId?: string | undefined;
  state?: string | undefined;
};

type SaleRow = {
  id: string;
  attempt_id: string;
  recording_id: string | null;
  campaign_id: string;
  campaign_name: string;
  agent_id: string;
  state: string;
  recorded_at: Date;
  since: Date;
  deadline_at: Date | null;
  trial_ends_at: Date | null;
  extensions: number;
  inspected: boolean;
  qualified: boolean | null;
  number: string | null;
  detail: unknown;
  self_check: unknown;
  script_version_id: string | null;
};

export function saleReads(client: PrismaClient) {
  const read = (where: Prisma.Sql, limit: number, offset: number) =>
    client.$queryRaw<SaleRow[]>`
      select r.*, k.name as campaign_name, a.number, c.detail, c.self_check, c.script_version_id
        from qa_sale r join campaign k on k.id = r.campaign_id left join attempt a on a.id = r.attempt_id
        left join qa_conversation c on c.attempt_id = r.attempt_id
       where ${where} order by r.recorded_at desc, r.id limit ${limit} offset ${offset}`;
  /** Clients read what became of their sales, not the names of the people who work for them. */
  const namesFor = (viewer: Viewer, ids: (string | null)[]) => peopleNamed(client, viewer.role === 'client' ? [] : ids);
  async function views(viewer: Viewer, rows: SaleRow[]) {
    const name = await namesFor(
      viewer,
      rows.map(({ agent_id }) => agent_id),
    );
    const offers = await soldOffers(
      client,
      rows.map(({ attempt_id }) => attempt_id),
    );
    return rows.map((row) => ({
      ...viewOf(row, name(row.agent_id) ?? { id: row.agent_id, name: '' }),
      offer: offers.get(row.attempt_id) ?? null,
    }));
  }

  /** What a sale has become tells what was found of it. */
  const shownTo = (viewer: Viewer) =>
    Prisma.sql`${ownedRows(viewer)} and not ${findingsHidden(viewer, Prisma.sql`r.attempt_id`)}`;

  return {
    async list(viewer: Viewer, filter: SaleFilter): Promise<Page<SaleView>> {
      const offset = pageOffset(filter.after);
      const parts = [shownTo(viewer)];
      if (filter.campaignId !== undefined) parts.push(Prisma.sql`r.campaign_id = ${filter.campaignId}::uuid`);
      if (filter.agentId !== undefined) parts.push(Prisma.sql`r.agent_id = ${filter.agentId}::uuid`);
      if (filter.state !== undefined) parts.push(Prisma.sql`r.state = ${filter.state}`);
      if (filter.from !== undefined) parts.push(Prisma.sql`r.recorded_at >= ${new Date(filter.from)}`);
      if (filter.to !== undefined) parts.push(Prisma.sql`r.recorded_at < ${new Date(filter.to)}`);
      const rows = await read(Prisma.join(parts, ' and '), filter.limit + 1, offset);
      return {
        items: await views(viewer, rows.slice(0, filter.limit)),
        next: nextPage(offset, filter.limit, rows.length),
        total: null,
      };
    },

    async one(viewer: Viewer, id: string) {
      const rows = await read(Prisma.sql`${shownTo(viewer)} and r.id = ${id}::uuid`, 1, 0);
      const row = rows[0];
      const [view] = await views(viewer, rows);
      if (row === undefined || view === undefined) return null;
      const [events, inspections, tasks, written] = await Promise.all([
        client.saleEvent.findMany({ where: { saleId: id }, orderBy: { id: 'asc' } }),
        // What was said to calibrate judges says nothing of the sale; what the reader may not open is not named to them.
        client.$queryRaw<{ id: string }[]>`
          select r.id from qa_inspection r where (r.sale_id = ${id}::uuid or r.attempt_id = ${row.attempt_id}::uuid)
             and r.kind <> 'calibration' and ${inspectionRows(viewer)} order by r.drawn_at, r.id`,
        client.taskCall.findMany({ where: { saleId: id }, select: { id: true } }),
        saleTexts(client, viewer, id),
      ]);
      const name = await namesFor(
        viewer,
        events.map(({ by }) => by),
      );
      const detail = saleDetail.parse(row.detail ?? {});
      return {
        ...view,
        role: detail.role,
        identityCheck: detail.identityCheck,
        consentWords: detail.consentWords,
        scriptVersionId: row.script_version_id,
        waitsFor: row.state === 'held' ? [row.inspected ? 'text' : 'quality'] : [],
        inspectionIds: inspections.map((each) => each.id),
        taskCallIds: tasks.map((each) => each.id),
        ...written,
        events: events.map((event) => ({
          id: event.id.toString(),
          at: event.at.getTime(),
          kind: event.kind,
          from: saleState.nullable().catch(null).parse(event.fromState),
          to: saleState.parse(event.toState),
          by: name(event.by),
          detail: z.record(z.string(), z.unknown()).catch({}).parse(event.detail),
        })),
      };
    },
  };
}

export type SaleView = ReturnType<typeof viewOf> & { offer: SoldOffer | null };

function viewOf(row: SaleRow, agent: { id: string; name: string }) {
  const checked = selfCheck.safeParse(row.self_check);
  const word = (key: string): 'yes' | 'doubt' => (checked.data?.[key] === 'yes' ? 'yes' : 'doubt');
  return {
    id: row.id,
    attemptId: row.attempt_id,
    recordingId: row.recording_id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    agent,
    state: saleState.parse(row.state),
    recordedAt: row.recorded_at.getTime(),
    since: row.since.getTime(),
    deadlineAt: row.deadline_at?.getTime() ?? null,
    customerMasked: maskedNumber(row.number),
    options: saleDetail.parse(row.detail ?? {}).options,
    selfCheck: checked.success
      ? {
          rightPerson: word('rightPerson'),
          understood: word('understood'),
          approvedScript: word('approvedScript'),
          explicitConsent: word('explicitConsent'),
        }
      : null,
    inspected: row.inspected,
    qualified: row.qualified,
    trialEndsAt: row.trial_ends_at?.getTime() ?? null,
    extensions: row.extensions,
  };
}
