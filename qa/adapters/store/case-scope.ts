/** Which cases a person may read, as a condition in the query itself. Rows aliased `r`. */
import { Prisma } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { complaintHidden } from './blind-rows.ts';
import { ownedRows } from './scope.ts';

/**
 * By whose call and campaign it is; besides, what one opened or was given. Cases without a campaign belong to their centre.
 * Who judges a recording blind does not read the complaint about it before that is done; nor, before its second judgement is given, does
 * any judge who had nothing to do with it: whoever had, is not given that judgement (inspections.ts).
 */
export function caseRows(viewer: Viewer): Prisma.Sql {
  const mine = Prisma.sql`(r.opened_by = ${viewer.userId}::uuid or r.owner_id = ${viewer.userId}::uuid)`;
  const workedOn = Prisma.sql`(${mine} or exists (select 1 from qa_case_event e where e.case_id = r.id and e.by = ${viewer.userId}::uuid))`;
  switch (viewer.role) {
    case 'agent':
      // The agent complained about is not told by the file; what they took down themselves they may see.
      return Prisma.sql`r.opened_by = ${viewer.userId}::uuid`;
    case 'lead':
    case 'client':
      return Prisma.sql`(${ownedRows(viewer)} or ${mine})`;
    case 'manager':
      return Prisma.sql`(${ownedRows(viewer)} or ${ofCentre(viewer)} or ${mine})`;
    case 'inspector':
    case 'supervisor':
      return Prisma.sql`((${ownedRows(viewer)} or ${ofCentre(viewer)} or ${mine}) and not exists (
        select 1 from qa_inspection i where i.recording_id = any(r.recording_ids) and i.assigned_to = ${viewer.userId}::uuid
           and i.state in ('assigned', 'opened', 'expired'))
        and (${workedOn} or not coalesce(${complaintHidden(viewer, Prisma.sql`r.attempt_id`)}, false)))`;
    case 'administrator':
    case 'speech-engine':
      return ownedRows(viewer);
  }
}

/** Cases (`as`) of no campaign belong to their centre: to who sees all of it. */
export function ofCentre({ centreId, role }: Viewer, as = Prisma.sql`r`): Prisma.Sql {
  const seesAll = role === 'manager' || role === 'supervisor' || role === 'inspector';
  return centreId === null || !seesAll
    ? Prisma.sql`false`
    : Prisma.sql`coalesce(${as}.campaign_id is null and ${as}.life ->> 'centreId' = ${centreId}, false)`;
}
