/** The free trial, its second confirmation, and from when on it is billed. */
import { describe, expect, it } from 'vitest';
import { nextDeadline } from '../../../qa/rules/sale.ts';
import { DAY } from './calendar-helper.ts';
import {
  Play,
  type Story,
  activated,
  clock,
  confirm,
  inspected,
  inTrial,
  selfCheck,
  stands,
  tell,
  trial,
  trialBegins,
} from './sale-helpers.ts';

describe('a sale with a free trial', () => {
  const stories: readonly Story[] = [
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

  it.each(stories)('%s', (_, terms, acts, expected) => {
    expect(tell(terms, [...inTrial, ...acts])).toEqual([...trialBegins, ...expected]);
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
});
