/** What is listened for in a transcript. Data: a centre may set its own, in versions; these words are what it begins with. */
import { wordsOf } from './words.ts';

export const PHRASE_KINDS = ['consent', 'refusal', 'unfit', 'tariff', 'cancel', 'identity'] as const;
/** The customer's: consent, refusal, unfit (a minor, ill, drunk). The agent's: tariff, how to cancel, who is asked for. */
export type PhraseKind = (typeof PHRASE_KINDS)[number];
export const PHRASE_LANGUAGES = ['en', 'zh'] as const;
export type PhraseLanguage = (typeof PHRASE_LANGUAGES)[number];
export type Phrases = Readonly<Record<PhraseLanguage, Readonly<Record<PhraseKind, readonly string[]>>>>;

/** By what a transcript was read: the version of these rules and that of the phrases (0: the built-in ones). */
export type PhraseTable = { readonly version: number; readonly phrases: Phrases };
/** Raised when the same words would be read otherwise than before: the rules in findings.ts, or the built-in phrases. */
export const READING_RULES = 1;
export const readingRule = ({ version }: PhraseTable): string => `${READING_RULES}.${version}`;

/** "mandarin" by its own subtag, too. Undefined: a language no phrases are known of. */
export function phraseLanguage(tag: string): PhraseLanguage | undefined {
  const [base] = tag.toLowerCase().split(/[-_]/);
  return base === 'cmn' ? 'zh' : PHRASE_LANGUAGES.find((language) => language === base);
}

export const BUILT_IN_PHRASES: PhraseTable = {
  version: 0,
  phrases: {
    en: {
      consent: [
        ...['i agree', 'i accept', 'i do agree', 'i consent', 'yes please', 'yes i do', 'yes i would', 'yes i want'],
        ...['yes start it', 'yes go ahead', 'go ahead', 'sign me up', 'that is fine', 'thats fine', 'lets do it'],
        ...['i will take it', 'ill take it', 'i would like that', 'id like that', 'im happy with that'],
      ],
      refusal: [
        ...['i dont want', 'i do not want', 'dont want it', 'not interested', 'no thank you', 'no thanks'],
        ...['i dont need', 'i do not need', 'i dont agree', 'i do not agree', 'i refuse', 'please dont call'],
        ...['do not call', 'dont call me', 'stop calling', 'take me off', 'leave me alone', 'i said no'],
        ...['i dont accept', 'i do not accept', 'dont go ahead', 'do not go ahead', 'dont sign me up'],
      ],
      unfit: [
        ...['my mum is not', 'my mom is not', 'my dad is not', 'my parents are', 'im only a child', 'i am a child'],
        ...['im underage', 'i am underage', 'im drunk', 'i am drunk', 'had too much to drink', 'im half asleep'],
        ...['you woke me', 'im in hospital', 'i am in hospital', 'im ill', 'i am ill', 'not feeling well'],
        ...['i dont understand', 'i do not understand', 'i dont follow', 'my phone belongs to', 'not my phone'],
      ],
      tariff: [
        ...['a month', 'per month', 'each month', 'every month', 'monthly fee', 'monthly charge', 'a year', 'per year'],
        ...['it costs', 'the price is', 'the charge is', 'the fee is', 'charged with your bill', 'on your bill'],
      ],
      cancel: [
        ...[
          'to cancel',
          'you can cancel',
          'cancelling',
          'canceling',
          'cancel it',
          'cancel at any time',
          'cancel any time',
        ],
        ...['cancellation', 'unsubscribe', 'opt out', 'stop it at any time'],
      ],
      identity: [
        ...['the owner', 'line owner', 'account holder', 'in charge of this line', 'in your name', 'speaking with'],
        ...['speaking to', 'decide for', 'make decisions', 'person in charge', 'may i confirm your name'],
      ],
    },
    zh: {
      consent: [
        ...[
          '同意',
          '我同意',
          '我愿意',
          '愿意办理',
          '确认办理',
          '可以办理',
          '帮我办',
          '给我办',
          '我要办',
          '办吧',
          '开吧',
        ],
        ...['帮我开', '给我开', '我要开通', '可以开通', '确认开通', '行就办', '好的办', '可以办', '我接受', '没问题办'],
      ],
      refusal: [
        ...[
          '不同意',
          '不愿意',
          '不需要',
          '不用了',
          '不要了',
          '我不要',
          '不想要',
          '不办',
          '不开通',
          '不感兴趣',
          '没兴趣',
        ],
        ...['不接受', '别打了', '不要再打', '别再打', '不要打电话', '拒绝', '我不想办', '不用办', '先不办', '取消掉'],
        ...['别给我开', '别给我办', '不要给我开', '不要给我办', '不可以办', '不可以开通', '没同意'],
      ],
      unfit: [
        ...['未成年', '我是小孩', '我还小', '我爸不在', '我妈不在', '爸爸不在', '妈妈不在', '大人不在', '我在上学'],
        ...['喝多了', '喝醉了', '刚睡醒', '睡着了', '还没睡醒', '在住院', '我生病', '身体不舒服', '头晕', '听不懂'],
        ...['听不明白', '没听明白', '不明白你说', '不是我的手机', '不是本人'],
      ],
      tariff: [
        '每月',
        '每个月',
        '一个月',
        '元每月',
        '月租',
        '月费',
        '资费',
        '费用是',
        '价格是',
        '收费标准',
        '随话费收取',
        '每年',
      ],
      cancel: ['取消', '退订', '如何取消', '怎么取消', '随时取消', '不想用了', '关闭业务', '办理退订'],
      identity: [
        ...[
          '机主',
          '本机机主',
          '机主本人',
          '能做主',
          '户主',
          '您本人',
          '是本人吗',
          '贵姓',
          '核实一下身份',
          '核对身份',
          '身份证',
        ],
      ],
    },
  },
};

/** Long enough for every way of saying it, short enough to be read by those who answer for it. */
export const PHRASES_AT_MOST = 200;
const LONGEST_PHRASE = 60;

/** What is wrong with phrases that somebody wrote, by field. A centre may listen for nothing of a kind; then nothing of it is ever found. */
export function phraseFaults(phrases: Phrases): { code: string; field: string }[] {
  return PHRASE_LANGUAGES.flatMap((language) =>
    PHRASE_KINDS.flatMap((kind) => {
      const field = `${language}.${kind}`;
      const list = phrases[language][kind];
      if (list.length > PHRASES_AT_MOST) return [{ code: 'too-many', field }];
      return list.flatMap((phrase, index) => {
        if (wordsOf(phrase).length === 0) return [{ code: 'no-words', field: `${field}.${index}` }];
        return phrase.length > LONGEST_PHRASE ? [{ code: 'too-long', field: `${field}.${index}` }] : [];
      });
    }),
  );
}
