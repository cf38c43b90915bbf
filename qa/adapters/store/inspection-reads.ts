/** Inspections as pages show them. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { Page, Viewer } from '../../ports/viewer.ts';
import type { InspectionKind, InspectionRecord } from '../../ports/inspection-store.ts';
import { isDone, mayReadAnswers, type OtherInspection } from '../../rules/inspection.ts';
import { without } from '../../rules/risk.ts';
import { agentHidden, findingsHidden, shownAsDrawn, shownState, weekDrawn } from './blind-rows.ts';
import { statusShape } from './inspection-life.ts';
import { drawnShown, type InspectionOrder, inOrder, joined, pageOf } from './inspection-pages.ts';
import { inspectionOf, UNDONE } from './inspections.ts';
import { peopleNamed } from './people.ts';
import { inspectionRows, nextPage, ownedRows, pageOffset } from './scope.ts';

export type InspectionFilter = {
  limit: number;
  after?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  state?: string | undefined;
  kind?: string | undefined;
  campaignId?: string | undefined;
  agentId?: string | undefined;
  mine?: boolean | undefined;
  waiting?: boolean | undefined;
  order: InspectionOrder;
};

export type RegisterFilter = Pick<InspectionFilter, 'limit' | 'after' | 'from' | 'to' | 'campaignId' | 'agentId'>;

type ListRow = Parameters<typeof inspectionOf>[0] & {
  campaign_name: string;
  talk_started: Date;
  duration_ms: number | null;
  qualified: boolean | null;
  risk: { score: number; raisedBy: { code: string; weight: number }[] } | null;
  scored_by: string | null;
  week_drawn: boolean;
  state_shown: string;
  as_drawn: boolean;
  day_draw: string | null;
  drawn_shown: Date;
};
/** Of whose call an entry of the register speaks, as far as its reader may know. */
type RegisterPlace = { id: bigint; campaign_id: string; campaign_name: string; agent_id: string | null };
/** Others of the recording that nobody has done yet: what blindness hangs on. */
type Undone = OtherInspection & { recordingId: string; id: string; blind: boolean };

export function inspectionReads(client: PrismaClient) {
  /** Which rows are on the page is found first, by an index in their order; what is to be said of each is asked of these alone. */
  const select = (viewer: Viewer, where: Prisma.Sql, order: InspectionOrder, limit: number, offset: number) =>
    client.$queryRaw<ListRow[]>`
      select r.*, k.name as campaign_name, c.connected_at as talk_started, c.duration_ms,
             ${weekDrawn} as week_drawn, ${shownState(viewer)} as state_shown, ${shownAsDrawn(viewer)} as as_drawn, y.id as day_draw, ${drawnShown(viewer)} as drawn_shown
        from (${pageOf(viewer, where, order, limit, offset)}) p join (${joined}) on r.id = p.id join campaign k on k.id = r.campaign_id
       order by ${inOrder(viewer, order)}`;

  async function views(viewer: Viewer, rows: ListRow[]) {
    const name = await peopleNamed(
      client,
      rows.flatMap((row) => [row.agent_id, row.assigned_to]),
    );
    const undone = await undoneOf(rows.map((row) => row.recording_id));
    return rows.map((row) => {
      const others = undone.filter((other) => other.recordingId === row.recording_id && other.id !== row.id);
      return viewOf(viewer, row, others, name);
    });
  }

  async function undoneOf(recordingIds: readonly string[]): Promise<Undone[]> {
    if (recordingIds.length === 0) return [];
    const rows = await client.$queryRaw<Parameters<typeof inspectionOf>[0][]>`
      select r.* from qa_inspection r where r.recording_id = any(${recordingIds}::uuid[]) and r.state = any(${[...UNDONE]})`;
    return rows.map(inspectionOf).map(({ life, kind }) => ({ ...life, blind: isBlindKind(kind) }));
  }

  return {
    async list(viewer: Viewer, filter: InspectionFilter): Promise<Page<InspectionView>> {
      const offset = pageOffset(filter.after);
      const where = Prisma.join([inspectionRows(viewer), ...conditions(viewer, filter)], ' and ');
      const rows = await select(viewer, where, filter.order, filter.limit + 1, offset);
      return {
        items: (await views(viewer, rows.slice(0, filter.limit))).map(({ mayRead: _, ...shown }) => shown),
        next: nextPage(offset, filter.limit, rows.length),
        total: null,
      };
    },

    /** Null where there is none, or none that this person may see. */
    async one(
      viewer: Viewer,
      id: string,
    ): Promise<{ view: InspectionView; record: InspectionRecord; mayRead: boolean } | null> {
      const rows = await select(viewer, Prisma.sql`${inspectionRows(viewer)} and r.id = ${id}::uuid`, 'deadline', 1, 0);
      const row = rows[0];
      const [view] = await views(viewer, rows);
      if (row === undefined || view === undefined) return null;
      const { mayRead, ...shown } = view;
      return { view: shown, record: inspectionOf(row), mayRead };
    },

    /** Whether it is of this person's own calls, team, centre or campaigns: what may be done with it is the rules' to say. */
    async belongs(viewer: Viewer, id: string): Promise<boolean> {
      const rows = await client.$queryRaw<unknown[]>`
        select 1 from qa_inspection r where r.id = ${id}::uuid and ${ownedRows(viewer)}`;
      return rows.length > 0;
    },

    /** The next one of a judge's own queue: by risk where it was given, then by deadline. */
    async nextFor(userId: string, after: string | null): Promise<string | null> {
      const [row] = await client.$queryRaw<{ id: string }[]>`
        select id from qa_inspection
         where assigned_to = ${userId}::uuid and state in ('assigned', 'opened') and id is distinct from ${after}::uuid
         order by coalesce((risk ->> 'score')::float8, 0) desc, deadline_at, id limit 1`;
      return row?.id ?? null;
    },

    async conversation(attemptId: string) {
      return client.conversation.findUniqueOrThrow({ where: { attemptId } });
    },

    register(ids: readonly string[]) {
      return client.registerEntry.findMany({ where: { inspectionId: { in: [...ids] } }, orderBy: { id: 'asc' } });
    },

    /** The newest first, of the reader's own centre, client or team; one more than the page holds says that there are more. */
    async registerOf(viewer: Viewer, { limit, after, from, to, campaignId, agentId }: RegisterFilter) {
      const parts = [ownedRows(viewer)];
      // Judges still at work must not read each other here either; calibrations have a page of their own.
      if (viewer.role !== 'manager' && viewer.role !== 'administrator')
        parts.push(Prisma.sql`r.state = 'closed' and r.kind <> 'calibration'`);
      parts.push(
        Prisma.sql`(e.by = ${viewer.userId}::uuid or not ${findingsHidden(viewer, Prisma.sql`r.attempt_id`)})`,
      );
      const place = [Prisma.sql`true`];
      if (after !== undefined) place.push(Prisma.sql`e.id < ${BigInt(after)}`);
      if (from !== undefined) place.push(Prisma.sql`e.at >= ${new Date(from)}`);
      if (to !== undefined) place.push(Prisma.sql`e.at < ${new Date(to)}`);
      // What may be seen is asked of one entry after the other until the page is full: by itself the database asks it of all first.
      // Entries of one agent or campaign lie far apart, and are better found by these.
      const inOrder = agentId === undefined && campaignId === undefined ? Prisma.sql`offset 0` : Prisma.empty;
      if (campaignId !== undefined) parts.push(Prisma.sql`r.campaign_id = ${campaignId}::uuid`);
      // Who judges blind reads their own entries, and must not find by this whose call it is.
      if (agentId !== undefined)
        parts.push(Prisma.sql`r.agent_id = ${agentId}::uuid and not ${agentHidden(viewer, Prisma.sql`r.attempt_id`)}`);
      const found = await client.$queryRaw<RegisterPlace[]>`
        select e.id, k.id as campaign_id, k.name as campaign_name,
               case when ${agentHidden(viewer, Prisma.sql`r.attempt_id`)} then null else r.agent_id end as agent_id
          from qa_register_entry e cross join lateral (
            select r.attempt_id, r.campaign_id, r.agent_id from qa_inspection r join qa_conversation c on c.attempt_id = r.attempt_id
             where r.id = e.inspection_id and ${Prisma.join(parts, ' and ')} ${inOrder}) r
          join campaign k on k.id = r.campaign_id
         where ${Prisma.join(place, ' and ')} order by e.id desc limit ${limit + 1}`;
      const rows = await client.registerEntry.findMany({ where: { id: { in: found.map(({ id }) => id) } } });
      return found.flatMap((place) => rows.filter(({ id }) => id === place.id).map((row) => ({ row, place })));
    },

    names: (ids: Iterable<string | null>) => peopleNamed(client, ids),

    async mayListen(viewer: Viewer, recordingId: string): Promise<boolean> {
      const [row] = await client.$queryRaw<{ may: boolean }[]>`
        select exists (select 1 from qa_inspection r where r.recording_id = ${recordingId}::uuid and ${inspectionRows(viewer)}) as may`;
      return row?.may === true;
    },
  };
}

function* conditions(viewer: Viewer, filter: InspectionFilter): Generator<Prisma.Sql> {
  if (filter.state !== undefined) {
    yield Prisma.sql`${shownState(viewer)} = ${filter.state}`;
    // What is shown as judged may be more; everything else is shown as it is, and found by an index.
    const stored = filter.state === 'scored' ? ['scored', 'agreed', 'closed'] : [filter.state];
    yield Prisma.sql`r.state = any(${stored})`;
  }
  if (filter.waiting === true) yield Prisma.sql`r.state = any(${[...UNDONE]})`;
  if (filter.kind !== undefined)
    yield Prisma.sql`(case when ${shownAsDrawn(viewer)} then 'daily' else r.kind end) = ${filter.kind}`;
  if (filter.campaignId !== undefined) yield Prisma.sql`r.campaign_id = ${filter.campaignId}::uuid`;
  // Nor does it tell whose a call is that it is found by asking for one after the other.
  if (filter.agentId !== undefined)
    yield Prisma.sql`r.agent_id = ${filter.agentId}::uuid and not ${agentHidden(viewer, Prisma.sql`r.attempt_id`)}`;
  if (filter.mine === true) yield Prisma.sql`r.assigned_to = ${viewer.userId}::uuid`;
  if (filter.from !== undefined) yield Prisma.sql`${drawnShown(viewer)} >= ${new Date(filter.from)}`;
  if (filter.to !== undefined) yield Prisma.sql`${drawnShown(viewer)} < ${new Date(filter.to)}`;
}

export type InspectionView = Omit<ReturnType<typeof viewOf>, 'mayRead'>;

function viewOf(
  viewer: Viewer,
  row: ListRow,
  others: readonly Undone[],
  name: (id: string | null) => { id: string; name: string } | null,
) {
  const record = inspectionOf(row);
  const blind = isBlind(viewer, record, others);
  const { dispute } = record.life;
  const { may } = mayReadAnswers(viewer, record.life, { others, weekDrawn: row.week_drawn });
  return {
    id: row.id,
    kind: (row.as_drawn ? 'daily' : record.kind) satisfies InspectionKind,
    state: statusShape.parse(row.state_shown),
    recordingId: row.recording_id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    agent: blind ? null : name(row.agent_id),
    assignedTo: name(row.assigned_to),
    drawnAt: row.drawn_shown.getTime(),
    deadlineAt: row.deadline_at.getTime(),
    reminded: record.life.reminded,
    talkStartedAt: row.talk_started.getTime(),
    durationMs: row.duration_ms,
    form: { id: row.form_id, version: row.form_version },
    drawId: row.as_drawn ? row.day_draw : row.draw_id,
    reason: row.as_drawn ? 'lot' : row.reason,
    blind,
    qualified: may ? row.qualified : null,
    disputed: may && dispute !== null ? { at: dispute.at, reason: dispute.reason } : null,
    risk: row.risk !== null && isJudge(viewer) && !isDone(record.life) ? without('complaint', row.risk) : row.risk,
    mayRead: may,
  };
}

/** Double judgements are blind: who has to give one does not see whose call it is, in no inspection of that recording. */
function isBlind(viewer: Viewer, { life, kind }: InspectionRecord, others: readonly Undone[]): boolean {
  if (!isJudge(viewer)) return false;
  const undone = life.status === 'assigned' || life.status === 'opened' || life.status === 'drawn';
  return (undone && isBlindKind(kind)) || others.some((one) => one.blind && one.inspectorId === viewer.userId);
}

const isJudge = ({ role }: Viewer): boolean => role === 'inspector' || role === 'supervisor';
const isBlindKind = (kind: InspectionKind): boolean => kind === 'overlap' || kind === 'calibration';
