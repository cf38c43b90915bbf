import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateAnswers } from '../../../qa/rules/answers.ts';
import {
  type Answers,
  type CriterionAnswer,
  checkForm,
  FATAL_CRITERIA,
  type Form,
  type Heard,
} from '../../../qa/rules/form.ts';
import { conduct } from '../../../qa/rules/forms/conduct.ts';
import { BUILT_IN_FORMS } from '../../../qa/rules/forms/index.ts';
import { validMarketing } from '../../../qa/rules/forms/valid-marketing.ts';
import { verdictOf } from '../../../qa/rules/scoring.ts';
import { filledIn } from './form-helpers.ts';

const sale: Heard = { outcome: 'sale', seconds: 120 };

function change(answers: Answers, criterionId: string, by: Partial<CriterionAnswer>): Answers {
  return {
    ...answers,
    criteria: answers.criteria.map((one) => (one.criterionId === criterionId ? { ...one, ...by } : one)),
  };
}

describe('the built-in forms', () => {
  it.each(BUILT_IN_FORMS.map((form) => [form.id, form] as const))(
    '%s has no fault of its own, in both languages',
    (_, form) => {
      expect(checkForm(form)).toEqual([]);
    },
  );

  it('judges a sale by exactly the four fatal criteria', () => {
    expect(validMarketing.criteria.map(({ id }) => id)).toEqual(FATAL_CRITERIA);
    expect(validMarketing.criteria.every(({ fatal }) => fatal)).toBe(true);
  });

  // Section 5 of the rules, word by word: whoever is invalid by them can be named by whoever listens.
  it.each([
    [
      'right-person',
      ['friend-or-neighbour', 'relative-outside-household', 'minor', 'cannot-decide', 'not-checked', 'not-asked'],
    ],
    ['understood', ['intoxicated', 'half-asleep', 'language-barrier']],
    ['explicit-consent', ['silence', 'vague']],
  ])('of %s has a reason for every person, state and answer that the rules call invalid', (criterionId, named) => {
    const reasons = validMarketing.criteria
      .filter(({ id }) => id === criterionId)
      .flatMap(({ checks }) => checks.flatMap((check) => check.reasons.map(({ code }) => code)));
    expect(reasons).toEqual(expect.arrayContaining(named));
  });

  it('asks of the script for the tariff, the end of the trial, asking, cancelling, use and all functions', () => {
    const script = validMarketing.criteria.find(({ id }) => id === 'approved-script');
    expect(script?.checks.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['tariff', 'trial-end', 'ask-and-cancel', 'how-to-use', 'all-functions']),
    );
  });

  it('finds what is wrong with a form before it is published', () => {
    const [first, ...others] = validMarketing.criteria;
    if (first === undefined) throw new Error('the form has criteria');
    const broken: Form = {
      ...validMarketing,
      title: { en: '', zh: '无' },
      criteria: [{ ...first, weight: 0, checks: [] }, first, ...others.slice(1)],
    };
    expect(checkForm(broken).map(({ fault }) => fault)).toEqual([
      'empty',
      'id-twice',
      'bad-weight',
      'criterion-asks-nothing',
      'criterion-asks-nothing',
      'fatal-criterion-missing',
    ]);
  });
});

describe('filled-in answers', () => {
  it.each(BUILT_IN_FORMS.map((form) => [form.id, form] as const))(
    'of %s are accepted complete, all passed or any one failed',
    (_, form) => {
      for (const outcome of ['sale', 'no-sale'] as const) {
        expect(validateAnswers(form, filledIn(form, outcome), { outcome, seconds: 120 })).toEqual([]);
        for (const { id, checks } of form.criteria) {
          for (const check of checks) {
            const answers = filledIn(form, outcome, `${id}.${check.id}`);
            expect(validateAnswers(form, answers, { outcome, seconds: 120 })).toEqual([]);
          }
        }
      }
    },
  );

  it('answered in part are refused with one fault for each gap', () => {
    fc.assert(
      fc.property(fc.subarray([...FATAL_CRITERIA]), (answered) => {
        const full = filledIn(validMarketing, 'sale');
        const part = {
          ...full,
          criteria: full.criteria.filter(({ criterionId }) => answered.some((id) => id === criterionId)),
        };
        const gaps = FATAL_CRITERIA.filter((id) => !answered.includes(id)).map((field) => ({
          field,
          fault: 'unanswered',
        }));
        expect(validateAnswers(validMarketing, part, sale)).toEqual(gaps);
      }),
    );
  });

  const passed = filledIn(validMarketing, 'sale');
  const failed = filledIn(validMarketing, 'sale', 'approved-script.tariff');
  const script = passed.criteria.find(({ criterionId }) => criterionId === 'approved-script')?.checks ?? [];
  const failure = { checkId: 'tariff', reasonCode: 'missing', atSecond: 10 };
  it.each<[string, Answers, string, string]>([
    [
      'a check left out',
      change(passed, 'approved-script', { checks: script.slice(1) }),
      'approved-script.tariff',
      'unanswered',
    ],
    [
      'a check twice',
      change(passed, 'approved-script', { checks: [...script, ...script.slice(0, 1)] }),
      'approved-script.tariff',
      'answered-twice',
    ],
    [
      'a criterion twice',
      { ...passed, criteria: [...passed.criteria, ...passed.criteria.slice(0, 1)] },
      'right-person',
      'answered-twice',
    ],
    [
      'a criterion it does not have',
      { ...passed, criteria: [...passed.criteria, { criterionId: 'x', outcome: 'passed', checks: [], failures: [] }] },
      'x',
      'unknown',
    ],
    [
      'a check it does not have',
      change(passed, 'understood', {
        checks: [...(passed.criteria[1]?.checks ?? []), { checkId: 'x', answer: 'passed' }],
      }),
      'understood.x',
      'unknown',
    ],
    [
      'not applicable where it must apply',
      change(passed, 'approved-script', {
        checks: script.map((c) => (c.checkId === 'tariff' ? { ...c, answer: 'not-applicable' as const } : c)),
      }),
      'approved-script.tariff',
      'must-apply',
    ],
    [
      'passed with a failed check',
      change(failed, 'approved-script', { outcome: 'passed' }),
      'approved-script',
      'passed-with-a-failed-check',
    ],
    [
      'failed without a failed check',
      change(passed, 'understood', { outcome: 'failed' }),
      'understood',
      'failed-without-a-failed-check',
    ],
    [
      'a failure without a reason',
      change(failed, 'approved-script', { failures: [] }),
      'approved-script.tariff',
      'failure-without-reason',
    ],
    [
      'a reason the check does not know',
      change(failed, 'approved-script', { failures: [{ ...failure, reasonCode: 'silence' }] }),
      'approved-script.failures.0',
      'reason-unknown',
    ],
    [
      'a failure of a check that passed',
      change(failed, 'approved-script', { failures: [failure, { ...failure, checkId: 'how-to-use' }] }),
      'approved-script.failures.1',
      'failure-of-a-check-not-failed',
    ],
    [
      'a second after the end',
      change(failed, 'approved-script', { failures: [{ ...failure, atSecond: 120.5 }] }),
      'approved-script.failures.0',
      'second-outside-recording',
    ],
    [
      'a second before the start',
      change(failed, 'approved-script', { failures: [{ ...failure, atSecond: -1 }] }),
      'approved-script.failures.0',
      'second-outside-recording',
    ],
    [
      'no second at all',
      change(failed, 'approved-script', { failures: [{ ...failure, atSecond: Number.NaN }] }),
      'approved-script.failures.0',
      'second-outside-recording',
    ],
  ])('with %s are refused, naming the field', (_, answers, field, fault) => {
    expect(validateAnswers(validMarketing, answers, sale)).toEqual([{ field, fault }]);
  });

  it('of a sale do not fit a conversation without one', () => {
    const faults = validateAnswers(validMarketing, passed, { outcome: 'no-sale', seconds: 120 });
    expect(faults).toContainEqual({ field: 'approved-script.tariff', fault: 'not-asked' });
    expect(faults).toContainEqual({ field: 'explicit-consent.not-recorded-as-sale', fault: 'unanswered' });
  });

  it('may name any second while a call is live', () => {
    const late = change(failed, 'approved-script', { failures: [{ ...failure, atSecond: 9999 }] });
    expect(validateAnswers(validMarketing, late, { outcome: 'sale', seconds: null })).toEqual([]);
  });
});

describe('the verdict', () => {
  it('is unqualified with score 0 exactly where a fatal criterion failed', () => {
    const checks = validMarketing.criteria.flatMap(({ id, checks: all }) => all.map((check) => `${id}.${check.id}`));
    fc.assert(
      fc.property(fc.subarray(checks), (failing) => {
        const answers = filledIn(validMarketing, 'sale', ...failing);
        const verdict = verdictOf(validMarketing, answers);
        const failedFatal = answers.criteria
          .filter(({ outcome }) => outcome === 'failed')
          .map(({ criterionId }) => criterionId);
        expect(verdict.failedFatal).toEqual(failedFatal);
        expect(verdict.result).toBe(failedFatal.length > 0 ? 'unqualified' : 'qualified');
        expect(verdict.score).toBe(failedFatal.length > 0 ? 0 : 100);
        expect(verdict.failures).toHaveLength(answers.criteria.flatMap(({ failures }) => failures).length);
      }),
    );
  });

  it.each([
    [[], 100, 'qualified'],
    [['language.clear'], 80, 'qualified'],
    [['manner.polite'], 60, 'qualified'],
    [['manner.polite', 'opening.closed'], 40, 'unqualified'],
  ])('of conduct with %j failed is %d, %s', (failing, score, result) => {
    expect(verdictOf(conduct, filledIn(conduct, 'sale', ...failing))).toMatchObject({ score, result, failedFatal: [] });
  });
});
