import type { Check, ReasonCode } from '../form.ts';

/** Reason codes written as code → [English, Chinese]. */
export function reasons(table: Readonly<Record<string, readonly [string, string]>>): ReasonCode[] {
  return Object.entries(table).map(([code, [en, zh]]) => ({ code, text: { en, zh }, retired: false }));
}

/** A check that is asked of every conversation and must apply, unless `options` say otherwise. */
export function check(
  id: string,
  en: string,
  zh: string,
  table: Readonly<Record<string, readonly [string, string]>>,
  options: Partial<Pick<Check, 'askedOf' | 'mayNotApply'>> = {},
): Check {
  return {
    id,
    text: { en, zh },
    askedOf: 'all',
    mayNotApply: false,
    retired: false,
    ...options,
    reasons: reasons(table),
  };
}
