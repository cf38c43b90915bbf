import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FATAL_CRITERIA } from '../../../qa/rules/form.ts';
import {
  DEFAULT_TRIAL_TERMS,
  decideSale,
  type Judgement,
  mayBill,
  newSale,
  nextDeadline,
  type Sale,
  type SaleSignal,
  type SaleTerms,
} from '../../../qa/rules/sale.ts';
import { DAY, everyDay } from './calendar-helper.ts';
import { plain } from './sale-helpers.ts';

const terms: fc.Arbitrary<SaleTerms> = fc
  .record({
    selfCheck: fc.option(fc.constant({ withinDays: 0 })),
    text: fc.option(fc.record({ reply: fc.boolean(), withinDays: fc.nat({ max: 3 }) })),
    notice: fc.boolean(),
    inspectEverySale: fc.boolean(),
    trial: fc.option(fc.record({ extensionsMost: fc.nat({ max: 2 }), inspectConfirmation: fc.boolean() })),
  })
  .map(({ trial, ...others }) => ({
    ...plain,
    ...others,
    trial: trial && { ...DEFAULT_TRIAL_TERMS, ...trial, days: 10 },
  }));

const callId = fc.constantFrom('c0', 'c1', 'c2', 'c3', 'c4', 'c5');
/** Mostly passed, so that histories come far enough to be dangerous. */
const found = fc.oneof(
  { weight: 20, arbitrary: fc.constant('passed' as const) },
  { weight: 1, arbitrary: fc.constantFrom('failed' as const, 'doubtful' as const) },
);
const judgement: fc.Arbitrary<Judgement> = fc.record({
  id: fc.uuid(),
  basis: fc.constantFrom('self-check', 'inspection'),
  at: fc.nat({ max: 50 * DAY }),
  criteria: fc.record({
    'right-person': found,
    understood: found,
    'approved-script': found,
    'explicit-consent': found,
  }),
  alsoFailed: fc.constantFrom([], [], [], [], [], [], [], ['fault-mended']),
});
/** The customer's no, which ends a sale, is rare, so that most histories outlive it. */
const signal: fc.Arbitrary<SaleSignal> = fc.oneof(
  { weight: 80, arbitrary: fc.record({ kind: fc.constant('judged'), callId, judgement }) },
  { weight: 30, arbitrary: fc.constant({ kind: 'activated', trialEndsAt: null }) },
  { weight: 30, arbitrary: fc.constant({ kind: 'text-sent' }) },
  { weight: 30, arbitrary: fc.record({ kind: fc.constant('text-reply'), answer: fc.constantFrom('yes', 'unclear') }) },
  {
    weight: 30,
    arbitrary: fc.record({
      kind: fc.constant('mending-call'),
      callId,
      result: fc.constantFrom('stands', 'stands', 'stands', 'unreached'),
    }),
  },
  {
    weight: 40,
    arbitrary: fc.record({
      kind: fc.constant('confirmation-call'),
      callId,
      outcome: fc.constantFrom('goes-on', 'goes-on', 'goes-on', 'thinks', 'unreached', 'suspended', 'cancels-alone'),
    }),
  },
  { weight: 30, arbitrary: fc.constant({ kind: 'clock' }) },
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant('withdrawn'), by: fc.constantFrom('customer', 'manager') }),
      fc.constant({ kind: 'text-reply', answer: 'no' }),
      fc.record({ kind: fc.constant('mending-call'), callId, result: fc.constant('withdrawn') }),
      fc.record({ kind: fc.constant('confirmation-call'), callId, outcome: fc.constant('declines') }),
    ),
  },
);
const history = fc.array(fc.tuple(signal, fc.nat({ max: DAY / 2 })), { minLength: 20, maxLength: 120, size: 'max' });

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
      fc.property(terms, history, (agreed, signals) => {
        const ledger = new Ledger();
        let now = 0;
        let { sale } = newSale('s', 'c0', agreed, { now, calendar: everyDay });
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
      fc.property(terms, history, (agreed, signals) => {
        let now = 0;
        let billing = false;
        const numbers = new Set<string>();
        let { sale } = newSale('s', 'c0', agreed, { now, calendar: everyDay });
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
      fc.property(terms, history, (agreed, signals) => {
        let now = 0;
        let { sale } = newSale('s', 'c0', agreed, { now, calendar: everyDay });
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
