/** Terms and long random histories of a sale, for properties. */
import fc from 'fast-check';
import { DEFAULT_TRIAL_TERMS, type Judgement, type SaleSignal, type SaleTerms } from '../../../qa/rules/sale.ts';
import { DAY } from './calendar-helper.ts';
import { plain } from './sale-helpers.ts';

export const saleTerms: fc.Arbitrary<SaleTerms> = fc
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
export const histories = fc.array(fc.tuple(signal, fc.nat({ max: DAY / 2 })), {
  minLength: 20,
  maxLength: 120,
  size: 'max',
});
