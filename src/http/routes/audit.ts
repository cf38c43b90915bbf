import type { Prisma } from '../../../prisma/generated/client.ts';
import type { AuditEntry, AuditFilter, auditRoutes } from '../../contract/audit.ts';
import type { Viewer } from '../../contract/quality.ts';
import { canonical } from '../../platform/audit.ts';
import type { Handlers } from '../handler.ts';
import { cut, readSerial } from '../page.ts';
import { peopleOf } from '../people.ts';
import { centreSeen } from '../scope.ts';
import type { Services } from '../services.ts';
import { recordOf } from './campaign-shape.ts';
import { logFile } from './log-files.ts';

const columns = ['id', 'at', 'actor', 'actor id', 'action', 'subject type', 'subject id', 'detail', 'hash'];

export function auditHandlers(services: Services): Handlers<keyof typeof auditRoutes> {
  const { database, audit, longJobs } = services;
  const { client } = database;

  /** A centre's manager reads what its people did; the chain itself is verified over all. */
  async function whereOf(viewer: Viewer, filter: AuditFilter): Promise<Prisma.AuditEntryWhereInput> {
    const { actorId, action, subjectType, subjectId, from, to } = filter;
    const centreId = centreSeen(viewer);
    const actors = centreId === null ? null : await client.user.findMany({ where: { centreId }, select: { id: true } });
    return {
      ...(actors === null ? {} : { AND: { actorId: { in: actors.map(({ id }) => id) } } }),
      at: { gte: new Date(from ?? 0), lt: new Date(to ?? 8.64e15) },
      ...(actorId === undefined ? {} : { actorId }),
      ...(action === undefined ? {} : { action }),
      ...(subjectType === undefined ? {} : { subjectType }),
      ...(subjectId === undefined ? {} : { subjectId }),
    };
  }

  async function page(viewer: Viewer, where: Prisma.AuditEntryWhereInput, next: string | undefined, limit: number) {
    const after = readSerial(next);
    const rows = await client.auditEntry.findMany({
      where: after === undefined ? where : { ...where, id: { lt: after } },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const person = await peopleOf(
      client,
      viewer,
      rows.map((row) => row.actorId),
    );
    return cut(
      rows,
      limit,
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
  }

  return {
    'GET /api/audit': async ({ query, viewer }) => page(viewer, await whereOf(viewer, query), query.after, query.limit),

    'GET /api/audit/csv': async ({ query, viewer }) => {
      const where = await whereOf(viewer, query);
      const log = {
        ...({ kind: 'audit-file', fileName: 'audit-log.csv', columns } as const),
        total: await client.auditEntry.count({ where }),
        page: (after: string | undefined, limit: number) => page(viewer, where, after, limit),
        cells: (row: AuditEntry) => [
          ...[row.id, new Date(row.at).toISOString(), row.actor?.name ?? '', row.actor?.id ?? '', row.action],
          ...[row.subjectType, row.subjectId, canonical(row.detail), row.hash],
        ],
      };
      return logFile(services, viewer, log, query);
    },

    'POST /api/audit/verify': ({ viewer }) =>
      longJobs.follow(
        { kind: 'audit-check', about: '', userId: viewer.userId },
        (progress) => audit.verify(progress),
        (verdict) => verdict,
      ),
  };
}
