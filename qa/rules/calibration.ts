import { type AgreementByCriterion, agreementByCriterion } from './agreement-by-criterion.ts';

/** One person's verdict of one recording in a session; `failed` is null until it is given. */
export interface CalibrationVerdict {
  readonly recordingId: string;
  readonly by: string;
  readonly failed: readonly string[] | null;
}

export interface Calibration {
  readonly expertId: string;
  readonly judgeIds: readonly string[];
  readonly verdicts: readonly CalibrationVerdict[];
}

export type CalibrationFault = 'no-recordings' | 'too-few-judges' | 'expert-is-judge' | 'judge-twice';

/** What is wrong with a session before it is opened; null if nothing. */
export function calibrationFault(
  expertId: string,
  judgeIds: readonly string[],
  recordings: number,
): CalibrationFault | null {
  if (judgeIds.length === 0) return 'too-few-judges';
  if (judgeIds.includes(expertId)) return 'expert-is-judge';
  if (new Set(judgeIds).size < judgeIds.length) return 'judge-twice';
  return recordings === 0 ? 'no-recordings' : null;
}

/** Whether all have judged all. */
export function isComplete({ verdicts }: Calibration): boolean {
  return verdicts.every(({ failed }) => failed !== null);
}

/**
 * Each judge against the expert, and all judges together against the expert. The expert is the index: only recordings that the expert
 * judged make pairs.
 */
export function calibrationResult({ expertId, judgeIds, verdicts }: Calibration): {
  readonly together: AgreementByCriterion;
  readonly byJudge: readonly (AgreementByCriterion & { readonly judgeId: string })[];
} {
  const index = new Map<string, readonly string[]>();
  for (const { by, recordingId, failed } of verdicts)
    if (by === expertId && failed !== null) index.set(recordingId, failed);
  const pairsOf = (judges: readonly string[]) =>
    verdicts.flatMap(({ by, recordingId, failed }) => {
      const expert = index.get(recordingId);
      return judges.includes(by) && failed !== null && expert !== undefined ? [{ first: expert, second: failed }] : [];
    });
  return {
    together: agreementByCriterion(pairsOf(judgeIds)),
    byJudge: judgeIds.map((judgeId) => ({ judgeId, ...agreementByCriterion(pairsOf([judgeId])) })),
  };
}
