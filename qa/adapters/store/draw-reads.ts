/** Draws as pages show them. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { Page, Viewer } from '../../ports/viewer.ts';
import { agentHidden, complaintHidden } from './blind-rows.ts';
import { peopleNamed } from './people.ts';
import { nextPage, pageOffset } from './scope.ts';

type Row = {
  id: string;
  kind: string;
  round: number;
  campaign_id: string;
  campaign_name: string;
  first: string;
  last: string;
  drawn_at: Date;
  frame_size: number;
  frame_hash: string;
  rate: number;
  size: number;
  forced: number;
  late: number;
  algorithm: string;
  commitment: string;
  key: string;
  promise_kept: boolean;
  inspected: number;
};

type PromisedRow = Pick<Row, 'campaign_id' | 'campaign_name' | 'first' | 'commitment'> & {
  kind: 'daily' | 'weekly';
  committed_at: Date;
};
export type Promised = {
  campaignId: string;
  campaignName: string;
  kind: 'daily' | 'weekly';
  from: string;
  commitment: string;
  committedAt: number;
};

const NOT_TOLD = { id: '00000000-0000-0000-0000-000000000000', name: '' };

export type DrawFilter = {
  limit: number;
  after?: string | undefined;
  campaignId?: string | undefined;
  kind?: string | undefined;
};

export function drawReads(client: PrismaClient) {
  const read = (where: Prisma.Sql, limit: number, offset: number) =>
    client.$queryRaw<Row[]>`
      select d.*, k.name as campaign_name, to_char(d.period_from, 'YYYY-MM-DD') as first, to_char(d.period_to, 'YYYY-MM-DD') as last,
             exists (select 1 from qa_draw_key p where p.campaign_id = d.campaign_id and p.kind = d.kind and p.period_from = d.period_from
                        and p.round = d.round and p.commitment = d.commitment) as promise_kept,
             (select count(*)::int from qa_inspection i where i.draw_id = d.id and i.scored_at is not null) as inspected
        from qa_draw d join campaign k on k.id = d.campaign_id where ${where}
       order by d.drawn_at desc, d.id limit ${limit} offset ${offset}`;

  return {
    async list(viewer: Viewer, { limit, after, campaignId, kind }: DrawFilter): Promise<Page<DrawView>> {
      const offset = pageOffset(after);
      const parts = [seenBy(viewer)];
      if (campaignId !== undefined) parts.push(Prisma.sql`d.campaign_id = ${campaignId}::uuid`);
      if (kind === 'late') parts.push(Prisma.sql`d.round > 0`);
      else if (kind !== undefined) parts.push(Prisma.sql`d.kind = ${kind} and d.round = 0`);
      const rows = await read(Prisma.join(parts, ' and '), limit + 1, offset);
      return { items: rows.slice(0, limit).map(viewOf), next: nextPage(offset, limit, rows.length), total: null };
    },

    /** Only the hash: the key is nobody's to see before the draw. */
    async promised(viewer: Viewer): Promise<Promised[]> {
      const rows = await client.$queryRaw<PromisedRow[]>`
        select p.campaign_id, k.name as campaign_name, p.kind, to_char(p.period_from, 'YYYY-MM-DD') as first, p.commitment, p.committed_at
          from qa_draw_key p join campaign k on k.id = p.campaign_id
         where ${seenBy(viewer)} and p.kind <> 'overlap' and p.round = 0
           and not exists (select 1 from qa_draw d where d.campaign_id = p.campaign_id and d.kind = p.kind
                              and d.period_from = p.period_from and d.round = p.round)
           and p.period_from >= (select max(q.period_from) from qa_draw_key q where q.campaign_id = p.campaign_id and q.kind = p.kind)
         order by k.name, p.campaign_id, p.kind limit 200`;
      return rows.map((row) => ({
        campaignId: row.campaign_id,
        campaignName: row.campaign_name,
        kind: row.kind,
        from: row.first,
        commitment: row.commitment,
        committedAt: row.committed_at.getTime(),
      }));
    },

    async one(viewer: Viewer, id: string): Promise<DrawView | null> {
      const [row] = await read(Prisma.sql`${seenBy(viewer)} and d.id = ${id}::uuid`, 1, 0);
      return row === undefined ? null : viewOf(row);
    },

    /**
     * A client, who may recompute every draw, learns no agent's name by it; who judges blind, not even which agent it is. Nor does a judge
     * learn that a recording of which somebody complained is judged otherwise than what the lot drew, before that is done.
     */
    async items(viewer: Viewer, id: string, { limit, after }: { limit: number; after?: string | undefined }) {
      const offset = pageOffset(after);
      const rows = await client.$queryRaw<
        {
          recording_id: string;
          inspection_id: string | null;
          agent_id: string;
          probability: number;
          reason: string;
          late: boolean;
          blind: boolean;
          complaint: boolean;
          rate: number;
        }[]
      >`
        select t.recording_id, i.id as inspection_id, t.agent_id, t.probability, t.reason, t.late, d.rate,
               ${agentHidden(viewer, Prisma.sql`c.attempt_id`)} as blind, ${complaintHidden(viewer, Prisma.sql`c.attempt_id`)} as complaint
          from qa_draw_item t join qa_draw d on d.id = t.draw_id left join qa_conversation c on c.recording_id = t.recording_id
          left join qa_inspection i on i.draw_id = t.draw_id and i.recording_id = t.recording_id
         where t.draw_id = ${id}::uuid order by t.recording_id limit ${limit + 1} offset ${offset}`;
      const named = viewer.role === 'client' ? [] : rows.map(({ agent_id }) => agent_id);
      const name = await peopleNamed(client, named);
      const items = rows.slice(0, limit).map((row) => ({
        recordingId: row.recording_id,
        inspectionId: row.complaint ? null : row.inspection_id,
        agent: row.blind ? NOT_TOLD : (name(row.agent_id) ?? { id: row.agent_id, name: '' }),
        ...(row.complaint && row.reason === 'complaint'
          ? { probability: row.rate, reason: 'lot' }
          : { probability: row.probability, reason: row.reason }),
        late: row.late,
      }));
      return { items, next: nextPage(offset, limit, rows.length), total: null };
    },
  };
}

function seenBy(viewer: Viewer): Prisma.Sql {
  if (viewer.role === 'administrator') return Prisma.sql`true`;
  return viewer.role === 'client'
    ? Prisma.sql`k.client_id = ${viewer.clientId}::uuid`
    : Prisma.sql`k.centre_id = ${viewer.centreId}::uuid`;
}

export type DrawView = ReturnType<typeof viewOf>;

function viewOf(row: Row) {
  return {
    id: row.id,
    kind: kindOf(row),
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    from: row.first,
    to: row.last,
    drawnAt: row.drawn_at.getTime(),
    frameSize: row.frame_size,
    frameHash: row.frame_hash,
    rate: row.rate,
    size: row.size,
    forced: row.forced,
    late: row.late,
    algorithm: row.algorithm,
    commitment: row.commitment,
    promiseKept: row.promise_kept,
    // The draw is made: its key may be known, so that anybody can recompute it.
    seed: row.key,
    inspected: row.inspected,
  };
}

function kindOf({ kind, round }: Row): 'daily' | 'weekly' | 'overlap' | 'late' {
  if (round > 0) return 'late';
  return kind === 'weekly' || kind === 'overlap' ? kind : 'daily';
}
