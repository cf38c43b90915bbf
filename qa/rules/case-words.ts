/** The words that pages and reports use for a case, and what they mean to its rules. */
import type { CaseCause, CaseKind, CaseStatus } from './case.ts';

export const CASE_KINDS = ['complaint', 'problem', 'question', 'suggestion', 'client-remark', 'service-visit'] as const;
export type CaseKindTold = (typeof CASE_KINDS)[number];
export const CASE_STATES = ['open', 'contacted', 'judged', 'answered', 'return-call', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];
export const CASE_CHANNELS = ['call', 'hotline', 'client', 'regulator', 'letter', 'text', 'other'] as const;
export type CaseChannel = (typeof CASE_CHANNELS)[number];
/** `none`: nothing on our side caused it. */
export const FOUND_CAUSES = ['agent', 'script', 'list', 'product', 'system', 'none'] as const;
export type FoundCause = (typeof FOUND_CAUSES)[number];

/** A question is a problem that an answer solves; a client's remark is weighed like a suggestion. */
export function ruleKind(kind: CaseKindTold): CaseKind {
  switch (kind) {
    case 'complaint':
    case 'problem':
    case 'suggestion':
    case 'service-visit':
      return kind;
    case 'question':
      return 'problem';
    case 'client-remark':
      return 'suggestion';
  }
}

export function shownState(status: CaseStatus): CaseState {
  switch (status) {
    case 'recorded':
      return 'open';
    case 'mended':
      return 'return-call';
    case 'contacted':
    case 'judged':
    case 'answered':
    case 'closed':
      return status;
  }
}

/** What nothing on our side caused lies with the customer's own circumstances. */
export function ruleCause(cause: FoundCause): CaseCause {
  return cause === 'none' ? 'customer' : cause;
}
