/** Where cases are kept, what is known of the calls they are about, and how pages see them. */
import type { CaseIdentity, CaseRecord, Satisfaction } from '../rules/case.ts';
import type { CaseChannel, CaseKindTold, CaseState, FoundCause } from '../rules/case-words.ts';
import type { WorkingCalendar } from '../rules/working-days.ts';
import type { Page, Viewer } from './viewer.ts';

/** The state machine's record with what the store keeps beside it. */
export type CaseDocument = {
  life: CaseRecord;
  kind: CaseKindTold;
  channel: CaseChannel;
  words: string;
  openedBy: string | null;
  /** E.164. Kept in the document only: pages get it masked, the journal never. */
  number: string | null;
  centreId: string | null;
  campaignId: string | null;
  attemptId: string | null;
  contactId: string | null;
  agentId: string | null;
  ownerId: string | null;
  /** Recordings of the customer's calls, on hold while a complaint is open. */
  recordingIds: readonly string[];
  /** Of them, the one of the call that the case is about. */
  callRecordingId: string | null;
  saleId: string | null;
  duplicateOf: string | null;
  found: { cause: FoundCause; responsibleId: string | null } | null;
  satisfaction: Satisfaction | null;
  escalatedByHand: boolean;
};

/** A line of the case's journal; nothing is ever changed in it. */
export type CaseEntry = {
  at: number;
  by: string | null;
  kind: string;
  text: string;
  detail: Record<string, unknown>;
};

/** A call that a case may be about, conversation or not. */
export type ToldCall = {
  attemptId: string;
  campaignId: string;
  centreId: string;
  contactId: string;
  agentId: string | null;
  number: string;
  recordingId: string | null;
  saleId: string | null;
  purpose: string;
  /** corrective | verification | confirmation | return-call; null for a call from a list. */
  originKind: string | null;
};

/** How the call is named: itself, by its recording, or by the customer's number (then the latest such call). */
export type CallTold = {
  attemptId: string | null;
  recordingId: string | null;
  number: string | null;
  campaignId: string | null;
};

/** Part of the unit of work. `lock…` keeps the row until its end. */
export type CaseTable = {
  /** Cases of one customer are opened one after the other, so that each sees the ones before it. */
  alone(customer: string): Promise<void>;
  known(id: string): Promise<boolean>;
  lock(id: string): Promise<CaseDocument | null>;
  lockByTask(taskId: string): Promise<CaseDocument | null>;
  insert(document: CaseDocument): Promise<void>;
  save(document: CaseDocument): Promise<void>;
  append(caseId: string, entries: readonly CaseEntry[]): Promise<void>;
  /** Cases of a centre that are no duplicates themselves, by this number or about this call, open or recorded since. */
  earlier(of: {
    centreId: string | null;
    number: string | null;
    callId: string | null;
    since: number;
  }): Promise<CaseIdentity[]>;
  /** Open ones. */
  duplicatesOf(id: string): Promise<string[]>;
  /** Recordings of a centre's calls with a number that are not erased. */
  recordingsOf(number: string, centreId: string, since: number): Promise<string[]>;
  /** Those of the recordings that have come or are known never to come. */
  settledRecordings(ids: readonly string[]): Promise<string[]>;
  /** Return calls still to be made, those that nobody made in time by hand among them. */
  openReturnCalls(caseId: string): Promise<string[]>;
  /** Whether this person may be given a case of the centre. */
  mayOwn(userId: string, centreId: string | null): Promise<boolean>;
  openOn(recordingId: string): Promise<string[]>;
};

export type CaseFilter = {
  limit: number;
  after?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  kind?: string | undefined;
  state?: string | undefined;
  campaignId?: string | undefined;
  overdue?: boolean | undefined;
};

type Person = { id: string; name: string };
export type CaseView = {
  id: string;
  number: string;
  kind: CaseKindTold;
  state: CaseState;
  channel: CaseChannel;
  openedAt: number;
  deadlineAt: number | null;
  firstContactAt: number | null;
  closedAt: number | null;
  overdue: boolean;
  repeated: boolean;
  serious: boolean;
  escalated: boolean;
  campaignId: string | null;
  campaignName: string | null;
  agent: Person | null;
  owner: Person | null;
  department: string;
  customerMasked: string;
  words: string;
  valid: boolean | null;
  cause: string | null;
  satisfaction: Satisfaction | null;
  rounds: number;
};
export type CaseDetailView = CaseView & {
  attemptId: string | null;
  recordingIds: string[];
  inspectionIds: string[];
  saleId: string | null;
  duplicateOf: string | null;
  events: {
    id: string;
    at: number;
    by: Person | null;
    kind: string;
    text: string;
    detail: Record<string, unknown>;
  }[];
};

export type ReturnCallCase = { caseId: string; kind: CaseKindTold; words: string; mended: string; answer: string };

export type CaseReads = {
  list(viewer: Viewer, filter: CaseFilter, now: number): Promise<Page<CaseView>>;
  /** Null where there is none, or none that this person may see. */
  one(viewer: Viewer, id: string, now: number): Promise<CaseDetailView | null>;
  /** What a return call needs of its case; what was complained of and mended is not told to whom it is about. */
  ofReturnCall(agentId: string, taskId: string): Promise<ReturnCallCase | null>;
  /** Viewer null: the house itself asks. */
  call(viewer: Viewer | null, told: CallTold, since: number): Promise<ToldCall | null>;
  /** Cases whose lateness is to be told. */
  due(now: number, limit: number): Promise<string[]>;
  /** Return calls that nobody made in time. */
  lateReturnCalls(now: number, limit: number): Promise<string[]>;
  /** Open complaints whose call has a recording that nobody was asked to judge for them yet. */
  unjudged(limit: number): Promise<{ caseId: string; attemptId: string }[]>;
};

/** The working days of a centre, for cases that belong to no campaign; null: the house's own centre. */
export type CentreCalendar = (centreId: string | null) => Promise<WorkingCalendar>;
