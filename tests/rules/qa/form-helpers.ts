import { type Answers, checksAsked, type Form, type Heard } from '../../../qa/rules/form.ts';

/** A form filled in so that all passes, except the named checks ("criterion.check"), which fail for their first reason at second 10. */
export function filledIn(form: Form, outcome: Heard['outcome'], ...failing: string[]): Answers {
  return {
    remark: '',
    criteria: form.criteria.map((criterion) => {
      const asked = checksAsked(criterion, outcome);
      const failed = asked.filter(({ id }) => failing.includes(`${criterion.id}.${id}`));
      return {
        criterionId: criterion.id,
        outcome: failed.length > 0 ? 'failed' : 'passed',
        checks: asked.map((check) => ({ checkId: check.id, answer: failed.includes(check) ? 'failed' : 'passed' })),
        failures: failed.map(({ id, reasons }) => ({ checkId: id, reasonCode: reasons[0]?.code ?? '', atSecond: 10 })),
      };
    }),
  };
}
