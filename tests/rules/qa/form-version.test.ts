import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateAnswers } from '../../../qa/rules/answers.ts';
import { wireForm } from '../../../qa/rules/answers-on-the-wire.ts';
import { type Check, type Criterion, criteriaJudged, FATAL_CRITERIA, type Form } from '../../../qa/rules/form.ts';
import { compareForms } from '../../../qa/rules/form-changes.ts';
import { publishFaults, rewordedReasons } from '../../../qa/rules/form-version.ts';
import { check } from '../../../qa/rules/forms/build.ts';
import { BUILT_IN_FORMS } from '../../../qa/rules/forms/index.ts';
import { conduct } from '../../../qa/rules/forms/conduct.ts';
import { validMarketing } from '../../../qa/rules/forms/valid-marketing.ts';
import { verdictOf } from '../../../qa/rules/scoring.ts';
import { filledIn } from './form-helpers.ts';

const withCriterion = (form: Form, id: string, change: (criterion: Criterion) => Criterion): Form => ({
  ...form,
  criteria: form.criteria.map((criterion) => (criterion.id === id ? change(criterion) : criterion)),
});
const withCheck = (form: Form, id: string, change: (found: Check) => Check): Form => ({
  ...form,
  criteria: form.criteria.map((criterion) => ({
    ...criterion,
    checks: criterion.checks.map((each) => (each.id === id ? change(each) : each)),
  })),
});
const adds = (form: Form, criterion: string, added: Check): Form =>
  withCriterion(form, criterion, (known) => ({ ...known, checks: [...known.checks, added] }));
const told = check('limits-told', 'The limits were stated', '说明了限制条件', {
  'limits-left-out': ['Left out', '未说明'],
});
const second: Form = { ...adds(validMarketing, 'approved-script', told), version: 2 };
const faultsOf = (next: Form, before: Form | null = validMarketing, same: string[] = []) =>
  publishFaults(next, before, same).map(({ fault }) => fault);

describe('a version to be published', () => {
  it.each(BUILT_IN_FORMS.map((form) => [form.id, form] as const))('is right as %s comes', (_, form) => {
    expect(publishFaults(form, null, [])).toEqual([]);
    expect(faultsOf({ ...form, version: 2 }, form)).toEqual(['nothing-changed']);
  });

  it('may have a new check with a new reason', () => {
    expect(faultsOf(second)).toEqual([]);
    expect(compareForms(validMarketing, second)).toEqual([
      {
        what: 'check',
        how: 'added',
        at: ['approved-script', 'limits-told'],
        before: null,
        after: told.text,
        values: null,
      },
    ]);
  });

  const others = validMarketing.criteria.slice(1);
  const extra: Criterion = { id: 'extra', title: { en: 'Extra', zh: '附加' }, fatal: true, weight: 1, checks: [told] };
  it.each<[string, Form, string[]]>([
    ['a fifth criterion', { ...second, criteria: [...second.criteria, extra] }, ['id-twice', 'not-the-four']],
    ['another order of the four', { ...second, criteria: second.criteria.toReversed() }, ['not-the-four']],
    ['a criterion less', { ...second, criteria: others }, ['fatal-criterion-missing', 'not-the-four', 'key-gone']],
    [
      'a criterion whose checks are all retired',
      withCriterion(second, 'understood', (known) => ({
        ...known,
        checks: known.checks.map((each) => ({ ...each, retired: true })),
      })),
      ['not-the-four'],
    ],
    [
      'a criterion that is not fatal',
      withCriterion(second, 'understood', (known) => ({ ...known, fatal: false })),
      ['fatal-criterion-missing', 'must-be-fatal'],
    ],
    [
      'a criterion that may be waved through',
      withCriterion(second, 'right-person', (known) => ({
        ...known,
        checks: known.checks.map((each) => ({ ...each, mayNotApply: true })),
      })),
      ['may-not-apply-as-a-whole', 'may-not-apply-as-a-whole'],
    ],
    [
      'a check that went',
      withCriterion(second, 'understood', (known) => ({ ...known, checks: known.checks.slice(1) })),
      ['key-gone'],
    ],
    [
      'a reason that went',
      withCheck(second, 'tariff', (known) => ({ ...known, reasons: known.reasons.slice(1) })),
      ['key-gone'],
    ],
    [
      'a check in another criterion',
      adds(
        withCriterion(second, 'understood', (known) => ({ ...known, checks: known.checks.slice(1) })),
        'right-person',
        validMarketing.criteria[1]?.checks[0] ?? told,
      ),
      ['key-moved'],
    ],
    ['a check twice', adds(second, 'understood', told), ['id-twice']],
    ['no Chinese words', adds(validMarketing, 'understood', { ...told, text: { en: 'x', zh: ' ' } }), ['empty']],
    ['a key with a slash', adds(validMarketing, 'understood', { ...told, id: 'a/b' }), ['bad-code']],
    [
      'made-up consent not offered',
      withCheck(second, 'said-in-words', (known) => ({
        ...known,
        reasons: known.reasons.map((each) => ({ ...each, retired: each.code === 'consent-made-up' })),
      })),
      ['made-up-consent-not-offered'],
    ],
    [
      'its code for something else',
      adds(validMarketing, 'understood', check('x', 'x', 'x', { 'consent-made-up': ['x', 'x'] })),
      ['made-up-consent-elsewhere'],
    ],
  ])('is refused with %s', (_, form, faults) => {
    expect(faultsOf(form)).toEqual(faults);
  });

  it('keeps the words of a reason, or somebody says that they mean the same', () => {
    const reworded = withCheck(second, 'tariff', (known) => ({
      ...known,
      reasons: known.reasons.map((each) =>
        each.code === 'wrong' ? { ...each, text: { ...each.text, en: 'New' } } : each,
      ),
    }));
    expect(rewordedReasons(reworded, validMarketing).map(({ code }) => code)).toEqual(['tariff/wrong']);
    expect(faultsOf(reworded)).toEqual(['meaning-unconfirmed']);
    expect(faultsOf(reworded, validMarketing, ['tariff/wrong'])).toEqual([]);
  });

  it('of conduct weighs a hundred, and nothing in it is fatal', () => {
    const weighed = withCriterion(conduct, 'manner', (known) => ({ ...known, weight: 30 }));
    expect(faultsOf(weighed, conduct)).toEqual(['weights-not-hundred']);
    const fatal = withCriterion(conduct, 'manner', (known) => ({ ...known, fatal: true }));
    expect(faultsOf(fatal, conduct)).toEqual(['must-not-be-fatal']);
  });

  it('may retire a check and a reason, which are then neither asked nor offered nor accepted, and still named', () => {
    const retired = withCheck(
      withCheck(second, 'how-to-use', (known) => ({ ...known, retired: true })),
      'tariff',
      (known) => ({ ...known, reasons: known.reasons.map((each) => ({ ...each, retired: each.code === 'missing' })) }),
    );
    expect(faultsOf(retired)).toEqual([]);
    const heard = { outcome: 'sale', seconds: 60 } as const;
    expect(validateAnswers(retired, filledIn(retired, 'sale'), heard)).toEqual([]);
    expect(validateAnswers(retired, filledIn(retired, 'sale', 'approved-script.tariff'), heard)).toMatchObject([
      { fault: 'reason-unknown' },
    ]);
    const codes = (form: ReturnType<typeof wireForm>) =>
      form.criteria.flatMap(({ reasons }) => reasons.map(({ code }) => code));
    const gone = ['tariff/missing', 'how-to-use/missing'];
    expect(codes(wireForm(retired, 'sale'))).not.toEqual(expect.arrayContaining(gone.slice(0, 1)));
    expect(codes(wireForm(retired))).toEqual(expect.arrayContaining(gone));
  });

  it('of conduct may retire a whole criterion, which then weighs nothing', () => {
    const without: Form = {
      ...conduct,
      criteria: conduct.criteria.map((each) =>
        each.id === 'records'
          ? { ...each, checks: each.checks.map((one) => ({ ...one, retired: true })) }
          : { ...each, weight: each.weight / 0.8 },
      ),
    };
    expect(faultsOf(without, conduct)).toEqual([]);
    expect(criteriaJudged(without)).toHaveLength(3);
    const answers = filledIn({ ...without, criteria: criteriaJudged(without) }, 'sale', 'manner.polite');
    expect(validateAnswers(without, answers, { outcome: 'sale', seconds: 60 })).toEqual([]);
    expect(verdictOf(without, answers).score).toBeCloseTo(50);
  });

  it('however it is edited, leaves every old key where it was and the four criteria as they are', () => {
    const word = fc.constantFrom('', 'a', 'tariff', 'x/y', 'wrong', 'clear-headed');
    const edit = fc.record({ criterion: fc.nat(4), check: fc.nat(6), reason: fc.nat(4), how: fc.nat(6), word });
    const keys = (form: Form) =>
      form.criteria.flatMap(({ id, checks }) =>
        checks.flatMap((each) => each.reasons.map(({ code }) => `${id} ${each.id}/${code}`)),
      );
    let published = 0;
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
        const next = edits.reduce(editForm, second);
        if (
          publishFaults(
            next,
            validMarketing,
            keys(next).map((key) => key.split(' ')[1] ?? ''),
          ).length > 0
        )
          return;
        published += 1;
        expect(criteriaJudged(next).map(({ id }) => id)).toEqual(FATAL_CRITERIA);
        expect(keys(next)).toEqual(expect.arrayContaining(keys(validMarketing)));
        expect(new Set(keys(next)).size).toBe(keys(next).length);
      }),
      { numRuns: 400 },
    );
    expect(published).toBeGreaterThan(20);
  });
});

type Edit = { criterion: number; check: number; reason: number; how: number; word: string };
/** One thing that somebody might do in the editor. */
function editForm(form: Form, { criterion, check: at, reason, how, word }: Edit): Form {
  const chosen = form.criteria[criterion % form.criteria.length];
  const asked = chosen?.checks[at % Math.max(1, chosen.checks.length)];
  if (chosen === undefined || asked === undefined) return form;
  const why = asked.reasons[reason % Math.max(1, asked.reasons.length)];
  switch (how) {
    case 0:
      return adds(form, chosen.id, { ...told, id: word });
    case 1:
      return withCheck(form, asked.id, (known) => ({ ...known, retired: !known.retired }));
    case 2:
      return withCheck(form, asked.id, (known) => ({ ...known, id: word }));
    case 3:
      return withCheck(form, asked.id, (known) => ({
        ...known,
        reasons: known.reasons.map((each) => (each === why ? { ...each, code: word } : each)),
      }));
    case 4:
      return withCheck(form, asked.id, (known) => ({
        ...known,
        reasons: known.reasons.filter((each) => each !== why),
      }));
    case 5:
      return withCheck(form, asked.id, (known) => ({ ...known, mayNotApply: !known.mayNotApply }));
    default:
      return { ...form, criteria: form.criteria.toSpliced(criterion % form.criteria.length, 1) };
  }
}
