import type { User as UserRow } from '../../../prisma/generated/client.ts';
import { roles } from '../../contract/common.ts';
import type { User, userRoutes } from '../../contract/users.ts';
import { errorCode } from '../../platform/errors.ts';
import { roleOf } from '../auth.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut } from '../page.ts';
import { hashPassword } from '../passwords.ts';
import { rightsOfRole } from '../rights.ts';
import { colleaguesOf } from '../scope.ts';
import type { Services } from '../services.ts';

type Row = UserRow & { team: { name: string } | null };

export function userHandlers({ database, auth, audit, clock }: Services): Handlers<keyof typeof userRoutes> {
  const { client } = database;
  const include = { team: { select: { name: true } } };

  return {
    'GET /api/users': async ({ query, viewer }) => {
      const { limit, after, role, teamId, q } = query;
      const rows = await client.user.findMany({
        where: {
          AND: [colleaguesOf(viewer), teamId === undefined ? {} : { teamId }],
          ...(role === undefined ? {} : { role }),
          ...(after === undefined ? {} : { username: { gt: after } }),
          ...(q === undefined
            ? {}
            : {
                OR: [
                  { username: { contains: q, mode: 'insensitive' } },
                  { displayName: { contains: q, mode: 'insensitive' } },
                ],
              }),
        },
        orderBy: { username: 'asc' },
        take: limit + 1,
        include,
      });
      return cut(rows, limit, (row) => row.username, show);
    },

    'GET /api/roles': async () => ({
      items: roles.map((role) => ({ role, rights: [...rightsOfRole[role]] })),
    }),

    'POST /api/users': async ({ body, viewer }) => {
      const { password, ...data } = body;
      mustHaveCentre(data);
      const row = await client.user
        .create({
          data: { ...data, passwordHash: await hashPassword(password), joinedAt: new Date(clock.now()) },
          include,
        })
        .catch(refuse);
      await audit.record({
        actorId: viewer.userId,
        action: 'user-created',
        subjectType: 'user',
        subjectId: row.id,
        detail: { role: row.role },
      });
      return show(row);
    },

    'GET /api/users/:id': async ({ params, viewer }) => {
      const row = await client.user.findFirst({ where: { AND: [{ id: params.id }, colleaguesOf(viewer)] }, include });
      if (row === null) throw new ApiError('not-found');
      return show(row);
    },

    'PATCH /api/users/:id': async ({ params, body, viewer }) => {
      const { before, row } = await client
        .$transaction(async (tx) => {
          // Their rows are locked, so that two who step down at the same time do not each leave it to the other.
          const administrators = await tx.$queryRaw<{ id: string }[]>`
            select id from app_user where role = 'administrator' and active order by id for update`;
          const before = await tx.user.findUnique({ where: { id: params.id } });
          if (before === null) throw new ApiError('not-found');
          const row = await tx.user.update({ where: { id: params.id }, data: defined(body), include });
          const steppedDown = !row.active || row.role !== 'administrator';
          if (steppedDown && administrators.length === 1 && administrators[0]?.id === row.id)
            throw new ApiError('last-administrator', { field: row.active ? 'body.role' : 'body.active' });
          if (row.active && (body.role !== undefined || body.centreId !== undefined)) mustHaveCentre(row);
          return { before, row };
        })
        .catch(refuse);
      // What somebody may do is read with the session: a change of it must not wait for the next sign-in.
      if (!row.active || row.role !== before.role) await auth.endSessions(row.id);
      await audit.record({
        actorId: viewer.userId,
        action: 'user-changed',
        subjectType: 'user',
        subjectId: row.id,
        detail: { fields: Object.keys(body).join(','), roleBefore: before.role, role: row.role, active: row.active },
      });
      return show(row);
    },

    'POST /api/users/:id/password': async ({ params, body, viewer }) => {
      await client.user
        .update({
          where: { id: params.id },
          data: { passwordHash: await hashPassword(body.password), failedLogins: 0, lockedUntil: null },
        })
        .catch(refuse);
      await auth.endSessions(params.id);
      await audit.record({
        actorId: viewer.userId,
        action: 'password-reset',
        subjectType: 'user',
        subjectId: params.id,
      });
      return {};
    },
  };
}

/** Those whose sight is a centre's would see nothing without one. */
function mustHaveCentre({ role, centreId }: { role: string; centreId: string | null }): void {
  if (centreId === null && ['inspector', 'supervisor', 'manager'].includes(role))
    throw new ApiError('bad-request', { field: 'body.centreId' });
}

function show(row: Row): User {
  return {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    role: roleOf(row.role),
    locale: row.locale === 'zh' ? 'zh' : 'en',
    centreId: row.centreId,
    teamId: row.teamId,
    teamName: row.team?.name ?? null,
    clientId: row.clientId,
    active: row.active,
    joinedAt: row.joinedAt.getTime(),
    phoneAddress: row.phoneAddress,
    lockedUntil: row.lockedUntil?.getTime() ?? null,
  };
}

/** Leaves out what was not sent. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** What the database refuses, in the API's words (Prisma: P2002 unique, P2003 foreign key, P2025 no such row). */
export function refuse(error: unknown): never {
  switch (errorCode(error)) {
    case 'P2002':
      throw new ApiError('name-taken', { cause: error });
    case 'P2003':
      throw new ApiError('unknown-reference', { cause: error });
    case 'P2025':
      throw new ApiError('not-found', { cause: error });
    default:
      throw error;
  }
}
