import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PlatformError } from '../errors.ts';

const run = promisify(execFile);

/** The user a PostgreSQL server runs as; `undefined` means: as ourselves. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

/** The options that make a child process run as that account. */
export function runAs(account: Account): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/**
 * Chooses the account. PostgreSQL refuses to run as root, so root lends it to `postgres`, else `nobody`. It must be a user of
 * the passwd file, because initdb looks its own name up there.
 */
export async function chooseAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined;
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const account = users.get('postgres') ?? users.get('nobody');
  if (account === undefined) {
    throw new PlatformError(
      'postgres_no_account',
      'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Start as an ordinary user, or set DATABASE_URL.',
    );
  }
  return account;
}

function parsePasswd(text: string): Map<string, { uid: number; gid: number }> {
  const users = new Map<string, { uid: number; gid: number }>();
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && uid && gid && Number(uid) !== 0) users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return users;
}

/** Whether a command run as that account succeeds; its answer decides, since permissions of every parent directory count. */
export async function succeedsAs(account: Account, command: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(command, [...args], { ...runAs(account), cwd: '/', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}
