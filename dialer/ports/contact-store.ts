/**
 * Where contacts, lists and the blacklist are kept. Each method is one atomic step; the decisions come in as pure
 * functions, so that they are taken on rows that are locked and cannot change under them.
 */
import type { CallerId } from '../rules/caller-id.ts';
import type { ListContact } from '../rules/list-line.ts';
import type { RetryFacts } from '../rules/retry.ts';
import type { BlacklistFact, DialFacts, DialScope, DialVerdict } from '../rules/screening.ts';
import type { Claim, ClaimRequest } from './contacts.ts';

/** A locked contact with all that the dialling rule asks about, and the campaign's caller IDs. */
export type Candidate = { contactId: string; facts: DialFacts; callerIds: readonly CallerId[] };
export type CandidateVerdict =
  | { dial: true; number: string; callerId: string }
  | { dial: false; reason: string; until: number | null };

export type ContactStore = {
  /**
   * Locks up to `limit` due contacts that nobody else holds, asks `decide` about each until `request.count` said yes,
   * and writes all of it: attempts as `intended`, refusals with their reason, version and next time.
   * `examined` below `limit` means that no more were due.
   */
  claim(
    request: ClaimRequest,
    limit: number,
    decide: (candidate: Candidate) => CandidateVerdict,
  ): Promise<{ claims: Claim[]; examined: number }>;
  /** The same facts for one attempt that exists already, as seen without itself. Null: no such attempt, or it is over. */
  factsOf(attemptId: string, now: number): Promise<{ facts: DialFacts; number: string } | null>;
  retryFacts(attemptId: string): Promise<RetryFacts | null>;
};

export type ListStore = {
  begin(list: {
    campaignId: string;
    name: string;
    fileName: string;
    importedBy: string | null;
    now: number;
  }): Promise<{ listId: string; scope: DialScope; demo: boolean; readyBefore: string[] }>;
  /** Which of these numbers the campaign's lists hold already. */
  knownNumbers(campaignId: string, numbers: readonly string[]): Promise<Set<string>>;
  blacklisted(numbers: readonly string[]): Promise<BlacklistFact[]>;
  append(
    listId: string,
    batch: {
      contacts: readonly { line: number; contact: ListContact }[];
      faults: readonly { line: number; reason: string; field: string }[];
    },
  ): Promise<void>;
  /**
   * Makes the list's contacts visible to dialling, all at once. Whoever stands on a list of the campaign that became ready
   * meanwhile (it is not among `readyBefore`) is rejected now; the answer has the counts after that.
   */
  finish(
    listId: string,
    result: { encoding: string; total: number; accepted: number; rejected: number },
    readyBefore: readonly string[],
  ): Promise<{ accepted: number; rejected: number }>;
  /** Leaves the list with its failure and without a single contact. */
  fail(
    listId: string,
    result: { encoding: string; total: number; failure: Record<string, string | number | null> },
  ): Promise<void>;
  /** Fails the lists that a crash left half-imported: those being imported since before `olderThan`. */
  failAbandoned(olderThan: number): Promise<number>;
};

/** Spools an upload (CSV or .xlsx), finds out what it is, and reads it as records. Lines are 1-based lines of the file or rows of the sheet. */
export type ListSource = {
  open(content: AsyncIterable<Uint8Array>): Promise<OpenList>;
};
export type ListRecord = { line: number; cells: string[] } | { line: number; malformed: string };
export type OpenList = {
  encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'xlsx' | 'xls';
  bytes: number;
  records(): AsyncIterable<ListRecord>;
  close(): Promise<void>;
};

export type NewBlacklistEntry = {
  number: string;
  scope: BlacklistFact['scope'];
  scopeId: string | null;
  reason: string;
  source: string;
  evidence: Record<string, string>;
  endsAt: number | null;
  addedBy: string | null;
  now: number;
};

export type BlacklistStore = {
  /**
   * Adds the entry, or finds one in force that says as much already, also one that is made at the same moment; finishes the waiting
   * contacts that it leaves without a number.
   */
  add(entry: NewBlacklistEntry): Promise<{ id: string; added: boolean; campaignIds: string[] }>;
  /** Ends an entry, keeps it in the history, and gives the contacts back that nothing else forbids. Null: not in force. */
  remove(
    id: string,
    removal: { by: string | null; why: string; now: number },
  ): Promise<{ campaignIds: string[] } | null>;
};

export type { DialVerdict };
