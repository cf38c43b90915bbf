import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { campaignSettings } from '../../../dialer/rules/campaign-settings.ts';
import { fillText, readReply, textSettings } from '../../../dialer/rules/text.ts';
import { decideText, type TextLife, type TextSignal } from '../../../dialer/rules/text-life.ts';

const words = textSettings.parse({});

describe('a reply', () => {
  test.each([
    ['YES', 'yes'],
    [' yes. ', 'yes'],
    ['Yes, please!', 'yes'],
    ['ｙｅｓ', 'yes'],
    ['1', 'yes'],
    ['是', 'yes'],
    ['同意。', 'yes'],
    ['no', 'no'],
    ['不同意', 'no'],
    ['不要！', 'no'],
    ['Stop', 'opt-out'],
    ['退订', 'opt-out'],
    ['td', 'opt-out'],
    ['我不同意这个', 'unclear'],
    ['yes but when does it end', 'unclear'],
    ['not yes', 'unclear'],
    ['', 'unclear'],
    ['👍', 'unclear'],
  ] as const)('“%s” is read as %s', (body, reading) => {
    expect(readReply(body, words)).toBe(reading);
  });

  it('is an opt-out when the carrier says so, and never a yes unless the whole of it is a word of the list', () => {
    expect(readReply('whatever', words, true)).toBe('opt-out');
    fc.assert(
      fc.property(fc.string(), (body) => {
        if (readReply(body, words) !== 'yes') return;
        const letters = (text: string) =>
          text
            .normalize('NFKC')
            .toUpperCase()
            .replace(/[^\p{L}\p{N}]/gu, '');
        expect(words.yes.map(letters)).toContain(letters(body));
      }),
    );
  });

  it('cannot mean two things: a word stands in one list only', () => {
    expect(textSettings.safeParse({ yes: ['ja'], no: ['nein', 'Ja!'] }).success).toBe(false);
    expect(campaignSettings.parse({ texts: { yes: ['ja'], no: ['nein'] } }).texts.yes).toEqual(['ja']);
  });
});

it('a wording is filled in, and an unknown place stays to be seen', () => {
  const values = { caller: 'Northlight', product: 'Guard', tariff: '' };
  expect(fillText('{caller}: {product} {tariff} is {unknown}.', values)).toBe('Northlight: Guard is {unknown}.');
});

const fresh: TextLife = {
  state: 'intended',
  carrierMessageId: null,
  askedAt: null,
  tries: 0,
  sendUntil: 1e9,
  nextTryAt: 0,
};
const play = (signals: readonly (readonly [at: number, signal: TextSignal])[], life = fresh) => {
  const happened: string[] = [];
  for (const [at, signal] of signals) {
    const step = decideText(life, signal, at);
    life = step.life;
    if (step.happened) happened.push(step.happened.kind === 'failed' ? `failed ${step.happened.why}` : 'arrived');
  }
  return { state: life.state, tries: life.tries, happened };
};
const status = (one: 'sent' | 'delivered' | 'failed', carrierMessageId = 'm'): TextSignal => ({
  ...{ kind: 'status', status: one, carrierMessageId },
  code: one === 'failed' ? '30003' : null,
});
const asking: TextSignal = { kind: 'asking' };
const accepted: TextSignal = { kind: 'accepted', carrierMessageId: 'm' };

describe('a text outside the recipient’s hours', () => {
  const outside = (until: number | null): TextSignal => ({ kind: 'outside-hours', until });
  test.each<[string, number | null, TextLife, Partial<TextLife>, string | null]>([
    ['waits for the opening', 500, fresh, { state: 'intended', nextTryAt: 500, tries: 0 }, null],
    ['is too late when its time ends first', 2e9, fresh, { state: 'failed', nextTryAt: null }, 'outside-hours'],
    ['is never sent when there are no hours', null, fresh, { state: 'failed', nextTryAt: null }, 'outside-hours'],
    ['is left alone once the carrier was asked', 500, { ...fresh, state: 'sending' }, { state: 'sending' }, null],
    ['is left alone once it arrived', null, { ...fresh, state: 'delivered' }, { state: 'delivered' }, null],
  ])('%s', (_, until, life, after, why) => {
    const step = decideText(life, outside(until), 100);
    expect(step.life).toMatchObject(after);
    expect(step.happened).toEqual(why === null ? null : { kind: 'failed', why });
  });
});

describe('the life of a text', () => {
  test.each<[string, [number, TextSignal][], string, string[]]>([
    [
      'delivered',
      [
        [0, asking],
        [1, accepted],
        [2, status('sent')],
        [3, status('delivered')],
      ],
      'delivered',
      ['arrived'],
    ],
    [
      'told of twice and out of order',
      [
        [0, asking],
        [1, accepted],
        [2, status('delivered')],
        [3, status('sent')],
        [4, status('delivered')],
      ],
      'delivered',
      ['arrived'],
    ],
    [
      'told of before the carrier’s answer',
      [
        [0, asking],
        [1, status('sent')],
        [2, accepted],
        [3, status('delivered')],
      ],
      'delivered',
      ['arrived'],
    ],
    [
      'not delivered',
      [
        [0, asking],
        [1, accepted],
        [2, status('sent')],
        [3, status('failed')],
      ],
      'failed',
      ['failed 30003'],
    ],
    [
      'refused',
      [
        [0, asking],
        [1, { kind: 'refused', code: '21211' }],
      ],
      'failed',
      ['failed 21211'],
    ],
    [
      'sent, and no word of it: it counts as arrived',
      [
        [0, asking],
        [1, accepted],
        [2, status('sent')],
        [600_002, { kind: 'nothing-new' }],
      ],
      'sent',
      ['arrived'],
    ],
    ['too late to be of use', [[1e9 + 1, asking]], 'failed', ['failed too-late']],
    [
      'of another message’s status: nothing',
      [
        [0, asking],
        [1, accepted],
        [2, status('failed', 'other')],
      ],
      'accepted',
      [],
    ],
    [
      'with a lost answer: looked for, found',
      [
        [0, asking],
        [1, { kind: 'doubtful' }],
        [2, accepted],
        [3, status('delivered')],
      ],
      'delivered',
      ['arrived'],
    ],
    [
      'with a lost answer: not yet listed, so not sent again',
      [
        [0, asking],
        [1, { kind: 'doubtful' }],
        [60_000, { kind: 'not-found' }],
      ],
      'uncertain',
      [],
    ],
    [
      'with a lost answer: must be listed by now and is not, so sent again',
      [
        [0, asking],
        [1, { kind: 'doubtful' }],
        [90_001, { kind: 'not-found' }],
        [90_002, asking],
      ],
      'sending',
      [],
    ],
  ])('%s', (_, signals, state, happened) => {
    expect(play(signals)).toMatchObject({ state, happened });
  });

  it('is never with the carrier twice: asked again only when it is known that none before was taken', () => {
    const signal: fc.Arbitrary<TextSignal> = fc.oneof(
      fc.constantFrom<TextSignal>(
        asking,
        accepted,
        { kind: 'doubtful' },
        { kind: 'not-found' },
        { kind: 'nothing-new' },
      ),
      fc.constantFrom<TextSignal>({ kind: 'busy', retryAfterMs: 500 }, { kind: 'refused', code: 'x' }),
      fc.constantFrom(status('sent'), status('delivered'), status('failed')),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(signal, fc.nat({ max: 100_000 })), { maxLength: 40 }), (signals) => {
        let life = fresh;
        let now = 0;
        let ended = 0;
        for (const [one, pause] of signals) {
          now += pause;
          const { life: after, happened } = decideText(life, one, now);
          if (after.state === 'sending' && life.state !== 'sending') expect(life.state).toBe('intended');
          if (after.state === 'intended' && life.state !== 'intended')
            expect(one.kind === 'busy' || (one.kind === 'not-found' && now - (life.askedAt ?? now) >= 90_000)).toBe(
              true,
            );
          if (life.carrierMessageId !== null) expect(after.state).not.toBe('intended');
          if (happened?.kind === 'failed') ended += 1;
          if (life.state === 'delivered' || life.state === 'failed') expect(after.state).toBe(life.state);
          life = after;
        }
        expect(ended).toBeLessThanOrEqual(1);
        expect(life.tries).toBeLessThanOrEqual(5);
      }),
    );
  });
});
