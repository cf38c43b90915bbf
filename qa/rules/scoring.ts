import {
  type Answers,
  criteriaJudged,
  type Failure,
  FATAL_CRITERIA,
  type FatalCriterionId,
  type Form,
} from './form.ts';

/** What an inspection found. `score`: 0 to 100, the weight of what passed in the weight of all; 0 where a fatal criterion failed. */
export interface Verdict {
  readonly result: 'qualified' | 'unqualified';
  readonly failedCriteria: readonly string[];
  readonly failedFatal: readonly FatalCriterionId[];
  readonly failures: readonly (Failure & { readonly criterionId: string })[];
  readonly score: number;
}

/** Below this a form without fatal criteria (conduct, floor patrol) is unqualified, unless its centre says otherwise. */
export const PASS_SCORE = 60;

/**
 * The verdict of answers that `validateAnswers` found nothing wrong with. Any failed fatal criterion makes the recording
 * unqualified and its score 0, however good the rest is; otherwise the score decides. Checks that do not apply weigh nothing,
 * because only whole criteria are weighed.
 */
export function verdictOf(form: Form, answers: Answers, passScore: number = PASS_SCORE): Verdict {
  const failed = answers.criteria.filter(({ outcome }) => outcome === 'failed');
  const failedIds = new Set(failed.map(({ criterionId }) => criterionId));
  const fatal = form.criteria.some((criterion) => criterion.fatal && failedIds.has(criterion.id));
  let all = 0;
  let passed = 0;
  for (const { id, weight } of criteriaJudged(form)) {
    all += weight;
    if (!failedIds.has(id)) passed += weight;
  }
  const score = fatal || all === 0 ? 0 : (100 * passed) / all;
  return {
    result: fatal || score < passScore ? 'unqualified' : 'qualified',
    failedCriteria: form.criteria.map(({ id }) => id).filter((id) => failedIds.has(id)),
    failedFatal: FATAL_CRITERIA.filter((id) => failedIds.has(id)),
    failures: failed.flatMap(({ criterionId, failures }) => failures.map((failure) => ({ criterionId, ...failure }))),
    score,
  };
}
