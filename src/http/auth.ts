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
  signOut(token: string): Promise<void>;
  /** Who holds this token; null for unknown, expired and inactive ones. */
  who(token: string): Promise<SignedIn | null>;
  /** Whether a session (by its hash, as in `SignedIn.session`) still stands; for sockets that live long. */
  stillValid(session: string): Promise<boolean>;
  /** Ends the sessions of an account, but for the one kept. */
  endSessions(userId: string, keep?: string): Promise<void>;
  /** Removes expired sessions; called by a job. */
  sweep(): Promise<void>;
};

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function createAuth({ client, clock }: Deps): Auth {
  return {
    async signIn(username, password) {
      const user = await client.user.findUnique({ where: { username: username.trim().toLowerCase() } });
      const now = clock.now();
      const locked = user?.lockedUntil != null && user.lockedUntil.getTime() > now;
      // The hash is computed whatever the account's state, so that the time taken tells nothing of it.
      const fits = await passwordFits(user?.passwordHash ?? null, password);
      if (user === null) throw new ApiError('wrong-password');
      if (locked) throw new ApiError('account-locked');
      if (!fits) {
        // Counted in the database: tries in parallel, on any process, all count.
        const { failedLogins } = await client.user.update({
          where: { id: user.id },
          data: { failedLogins: { increment: 1 } },
          select: { failedLogins: true },
        });
        const over = failedLogins - freeTries;
        if (over >= 0) {
          const lockedUntil = new Date(now + Math.min(longestLockMs, 60_000 * 2 ** over));
          await client.user.update({ where: { id: user.id }, data: { lockedUntil } });
        }
        throw new ApiError('wrong-password');
      }
      if (!user.active) throw new ApiError('account-inactive');
      const token = randomBytes(32).toString('base64url');
      const expiresAt = now + sessionMs;
      await client.$transaction([
        client.user.update({ where: { id: user.id }, data: { failedLogins: 0, lockedUntil: null } }),
        client.session.create({
          data: {
            tokenHash: tokenHash(token),
            userId: user.id,
            createdAt: new Date(now),
            expiresAt: new Date(expiresAt),
          },
        }),
      ]);
      return { token, expiresAt };
    },

    async signOut(token) {
      await client.session.deleteMany({ where: { tokenHash: tokenHash(token) } });
    },

    async who(token) {
      const session = await client.session.findUnique({
        where: { tokenHash: tokenHash(token) },
        include: { user: true },
      });
      if (session === null || session.expiresAt.getTime() <= clock.now() || !session.user.active) return null;
      const { user } = session;
      return {
        userId: user.id,
        username: user.username,
        displayName: user.displayName,
        role: roleOf(user.role),
        locale: user.locale === 'zh' ? 'zh' : 'en',
        centreId: user.centreId,
        teamId: user.teamId,
        clientId: user.clientId,
        session: session.tokenHash,
        expiresAt: session.expiresAt.getTime(),
      };
    },

    async stillValid(session) {
      const row = await client.session.findUnique({ where: { tokenHash: session }, include: { user: true } });
      if (row === null) return false;
      return row.user.active && row.expiresAt.getTime() > clock.now();
    },

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
