/**
 * What is kept from those who judge, as conditions in the query itself. They hear the voice, which cannot be helped; whose it is and
 * what others found of the call they learn nowhere before they are done: not by its sale, its tasks, its card, its draw or a filter.
 */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../ports/viewer.ts';

const no = Prisma.sql`false`;
const undone = Prisma.sql`('drawn', 'assigned', 'opened', 'expired')`;
const judges = ({ role }: Viewer): boolean => role === 'inspector' || role === 'supervisor';

/** No draw of the week can give the recording to a supervisor any more. Rows aliased `r` (campaign_id) and `c` (the conversation). */
export const weekDrawn = Prisma.sql`(c.purpose <> 'marketing' or exists (
  select 1 from qa_draw d where d.campaign_id = r.campaign_id and d.kind = 'weekly'
     and d.period_from = date_trunc('week', c.day)::date and d.frame_up_to >= c.frame_no))`;

/** Inspections are found by their recording, for which there is an index. */
const recordingOf = (attemptId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(select x.recording_id from qa_conversation x where x.attempt_id = ${attemptId})`;

/** Whose call it is: this person has still to judge it blind. */
export function agentHidden(viewer: Viewer, attemptId: Prisma.Sql): Prisma.Sql {
  if (!judges(viewer)) return no;
  return Prisma.sql`exists (select 1 from qa_inspection b where b.attempt_id = ${attemptId} and b.assigned_to = ${viewer.userId}::uuid
     and b.kind in ('overlap', 'calibration') and b.state in ${undone})`;
}

/** What was found of the call: somebody has still to judge what another has judged, or a supervisor's draw may still take it. */
export function findingsHidden(viewer: Viewer, attemptId: Prisma.Sql): Prisma.Sql {
  if (!judges(viewer)) return no;
  const judgedAgain = Prisma.sql`exists (select 1 from qa_inspection b join qa_inspection d using (recording_id)
     where b.recording_id = ${recordingOf(attemptId)} and b.kind <> 'calibration' and b.state in ${undone} and d.state not in ${undone})`;
  const mayBeDrawn = Prisma.sql`exists (select 1 from qa_conversation c
     where c.attempt_id = ${attemptId} and c.purpose = 'marketing' and c.recording_state is distinct from 'lost'
       and not exists (select 1 from qa_draw w where w.campaign_id = c.campaign_id and w.kind = 'weekly'
                          and w.period_from = date_trunc('week', c.day)::date and w.frame_up_to >= c.frame_no))`;
  const given = Prisma.sql`${agentHidden(viewer, attemptId)} or ${judgedAgain}`;
  return viewer.role === 'supervisor' ? Prisma.sql`(${given} or ${mayBeDrawn})` : Prisma.sql`(${given})`;
}

/** A call that mends, verifies or confirms a sale of which nothing may be told: that it was made tells what was found. */
export function followsHidden(viewer: Viewer, attemptId: Prisma.Sql): Prisma.Sql {
  if (!judges(viewer)) return no;
  // A call that nobody answered is known by its contact alone.
  const asked = Prisma.sql`select (p.origin ->> 'id')::uuid from attempt m join contact p on p.id = m.contact_id
    where m.id = ${attemptId} and p.origin ->> 'kind' in ('corrective', 'verification', 'confirmation')`;
  const hidden = findingsHidden(viewer, Prisma.sql`t.source_attempt_id`);
  return Prisma.sql`(exists (select 1 from qa_task_call t where t.done_attempt_id = ${attemptId} and ${hidden})
    or exists (select 1 from qa_task_call t where t.id = (${asked}) and ${hidden}))`;
}

/** This person has still to judge the recording of row `r` in another inspection. */
export function judgesAgain(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`exists (select 1 from qa_inspection b where b.recording_id = r.recording_id and b.id <> r.id
     and b.assigned_to = ${viewer.userId}::uuid and b.state in ${undone})`;
}

/** That somebody complained of the call: its second judgement is not given yet, and any judge may be given it (K3a). */
export function complaintHidden(viewer: Viewer, attemptId: Prisma.Sql): Prisma.Sql {
  if (!judges(viewer)) return no;
  return Prisma.sql`exists (select 1 from qa_inspection b where b.recording_id = ${recordingOf(attemptId)} and b.kind = 'forced' and b.reason = 'complaint'
     and b.state in ${undone})`;
}

/** Inspection `r` is asked for by a complaint, which its judge must not know: it is shown as what the lot drew of its day. */
export function shownAsDrawn(viewer: Viewer): Prisma.Sql {
  if (!judges(viewer)) return no;
  return Prisma.sql`(r.kind = 'forced' and r.reason = 'complaint' and (r.state in ${undone} or ${judgesAgain(viewer)}))`;
}

/** Whether the agent accepted a verdict, or time closed it, says something of one that is not to be known: it is shown as judged. */
export function shownState(viewer: Viewer): Prisma.Sql {
  if (!judges(viewer)) return Prisma.sql`r.state`;
  return Prisma.sql`(case when r.state in ('agreed', 'closed') and r.scored_by is distinct from ${viewer.userId}::uuid
     and ${findingsHidden(viewer, Prisma.sql`r.attempt_id`)} then 'scored' else r.state end)`;
}

export type HiddenCalls = {
  agent: ReadonlySet<string>;
  /** That a complaint came of them. */
  complaint: ReadonlySet<string>;
  findings: ReadonlySet<string>;
  /** They follow from such findings, and so are not to be seen at all. */
  follows: ReadonlySet<string>;
};

/** Which of these calls have an agent, or findings, that this person must not learn, or follow from such findings. */
export async function hiddenCalls(
  client: PrismaClient,
  viewer: Viewer,
  attemptIds: readonly string[],
): Promise<HiddenCalls> {
  const none = new Set<string>();
  if (!judges(viewer) || attemptIds.length === 0)
    return { agent: none, complaint: none, findings: none, follows: none };
  const id = Prisma.sql`a.id`;
  const rows = await client.$queryRaw<({ id: string } & Record<keyof HiddenCalls, boolean>)[]>`
    select a.id, ${agentHidden(viewer, id)} as agent, ${complaintHidden(viewer, id)} as complaint,
           ${findingsHidden(viewer, id)} as findings, ${followsHidden(viewer, id)} as follows
      from unnest(${[...new Set(attemptIds)]}::uuid[]) a (id)`;
  const which = (what: keyof HiddenCalls) => new Set(rows.filter((row) => row[what]).map((row) => row.id));
  return {
    agent: which('agent'),
    complaint: which('complaint'),
    findings: which('findings'),
    follows: which('follows'),
  };
}
