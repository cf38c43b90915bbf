/** How a sale is judged, and the calls that mend it. */
import { describe, expect, it } from 'vitest';
import type { SaleSignal } from '../../../qa/rules/sale.ts';
import { type Story, activated, clock, inspected, plain, selfCheck, stands, tell } from './sale-helpers.ts';

const unreached = (callId: string): SaleSignal => ({ kind: 'mending-call', callId, result: 'unreached' });

describe('a sale that is judged, and mended where it fails', () => {
  const stories: readonly Story[] = [
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
  ];

  it.each(stories)('%s', (_, terms, acts, expected) => {
    expect(tell(terms, acts)).toEqual(expected);
  });
});
