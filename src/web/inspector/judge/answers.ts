/**
 * Judging as a pure state: an answer for each criterion, changed by what the inspector does. A failure carries its
 * second (where the playhead stood) and a reason; a reason belongs to a check (`check/reason`), which fails with it.
 */
import type { CriterionAnswer, Form } from '../../../contract/inspections.ts';

export type Criterion = Form['criteria'][number];

export type Judging = {
  answers: Record<string, CriterionAnswer>;
  /** The criterion the keys act on. */
  at: number;
  /** The check whose reasons the digit keys choose from; null while the check itself is chosen. */
  check: string | null;
};

export type JudgingStep =
  | { step: 'choose'; index: number }
  | { step: 'pass'; criterion: Criterion }
  | { step: 'fail'; criterion: Criterion; second: number }
  | { step: 'pass-rest'; criteria: readonly Criterion[] }
  | { step: 'ask'; check: string }
  | { step: 'reason'; criterion: Criterion; reason: string }
  | { step: 'mark'; criterion: Criterion; second: number }
  | { step: 'not-applicable'; criterion: Criterion; check: string; on: boolean }
  | { step: 'note'; criterion: Criterion; note: string }
  /** What was judged in another browser meanwhile. */
  | { step: 'adopt'; answers: readonly CriterionAnswer[] };

export function beginJudging(draft: readonly CriterionAnswer[]): Judging {
  return { answers: Object.fromEntries(draft.map((answer) => [answer.criterion, answer])), at: 0, check: null };
}

/** The reasons of a criterion under the checks they belong to. */
export function reasonsByCheck({ checks, reasons }: Criterion) {
  return checks
    .map((check) => ({ check, reasons: reasons.filter(({ code }) => code.split('/')[0] === check.code) }))
    .filter((group) => group.reasons.length > 0);
}

const passed = (criterion: Criterion): CriterionAnswer => ({
  criterion: criterion.code,
  verdict: 'pass',
  reason: null,
  atSecond: null,
  checks: criterion.checks.map(({ code }) => ({ check: code, answer: 'pass' })),
  note: '',
});

const setCheck = (answer: CriterionAnswer, code: string, word: 'pass' | 'fail' | 'not-applicable') => ({
  ...answer,
  checks: answer.checks.map((check) => (check.check === code ? { check: code, answer: word } : check)),
});

/** What a step makes of the judging. A step that does not apply changes nothing. */
export function judge(judging: Judging, step: JudgingStep): Judging {
  const keep = (answer: CriterionAnswer, check: string | null = null): Judging => ({
    ...judging,
    check,
    answers: { ...judging.answers, [answer.criterion]: answer },
  });
  const known = 'criterion' in step ? judging.answers[step.criterion.code] : undefined;
  switch (step.step) {
    case 'choose':
      return step.index === judging.at ? judging : { ...judging, at: step.index, check: null };
    case 'ask':
      return { ...judging, check: step.check };
    case 'pass': {
      const applied = known?.checks.filter(({ answer }) => answer === 'not-applicable') ?? [];
      const whole = applied.reduce(
        (answer, { check }) => setCheck(answer, check, 'not-applicable'),
        passed(step.criterion),
      );
      return keep({ ...whole, note: known?.note ?? '' });
    }
    case 'fail': {
      if (known?.verdict === 'fail') return keep({ ...known, atSecond: tenths(step.second) });
      const failed: CriterionAnswer = {
        ...(known ?? passed(step.criterion)),
        verdict: 'fail',
        atSecond: tenths(step.second),
      };
      const groups = reasonsByCheck(step.criterion);
      return keep(failed, groups.length === 1 ? (groups[0]?.check.code ?? null) : null);
    }
    case 'pass-rest':
      return step.criteria
        .filter(({ code }) => judging.answers[code] === undefined)
        .reduce((state, criterion) => judge(state, { step: 'pass', criterion }), judging);
    case 'reason': {
      if (known?.verdict !== 'fail') return judging;
      const before = known.reason?.split('/')[0];
      const cleared = before === undefined ? known : setCheck(known, before, 'pass');
      const check = step.reason.split('/')[0] ?? '';
      return keep({ ...setCheck(cleared, check, 'fail'), reason: step.reason }, check);
    }
    case 'mark':
      return known?.verdict === 'fail' ? keep({ ...known, atSecond: tenths(step.second) }, judging.check) : judging;
    case 'not-applicable':
      return keep(
        setCheck(known ?? passed(step.criterion), step.check, step.on ? 'not-applicable' : 'pass'),
        judging.check,
      );
    case 'adopt':
      return { ...beginJudging(step.answers), at: judging.at };
    case 'note':
      return known ? keep({ ...known, note: step.note }, judging.check) : judging;
    default:
      return step satisfies never;
  }
}

const tenths = (second: number) => Math.round(second * 10) / 10;

/** Criteria that still lack a verdict, or a reason for a failure. */
export function stillOpen(criteria: readonly Criterion[], judging: Pick<Judging, 'answers'>): Criterion[] {
  return criteria.filter(({ code, reasons }) => {
    const answer = judging.answers[code];
    return answer === undefined || (answer.verdict === 'fail' && answer.reason === null && reasons.length > 0);
  });
}

export function answersInOrder(criteria: readonly Criterion[], judging: Pick<Judging, 'answers'>): CriterionAnswer[] {
  return criteria.flatMap(({ code }) => judging.answers[code] ?? []);
}
