/** Where calibration sessions are kept. Their judgements are inspections of their own kind. */
import type { CalibrationVerdict } from '../rules/calibration.ts';
import type { Viewer } from './viewer.ts';

export type CalibrationSession = {
  id: string;
  name: string;
  expertId: string;
  judgeIds: string[];
  openedAt: number;
  deadlineAt: number;
  closedAt: number | null;
  verdicts: (CalibrationVerdict & { inspectionId: string; campaignName: string; talkStartedAt: number })[];
};

export type NewCalibration = {
  centreId: string;
  name: string;
  expertId: string;
  judgeIds: readonly string[];
  openedBy: string;
  now: number;
  deadlineAt: number;
  formId: string;
  formVersion: number;
};

export type CalibrationStore = {
  /** Active inspectors and supervisors of the centre. */
  judgesOf(centreId: string): Promise<{ id: string; name: string }[]>;
  /**
   * Recordings to compare people by: judged and closed long enough that nothing more hangs on them, of the centre, that none of these
   * people has judged; every second one failed, as far as there are any. By chance that `key` fixes.
   */
  propose(centreId: string, of: { people: readonly string[]; count: number; key: string }): Promise<string[]>;
  /** Opens the session with an inspection for each person and recording, in one transaction. */
  open(session: NewCalibration, recordingIds: readonly string[]): Promise<string>;
  /** False: there is none open with this id. */
  close(id: string, of: { by: string; now: number }): Promise<boolean>;
  /** Newest first; judges see the sessions they take part in. */
  list(viewer: Viewer, limit: number): Promise<CalibrationSession[]>;
  one(viewer: Viewer, id: string): Promise<CalibrationSession | null>;
};
