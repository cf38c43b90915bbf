import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FATAL_CRITERIA } from '../../../qa/rules/form.ts';
import {
  decideSale,
  type Judgement,
  mayBill,
  newSale,
  nextDeadline,
  type Sale,
  type SaleSignal,
} from '../../../qa/rules/sale.ts';
import { everyDay } from './calendar-helper.ts';
import { histories, saleTerms } from './sale-histories.ts';

/** What an auditor would keep beside the machine: only what was accepted, in order, without using the machine's own reading. */
class Ledger {
  readonly judgements = new Map<string, Judgement[]>();
  readonly saleCalls = ['c0'];
  readonly goesOn: string[] = [];
  replied = false;
  sent = false;
  active = false;
  declined = false;

  note(signal: SaleSignal): void {
    switch (signal.kind) {
      case 'judged':
        this.judgements.set(signal.callId, [...(this.judgements.get(signal.callId) ?? []), signal.judgement]);
        break;
      case 'text-sent':
        this.sent = true;
        break;
      case 'text-reply':
        this.sent = true;
        this.replied ||= signal.answer === 'yes';
        this.declined ||= signal.answer === 'no';
        break;
      case 'mending-call':
        if (signal.result === 'stands') this.saleCalls.push(signal.callId);
        this.declined ||= signal.result === 'withdrawn';
        break;
      case 'confirmation-call':
        if (signal.outcome === 'goes-on') this.goesOn.push(signal.callId);
        this.declined ||= signal.outcome === 'declines';
        break;
      case 'activated':
        this.active = true;
        break;
      case 'withdrawn':
        this.declined = true;
        break;
      case 'clock':
        break;
    }
  }

  /** The last inspection of a call, else its last self-check, by their time; undefined if nobody judged it. */
  word(callId: string): Judgement | undefined {
    const all = this.judgements.get(callId) ?? [];
    const inspections = all.filter(({ basis }) => basis === 'inspection');
    return (inspections.length > 0 ? inspections : all).reduce<Judgement | undefined>(
      (last, one) => (last === undefined || one.at >= last.at ? one : last),
      undefined,
    );
  }

  allFour(callId: string): boolean {
    const word = this.word(callId);
    return (
      word !== undefined && FATAL_CRITERIA.every((id) => word.criteria[id] === 'passed') && word.alsoFailed.length === 0
    );
  }

  byInspector(callId: string): boolean {
    return this.word(callId)?.basis === 'inspection';
  }
}

function expectBillableIsRight(sale: Sale, ledger: Ledger): void {
  expect(ledger.declined).toBe(false);
  expect(ledger.active).toBe(true);
  const judged = ledger.saleCalls.filter((call) => ledger.word(call) !== undefined);
  const lastFailing = judged.findLastIndex((call) => !ledger.allFour(call));
  // A call passed after the last one that failed, and by an inspector where the terms or an inspector's failure ask for it.
  const passing = judged.slice(lastFailing + 1);
  const failedByInspector = judged.some((call) => !ledger.allFour(call) && ledger.byInspector(call));
  const needsInspector = sale.terms.inspectEverySale || failedByInspector;
  expect(passing.some((call) => ledger.allFour(call) && (!needsInspector || ledger.byInspector(call)))).toBe(true);
  if (sale.terms.text !== null) expect(ledger.sent).toBe(true);
  if (sale.terms.text?.reply) expect(ledger.replied).toBe(true);
  if (sale.terms.trial !== null) {
    const last = ledger.goesOn.at(-1) ?? 'none';
    expect(ledger.allFour(last)).toBe(true);
    if (sale.terms.trial.inspectConfirmation) expect(ledger.byInspector(last)).toBe(true);
  }
}

describe('over long random histories', () => {
  it('no path reaches billable without the four criteria and, for trials, a valid second confirmation', () => {
    let billable = 0;
    let trials = 0;
    fc.assert(
      fc.property(saleTerms, histories, (agreed, signals) => {
        const ledger = new Ledger();
        let now = 0;
        let { sale } = newSale({ id: 's', callId: 'c0', recordedAt: now }, agreed, { now, calendar: everyDay });
        for (const [one, pause] of signals) {
          now += pause;
          const step = decideSale(sale, one, { now, calendar: everyDay });
          if (step.refusal === null) ledger.note(one);
          else expect([step.sale, step.happened]).toEqual([sale, []]);
          sale = step.sale;
          expect(mayBill(sale)).toBe(sale.status === 'billable');
          if (sale.status === 'billable') {
            billable += 1;
            if (sale.terms.trial !== null) trials += 1;
            expectBillableIsRight(sale, ledger);
          }
        }
      }),
      { numRuns: 2000 },
    );
    // The search is worth something only if it gets there.
    expect(billable).toBeGreaterThan(200);
    expect(trials).toBeGreaterThan(50);
  });

  it('billing stops whenever a sale leaves billable, ends are final, and calls asked for are numbered once', () => {
    fc.assert(
      fc.property(saleTerms, histories, (agreed, signals) => {
        let now = 0;
        let billing = false;
        const numbers = new Set<string>();
        let { sale } = newSale({ id: 's', callId: 'c0', recordedAt: now }, agreed, { now, calendar: everyDay });
        for (const [one, pause] of signals) {
          now += pause;
          const step = decideSale(sale, one, { now, calendar: everyDay });
          for (const event of step.happened) {
            if (event.event === 'billing-started') billing = true;
            if (event.event === 'billing-stopped') billing = false;
            if (event.event === 'mending-call-asked' || event.event === 'confirmation-call-asked') {
              const key = `${event.event} ${event.number}`;
              expect(numbers.has(key)).toBe(false);
              numbers.add(key);
            }
          }
          expect(billing).toBe(step.sale.status === 'billable');
          if (sale.status === 'void' || sale.status === 'cancelled') expect(step.sale.status).toBe(sale.status);
          sale = step.sale;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a clock brings a sale to rest: sent again it does nothing, and the next deadline lies ahead', () => {
    fc.assert(
      fc.property(saleTerms, histories, (agreed, signals) => {
        let now = 0;
        let { sale } = newSale({ id: 's', callId: 'c0', recordedAt: now }, agreed, { now, calendar: everyDay });
        for (const [one, pause] of signals) {
          now += pause;
          sale = decideSale(sale, one, { now, calendar: everyDay }).sale;
          // Deadlines that lie behind are dealt with one after another; a few rounds bring the sale to rest.
          for (let round = 0; round < 6; round++)
            sale = decideSale(sale, { kind: 'clock' }, { now, calendar: everyDay }).sale;
          expect(decideSale(sale, { kind: 'clock' }, { now, calendar: everyDay }).happened).toEqual([]);
          const next = nextDeadline(sale);
          if (next !== null) expect(next).toBeGreaterThan(now);
        }
      }),
      { numRuns: 500 },
    );
  });
});
