/** The first account of an installation without a demonstration: everybody else is made by whoever signs in with it. */
import { randomBytes } from 'node:crypto';
import { hashPassword } from '../http/passwords.ts';
import type { Database } from '../platform/database.ts';
import { errorCode } from '../platform/errors.ts';
import { isEmpty } from './index.ts';

export type FirstAccount = { username: string; password: string };

type Deps = {
  database: Pick<Database, 'client'>;
  clock: { now(): number };
  config: { locale: string };
};

/**
 * Makes it where nobody has an account; null elsewhere. Its password is chance, kept as a hash only: whoever starts the product is
 * told once. Of several processes that start at once one makes it: the name is unique.
 */
export async function firstAdministrator({ database, clock, config }: Deps): Promise<FirstAccount | null> {
  if (!(await isEmpty(database))) return null;
  const account = { username: 'admin', password: randomBytes(12).toString('base64url') };
  try {
    await database.client.user.create({
      data: {
        username: account.username,
        displayName: 'Administrator 管理员',
        role: 'administrator',
        passwordHash: await hashPassword(account.password),
        locale: config.locale,
        joinedAt: new Date(clock.now()),
      },
    });
  } catch (error) {
    // Prisma's unique constraint: another process was first.
    if (errorCode(error) === 'P2002') return null;
    throw error;
  }
  return account;
}
