import {
  type Answers,
  type Check,
  type Criterion,
  type CriterionAnswer,
  checksAsked,
  criteriaJudged,
  type Form,
  type Heard,
} from './form.ts';

/** A fault of a filled-in form. `field` is the path of what is wrong: criterion, criterion.check, or criterion.failures.index. */
export interface AnswerFault {
  readonly field: string;
  readonly fault:
    | 'unanswered'
    | 'answered-twice'
    | 'unknown'
    | 'not-asked'
    | 'must-apply'
    | 'passed-with-a-failed-check'
    | 'failed-without-a-failed-check'
    | 'failure-without-reason'
    | 'reason-unknown'
    | 'failure-of-a-check-not-failed'
    | 'second-outside-recording';
}

/**
 * Everything that is wrong with a filled-in form, in the form's order; empty if it can be submitted. A form answered in part has
 * one 'unanswered' for each gap. Seconds may be fractions, from 0 to the recording's length (any, while a call is live).
 */
export function validateAnswers(form: Form, answers: Answers, heard: Heard): AnswerFault[] {
  const faults: AnswerFault[] = [];
  const judged = criteriaJudged(form);
  for (const criterion of judged) {
    const [answer, ...more] = answers.criteria.filter(({ criterionId }) => criterionId === criterion.id);
    if (answer === undefined) faults.push({ field: criterion.id, fault: 'unanswered' });
    else faults.push(...criterionFaults(criterion, answer, heard));
    if (more.length > 0) faults.push({ field: criterion.id, fault: 'answered-twice' });
  }
  for (const { criterionId } of answers.criteria) {
    if (!judged.some(({ id }) => id === criterionId)) faults.push({ field: criterionId, fault: 'unknown' });
  }
  return faults;
}

function criterionFaults(criterion: Criterion, answer: CriterionAnswer, heard: Heard): AnswerFault[] {
  const asked = checksAsked(criterion, heard.outcome);
  const failed = answer.checks.filter((check) => check.answer === 'failed').map(({ checkId }) => checkId);
  const faults = [...checkFaults(criterion, asked, answer), ...failureFaults(criterion, answer, failed, heard)];
  if (answer.outcome === 'passed' && failed.length > 0)
    faults.push({ field: criterion.id, fault: 'passed-with-a-failed-check' });
  if (answer.outcome === 'failed' && failed.length === 0) {
    faults.push({ field: criterion.id, fault: 'failed-without-a-failed-check' });
  }
  return faults;
}

function checkFaults(criterion: Criterion, asked: readonly Check[], answer: CriterionAnswer): AnswerFault[] {
  const faults: AnswerFault[] = [];
  for (const check of asked) {
    const field = `${criterion.id}.${check.id}`;
    const given = answer.checks.filter(({ checkId }) => checkId === check.id);
    if (given.length === 0) faults.push({ field, fault: 'unanswered' });
    if (given.length > 1) faults.push({ field, fault: 'answered-twice' });
    if (!check.mayNotApply && given.some((one) => one.answer === 'not-applicable'))
      faults.push({ field, fault: 'must-apply' });
  }
  for (const { checkId } of answer.checks) {
    if (asked.some(({ id }) => id === checkId)) continue;
    const exists = criterion.checks.some(({ id }) => id === checkId);
    faults.push({ field: `${criterion.id}.${checkId}`, fault: exists ? 'not-asked' : 'unknown' });
  }
  return faults;
}

function failureFaults(
  criterion: Criterion,
  answer: CriterionAnswer,
  failed: readonly string[],
  heard: Heard,
): AnswerFault[] {
  const faults: AnswerFault[] = [];
  for (const checkId of new Set(failed)) {
    if (!answer.failures.some((failure) => failure.checkId === checkId)) {
      faults.push({ field: `${criterion.id}.${checkId}`, fault: 'failure-without-reason' });
    }
  }
  for (const [i, failure] of answer.failures.entries()) {
    const field = `${criterion.id}.failures.${i}`;
    const check = criterion.checks.find(({ id }) => id === failure.checkId);
    if (!failed.includes(failure.checkId)) faults.push({ field, fault: 'failure-of-a-check-not-failed' });
    if (!check?.reasons.some(({ code, retired }) => code === failure.reasonCode && !retired))
      faults.push({ field, fault: 'reason-unknown' });
    const end = heard.seconds ?? Number.MAX_VALUE;
    if (!(failure.atSecond >= 0 && failure.atSecond <= end)) faults.push({ field, fault: 'second-outside-recording' });
  }
  return faults;
}
