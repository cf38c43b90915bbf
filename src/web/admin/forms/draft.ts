/** Writing a version as plain changes of its body. What was published before can be retired; only what is new can be removed. */
import type { FormBody, FormKind, FormVersion } from '../../../contract/forms.ts';

export type Criterion = FormBody['criteria'][number];
export type Check = Criterion['checks'][number];
export type Reason = Check['reasons'][number];
export type Spoken = FormBody['title'];

/** In the order in which they are listed. */
export const kinds: readonly FormKind[] = [
  'valid-marketing',
  'corrective-call',
  'second-confirmation',
  'conduct',
  'floor-patrol',
];

const nothing: Spoken = { en: '', zh: '' };

export const bodyOf = ({ title, criteria }: FormVersion): FormBody => ({ title, criteria });

/** Forms of which every criterion must be met; the others are judged by points. */
export const decidesSales = (kind: FormVersion['formId']): boolean => kind !== 'conduct' && kind !== 'floor-patrol';

/** The keys of the version in force, which a draft cannot take away. */
export function publishedKeys(before: FormBody): ReadonlySet<string> {
  return new Set(
    before.criteria.flatMap(({ id, checks }) => [
      id,
      ...checks.flatMap((check) => [check.id, ...check.reasons.map(({ code }) => `${check.id}/${code}`)]),
    ]),
  );
}

export function movedBy<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const item = list[index];
  const other = list[index + by];
  return item === undefined || other === undefined ? [...list] : list.with(index, other).with(index + by, item);
}

/** The first of prefix-1, prefix-2 … that nothing has yet. */
function free(prefix: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) if (!taken.includes(`${prefix}-${n}`)) return `${prefix}-${n}`;
}

export function newReason({ reasons }: Pick<Check, 'reasons'>): Reason {
  return {
    code: free(
      'reason',
      reasons.map(({ code }) => code),
    ),
    text: nothing,
    retired: false,
  };
}

export function newCheck(body: FormBody): Check {
  const taken = body.criteria.flatMap(({ checks }) => checks.map(({ id }) => id));
  const check = {
    id: free('check', taken),
    text: nothing,
    askedOf: 'all',
    mayNotApply: false,
    retired: false,
  } as const;
  return { ...check, reasons: [newReason({ reasons: [] })] };
}

export function newCriterion(body: FormBody, fatal: boolean): Criterion {
  const id = free(
    'criterion',
    body.criteria.map((criterion) => criterion.id),
  );
  return { id, title: nothing, fatal, weight: fatal ? 1 : 10, checks: [newCheck(body)] };
}
