/** Recurring causes and the study meetings over them. */
import type { CountedCause } from '../rules/causes.ts';
import type { Viewer } from './viewer.ts';

export type Cause = { source: 'complaint' | 'inspection'; cause: string; reason: string };
export type CauseSplit = 'none' | 'team' | 'person' | 'product' | 'script';
export type Example = { at: number; caseId: string | null; inspectionId: string | null; recordingId: string | null };
/** A measure against a cause, and the span before and after it, which meet at `held`. */
export type Compared = Cause & { id: string; since: number; held: number; until: number };

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
  /**
   * Complaints by when they were told, failed inspections by their call, as far as this person may see them: counted where they are
   * stored, by the periods that begin at `starts` and end together at `end`. One entry a cause, part and period that has any.
   */
  counted(
    viewer: Viewer,
    periods: { starts: readonly number[]; end: number },
    campaignId: string | null,
    split: CauseSplit,
  ): Promise<CountedCause<Example>[]>;
  /** How often each measure's cause occurred before and after it, by the measure's id. */
  compared(viewer: Viewer, measures: readonly Compared[]): Promise<Map<string, { before: number; after: number }>>;
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
