/** Words of the reports' files, from the catalogue. */
import type { Locale } from '../../contract/common.ts';
import { en } from '../../web/i18n/files/en.ts';
import { zh } from '../../web/i18n/files/zh.ts';

const words = { en, zh } satisfies Record<Locale, unknown>;

export type Word = keyof typeof en;

export function wordsOf(locale: Locale): (word: Word) => string {
  return (word) => words[locale][word];
}

export function isWord(code: string): code is Word {
  return Object.hasOwn(en, code);
}
