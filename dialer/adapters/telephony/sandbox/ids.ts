import { randomBytes } from 'node:crypto';

/** The kinds of ids the sandbox hands out: two letters and 32 hex digits, as the carrier's API describes them. */
export type SidPrefix = 'CA' | 'CF' | 'RE' | 'QU' | 'PN' | 'AP' | 'NO' | 'MZ' | 'SM' | 'RQ' | 'AC' | 'SK';

/** A new id. Ids are random even with a seed: a restarted sandbox must never hand out an id twice. */
export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString('hex');
}
