/**
 * Judging as a pure state: an answer for each criterion, changed by what the inspector does. A failure carries its
 * second (where the playhead stood) and needs a reason; checks follow the verdict until they are set by hand.
 */
import type { CriterionAnswer, Form } from '../../../contract/inspections.ts';

export type Criterion = Form['criteria'][number];
type CheckAnswer = CriterionAnswer['checks'][number]['answer'];

export type Judging = {
  answers: Record<string, CriterionAnswer>;
  /** The criterion the keys act on. */
  at: number;
};

export type JudgingStep =
  | { step: 'choose'; index: number }
  | { step: 'pass'; criterion: Criterion }
  | { step: 'fail'; criterion: Criterion; second: number }
  | { step: 'pass-rest'; criteria: readonly Criterion[] }
  | { step: 'reason'; criterion: Criterion; reason: string }
  | { step: 'mark'; criterion: Criterion; second: number }
  | { step: 'check'; criterion: Criterion; check: string; answer: CheckAnswer }
  | { step: 'note'; criterion: Criterion; note: string };

export function beginJudging(draft: readonly CriterionAnswer[]): Judging {
  return { answers: Object.fromEntries(draft.map((answer) => [answer.criterion, answer])), at: 0 };
}

const passed = (criterion: Criterion): CriterionAnswer => ({
  criterion: criterion.code,
  verdict: 'pass',
  reason: null,
  atSecond: null,
  checks: criterion.checks.map(({ code }) => ({ check: code, answer: 'pass' })),
  note: '',
});

/** What a step makes of the judging. A step on an unanswered criterion that needs a failure first changes nothing. */
export function judge(judging: Judging, step: JudgingStep): Judging {
  const keep = (answer: CriterionAnswer): Judging => ({
    ...judging,
    answers: { ...judging.answers, [answer.criterion]: answer },
  });
  switch (step.step) {
    case 'choose':
      return { ...judging, at: step.index };
    case 'pass':
      return keep({ ...passed(step.criterion), note: judging.answers[step.criterion.code]?.note ?? '' });
    case 'fail': {
      const known = judging.answers[step.criterion.code];
      if (known?.verdict === 'fail') return keep({ ...known, atSecond: whole(step.second) });
      return keep({
        ...passed(step.criterion),
        note: known?.note ?? '',
        verdict: 'fail',
        reason: step.criterion.reasons.length === 1 ? (step.criterion.reasons[0]?.code ?? null) : null,
        atSecond: whole(step.second),
      });
    }
    case 'pass-rest':
      return step.criteria
        .filter(({ code }) => judging.answers[code] === undefined)
        .reduce((state, criterion) => judge(state, { step: 'pass', criterion }), judging);
    case 'reason':
    case 'mark': {
      const known = judging.answers[step.criterion.code];
      if (known?.verdict !== 'fail') return judging;
      return keep(
        step.step === 'reason' ? { ...known, reason: step.reason } : { ...known, atSecond: whole(step.second) },
      );
    }
    case 'check': {
      const known = judging.answers[step.criterion.code] ?? passed(step.criterion);
      const checks = known.checks.map((check) =>
        check.check === step.check ? { ...check, answer: step.answer } : check,
      );
      return keep({ ...known, checks });
    }
    case 'note':
      return keep({ ...(judging.answers[step.criterion.code] ?? passed(step.criterion)), note: step.note });
    default:
      return step satisfies never;
  }
}

const whole = (second: number) => Math.round(second * 10) / 10;

/** Criteria that still lack a verdict, or a reason for a failure. */
export function stillOpen(criteria: readonly Criterion[], judging: Judging): Criterion[] {
  return criteria.filter(({ code }) => {
    const answer = judging.answers[code];
    return answer === undefined || (answer.verdict === 'fail' && answer.reason === null);
  });
}

export function answersInOrder(criteria: readonly Criterion[], judging: Judging): CriterionAnswer[] {
  return criteria.flatMap(({ code }) => judging.answers[code] ?? []);
}
