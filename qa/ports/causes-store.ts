/** Recurring causes and the study meetings over them. */
import type { Span } from './figures.ts';
import type { Viewer } from './viewer.ts';

export type Cause = { source: 'complaint' | 'inspection'; cause: string; reason: string };
export type CauseSplit = 'none' | 'team' | 'person' | 'product' | 'script';
export type Occurrence = Cause & {
  at: number;
  part: string | null;
  caseId: string | null;
  inspectionId: string | null;
  recordingId: string | null;
};

export type Measure = Cause & { measure: string };
export type KeptMeasure = Measure & {
  id: string;
  checkedAt: number | null;
  helped: boolean | null;
  finding: string | null;
};
export type Meeting = {
  id: string;
  heldOn: string;
  people: string;
  notes: string;
  recordedAt: number;
  measures: KeptMeasure[];
};

export type CausesStore = {
  /** Complaints by when they were told, failed inspections by their call, newest first, as far as this person may see them. */
  occurrences(viewer: Viewer, span: Span, campaignId: string | null, split: CauseSplit): Promise<Occurrence[]>;
  meetings(centreId: string): Promise<Meeting[]>;
  addMeeting(
    centreId: string,
    meeting: { heldOn: string; people: string; notes: string; measures: readonly Measure[] },
    by: string,
    now: number,
  ): Promise<string>;
  /** False: there is none in this centre, or it was checked before. */
  check(
    centreId: string,
    measureId: string,
    found: { helped: boolean; finding: string },
    by: string,
    now: number,
  ): Promise<boolean>;
};
