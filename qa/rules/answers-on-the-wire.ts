/**
 * The form as a page shows it and the answers as a page sends them: one verdict, reason and second a criterion. A reason
 * belongs to a check, so its code on the wire is `check/reason`, and naming it says which check failed.
 */
import type { Answers, CheckAnswer, Criterion, Form, Heard } from './form.ts';
import { checksAsked, criteriaJudged } from './form.ts';
import { FABRICATED_CONSENT } from './form-version.ts';
import type { LocalText } from './text.ts';

export type WireForm = {
  id: string;
  version: number;
  title: LocalText;
  criteria: {
    code: string;
    title: LocalText;
    fatal: boolean;
    checks: { code: string; text: LocalText; notApplicableAllowed: boolean; retired: boolean }[];
    reasons: { code: string; text: LocalText; fabricatedConsent: boolean; retired: boolean }[];
  }[];
};

export type WireAnswer = {
  criterion: string;
  verdict: 'pass' | 'fail';
  reason: string | null;
  atSecond: number | null;
  checks: { check: string; answer: 'pass' | 'fail' | 'not-applicable' }[];
  note: string;
};

/** With an outcome only what is asked of such a conversation is on the form; without one also what is retired, to name old failures. */
export function wireForm(form: Form, outcome: Heard['outcome'] | null = null): WireForm {
  const { id, version, title } = form;
  return {
    id,
    version,
    title,
    criteria: (outcome === null ? form.criteria : criteriaJudged(form))
      .map((criterion) => (outcome === null ? criterion : { ...criterion, checks: offered(criterion, outcome) }))
      .map(({ id: code, title: heading, fatal, checks }) => ({
        code,
        title: heading,
        fatal,
        checks: checks.map((check) => ({
          code: check.id,
          text: check.text,
          notApplicableAllowed: check.mayNotApply,
          retired: check.retired,
        })),
        reasons: checks.flatMap((check) =>
          check.reasons.map((reason) => ({
            code: `${check.id}/${reason.code}`,
            text: reason.text,
            fabricatedConsent: reason.code === FABRICATED_CONSENT,
            retired: check.retired || reason.retired,
          })),
        ),
      })),
  };
}

const offered = (criterion: Criterion, outcome: Heard['outcome']) =>
  checksAsked(criterion, outcome).map((check) => ({
    ...check,
    reasons: check.reasons.filter(({ retired }) => !retired),
  }));

/**
 * Answers of the page as the rules know them. Checks the page did not send take the criterion's word: a passed criterion
 * has passed checks; in a failed one the check of the reason failed. Whatever is missing or contradicts stays so and is
 * found by `validateAnswers`.
 */
export function answersOf(form: Form, sent: readonly WireAnswer[], note: string, heard: Heard): Answers {
  return {
    criteria: sent.map((answer) => {
      const criterion = form.criteria.find(({ id }) => id === answer.criterion);
      const [checkId = '', reasonCode = ''] = (answer.reason ?? '').split('/');
      const failed = answer.verdict === 'fail';
      return {
        criterionId: answer.criterion,
        outcome: failed ? 'failed' : 'passed',
        checks: checksOf(criterion, answer, failed ? checkId : null, heard),
        failures: failed && answer.reason !== null ? [{ checkId, reasonCode, atSecond: answer.atSecond ?? -1 }] : [],
      };
    }),
    remark: [note, ...sent.map((answer) => answer.note)].filter((text) => text.trim() !== '').join('\n'),
  };
}

function checksOf(
  criterion: Criterion | undefined,
  answer: WireAnswer,
  failedCheck: string | null,
  heard: Heard,
): { checkId: string; answer: CheckAnswer }[] {
  const given = new Map(answer.checks.map((check) => [check.check, check.answer]));
  const asked = criterion === undefined ? [] : checksAsked(criterion, heard.outcome);
  return asked.map(({ id }) => {
    if (id === failedCheck) return { checkId: id, answer: 'failed' };
    const word = given.get(id) ?? 'pass';
    return { checkId: id, answer: word === 'pass' ? 'passed' : word === 'fail' ? 'failed' : 'not-applicable' };
  });
}

/** Stored answers as a page shows them. */
export function wireAnswers(answers: Answers): WireAnswer[] {
  return answers.criteria.map(({ criterionId, outcome, checks, failures }) => {
    const failure = failures[0];
    return {
      criterion: criterionId,
      verdict: outcome === 'failed' ? 'fail' : 'pass',
      reason: failure === undefined ? null : `${failure.checkId}/${failure.reasonCode}`,
      atSecond: failure?.atSecond ?? null,
      checks: checks.map(({ checkId, answer }) => ({
        check: checkId,
        answer: answer === 'passed' ? 'pass' : answer === 'failed' ? 'fail' : 'not-applicable',
      })),
      note: '',
    };
  });
}
