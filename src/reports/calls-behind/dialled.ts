/** The calls behind the dialler's figures, straight from attempts and recordings. Rows carry their own times, so a published figure finds its rows again however much later it is opened. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import { type DialledFigure, dialledFigures, type FigureName } from '../../contract/calls-behind.ts';
import { byPersonAt } from '../people.ts';

/** What is looked for: calls dialled in [from, to), as they stood at `asOf`; of one campaign or of all, of some agents or of everybody. */
export type Where = {
  from: number;
  to: number;
  asOf: number;
  /** Machines count as answered and as conversations: so in weeks that were published while they did. */
  machines?: boolean;
  campaignId: string | null;
  agentIds: readonly string[] | null;
};
/** A thing that a figure counts, its call, whom it counts for and, of times, how long it is. */
export type Ref = { id: string; at: number; attemptId: string | null; agentId?: string | null; ms?: number | null };
/** Pages are read from the newest: `after` is the last one given. */
export type Slice = { limit: number; after: { at: Date; id: string } | undefined };

export function isDialled(name: FigureName): name is DialledFigure {
  return dialledFigures.some((figure) => figure === name);
}

/** The topic of what a customer said; refusals carry their reason. Also what the summary counts by. */
export const topicOf = `case when disposition = 'refused' then 'refused:' || coalesce(outcome_detail #>> '{fields,reason}', 'other') else disposition end`;
export const topicsFrom = ['refused', 'opt-out', 'complaint', 'question'] as const;

export async function dialledPage(
  client: PrismaClient,
  figure: DialledFigure,
  detail: string | null,
  where: Where,
  { limit, after }: Slice,
): Promise<Ref[]> {
  const { at, rows } = rowsOf(figure, detail, where);
  const older = after === undefined ? Prisma.sql`true` : Prisma.sql`(${at}, r.id) < (${after.at}, ${after.id}::uuid)`;
  const found = await client.$queryRaw<{ id: string; at: Date; attemptId: string }[]>`
    select r.id, ${at} as at, ${attemptOf(figure)} as "attemptId" from ${rows} and ${older}
     order by ${at} desc, r.id desc limit ${limit}`;
  return found.map((row) => ({ ...row, at: row.at.getTime() }));
}

export async function dialledCount(
  client: PrismaClient,
  figure: DialledFigure,
  detail: string | null,
  where: Where,
): Promise<number> {
  const [row] = await client.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from ${rowsOf(figure, detail, where).rows}`;
  return row?.n ?? 0;
}

const ofRecordings = (figure: DialledFigure): boolean => figure.startsWith('recordings-');

function attemptOf(figure: DialledFigure): Prisma.Sql {
  return ofRecordings(figure) ? Prisma.sql`r.attempt_id` : Prisma.sql`r.id`;
}

function rowsOf(figure: DialledFigure, detail: string | null, where: Where): { at: Prisma.Sql; rows: Prisma.Sql } {
  const at = ofRecordings(figure) ? Prisma.sql`r.talk_started_at` : Prisma.sql`r.intended_at`;
  const parts = [
    Prisma.sql`${at} >= ${new Date(where.from)} and ${at} < ${new Date(where.to)}`,
    counts(figure, detail, where),
  ];
  if (where.campaignId !== null) parts.push(Prisma.sql`r.campaign_id = ${where.campaignId}::uuid`);
  if (where.agentIds !== null) parts.push(Prisma.sql`r.agent_id = any(${[...where.agentIds]}::uuid[])`);
  const table = ofRecordings(figure) ? Prisma.sql`recording r` : Prisma.sql`attempt r`;
  return { at, rows: Prisma.sql`${table} where ${Prisma.join(parts, ' and ')}` };
}

function counts(figure: DialledFigure, detail: string | null, where: Where): Prisma.Sql {
  const asOf = new Date(where.asOf);
  const person = where.machines === true ? Prisma.sql`true` : byPersonAt('r.', asOf);
  const written = Prisma.sql`(r.outcome_at is null or r.outcome_at <= ${asOf})`;
  const stored = Prisma.sql`(r.state in ('stored', 'erased') and (r.stored_at is null or r.stored_at <= ${asOf}))`;
  switch (figure) {
    case 'attempts':
    case 'recordings-expected':
      return Prisma.sql`true`;
    case 'answered':
      return Prisma.sql`r.answered_at <= ${asOf} and ${person}`;
    case 'conversations':
      return Prisma.sql`r.connected_at <= ${asOf} and ${person}`;
    case 'abandoned':
      return Prisma.sql`r.abandoned_at <= ${asOf}`;
    case 'connected-or-abandoned':
      return Prisma.sql`(r.abandoned_at <= ${asOf} or r.connected_at <= ${asOf} and ${person})`;
    case 'outcome':
      return Prisma.sql`(case when r.ended_at > ${asOf} then 'open' else coalesce(r.outcome, 'open') end) = ${detail ?? ''}`;
    case 'disposition':
      return Prisma.sql`r.disposition = ${detail ?? ''} and ${written}`;
    case 'opt-outs':
      return Prisma.sql`r.disposition = 'opt-out' and ${written}`;
    case 'voice':
      return Prisma.sql`r.disposition = any(${[...topicsFrom]}) and ${Prisma.raw(topicOf)} = ${detail ?? ''} and ${written}`;
    case 'recordings-stored':
      return stored;
    case 'recordings-missing':
      return Prisma.sql`not ${stored}`;
  }
}
