import { FATAL_CRITERIA, type FatalCriterionId } from '../../../qa/rules/form.ts';
import {
  DEFAULT_SALE_TERMS,
  DEFAULT_TRIAL_TERMS,
  decideSale,
  type Judgement,
  newSale,
  type Sale,
  type SaleEvent,
  type SaleSignal,
  type SaleTerms,
} from '../../../qa/rules/sale.ts';
import { DAY, everyDay } from './calendar-helper.ts';

export const plain: SaleTerms = { ...DEFAULT_SALE_TERMS, timeZone: 'UTC', notice: false };
export const trial: SaleTerms = {
  ...plain,
  trial: { ...DEFAULT_TRIAL_TERMS, days: 30, confirmBeforeDays: 5, callsMost: 3 },
};
export const text: SaleTerms = { ...plain, notice: true, text: { reply: true, withinDays: 2 } };

let serial = 0;
type Found = 'passed' | 'failed' | 'doubtful';

/** A judgement in which the named criterion was found so, and all others passed. */
export function judgement(
  basis: Judgement['basis'],
  found: Found,
  at: number,
  criterion: FatalCriterionId = FATAL_CRITERIA[0],
): Judgement {
  const all: Record<FatalCriterionId, Found> = {
    'right-person': 'passed',
    understood: 'passed',
    'approved-script': 'passed',
    'explicit-consent': 'passed',
  };
  serial += 1;
  return { id: `j${serial}`, basis, at, criteria: { ...all, [criterion]: found }, alsoFailed: [] };
}

export const selfCheck = (found: Found, callId = 'c0'): SaleSignal => ({
  kind: 'judged',
  callId,
  judgement: judgement('self-check', found, serial),
});
export const inspected = (found: Found, callId = 'c0'): SaleSignal => ({
  kind: 'judged',
  callId,
  judgement: judgement('inspection', found, serial),
});
export const clock: SaleSignal = { kind: 'clock' };
export const activated: SaleSignal = { kind: 'activated', trialEndsAt: null };

/** A sale under test: plays signals at days (0 = the day of the sale) and keeps what happened. */
export class Play {
  sale: Sale;
  now = 0;
  readonly happened: SaleEvent[];

  constructor(terms: SaleTerms) {
    const made = newSale({ id: 's1', callId: 'c0', recordedAt: 0 }, terms, { now: 0, calendar: everyDay });
    this.sale = made.sale;
    this.happened = [...made.happened];
  }

  /** Sends signals, all on one day; says why the last was refused, or null. */
  send(day: number, ...signals: SaleSignal[]): string | null {
    this.now = Math.max(this.now, day * DAY);
    let refusal: string | null = null;
    for (const signal of signals) {
      const step = decideSale(this.sale, signal, { now: this.now, calendar: everyDay });
      this.sale = step.sale;
      this.happened.push(...step.happened);
      refusal = step.refusal;
    }
    return refusal;
  }

  events(): string[] {
    return this.happened.map((one) =>
      one.event === 'moved' ? `→ ${one.to}${one.reason === null ? '' : ` (${one.reason})`}` : one.event,
    );
  }
}

export const stands = (callId: string): SaleSignal => ({ kind: 'mending-call', callId, result: 'stands' });
export const confirm = (
  callId: string,
  outcome: Extract<SaleSignal, { kind: 'confirmation-call' }>['outcome'],
): SaleSignal => ({ kind: 'confirmation-call', callId, outcome });

/** What is sent on which day, and what happens: the edges of the machine as stories. */
export type Act = readonly [day: number, signal: SaleSignal];
export type Story = readonly [name: string, SaleTerms, readonly Act[], readonly string[]];

export function tell(terms: SaleTerms, acts: readonly Act[]): string[] {
  const play = new Play(terms);
  for (const [day, signal] of acts) play.send(day, signal);
  return play.events();
}

/** A sale whose trial has begun, and what happened until then. */
export const inTrial: readonly Act[] = [
  [0, selfCheck('passed')],
  [0, activated],
];
export const trialBegins = ['→ valid', 'activation-asked', 'confirmation-call-asked', '→ trial'];
