/** Words that are written in both languages, in the one asked for, or the other where they were written in one only; readers aloud are told which. */
import { type Locale, tagOf } from '../i18n/locale.tsx';

export type Words = { readonly en: string; readonly zh: string };

export function saidIn(words: Words, language: Locale): { text: string; in: Locale } {
  const other = language === 'en' ? 'zh' : 'en';
  const used = words[language].trim() === '' && words[other].trim() !== '' ? other : language;
  return { text: words[used], in: used };
}

/** `speaker`: whose name `{agent}` in it stands for. */
export function Said({ words, language, speaker = '' }: { words: Words; language: Locale; speaker?: string }) {
  const said = saidIn(words, language);
  return <span lang={tagOf(said.in)}>{said.text.replaceAll('{agent}', speaker)}</span>;
}
