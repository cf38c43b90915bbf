/**
 * One unit of work over everything quality keeps: what is read in it is locked, what is written in it is written together,
 * with the facts it owes the dialler.
 */
import type {
  HeardFacts,
  InspectionDecision,
  InspectionRecord,
  InspectorOnDuty,
  PossibleJudge,
  WaitingInspection,
} from './inspection-store.ts';

import type { BillingTable } from './billing-store.ts';
import type { FormReads } from './form-store.ts';
import type { ExceptionTable } from './exception-store.ts';
import type { CaseTable } from './case-store.ts';
import type { LevelTable } from './level-store.ts';
import type { CampaignQuality } from './surroundings.ts';
import type { AskedInspection, HandoffToDialer, SaleTable, TaskTable } from './sale-store.ts';

export type LockedInspection = InspectionRecord & { heard: HeardFacts };

export type InspectionTable = {
  /** Null: there is none. */
  lock(id: string): Promise<LockedInspection | null>;
  save(decision: InspectionDecision): Promise<void>;
  scoredOthers(recordingId: string, except: string): Promise<string[]>;
};

export type QualityTx = {
  inspections: InspectionTable;
  sales: SaleTable;
  tasks: TaskTable;
  levels: LevelTable;
  cases: CaseTable;
  exceptions: ExceptionTable;
  billing: BillingTable;
  forms: FormReads;
  /** Null for an unknown campaign. Read on this unit's own connection. */
  campaign(campaignId: string): Promise<CampaignQuality | null>;
  askInspection(asked: AskedInspection): Promise<void>;
  handoff(fact: HandoffToDialer, now: number): Promise<void>;
};

export type QualityStore = {
  transact<T>(work: (tx: QualityTx) => Promise<T>): Promise<T>;
  /** Keeps answers so far; false when it is not this person's to judge. */
  keepDraft(inspectionId: string, by: string, answers: readonly object[], note: string): Promise<boolean>;
  waitingInspections(limit: number): Promise<WaitingInspection[]>;
  inspectorsOnDuty(): Promise<InspectorOnDuty[]>;
  /** Whose deadline is past at `now`, or whose reminder is, which comes `remindBeforeMs` earlier. */
  dueInspections(now: number, remindBeforeMs: number, limit: number): Promise<string[]>;
  /** Who may be given this inspection: of its centre, at work, and with no other judgement of the recording. */
  possibleJudges(id: string): Promise<PossibleJudge[]>;
  /** In the hands of people whose account has ended. */
  heldByWhoLeft(limit: number): Promise<{ inspectionId: string; inspectorId: string }[]>;
  /** Not judged yet, of one recording. */
  openOf(recordingId: string): Promise<string[]>;
  dueSales(before: number, limit: number): Promise<string[]>;
};
