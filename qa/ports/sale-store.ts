/** Where sales and the calls that quality asks for are kept. Rows read in a unit of work are locked. */
import type { Satisfaction } from '../rules/case.ts';
import type { Sale, SaleEvent } from '../rules/sale.ts';

export type SaleRecord = {
  life: Sale;
  attemptId: string;
  campaignId: string;
  agentId: string;
  recordingId: string | null;
};

export type SaleJournal = {
  at: number;
  by: string | null;
  from: string | null;
  to: string;
  events: readonly SaleEvent[];
  note: Record<string, unknown>;
};

export type SaleTable = {
  lock(id: string): Promise<SaleRecord | null>;
  lockByAttempt(attemptId: string): Promise<SaleRecord | null>;
  /** The sale that a task call was asked for. Always locked before its tasks, so that two changes cannot wait for each other. */
  lockByTask(taskId: string): Promise<SaleRecord | null>;
  /** The sale that a corrective, verification or confirmation call belongs to. */
  lockByTaskAttempt(attemptId: string): Promise<SaleRecord | null>;
  insert(record: SaleRecord, journal: SaleJournal): Promise<void>;
  save(record: SaleRecord, journal: SaleJournal): Promise<void>;
};

export type TaskKind = 'corrective' | 'verification' | 'confirmation' | 'return-call';
export type SaleTaskResult = 'confirmed' | 'declined' | 'wants-to-think' | 'unresolved' | 'unreachable';
/** What a return call on a case found. */
export type ReturnCallResult = Satisfaction | 'unreachable';
export type TaskResult = SaleTaskResult | ReturnCallResult;
export type TaskRecord = {
  id: string;
  kind: TaskKind;
  state: 'planned' | 'asked' | 'done' | 'overdue' | 'withdrawn';
  saleId: string | null;
  caseId: string | null;
  /** Null: of a case that belongs to no campaign. */
  campaignId: string | null;
  /** The call whose customer is called again; null: there is none, and somebody makes the return call by hand. */
  sourceAttemptId: string | null;
  agentId: string | null;
  notBefore: number;
  deadlineAt: number;
  round: number;
  result: TaskResult | null;
  doneAttemptId: string | null;
  why: string;
  createdAt: number;
};

export type TaskTable = {
  lock(id: string): Promise<TaskRecord | null>;
  insert(task: TaskRecord): Promise<void>;
  save(task: TaskRecord): Promise<void>;
  /** Not yet done or withdrawn. */
  openOf(saleId: string, kinds: readonly TaskKind[]): Promise<TaskRecord[]>;
};

/** An inspection that is asked for outside any draw: of a corrective call, a confirmation, a re-check, a complaint. */
export type AskedInspection = {
  kind: 'corrective' | 'confirmation' | 'recheck' | 'forced';
  attemptId: string;
  reason: string;
  formId: string;
  formVersion: number;
  saleId: string | null;
  taskId: string | null;
  now: number;
  deadlineAt: number;
};

/** Facts quality owes the dialler, delivered at least once. The dialler takes each once. */
export type HandoffToDialer =
  | {
      topic: 'task-call-wanted';
      /** offer-answer: brings the customer what was decided about an offer; a sale may come of it. */
      origin: { kind: TaskKind | 'offer-answer'; id: string };
      attemptId: string;
      agentId: string | null;
      notBefore: number;
      deadlineAt: number;
    }
  | { topic: 'task-call-withdrawn'; origin: { kind: string; id: string } }
  /** A text to the customer of this call: the sale's terms, to be answered, or the notice that it is active. */
  | { topic: 'text-wanted'; origin: { kind: 'terms' | 'notice'; id: string }; attemptId: string; sendUntil: number }
  | { topic: 'selling-changed'; agentId: string; maySell: boolean }
  | {
      topic: 'number-blocked';
      attemptId: string | null;
      number: string | null;
      scope: 'all' | 'product-line' | 'campaign';
      scopeId: string | null;
      reason: 'opt-out' | 'complaint' | 'regulator' | 'client' | 'other';
      source: string;
      evidence: Record<string, string>;
      endsAt: number | null;
      by: string | null;
    }
  | { topic: 'recording-held'; recordingId: string; change: 1 | -1 };
