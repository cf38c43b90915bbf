import type { sessionRoutes } from '../../contract/session.ts';
import type { Session } from '../../contract/session.ts';
import { type SignedIn, sessionMs } from '../auth.ts';
import { ApiError } from '../errors.ts';
import type { Call, Handlers } from '../handler.ts';
import { hashPassword } from '../passwords.ts';
import { rightsOfRole } from '../rights.ts';
import type { Services } from '../services.ts';
import { dropSession, keepSession, tokenOf } from '../session-cookie.ts';

export function sessionHandlers(services: Services): Handlers<keyof typeof sessionRoutes> {
  const { auth, audit, clock, settings } = services;
  const { client } = services.database;
  const secure = settings.publicUrl.startsWith('https:');

  const describe = async (reply: Call<'GET /api/session'>['reply'], user: SignedIn | null): Promise<Session> => {
    const csrfToken = reply.generateCsrf({ userInfo: user?.session ?? 'nobody' });
    if (user === null) return { user: null, csrfToken, expiresAt: null };
    const {
      centre,
      team,
      client: operator,
    } = await client.user.findUniqueOrThrow({
      where: { id: user.userId },
      select: { centre: true, team: true, client: true },
    });
    return {
      user: {
        id: user.userId,
        username: user.username,
        displayName: user.displayName,
        role: user.role,
        locale: user.locale,
        rights: [...rightsOfRole[user.role]],
        centre: centre === null ? null : { id: centre.id, name: centre.name, timeZone: centre.timeZone },
        team: team === null ? null : { id: team.id, name: team.name },
        client: operator === null ? null : { id: operator.id, name: operator.name },
      },
      csrfToken,
      expiresAt: user.expiresAt,
    };
  };

  return {
    'GET /api/about': async () => ({
      name: 'Fairline',
      version: settings.version,
      locale: settings.locale,
      now: clock.now(),
      speed: clock.speed,
      demoAccounts: await services.demoAccounts(),
    }),

    'GET /api/session': ({ viewer, reply }) => describe(reply, viewer),

    'POST /api/session': async ({ body, reply }) => {
      const { token } = await auth.signIn(body.username, body.password);
      // The cookie lives by the machine's time, the session by the product's clock: the shorter one ends it.
      keepSession(reply, token, sessionMs, secure);
      const user = await auth.who(token);
      if (user === null) throw new ApiError('wrong-password');
      await audit.record({ actorId: user.userId, action: 'signed-in', subjectType: 'user', subjectId: user.userId });
      return describe(reply, user);
    },

    'DELETE /api/session': async ({ request, reply }) => {
      const token = tokenOf(request);
      if (token !== null) await auth.signOut(token);
      dropSession(reply, secure);
      return describe(reply, null);
    },

    'PATCH /api/session': async ({ body, viewer, reply }) => {
      await client.user.update({ where: { id: viewer.userId }, data: { locale: body.locale } });
      return describe(reply, { ...viewer, locale: body.locale });
    },

    'POST /api/session/password': async ({ body, viewer }) => {
      // Who finds a browser open must not find the password out by trying.
      await auth.prove(viewer.userId, body.current).catch((error: unknown) => {
        if (error instanceof ApiError) throw new ApiError(error.code, { field: 'body.current' });
        throw error;
      });
      await client.user.update({
        where: { id: viewer.userId },
        data: { passwordHash: await hashPassword(body.next) },
      });
      await auth.endSessions(viewer.userId, viewer.session);
      await audit.record({
        actorId: viewer.userId,
        action: 'password-changed',
        subjectType: 'user',
        subjectId: viewer.userId,
      });
      return {};
    },
  };
}
