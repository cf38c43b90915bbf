import type { auditRoutes } from '../../contract/audit.ts';
import type { Handlers } from '../handler.ts';
import { cut, readSerial } from '../page.ts';
import { peopleOf } from '../people.ts';
import { centreSeen } from '../scope.ts';
import type { Services } from '../services.ts';
import { recordOf } from './campaign-shape.ts';

export function auditHandlers({ database, audit, longJobs }: Services): Handlers<keyof typeof auditRoutes> {
  const { client } = database;
  return {
    'GET /api/audit': async ({ query, viewer }) => {
      const { actorId, action, subjectType, subjectId, from, to } = query;
      const after = readSerial(query.after);
      const centreId = centreSeen(viewer);
      // A centre's manager reads what its people did; the chain itself is verified over all.
      const actors =
        centreId === null ? null : await client.user.findMany({ where: { centreId }, select: { id: true } });
      const rows = await client.auditEntry.findMany({
        where: {
          ...(actors === null ? {} : { AND: { actorId: { in: actors.map(({ id }) => id) } } }),
          at: { gte: new Date(from ?? 0), lt: new Date(to ?? 8.64e15) },
          ...(after === undefined ? {} : { id: { lt: after } }),
          ...(actorId === undefined ? {} : { actorId }),
          ...(action === undefined ? {} : { action }),
          ...(subjectType === undefined ? {} : { subjectType }),
          ...(subjectId === undefined ? {} : { subjectId }),
        },
        orderBy: { id: 'desc' },
        take: query.limit + 1,
      });
      const person = await peopleOf(
        client,
        viewer,
        rows.map((row) => row.actorId),
      );
      return cut(
        rows,
        query.limit,
        (row) => String(row.id),
        (row) => ({
          id: String(row.id),
          at: row.at.getTime(),
          actor: row.actorId === null ? null : person(row.actorId),
          action: row.action,
          subjectType: row.subjectType,
          subjectId: row.subjectId,
          detail: recordOf(row.detail),
          hash: row.hash,
        }),
      );
    },

    'POST /api/audit/verify': ({ viewer }) =>
      longJobs.follow(
        { kind: 'audit-check', about: '', userId: viewer.userId },
        (progress) => audit.verify(progress),
        (verdict) => verdict,
      ),
  };
}
