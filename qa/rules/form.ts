import type { LocalText } from './text.ts';

/**
 * A form is data: criteria, their checks, and the reasons a check can fail for. A published version never changes, and an
 * inspection keeps the version it was made with for ever; a correction of the form is a new version.
 */
export interface Form {
  readonly id: FormId;
  readonly version: number;
  readonly title: LocalText;
  /** What is judged: a finished recording, or a live call, where moments count from when listening began. */
  readonly heard: 'recording' | 'live';
  readonly criteria: readonly Criterion[];
}

export type FormId = 'valid-marketing' | 'corrective-call' | 'second-confirmation' | 'conduct' | 'floor-patrol';

/** The four criteria of a valid sale, in the order in which they are shown. */
export const FATAL_CRITERIA = ['right-person', 'understood', 'approved-script', 'explicit-consent'] as const;
export type FatalCriterionId = (typeof FATAL_CRITERIA)[number];

/** Passed or failed as a whole. Failing a fatal one fails the recording; the others carry `weight` in the score. */
export interface Criterion {
  readonly id: string;
  readonly title: LocalText;
  readonly fatal: boolean;
  readonly weight: number;
  readonly checks: readonly Check[];
}

export interface Check {
  readonly id: string;
  readonly text: LocalText;
  /** Which conversations it is asked of. In a frame wider than sales some checks make sense only with, or only without, a sale. */
  readonly askedOf: 'all' | 'sale' | 'no-sale';
  readonly mayNotApply: boolean;
  /** Not asked any more. It stays on the form, because its reasons are the keys under which old failures are counted. */
  readonly retired: boolean;
  readonly reasons: readonly ReasonCode[];
}

export interface ReasonCode {
  readonly code: string;
  readonly text: LocalText;
  /** Not offered any more; old failures keep their word. */
  readonly retired: boolean;
}

export type CheckAnswer = 'passed' | 'failed' | 'not-applicable';

/** One fault that was heard: which check, why, and at which second. */
export interface Failure {
  readonly checkId: string;
  readonly reasonCode: string;
  readonly atSecond: number;
}

export interface CriterionAnswer {
  readonly criterionId: string;
  /** The inspector's word on the criterion as a whole; it must agree with the checks. Never "not applicable". */
  readonly outcome: 'passed' | 'failed';
  readonly checks: readonly { readonly checkId: string; readonly answer: CheckAnswer }[];
  readonly failures: readonly Failure[];
}

export interface Answers {
  readonly criteria: readonly CriterionAnswer[];
  readonly remark: string;
}

/** The conversation a form is answered for. `seconds`: length of the recording, or null while the call is still live. */
export interface Heard {
  readonly outcome: 'sale' | 'no-sale';
  readonly seconds: number | null;
}

/** The checks of a criterion that are asked of this conversation. */
export function checksAsked(criterion: Criterion, outcome: Heard['outcome']): readonly Check[] {
  return criterion.checks.filter(({ askedOf, retired }) => !retired && (askedOf === 'all' || askedOf === outcome));
}

/** The criteria that are judged: one whose checks are all retired is retired with them. */
export function criteriaJudged({ criteria }: Pick<Form, 'criteria'>): readonly Criterion[] {
  return criteria.filter(({ checks }) => checks.length === 0 || checks.some(({ retired }) => !retired));
}

/** What is wrong with a form. `field`: `title`, or `criteria.<criterion>.<check>.reasons.<code>` as far as it goes, and the language. */
export interface FormFault {
  readonly fault:
    | 'empty'
    | 'id-twice'
    | 'criterion-asks-nothing'
    | 'fatal-criterion-missing'
    | 'bad-weight'
    | FormRuleFault;
  readonly field: string;
}

/** What breaks the business or the reading of old judgements (form-version.ts). */
export type FormRuleFault =
  | 'bad-code'
  | 'not-the-four'
  | 'must-be-fatal'
  | 'must-not-be-fatal'
  | 'may-not-apply-as-a-whole'
  | 'weights-not-hundred'
  | 'made-up-consent-not-offered'
  | 'made-up-consent-elsewhere'
  | 'key-gone'
  | 'key-moved'
  | 'meaning-unconfirmed'
  | 'nothing-changed';

const JUDGES_SALES: readonly FormId[] = ['valid-marketing', 'corrective-call', 'second-confirmation'];
/** Whether a form decides on a sale, so that all of its criteria are fatal. */
export const judgesSales = (id: FormId): boolean => JUDGES_SALES.includes(id);

/** All faults of a form's own making; none before a version may be published. */
export function checkForm(form: Form): FormFault[] {
  const faults: FormFault[] = [];
  const once = (ids: readonly string[], field: string) => {
    for (const [i, id] of ids.entries())
      if (ids.indexOf(id) !== i) faults.push({ fault: 'id-twice', field: `${field}.${id}` });
  };
  const written = ({ en, zh }: LocalText, field: string) => {
    if (en.trim() === '') faults.push({ fault: 'empty', field: `${field}.en` });
    if (zh.trim() === '') faults.push({ fault: 'empty', field: `${field}.zh` });
  };
  written(form.title, 'title');
  once(
    form.criteria.map(({ id }) => id),
    'criteria',
  );
  const judged = criteriaJudged(form);
  for (const criterion of form.criteria) {
    const field = `criteria.${criterion.id}`;
    written(criterion.title, `${field}.title`);
    if (!(criterion.weight > 0)) faults.push({ fault: 'bad-weight', field });
    once(
      criterion.checks.map(({ id }) => id),
      field,
    );
    for (const outcome of ['sale', 'no-sale'] as const) {
      if (judged.includes(criterion) && checksAsked(criterion, outcome).length === 0)
        faults.push({ fault: 'criterion-asks-nothing', field: `${field}.${outcome}` });
    }
    for (const check of criterion.checks) {
      written(check.text, `${field}.${check.id}`);
      if (!check.retired && check.reasons.every(({ retired }) => retired))
        faults.push({ fault: 'empty', field: `${field}.${check.id}.reasons` });
      once(
        check.reasons.map(({ code }) => code),
        `${field}.${check.id}.reasons`,
      );
      for (const { code, text } of check.reasons) written(text, `${field}.${check.id}.reasons.${code}`);
    }
  }
  if (judgesSales(form.id)) {
    for (const id of FATAL_CRITERIA) {
      if (!form.criteria.some((criterion) => criterion.id === id && criterion.fatal)) {
        faults.push({ fault: 'fatal-criterion-missing', field: `criteria.${id}` });
      }
    }
  }
  return faults;
}
