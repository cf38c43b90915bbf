import { describe, expect, it } from 'vitest';
import {
  checkSaleTerms,
  DEFAULT_SALE_TERMS,
  nextDeadline,
  type SaleSignal,
  type SaleTerms,
} from '../../../qa/rules/sale.ts';
import { DAY } from './calendar-helper.ts';
import { activated, clock, inspected, Play, plain, selfCheck, text, trial } from './sale-helpers.ts';

const unreached = (callId: string): SaleSignal => ({ kind: 'mending-call', callId, result: 'unreached' });
const stands = (callId: string): SaleSignal => ({ kind: 'mending-call', callId, result: 'stands' });
const confirm = (
  callId: string,
  outcome: Extract<SaleSignal, { kind: 'confirmation-call' }>['outcome'],
): SaleSignal => ({
  kind: 'confirmation-call',
  callId,
  outcome,
});

type Act = readonly [day: number, signal: SaleSignal];

/** Every edge of the machine, told as what is sent and what happens. */
const stories: readonly (readonly [string, SaleTerms, readonly Act[], readonly string[]])[] = [
  [
    'a clean sale',
    plain,
    [
      [0, selfCheck('passed')],
      [1, activated],
    ],
    ['→ valid', 'activation-asked', '→ billable', 'billing-started'],
  ],
  [
    'a sale whose agent forgot to judge it',
    plain,
    [
      [1, clock],
      [1, clock],
    ],
    ['overdue'],
  ],
  [
    'a doubtful sale that a verification call clears',
    plain,
    [
      [0, selfCheck('doubtful')],
      [1, stands('v1')],
      [1, selfCheck('passed', 'v1')],
    ],
    ['→ unqualified', 'mending-call-asked', '→ valid', 'activation-asked'],
  ],
  [
    'an unqualified sale that a corrective call mends, judged by an inspector',
    plain,
    [
      [0, selfCheck('passed')],
      [0, inspected('failed')],
      [1, stands('m1')],
      [1, selfCheck('passed', 'm1')],
      [2, inspected('passed', 'm1')],
    ],
    ['→ valid', 'activation-asked', '→ unqualified', 'mending-call-asked', 'inspection-asked', '→ valid'],
  ],
  [
    'a verification call after which an inspector fails the sale itself',
    plain,
    [
      [0, selfCheck('doubtful')],
      [1, stands('v1')],
      [1, selfCheck('passed', 'v1')],
      [2, inspected('failed')],
      [3, inspected('passed', 'v1')],
    ],
    [
      '→ unqualified',
      'mending-call-asked',
      '→ valid',
      'activation-asked',
      '→ unqualified',
      'inspection-asked',
      '→ valid',
    ],
  ],
  [
    'a failure that a dispute takes back before the call was made',
    plain,
    [
      [0, inspected('failed')],
      [1, inspected('passed')],
    ],
    ['→ unqualified', 'mending-call-asked', '→ valid', 'mending-call-withdrawn', 'activation-asked'],
  ],
  [
    'a sale that three calls could not mend',
    plain,
    [
      [0, inspected('failed')],
      [1, stands('m1')],
      [1, inspected('failed', 'm1')],
      [2, stands('m2')],
      [2, inspected('failed', 'm2')],
      [3, stands('m3')],
      [3, inspected('failed', 'm3')],
    ],
    [
      '→ unqualified',
      ...[
        'mending-call-asked',
        'inspection-asked',
        'mending-call-asked',
        'inspection-asked',
        'mending-call-asked',
        'inspection-asked',
      ],
      '→ void (not-mended)',
    ],
  ],
  [
    'a sale whose mending call is never made',
    plain,
    [
      [0, selfCheck('failed')],
      [2, clock],
      [2, clock],
      [11, clock],
    ],
    ['→ unqualified', 'mending-call-asked', 'overdue', '→ void (not-mended)', 'mending-call-withdrawn'],
  ],
  [
    'a customer whom no corrective call reaches: asked for again while calls are left, then void',
    plain,
    [
      [0, inspected('failed')],
      [1, unreached('m1')],
      [2, unreached('m2')],
      [3, unreached('m3')],
    ],
    [...['→ unqualified', 'mending-call-asked', 'mending-call-asked', 'mending-call-asked'], '→ void (not-mended)'],
  ],
  [
    'a customer who is reached by the second corrective call',
    plain,
    [
      [0, inspected('failed')],
      [1, unreached('m1')],
      [2, stands('m2')],
      [2, inspected('passed', 'm2')],
    ],
    [
      ...['→ unqualified', 'mending-call-asked', 'mending-call-asked', 'inspection-asked'],
      ...['→ valid', 'activation-asked'],
    ],
  ],
  [
    'a corrective call that no inspector judges in time: told, not void',
    plain,
    [
      [0, selfCheck('failed')],
      [1, stands('m1')],
      [11, clock],
      [12, clock],
    ],
    ['→ unqualified', 'mending-call-asked', 'inspection-asked', 'overdue'],
  ],
  [
    'a customer who withdraws in the corrective call of an active product',
    plain,
    [
      [0, selfCheck('passed')],
      [1, activated],
      [2, inspected('failed')],
      [3, { kind: 'mending-call', callId: 'm1', result: 'withdrawn' }],
    ],
    [
      ...[
        '→ valid',
        'activation-asked',
        '→ billable',
        'billing-started',
        '→ unqualified',
        'billing-stopped',
        'mending-call-asked',
      ],
      ...['→ cancelled (customer-withdrew)', 'product-cancel-asked', 'mending-call-withdrawn'],
    ],
  ],
  [
    'two steps: text, reply, activation, notice',
    text,
    [
      [0, selfCheck('passed')],
      [0, { kind: 'text-sent' }],
      [1, { kind: 'text-reply', answer: 'unclear' }],
      [1, { kind: 'text-reply', answer: 'yes' }],
      [2, activated],
    ],
    [
      '→ held',
      'text-asked',
      'reply-unclear',
      '→ valid',
      'activation-asked',
      'notice-asked',
      '→ billable',
      'billing-started',
    ],
  ],
  [
    'no reply',
    text,
    [
      [0, selfCheck('passed')],
      [0, { kind: 'text-sent' }],
      [3, clock],
    ],
    ['→ held', 'text-asked', '→ void (no-reply)'],
  ],
  [
    'a text that never went out',
    text,
    [
      [0, selfCheck('passed')],
      [3, clock],
    ],
    ['→ held', 'text-asked', '→ void (text-not-sent)'],
  ],
  [
    'a refusal by text',
    text,
    [
      [0, selfCheck('passed')],
      [0, { kind: 'text-reply', answer: 'no' }],
    ],
    ['→ held', 'text-asked', '→ void (refused-by-text)'],
  ],
  [
    'a reply that overtakes the carrier’s word of the text',
    text,
    [
      [0, selfCheck('passed')],
      [0, { kind: 'text-reply', answer: 'yes' }],
      [0, { kind: 'text-sent' }],
    ],
    ['→ held', 'text-asked', '→ valid', 'activation-asked'],
  ],
  [
    'a sale of a campaign that inspects every one',
    { ...plain, inspectEverySale: true },
    [
      [0, selfCheck('passed')],
      [1, inspected('passed')],
    ],
    ['inspection-asked', '→ held', '→ valid', 'activation-asked'],
  ],
  [
    'a manager’s void of what was activated meanwhile',
    plain,
    [
      [0, selfCheck('passed')],
      [0, { kind: 'withdrawn', by: 'manager' }],
      [1, activated],
    ],
    ['→ valid', 'activation-asked', '→ void (manager)', 'product-cancel-asked', 'product-cancel-asked'],
  ],
  [
    'a billed sale found unqualified, mended, billed again',
    plain,
    [
      [0, selfCheck('passed')],
      [0, activated],
      [5, inspected('failed')],
      [6, stands('m1')],
      [6, inspected('passed', 'm1')],
    ],
    [
      ...[
        '→ valid',
        'activation-asked',
        '→ billable',
        'billing-started',
        '→ unqualified',
        'billing-stopped',
        'mending-call-asked',
      ],
      ...['inspection-asked', '→ billable', 'billing-started'],
    ],
  ],
];

const inTrial: readonly Act[] = [
  [0, selfCheck('passed')],
  [0, activated],
];
const trialBegins = ['→ valid', 'activation-asked', 'confirmation-call-asked', '→ trial'];
const trialStories: typeof stories = [
  [
    'a trial confirmed',
    trial,
    [
      [25, confirm('k1', 'goes-on')],
      [25, selfCheck('passed', 'k1')],
    ],
    ['→ billable', 'billing-started'],
  ],
  ['a trial declined', trial, [[25, confirm('k1', 'declines')]], ['→ cancelled (declined)', 'product-cancel-asked']],
  [
    'an invalid confirmation repeated',
    trial,
    [
      [25, confirm('k1', 'goes-on')],
      [25, inspected('failed', 'k1')],
      [26, confirm('k2', 'goes-on')],
      [26, inspected('passed', 'k2')],
    ],
    ['confirmation-call-asked', 'inspection-asked', '→ billable', 'billing-started'],
  ],
  [
    'a confirmation that only an inspector can pass',
    { ...trial, trial: trial.trial && { ...trial.trial, inspectConfirmation: true } },
    [
      [25, confirm('k1', 'goes-on')],
      [25, selfCheck('passed', 'k1')],
      [31, clock],
      [32, clock],
      [33, inspected('passed', 'k1')],
    ],
    ['inspection-asked', 'overdue', '→ billable', 'billing-started'],
  ],
  [
    'a customer who thinks, is called on the last day, and goes on',
    trial,
    [
      [25, confirm('k1', 'thinks')],
      [29, confirm('k2', 'goes-on')],
      [29, selfCheck('passed', 'k2')],
    ],
    ['customer-informed', 'confirmation-call-asked', '→ billable', 'billing-started'],
  ],
  [
    'a customer left to cancel alone is never billed',
    trial,
    [
      [25, confirm('k1', 'cancels-alone')],
      [30, clock],
    ],
    ['customer-informed', '→ cancelled (left-to-cancel)', 'product-cancel-asked'],
  ],
  [
    'a customer unreached, extended once, unreached again',
    trial,
    [
      [29, confirm('k1', 'unreached')],
      [59, confirm('k2', 'suspended')],
      [60, clock],
    ],
    ['trial-extended', 'confirmation-call-asked', '→ cancelled (not-confirmed)', 'product-cancel-asked'],
  ],
  [
    'a customer whom nobody called before the end',
    trial,
    [
      [30, clock],
      [60, clock],
    ],
    [
      ...['confirmation-call-withdrawn', 'trial-extended', 'confirmation-call-asked'],
      ...['confirmation-call-withdrawn', '→ cancelled (not-confirmed)', 'product-cancel-asked'],
    ],
  ],
  [
    'a confirmation found invalid after billing began',
    trial,
    [
      [25, confirm('k1', 'goes-on')],
      [25, selfCheck('passed', 'k1')],
      [40, inspected('failed', 'k1')],
      [41, confirm('k2', 'goes-on')],
      [41, selfCheck('passed', 'k2')],
      [42, inspected('passed', 'k2')],
    ],
    [
      '→ billable',
      'billing-started',
      '→ trial',
      'billing-stopped',
      'trial-extended',
      'confirmation-call-asked',
      'inspection-asked',
      '→ billable',
      'billing-started',
    ],
  ],
  [
    'three invalid confirmations',
    trial,
    [
      [25, confirm('k1', 'goes-on')],
      [25, inspected('failed', 'k1')],
      [26, confirm('k2', 'goes-on')],
      [26, inspected('failed', 'k2')],
      [27, confirm('k3', 'goes-on')],
      [27, inspected('failed', 'k3')],
    ],
    [
      ...['confirmation-call-asked', 'inspection-asked', 'confirmation-call-asked', 'inspection-asked'],
      ...['→ cancelled (not-confirmed)', 'product-cancel-asked'],
    ],
  ],
  [
    'a sale found unqualified during its confirmed trial waits to be mended',
    trial,
    [
      [20, inspected('failed')],
      [25, confirm('k1', 'goes-on')],
      [25, selfCheck('passed', 'k1')],
      [25, stands('m1')],
      [26, inspected('passed', 'm1')],
    ],
    ['→ unqualified', 'mending-call-asked', 'inspection-asked', '→ billable', 'billing-started'],
  ],
];

describe('a sale', () => {
  it.each(stories)('%s', (_, terms, acts, expected) => {
    const play = new Play(terms);
    for (const [day, signal] of acts) play.send(day, signal);
    expect(play.events()).toEqual(expected);
  });

  it.each(trialStories)('%s', (_, terms, acts, expected) => {
    const play = new Play(terms);
    for (const [day, signal] of [...inTrial, ...acts]) play.send(day, signal);
    expect(play.events()).toEqual([...trialBegins, ...expected]);
  });

  it('schedules the confirmation before the end of the trial, bills from its end, and knows its next deadline', () => {
    const play = new Play(trial);
    expect(nextDeadline(play.sale)).toBe(DAY);
    play.send(0, selfCheck('passed'), activated);
    expect(play.happened).toContainEqual({
      event: 'confirmation-call-asked',
      number: 1,
      notBefore: 25 * DAY,
      dueAt: 30 * DAY,
    });
    expect(nextDeadline(play.sale)).toBe(30 * DAY);
    play.send(25, confirm('k1', 'goes-on'), selfCheck('passed', 'k1'));
    expect(play.happened).toContainEqual({ event: 'billing-started', from: 30 * DAY });
    expect(nextDeadline(play.sale)).toBeNull();
  });

  it('counts a trial in days of the clock on the wall', () => {
    const play = new Play({ ...trial, timeZone: 'Europe/Berlin' });
    play.send(75, selfCheck('passed'), activated);
    // 17 March 1970 had no summer time there; 2026 has: the date is what counts.
    expect(play.sale.confirmation?.trialEndsAt).toBe(105 * DAY);
    const later = new Play({ ...trial, timeZone: 'Europe/Berlin' });
    const march2026 = Date.UTC(2026, 2, 10, 9) / DAY;
    later.send(march2026, selfCheck('passed'), activated);
    expect(later.sale.confirmation?.trialEndsAt).toBe(Date.UTC(2026, 3, 9, 8));
  });

  it.each<[string, SaleTerms, readonly Act[], string]>([
    ['a judgement of a call it does not know', plain, [[0, selfCheck('passed', 'other')]], 'unknown-call'],
    [
      'a mending call it did not ask for',
      plain,
      [
        [0, selfCheck('passed')],
        [0, stands('m1')],
      ],
      'not-asked-for',
    ],
    ['a reply where no text was asked for', plain, [[0, { kind: 'text-reply', answer: 'yes' }]], 'not-asked-for'],
    ['a confirmation where there is no trial', plain, [[0, confirm('k1', 'goes-on')]], 'not-asked-for'],
    [
      'a confirmation reported twice',
      trial,
      [...inTrial, [25, confirm('k1', 'unreached')], [25, confirm('k1', 'unreached')]],
      'known-already',
    ],
    [
      'a second activation',
      plain,
      [
        [0, activated],
        [0, activated],
      ],
      'known-already',
    ],
    [
      'anything after its end',
      plain,
      [
        [0, { kind: 'withdrawn', by: 'customer' }],
        [0, selfCheck('passed')],
      ],
      'ended',
    ],
  ])('refuses %s and is unchanged', (_, terms, acts, expected) => {
    const play = new Play(terms);
    for (const [day, signal] of acts.slice(0, -1)) play.send(day, signal);
    const before = play.sale;
    const last = acts.at(-1);
    expect(last && play.send(last[0], last[1])).toBe(expected);
    expect(play.sale).toBe(before);
  });

  it('knows one judgement for one, however often it comes', () => {
    const play = new Play(plain);
    const once = selfCheck('passed');
    expect(play.send(0, once)).toBeNull();
    expect(play.send(0, once)).toBe('known-already');
  });
});

describe('the terms of a sale', () => {
  it.each<[string, Partial<SaleTerms>, string[]]>([
    ['the default', {}, []],
    ['nobody to judge it', { selfCheck: null }, ['nothing-judges-the-sale']],
    [
      'deadlines before the call',
      { mending: { callWithinDays: -1, callsMost: 0, giveUpAfterDays: 0.5 } },
      ['negative-days', 'no-mending-call'],
    ],
    [
      'a trial of no days',
      { trial: { days: 0, confirmBeforeDays: 5, callsMost: 0, extensionsMost: 1, inspectConfirmation: false } },
      ['no-trial-days', 'no-confirmation-call'],
    ],
  ])('%s', (_, change, faults) => {
    expect(checkSaleTerms({ ...DEFAULT_SALE_TERMS, ...change })).toEqual(faults);
  });
});
