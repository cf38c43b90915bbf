/** Where inspections live. A change is read, decided and written under one row lock. */
import type { Inspection, InspectionEvent } from '../rules/inspection.ts';

export type InspectionKind =
  | 'daily'
  | 'weekly'
  | 'overlap'
  | 'forced'
  | 'recheck'
  | 'corrective'
  | 'confirmation'
  | 'calibration';

/** The state machine's document with what the store keeps beside it. */
export type InspectionRecord = {
  life: Inspection;
  kind: InspectionKind;
  attemptId: string;
  campaignId: string;
  drawId: string | null;
  reason: string;
  probability: number | null;
  drawnAt: number;
  pairId: string | null;
  saleId: string | null;
  taskId: string | null;
};

/** A new line of the register; nothing is ever changed in it. */
export type RegisterLine = {
  inspectionId: string;
  at: number;
  by: string | null;
  entry:
    | 'scored'
    | 'corrected'
    | 'disputed'
    | 'agreed'
    | 'decided'
    | 'expired'
    | 'reassigned'
    | 'released'
    | 'recording-lost'
    | 'note';
  qualified: boolean | null;
  answers: unknown;
  /** To whom it was given, or who gave it back. */
  about: string | null;
  text: string;
  listenedSeconds: number | null;
};

export type InspectionDecision = { life: Inspection; happened: readonly InspectionEvent[]; register: RegisterLine[] };

/** The facts of the conversation that judging needs, and whether another inspection of the recording is still undone. */
export type HeardFacts = { sale: boolean; durationMs: number; othersUndone: boolean };

export type WaitingInspection = {
  inspectionId: string;
  recordingId: string;
  agentId: string;
  agentLeadId: string | null;
  excluded: string[];
  kind: InspectionKind;
  centreId: string;
};
/** Somebody who may be given an inspection, and how many they hold. */
export type PossibleJudge = { id: string; name: string; role: 'inspector' | 'supervisor'; load: number };
export type InspectorOnDuty = { id: string; role: 'inspector' | 'supervisor'; centreId: string; load: number };
