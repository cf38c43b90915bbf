/** Calls that quality asked for, as pages show them. */
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { Page, Viewer } from '../../ports/viewer.ts';
import { SATISFACTIONS } from '../../rules/case.ts';
import { maskedNumber } from '../../rules/mask.ts';
import { complaintHidden, findingsHidden } from './blind-rows.ts';
import { ofCentre } from './case-scope.ts';
import { peopleNamed } from './people.ts';
import { inspectionRows, nextPage, ownedRows, pageOffset } from './scope.ts';

const kind = z.enum(['corrective', 'verification', 'confirmation', 'return-call']);
const state = z.enum(['planned', 'asked', 'done', 'overdue', 'withdrawn']);
const result = z.enum(['confirmed', 'declined', 'wants-to-think', 'unresolved', 'unreachable', ...SATISFACTIONS]);

export type TaskFilter = {
  limit: number;
  after?: string | undefined;
  kind?: string | undefined;
  state?: string | undefined;
  campaignId?: string | undefined;
  agentId?: string | undefined;
};

type Row = {
  id: string;
  kind: string;
  state: string;
  sale_id: string | null;
  case_id: string | null;
  campaign_id: string | null;
  campaign_name: string | null;
  source_attempt_id: string | null;
  agent_id: string | null;
  number: string | null;
  not_before: Date;
  deadline_at: Date;
  round: number;
  result: string | null;
  done_attempt_id: string | null;
  inspection_id: string | null;
  why: string;
};

export function taskReads(client: PrismaClient) {
  const read = (where: Prisma.Sql, limit: number, offset: number) =>
    client.$queryRaw<Row[]>`
      select r.*, k.name as campaign_name, coalesce(a.number, f.life ->> 'number') as number,
             coalesce(r.inspection_id, (select i.id from qa_inspection i where i.attempt_id = r.done_attempt_id
               and i.kind <> 'calibration' order by i.drawn_at, i.id limit 1)) as inspection_id
        from qa_task_call r left join campaign k on k.id = r.campaign_id left join attempt a on a.id = r.source_attempt_id
             left join qa_case f on f.id = r.case_id
       where ${where} order by r.deadline_at, r.id limit ${limit} offset ${offset}`;
  const views = async (viewer: Viewer, rows: Row[]) => {
    const [name, opened] = await Promise.all([
      peopleNamed(
        client,
        rows.map(({ agent_id }) => agent_id),
      ),
      client.$queryRaw<{ id: string }[]>`
        select r.id from qa_inspection r
         where r.id = any(${rows.flatMap(({ inspection_id }) => inspection_id ?? [])}::uuid[]) and ${inspectionRows(viewer)}`,
    ]);
    const mayOpen = new Set(opened.map(({ id }) => id));
    return rows.map((row) => ({
      id: row.id,
      kind: kind.parse(row.kind),
      state: state.parse(row.state),
      saleId: row.sale_id,
      caseId: row.case_id,
      campaignId: row.campaign_id,
      campaignName: row.campaign_name ?? '',
      byHand: row.source_attempt_id === null,
      agent: name(row.agent_id),
      customerMasked: maskedNumber(row.number),
      notBefore: row.not_before.getTime(),
      deadlineAt: row.deadline_at.getTime(),
      round: row.round,
      result: result.nullable().parse(row.result),
      attemptId: row.done_attempt_id,
      inspectionId: row.inspection_id !== null && mayOpen.has(row.inspection_id) ? row.inspection_id : null,
      why: row.why,
    }));
  };
  /** That a call is to be mended tells what was found of it. */
  const shownTo = (viewer: Viewer) =>
    Prisma.sql`(${ownedRows(viewer)} or ${ofCentre(viewer, Prisma.sql`f`)}) and not ${findingsHidden(viewer, Prisma.sql`r.source_attempt_id`)}
      and (r.case_id is null or not ${complaintHidden(viewer, Prisma.sql`r.source_attempt_id`)})`;
  return {
    async list(viewer: Viewer, filter: TaskFilter): Promise<Page<TaskView>> {
      const offset = pageOffset(filter.after);
      const parts = [shownTo(viewer)];
      if (filter.kind !== undefined) parts.push(Prisma.sql`r.kind = ${filter.kind}`);
      if (filter.state !== undefined) parts.push(Prisma.sql`r.state = ${filter.state}`);
      if (filter.campaignId !== undefined) parts.push(Prisma.sql`r.campaign_id = ${filter.campaignId}::uuid`);
      if (filter.agentId !== undefined) parts.push(Prisma.sql`r.agent_id = ${filter.agentId}::uuid`);
      const rows = await read(Prisma.join(parts, ' and '), filter.limit + 1, offset);
      return {
        items: await views(viewer, rows.slice(0, filter.limit)),
        next: nextPage(offset, filter.limit, rows.length),
        total: null,
      };
    },
    async one(viewer: Viewer, id: string) {
      const [view] = await views(viewer, await read(Prisma.sql`${shownTo(viewer)} and r.id = ${id}::uuid`, 1, 0));
      return view ?? null;
    },
  };
}

export type TaskView = {
  id: string;
  kind: z.infer<typeof kind>;
  state: z.infer<typeof state>;
  saleId: string | null;
  caseId: string | null;
  campaignId: string | null;
  campaignName: string;
  /** A return call that the dialler cannot make: no call of ours says whom to ring. */
  byHand: boolean;
  agent: { id: string; name: string } | null;
  customerMasked: string;
  notBefore: number;
  deadlineAt: number;
  round: number;
  result: z.infer<typeof result> | null;
  attemptId: string | null;
  inspectionId: string | null;
  why: string;
};
