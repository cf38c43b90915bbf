/** Where external do-not-call lists are kept. */
import type { BlacklistFact } from '../rules/screening.ts';

export type ExternalList = {
  /** A newer list of the same name replaces the one in force. */
  name: string;
  source: string;
  scope: BlacklistFact['scope'];
  scopeId: string | null;
  reason: string;
  /** The day of which it speaks, as its publisher says, epoch ms. */
  asOf: number;
  staleDays: number;
};

export type ExternalListStore = {
  /** The date of the list of this name that is in force, null without one. */
  inForce(name: string): Promise<{ asOf: number } | null>;
  /**
   * Reads the numbers (E.164, repeats allowed) without holding anything up, however long they take; then, in one transaction, puts the
   * list in force in place of the one of the same name, and finishes and gives back loaded contacts accordingly. Until it is done the
   * old list holds; broken off, nothing has changed.
   * Null when there was no number at all, or a list of a later date came first: nothing has changed.
   */
  replace(
    list: ExternalList,
    numbers: AsyncIterable<readonly string[]>,
    /** Asked when all numbers are read. */
    done: () => { rejected: number; now: number; by: string | null },
  ): Promise<{ id: string; entries: number; campaignIds: string[] } | null>;
  /** Takes a list out of force. Null: none in force has this id. */
  withdraw(id: string, of: { why: string; by: string | null; now: number }): Promise<{ campaignIds: string[] } | null>;
};
