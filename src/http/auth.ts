/**
 * Signing in. The cookie carries a random token, signed; the database knows its SHA-256 only. Wrong passwords lock the account
 * for a minute from the fifth on, doubling up to an hour.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { type Locale, type Role, role } from '../contract/common.ts';
import type { Viewer } from '../contract/quality.ts';
import { ApiError } from './errors.ts';
import { passwordFits } from './passwords.ts';

export const sessionCookie = 'fairline_session';
/** A working day and its overtime; whoever works on signs in again the next day. */
export const sessionMs = 14 * 3_600_000;
const freeTries = 5;
const firstLockMs = 60_000;
const longestLockMs = 3_600_000;

/** Who a request comes from. `session` names the browser's session, for what is bound to it. */
export type SignedIn = Viewer & {
  displayName: string;
  username: string;
  locale: Locale;
  session: string;
  expiresAt: number;
};

type Deps = { client: PrismaClient; clock: { now(): number } };

export type Auth = {
  /** @throws ApiError wrong-password | account-locked | account-inactive */
  signIn(username: string, password: string): Promise<{ token: string; expiresAt: number }>;
  /** Of somebody who is signed in already; counts as signing in does. @throws ApiError wrong-password | account-locked */
  prove(userId: string, password: string): Promise<void>;
  signOut(token: string): Promise<void>;
  /** Who holds this token; null for unknown, expired and inactive ones. */
  who(token: string): Promise<SignedIn | null>;
  /** Who holds a session (by its hash, as in `SignedIn.session`) by now, null once it has ended; for sockets that live long. */
  holder(session: string): Promise<SignedIn | null>;
  /** Ends the sessions of an account, but for the one kept. */
  endSessions(userId: string, keep?: string): Promise<void>;
  /** Removes expired sessions; called by a job. */
  sweep(): Promise<void>;
};

/** As it is kept, however somebody writes it. */
export const usernameFrom = (written: string): string => written.trim().toLowerCase();

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function createAuth({ client, clock }: Deps): Auth {
  /**
   * Whether this is the account's password. A try is counted before its outcome is known, and the one that fills the measure locks at
   * once: of however many tries in parallel, on any process, no more are looked at than one after the other would have been.
   */
  async function prove(user: { id: string; passwordHash: string } | null, password: string): Promise<void> {
    const now = clock.now();
    const counted =
      user === null
        ? 0
        : await client.$executeRaw`
            update app_user set failed_logins = failed_logins + 1,
              locked_until = case when failed_logins + 1 < ${freeTries} then locked_until else ${new Date(now)}::timestamptz
                + least(${longestLockMs}, ${firstLockMs} * power(2, least(failed_logins + 1 - ${freeTries}, 20))) * interval '1 ms' end
             where id = ${user.id}::uuid and (locked_until is null or locked_until <= ${new Date(now)})`;
    // The hash is computed whatever the account's state, so that the time taken tells nothing of it.
    const fits = await passwordFits(user?.passwordHash ?? null, password);
    if (user !== null && counted === 0) throw new ApiError('account-locked');
    if (user === null || !fits) throw new ApiError('wrong-password');
    await client.user.update({ where: { id: user.id }, data: { failedLogins: 0, lockedUntil: null } });
  }

  async function holder(session: string): Promise<SignedIn | null> {
    const row = await client.session.findUnique({ where: { tokenHash: session }, include: { user: true } });
    if (row === null || row.expiresAt.getTime() <= clock.now() || !row.user.active) return null;
    const { user } = row;
    return {
      userId: user.id,
      username: user.username,
      displayName: user.displayName,
      role: roleOf(user.role),
      locale: user.locale === 'zh' ? 'zh' : 'en',
      centreId: user.centreId,
      teamId: user.teamId,
      clientId: user.clientId,
      session,
      expiresAt: row.expiresAt.getTime(),
    };
  }

  return {
    async prove(userId, password) {
      await prove(await client.user.findUnique({ where: { id: userId } }), password);
    },

    async signIn(username, password) {
      const user = await client.user.findUnique({ where: { username: usernameFrom(username) } });
      await prove(user, password);
      if (user === null) throw new ApiError('wrong-password');
      if (!user.active) throw new ApiError('account-inactive');
      const now = clock.now();
      const token = randomBytes(32).toString('base64url');
      const expiresAt = now + sessionMs;
      await client.session.create({
        data: {
          tokenHash: tokenHash(token),
          userId: user.id,
          createdAt: new Date(now),
          expiresAt: new Date(expiresAt),
        },
      });
      return { token, expiresAt };
    },

    async signOut(token) {
      await client.session.deleteMany({ where: { tokenHash: tokenHash(token) } });
    },

    who: (token) => holder(tokenHash(token)),
    holder,

    async endSessions(userId, keep) {
      await client.session.deleteMany({
        where: { userId, ...(keep === undefined ? {} : { NOT: { tokenHash: keep } }) },
      });
    },

    async sweep() {
      await client.session.deleteMany({ where: { expiresAt: { lte: new Date(clock.now()) } } });
    },
  };
}

/** The database checks the role too; this is where its text becomes the union. */
export function roleOf(text: string): Role {
  return role.parse(text);
}
