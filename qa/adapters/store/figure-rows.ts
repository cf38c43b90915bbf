/** Which rows quality's figures count: said once, for the sums of cards and for the lists behind figures. */
import { Prisma } from '../../../prisma/generated/client.ts';
import type { Span, Whose } from '../../ports/figures.ts';
import { findingsHidden } from './blind-rows.ts';

/** States of a sale that counts as valid. */
const validStates = ['valid', 'trial', 'to-confirm', 'billable'];
export const isValidSale = (whose: Whose) =>
  Prisma.sql`(r.state = any(${validStates}) and ${toldOf(whose, 'r.attempt_id')})`;

/** What was found of this call may be told to whoever reads the figure. */
export function toldOf({ reader }: Whose, attemptId: string): Prisma.Sql {
  return reader === undefined ? Prisma.sql`true` : Prisma.sql`not ${findingsHidden(reader, Prisma.raw(attemptId))}`;
}

/** Remarks on a whole week and complaints by letter name no agent, some no campaign either: their centre answers for them. */
export function unnamed(centreId: string): Prisma.Sql {
  return Prisma.sql`(r.agent_id is null and (r.campaign_id in (select id from campaign where centre_id = ${centreId}::uuid)
    or (r.campaign_id is null and r.life ->> 'centreId' = ${centreId})))`;
}

function inSpan(
  column: string,
  { from, to }: Span,
  { campaignId, agentIds }: Whose,
  centreId: string | null = null,
): Prisma.Sql {
  const at = Prisma.raw(column);
  const parts = [Prisma.sql`${at} >= ${new Date(from)} and ${at} < ${new Date(to)}`];
  if (campaignId !== null) parts.push(Prisma.sql`r.campaign_id = ${campaignId}::uuid`);
  if (agentIds !== null) {
    const ofPeople = Prisma.sql`r.agent_id = any(${[...agentIds]}::uuid[])`;
    parts.push(centreId === null ? ofPeople : Prisma.sql`(${ofPeople} or ${unnamed(centreId)})`);
  }
  return Prisma.join(parts, ' and ');
}

/** The same people once more, for the index of conversations. */
const talked = ({ agentIds }: Whose): Prisma.Sql =>
  agentIds === null ? Prisma.sql`true` : Prisma.sql`c.agent_id = any(${[...agentIds]}::uuid[])`;

/** Each as what follows `from`; the row is `r`. */
export const figureRows = {
  sales: (span: Span, whose: Whose) => Prisma.sql`qa_sale r where ${inSpan('r.recorded_at', span, whose)}`,

  /**
   * Judged recordings of the daily draws by the time of their call; forced ones are certain and so a stratum of their own. Found by the
   * people's calls of the span, not by all inspections that they ever had.
   */
  inspected: (span: Span, whose: Whose) => Prisma.sql`
    qa_inspection r join qa_conversation c on c.attempt_id = r.attempt_id
     where ${inSpan('c.connected_at', span, whose)} and ${talked(whose)} and r.kind in ('daily', 'forced') and r.qualified is not null and r.draw_id is not null
       and ${toldOf(whose, 'r.attempt_id')}`,

  tasks: (span: Span, whose: Whose) => Prisma.sql`
    qa_task_call r where r.kind in ('corrective', 'verification') and ${inSpan('r.created_at', span, whose)}`,

  /** Questions in calls that are over, `r.handed` to the problem desk or answered, at the latest by the end of the call, after `r.took` ms. */
  questions: (span: Span, whose: Whose) => Prisma.sql`
    (select q.id, q.attempt_id, q.agent_id, a.campaign_id, q.asked_at, q.answered_at is null and a.disposition = 'question' as handed,
            extract(epoch from greatest(least(coalesce(q.answered_at, a.ended_at), a.ended_at) - q.asked_at, interval '0')) * 1000 as took
       from call_question q join attempt a on a.id = q.attempt_id where a.ended_at is not null) r where ${inSpan('r.asked_at', span, whose)}`,

  /** The last word of each inspection on whether the records say what was said (the form of conduct): `accurate` of each. */
  records: (whose: Whose) => Prisma.sql`
    qa_inspection r join qa_conversation c on c.attempt_id = r.attempt_id,
       lateral (select e.answers from qa_register_entry e
                 where e.inspection_id = r.id and jsonb_array_length(e.answers) > 0 order by e.id desc limit 1) e,
       lateral (select a ->> 'verdict' = 'pass' as accurate from jsonb_array_elements(e.answers) a
                 where a ->> 'criterion' = 'records' and a ->> 'verdict' in ('pass', 'fail')) said
     where r.scored_at is not null and r.kind <> 'calibration' and ${toldOf(whose, 'r.attempt_id')}`,

  /** `centreId`: those of the centre that name no agent among them. */
  cases: (kind: 'complaint' | 'problem', span: Span, whose: Whose, centreId: string | null = null) => Prisma.sql`
    qa_case r where r.kind = ${kind} and r.duplicate_of is null and ${inSpan('r.opened_at', span, whose, centreId)}`,
};

/** What an inspection's row says of the agent's own check: null without one. */
export const doubted = Prisma.sql`case when c.self_check is null or jsonb_typeof(c.self_check) <> 'object' then null
  else c.self_check::text like '%"doubt"%' end`;
