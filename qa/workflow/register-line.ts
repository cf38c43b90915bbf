/** What a step of an inspection leaves in the register. */
import type { RegisterLine } from '../ports/inspection-store.ts';
import type { LockedInspection } from '../ports/quality-store.ts';
import { wireAnswers } from '../rules/answers-on-the-wire.ts';
import type { InspectionStep } from '../rules/inspection.ts';

export function entry(
  step: InspectionStep,
  record: LockedInspection,
  now: number,
  kind: RegisterLine['entry'],
  by: string | null,
  text: string,
  listenedSeconds: number | null,
): RegisterLine {
  const scored = step.happened.find((each) => each.event === 'scored');
  return {
    inspectionId: record.life.id,
    at: now,
    by,
    entry: kind,
    qualified: scored === undefined ? null : scored.score.verdict.result === 'qualified',
    answers: scored === undefined ? [] : wireAnswers(scored.score.answers),
    about: null,
    text,
    listenedSeconds,
  };
}
