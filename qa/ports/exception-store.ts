/** Where exceptions to offers are kept, and what pages read of them. */
import type { ExceptionState, OfferException } from '../rules/offer/exception.ts';
import type { Approver, OfferTerms } from '../rules/offer/terms.ts';
import type { Viewer } from './viewer.ts';

type Person = { id: string; name: string };

export type AnswerCall = 'open' | 'asked' | 'none';
export type ExceptionFile = {
  life: OfferException;
  offerId: string;
  version: number;
  campaignId: string;
  attemptId: string;
  contactId: string;
  agentId: string;
  wish: string;
  answerCall: AnswerCall;
};
export type ExceptionEntry = {
  at: number;
  by: string | null;
  kind: string;
  text: string;
  detail: Record<string, unknown>;
};

/** Within a unit of work. */
export type ExceptionTable = {
  lock(id: string): Promise<ExceptionFile | null>;
  /** False: the customer's request for this offer is open already. */
  insert(file: ExceptionFile, entry: ExceptionEntry): Promise<boolean>;
  save(file: ExceptionFile, entries: readonly ExceptionEntry[]): Promise<void>;
  /** What came of the call it was asked in; null: its outcome is not saved. */
  outcome(attemptId: string): Promise<{ disposition: string | null } | null>;
};

export type ExceptionView = {
  id: string;
  offerId: string;
  campaignId: string;
  campaignName: string;
  name: OfferTerms['name'];
  text: OfferTerms['text'];
  attemptId: string;
  agent: Person;
  customerMasked: string;
  state: ExceptionState;
  approver: Approver;
  /** The reader may decide it now. */
  mine: boolean;
  wish: string;
  askedAt: number;
  dueAt: number;
  overdue: boolean;
  escalated: boolean;
  decidedBy: Person | null;
  decidedAt: number | null;
  reason: string;
  holdsUntil: number | null;
  events: { at: number; kind: string; by: Person | null }[];
};

export type ExceptionReads = {
  /** Those that wait first, by deadline; then the newest. `id`: this one only. */
  list(viewer: Viewer, of: { id?: string; limit: number }): Promise<ExceptionView[]>;
  /** Of the customer on this call, the newest of each offer. */
  ofCall(call: { contactId: string; originId: string | null }): Promise<ExceptionFile[]>;
  /** Whose clock is past. */
  due(now: number, limit: number): Promise<string[]>;
  /** Decided, their call over, and nobody has said yet whether the customer is rung. */
  unanswered(limit: number): Promise<string[]>;
};
