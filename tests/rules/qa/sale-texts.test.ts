/** Texts and replies, campaigns that inspect every sale, and what becomes of a sale that was billed. */
import { describe, expect, it } from 'vitest';
import { type Story, activated, clock, inspected, plain, selfCheck, stands, tell, text } from './sale-helpers.ts';

describe('a sale that waits for a text or an inspector, or ends', () => {
  const stories: readonly Story[] = [
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

  it.each(stories)('%s', (_, terms, acts, expected) => {
    expect(tell(terms, acts)).toEqual(expected);
  });
});
