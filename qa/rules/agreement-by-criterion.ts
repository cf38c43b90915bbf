import { type Agreement, agreementOf, type RatedPair } from './agreement.ts';
import { FATAL_CRITERIA, type FatalCriterionId } from './form.ts';

/** The criteria that each of two judges of one recording failed. */
export interface VerdictPair {
  readonly first: readonly string[];
  readonly second: readonly string[];
}

export interface AgreementByCriterion {
  /** Of the results: any criterion failed, or none. */
  readonly overall: Agreement;
  readonly byCriterion: readonly (Agreement & { readonly criterion: FatalCriterionId })[];
}

/** How far two judges agree over pairs of verdicts, in the result and criterion by criterion. */
export function agreementByCriterion(pairs: readonly VerdictPair[]): AgreementByCriterion {
  const rated = (fails: (criteria: readonly string[]) => boolean): RatedPair<'pass' | 'fail'>[] =>
    pairs.map(({ first, second }) => ({
      first: fails(first) ? 'fail' : 'pass',
      second: fails(second) ? 'fail' : 'pass',
    }));
  const of = (fails: (criteria: readonly string[]) => boolean) => agreementOf(rated(fails), ['pass', 'fail'], 'fail');
  return {
    overall: of((criteria) => criteria.length > 0),
    byCriterion: FATAL_CRITERIA.map((criterion) => ({ criterion, ...of((criteria) => criteria.includes(criterion)) })),
  };
}
