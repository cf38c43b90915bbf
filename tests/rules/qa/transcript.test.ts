/** Q12: what a machine that read the transcript may say, in both languages, and when it must not say anything. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RISK_WEIGHTS, riskOf } from '../../../qa/rules/risk.ts';
import { type HeardCall, type MustSay, type Reading, readTranscript } from '../../../qa/rules/transcript/findings.ts';
import {
  BUILT_IN_PHRASES,
  phraseFaults,
  PHRASE_KINDS,
  type PhraseKind,
  type Phrases,
  type PhraseTable,
} from '../../../qa/rules/transcript/phrases.ts';
import { type Segment, wordsOf } from '../../../qa/rules/transcript/words.ts';

type Line = readonly [channel: Segment['channel'], text: string, confidence?: number];
/** One line every ten seconds, four seconds long. */
const callOf = (language: string, lines: readonly Line[], more: Partial<HeardCall> = {}): HeardCall => ({
  language,
  segments: lines.map(([channel, text, confidence], index) => ({
    ...{ channel, text, confidence: confidence ?? null },
    ...{ startMs: index * 10_000, endMs: index * 10_000 + 4_000 },
  })),
  heardUntilMs: lines.length * 10_000,
  durationMs: lines.length * 10_000,
  ...more,
});
const shortOf = ({ found, notKnown }: Reading): string[] => [
  ...found.map(({ code, heard }) => (heard === null ? code : `${code} ${heard.atMs / 1000} "${heard.words}"`)),
  ...notKnown.map(({ code, why }) => `? ${code} ${why}`),
];
const read = (call: HeardCall, mustSay: readonly MustSay[] | null = null, table = BUILT_IN_PHRASES) =>
  shortOf(readTranscript(call, table, mustSay));

const goodEn: readonly Line[] = [
  ['agent', 'Good day, am I speaking with the owner of this line?'],
  ['customer', 'Yes.'],
  ['agent', 'After the trial it costs six a month. You can cancel in the app.'],
  ['customer', 'Yes, I agree.'],
];
const goodZh: readonly Line[] = [
  ['agent', '您好，请问您是本机机主吗？'],
  ['customer', '是的'],
  ['agent', '试用之后每月6元，可以随时取消。'],
  ['customer', '好的，我同意。'],
];
const but = (lines: readonly Line[], at: number, line: Line): readonly Line[] => lines.with(at, line);

describe('a transcript', () => {
  it.each<[string, string, readonly Line[], string[]]>([
    ['with everything', 'en', goodEn, []],
    ['with everything', 'zh-CN', goodZh, []],
    ['by the language’s own tag', 'cmn-Hans-CN', goodZh, []],
    ['without consent', 'en', but(goodEn, 3, ['customer', 'Well, hmm.']), ['no-consent-words']],
    ['without consent', 'zh', but(goodZh, 3, ['customer', '嗯，再说吧']), ['no-consent-words']],
    [
      'where the agent agrees, not the customer',
      'en',
      but(goodEn, 3, ['agent', 'Yes, I agree.']),
      ['no-consent-words'],
    ],
    ['without the tariff', 'en', but(goodEn, 2, ['agent', 'You can cancel in the app.']), ['tariff-not-heard']],
    ['without the tariff', 'zh', but(goodZh, 2, ['agent', '可以随时取消。']), ['tariff-not-heard']],
    ['without how to cancel', 'en', but(goodEn, 2, ['agent', 'It costs six a month.']), ['cancel-not-heard']],
    ['without how to cancel', 'zh', but(goodZh, 2, ['agent', '每月6元。']), ['cancel-not-heard']],
    ['where nobody was asked for', 'en', but(goodEn, 0, ['agent', 'Good day!']), ['identity-not-asked']],
    ['where nobody was asked for', 'zh', but(goodZh, 0, ['agent', '您好！']), ['identity-not-asked']],
    [
      'with a refusal that holds words of consent',
      'en',
      but(goodEn, 3, ['customer', 'I do not agree.']),
      ['no-consent-words', 'refusal-words 30 "i do not agree"'],
    ],
    [
      'with a refusal that holds words of consent',
      'zh',
      but(goodZh, 3, ['customer', '我不同意']),
      ['no-consent-words', 'refusal-words 30 "不同意"'],
    ],
    [
      'with a refusal before the consent',
      'en',
      but(goodEn, 1, ['customer', 'No, thank you!']),
      ['refusal-words 10 "no thank you"'],
    ],
    ['with a child', 'zh', but(goodZh, 1, ['customer', '我妈不在家']), ['minor-or-unwell 10 "我妈不在"']],
    [
      'with somebody ill',
      'en',
      but(goodEn, 1, ['customer', 'I’m in hospital']),
      ['minor-or-unwell 10 "im in hospital"'],
    ],
    [
      'in another language',
      'fr',
      goodEn,
      [
        'no-consent-words',
        'tariff-not-heard',
        'cancel-not-heard',
        'identity-not-asked',
        'refusal-words',
        'minor-or-unwell',
      ].map((code) => `? ${code} other-language`),
    ],
  ])('%s (%s)', (_what, language, lines, expected) => {
    expect(read(callOf(language, lines))).toEqual(expected);
  });

  it('hears a phrase over the engine’s cut, and not over a pause', () => {
    const cut = (pauseMs: number): HeardCall => ({
      ...callOf('en', but(goodEn, 3, ['customer', 'not'])),
      segments: [
        ...callOf('en', but(goodEn, 3, ['customer', 'not'])).segments,
        {
          channel: 'customer',
          startMs: 34_000 + pauseMs,
          endMs: 39_000,
          text: 'interested. I agree',
          confidence: null,
        },
      ],
    });
    expect(read(cut(500))).toEqual(['refusal-words 30 "not interested"']);
    expect(read(cut(3_000))).toEqual([]);
  });

  describe('of which too little is known raises nothing', () => {
    const nothingSaid: readonly Line[] = [
      ['agent', 'Good day.'],
      ['customer', 'Hello.'],
    ];
    const missing = ['no-consent-words', 'tariff-not-heard', 'cancel-not-heard', 'identity-not-asked'];
    const unknown = (why: string, codes = missing) => codes.map((code) => `? ${code} ${why}`);
    it.each<[string, Partial<HeardCall>, string[]]>([
      ['it covers the call', {}, missing],
      ['it covers all but the silent end', { durationMs: 30_000 }, missing],
      ['it ends before the talk', { durationMs: 30_001 }, unknown('ends-early')],
      ['the engine listened on after its last words', { durationMs: 60_000, heardUntilMs: 60_000 }, missing],
      ['the length of the talk is not known', { durationMs: null }, unknown('ends-early')],
      ['nothing was heard at all', { segments: [] }, unknown('silence')],
    ])('%s', (_what, more, expected) => {
      expect(read(callOf('en', nothingSaid, more))).toEqual(expected);
    });

    it('one side is silent: nothing is said of that side', () => {
      expect(read(callOf('en', [['agent', 'Good day.']]))).toEqual([
        ...missing.slice(1),
        ...unknown('silence', ['no-consent-words']),
      ]);
    });

    it('what the engine doubts is no refusal, and may be the consent', () => {
      expect(read(callOf('en', but(goodEn, 1, ['customer', 'no thank you', 0.3])))).toEqual([]);
      expect(read(callOf('en', but(goodEn, 3, ['customer', 'i agree', 0.1])))).toEqual([]);
      expect(read(callOf('en', but(goodEn, 3, ['customer', 'a tree', 0.1])))).toEqual(
        unknown('heard-badly', ['no-consent-words']),
      );
    });
  });

  describe('of a call with a script', () => {
    const lines = but(goodEn, 2, [
      'agent',
      'The first thirty days are free and after that we take six of your money on each bill',
    ]);
    it('listens only for what the script must say', () => {
      expect(read(callOf('en', lines), [])).toEqual([]);
      expect(read(callOf('en', lines))).toEqual(['tariff-not-heard', 'cancel-not-heard']);
    });
    it.each([
      ['its words', ['six of your money'], []],
      ['its sentence, nearly', ['The first 30 days are free and after that we take six of your money on the bill'], []],
      ['neither', ['The price is nine'], ['tariff-not-heard']],
    ])('knows by %s that it was said', (_by, texts, expected) => {
      expect(read(callOf('en', lines), [{ kind: 'tariff', texts }])).toEqual(expected);
    });
    it('knows a Chinese sentence said in about its words', () => {
      const call = callOf('zh', but(goodZh, 2, ['agent', '前三十天是免费试用的，以后六块钱跟着您的话费一起收']));
      const tariff = (text: string) => read(call, [{ kind: 'tariff', texts: [text] }]);
      expect(tariff('前三十天免费试用，以后六块钱跟话费一起收')).toEqual([]);
      expect(tariff('办理后立即生效，次月起按标准收取')).toEqual(['tariff-not-heard']);
    });
  });
});

describe('for any transcript', () => {
  const vocabulary = [
    'i',
    'do',
    'not',
    'agree',
    'no',
    'thank',
    'you',
    'a month',
    'owner',
    'cancel',
    '同意',
    '不',
    '每月',
    '机主',
    '取消',
    '好',
  ];
  const text = fc.array(fc.constantFrom(...vocabulary), { maxLength: 8 }).map((words) => words.join(' '));
  const segment: fc.Arbitrary<Segment> = fc.record({
    channel: fc.constantFrom('agent', 'customer'),
    startMs: fc.nat(100_000),
    endMs: fc.nat(120_000),
    text,
    confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  });
  const call: fc.Arbitrary<HeardCall> = fc.record({
    language: fc.constantFrom('en', 'zh', 'de'),
    segments: fc.array(segment, { maxLength: 12 }),
    heardUntilMs: fc.nat(120_000),
    durationMs: fc.option(fc.nat(120_000)),
  });
  const kind = fc.constantFrom(...PHRASE_KINDS);
  const withPhrase = (of: PhraseKind, phrase: string): PhraseTable => {
    const add = (language: 'en' | 'zh') => ({
      ...BUILT_IN_PHRASES.phrases[language],
      [of]: [...BUILT_IN_PHRASES.phrases[language][of], phrase],
    });
    const phrases: Phrases = { en: add('en'), zh: add('zh') };
    return { version: 1, phrases };
  };
  const codes = (of: HeardCall, table = BUILT_IN_PHRASES) =>
    readTranscript(of, table, null).found.map(({ code }) => code);

  it('a further phrase that is listened for never adds that it was not heard, nor takes away that it was', () => {
    const missedBy = {
      consent: 'no-consent-words',
      tariff: 'tariff-not-heard',
      cancel: 'cancel-not-heard',
      identity: 'identity-not-asked',
    } as const;
    fc.assert(
      fc.property(call, kind, text, (of, kindOf, phrase) => {
        const [before, after] = [codes(of), codes(of, withPhrase(kindOf, phrase))];
        if (kindOf === 'refusal')
          expect(after.includes('refusal-words') || !before.includes('refusal-words')).toBe(true);
        else if (kindOf === 'unfit')
          expect(after.includes('minor-or-unwell') || !before.includes('minor-or-unwell')).toBe(true);
        else expect(before.includes(missedBy[kindOf]) || !after.includes(missedBy[kindOf])).toBe(true);
      }),
    );
  });

  it('each finding is either heard at a second of a segment with these words, or not heard at all; never both known and not', () => {
    fc.assert(
      fc.property(call, (of) => {
        const { found, notKnown } = readTranscript(of, BUILT_IN_PHRASES, null);
        const all = [...found, ...notKnown].map(({ code }) => code);
        expect(new Set(all).size).toBe(all.length);
        for (const { heard } of found) {
          if (heard === null) continue;
          const segment = of.segments[heard.segment];
          expect(segment).toMatchObject({ channel: 'customer', startMs: heard.atMs });
          expect(wordsOf(segment?.text ?? '')).toContain(wordsOf(heard.words)[0]);
        }
      }),
    );
  });

  it('one that ends early finds nothing that was not said, whatever it holds', () => {
    fc.assert(
      fc.property(call, (of) => {
        const early = { ...of, durationMs: of.heardUntilMs + 10_001 };
        expect(readTranscript(early, BUILT_IN_PHRASES, null).found.filter(({ heard }) => heard === null)).toEqual([]);
      }),
    );
  });

  it('findings only ever raise a risk, and say so by name', () => {
    fc.assert(
      fc.property(call, (of) => {
        const facts = {
          ...({
            saleId: 's',
            selfCheck: 'passed',
            agentFailRate: 0.05,
            agentTightened: false,
            talkSeconds: 1,
          } as const),
          ...{ usualTalk: null, agentTalkShare: null, complaint: false, transcriptFindings: codes(of) },
        };
        const { risk, raisedBy } = riskOf(facts, DEFAULT_RISK_WEIGHTS);
        expect(risk).toBeGreaterThanOrEqual(riskOf({ ...facts, transcriptFindings: [] }, DEFAULT_RISK_WEIGHTS).risk);
        expect(raisedBy.map(({ factor }) => factor)).toEqual(expect.arrayContaining(codes(of)));
      }),
    );
  });
});

describe('phrases', () => {
  it('the built-in ones are without fault, and no two kinds of one side share one', () => {
    expect(phraseFaults(BUILT_IN_PHRASES.phrases)).toEqual([]);
    for (const { consent, refusal, unfit } of Object.values(BUILT_IN_PHRASES.phrases)) {
      const all = [...consent, ...refusal, ...unfit].map((phrase) => wordsOf(phrase).join(' '));
      expect(all.filter((phrase, index) => all.indexOf(phrase) !== index)).toEqual([]);
    }
  });
  it('of which a centre has none of a kind are not missed', () => {
    const { en, zh } = BUILT_IN_PHRASES.phrases;
    const table = { version: 1, phrases: { zh, en: { ...en, consent: [], cancel: [] } } };
    expect(
      read(
        callOf('en', [
          ['agent', 'Hi.'],
          ['customer', 'Hi.'],
        ]),
        null,
        table,
      ),
    ).toEqual(['tariff-not-heard', 'identity-not-asked']);
  });
  it('name the field that is at fault', () => {
    const { en, zh } = BUILT_IN_PHRASES.phrases;
    expect(phraseFaults({ en: { ...en, consent: ['yes', ' ?! '] }, zh: { ...zh, tariff: ['月'.repeat(61)] } })).toEqual(
      [
        { code: 'no-words', field: 'en.consent.1' },
        { code: 'too-long', field: 'zh.tariff.0' },
      ],
    );
    expect(phraseFaults({ zh, en: { ...en, refusal: Array(201).fill('no') } })).toEqual([
      { code: 'too-many', field: 'en.refusal' },
    ]);
  });
});
