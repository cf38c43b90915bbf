/** What a sale refuses, and the terms it is made on; its life stands in the files beside. */
import { describe, expect, it } from 'vitest';
import { checkSaleTerms, DEFAULT_SALE_TERMS, type SaleTerms } from '../../../qa/rules/sale.ts';
import { type Act, Play, activated, confirm, inTrial, plain, selfCheck, stands, trial } from './sale-helpers.ts';

describe('a sale', () => {
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
