/** Passwords are kept as argon2id hashes (RFC 9106; OWASP's floor of 19 MiB, 2 passes, 1 lane). */
import { hash, verify } from '@node-rs/argon2';

// argon2id is the library's default algorithm; its enum cannot be named under isolated modules.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost);
}

/** A hash nobody's password has: unknown names take as long as known ones. */
let decoy: Promise<string> | undefined;

export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a name nobody has');
  const fits = await verify(stored ?? (await decoy), password.normalize('NFC')).catch(() => false);
  return stored !== null && fits;
}
