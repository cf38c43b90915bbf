/**
 * How an attempt ended, as the system knows it (what the agent says of it is the disposition).
 * The list is that of the campaign settings, because retry rules are written against it.
 */
import { systemOutcomes } from './campaign-settings.ts';

export type Outcome = (typeof systemOutcomes)[number];

const known: ReadonlySet<string> = new Set(systemOutcomes);

/** True when a stored text is an outcome of this version of the software. */
export const isOutcome = (text: string): text is Outcome => known.has(text);

/** Outcomes of calls that a person answered: the denominator of the abandon rate, machines left out. */
export const answeredByPerson: ReadonlySet<Outcome> = new Set(['connected', 'abandoned', 'customer-hung-up']);
