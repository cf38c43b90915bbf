/** Which rows a person may read, as a condition in the query itself: no page can forget it. */
import { Prisma } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { followsHidden, judgesAgain } from './blind-rows.ts';

const nothing = Prisma.sql`false`;

/** Rows that belong to an agent in a campaign, aliased `r` with agent_id and campaign_id. */
export function ownedRows(viewer: Viewer): Prisma.Sql {
  switch (viewer.role) {
    case 'agent':
      return Prisma.sql`r.agent_id = ${viewer.userId}::uuid`;
    case 'lead':
      return viewer.teamId === null
        ? nothing
        : Prisma.sql`r.agent_id in (select id from app_user where team_id = ${viewer.teamId}::uuid)`;
    case 'inspector':
    case 'supervisor':
    case 'manager':
      return viewer.centreId === null
        ? nothing
        : Prisma.sql`r.campaign_id in (select id from campaign where centre_id = ${viewer.centreId}::uuid)`;
    case 'client':
      return viewer.clientId === null
        ? nothing
        : Prisma.sql`r.campaign_id in (select id from campaign where client_id = ${viewer.clientId}::uuid)`;
    case 'administrator':
      return Prisma.sql`true`;
    case 'speech-engine':
      return nothing;
  }
}

/**
 * Inspections: inspectors see what they were given and what is disputed; supervisors, who give inspections out, all of their centre but
 * others' calibrations; the judged see results. What of it is hidden from somebody who may yet judge blind, rules/inspection/blind.ts says.
 */
export function inspectionRows(viewer: Viewer): Prisma.Sql {
  const done = Prisma.sql`r.state in ('scored', 'agreed', 'disputed', 'closed')`;
  const given = Prisma.sql`(r.assigned_to = ${viewer.userId}::uuid or r.scored_by = ${viewer.userId}::uuid
        or exists (select 1 from qa_register_entry e where e.inspection_id = r.id and e.by = ${viewer.userId}::uuid))`;
  switch (viewer.role) {
    case 'agent':
    case 'lead':
      return Prisma.sql`${ownedRows(viewer)} and ${done} and r.kind <> 'calibration'`;
    case 'inspector':
      return Prisma.sql`${ownedRows(viewer)} and ((r.state = 'disputed' and not ${judgesAgain(viewer)}) or ${given})`;
    case 'supervisor':
      return Prisma.sql`${ownedRows(viewer)} and (r.kind <> 'calibration' or ${given}) and (r.state <> 'disputed' or not ${judgesAgain(viewer)})
        and (${given} or r.kind not in ('corrective', 'confirmation') or not ${followsHidden(viewer, Prisma.sql`r.attempt_id`)})`;
    case 'client':
      return Prisma.sql`${ownedRows(viewer)} and r.state = 'closed' and r.kind <> 'calibration'`;
    case 'manager':
    case 'administrator':
    case 'speech-engine':
      return ownedRows(viewer);
  }
}

/** Offset pages: `after` is the number of rows already read. */
export function pageOffset(after: string | undefined): number {
  const offset = Number(after ?? 0);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
}

export function nextPage(offset: number, limit: number, found: number): string | null {
  return found > limit ? String(offset + limit) : null;
}
