/** An offer as it is written in the form, to and from what is kept; and which field a refusal is about. */
import type { OfferTerms } from '../../../contract/offers.ts';
import { ApiError } from '../../api/problem.ts';

export const chains = ['none', 'lead', 'lead-manager', 'manager'] as const;
export type Chain = (typeof chains)[number];
export const levels = ['normal', 'tightened'] as const satisfies readonly OfferTerms['mayUse']['levels'][number][];

type Exceptions = NonNullable<OfferTerms['exceptions']>;
type Limit = NonNullable<OfferTerms['limit']>;

export type Draft = Pick<OfferTerms, 'name' | 'text' | 'from' | 'mayUse'> & {
  /** Empty: until it is withdrawn. */
  until: string;
  column: string;
  values: string;
  /** 0: none. */
  count: number;
  of: Limit['of'];
  per: Limit['per'];
  chain: Chain;
} & Omit<Exceptions, 'approvers'>;

const none = { en: '', zh: '' };
export const emptyDraft = (today: string): Draft => ({
  ...{ name: none, text: none, from: today, until: '' },
  mayUse: { agents: true, teamIds: [], levels: [...levels] },
  ...{ column: '', values: '', count: 0, of: 'agent', per: 'month' },
  ...{ chain: 'lead-manager', withinHours: 4, office: { from: '09:00', to: '18:00' }, holdsDays: 3 },
});

export function draftOf({ until, customers, limit, exceptions, ...terms }: OfferTerms): Draft {
  const { approvers, ...rest } = exceptions ?? { approvers: [] };
  return {
    ...emptyDraft(terms.from),
    ...terms,
    until: until ?? '',
    ...{ column: customers?.column ?? '', values: customers?.values.join(', ') ?? '' },
    ...limit,
    ...rest,
    chain: chains.find((chain) => chain === approvers.join('-')) ?? 'none',
  };
}

export function termsOf(draft: Draft): OfferTerms {
  const { name, text, from, mayUse, until, count, of, per, chain, withinHours, office, holdsDays } = draft;
  const column = draft.column.trim();
  const values = draft.values
    .split(/[,，、\n]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return {
    ...{ name, text, from, mayUse, until: until === '' ? null : until },
    customers: column === '' && values.length === 0 ? null : { column, values },
    limit: count === 0 ? null : { count, of, per },
    exceptions: chain === 'none' ? null : { approvers: approversOf(chain), withinHours, office, holdsDays },
  };
}

function approversOf(chain: Exclude<Chain, 'none'>): Exceptions['approvers'] {
  return chain === 'lead-manager' ? ['lead', 'manager'] : [chain];
}

/** The code of each field's fault, by its path in the terms; of what a schema refuses there is one for all: `missing`. */
export function faultsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const named = error.faults.length > 0 ? error.faults : error.field === null ? [] : [{ field: error.field, code: '' }];
  return Object.fromEntries(
    named.map(({ field, code }) => [field.replace(/^body\.terms\./, ''), code.startsWith('offer-') ? code : 'missing']),
  );
}
