/**
 * Language of the page. Every section of the catalogue exists in both languages with the same keys (checked by types and
 * by a test); switching is immediate and takes Ant Design's own words, numbers and dates along.
 */
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react';
import { readLocal, writeLocal } from '../shared/local.ts';
import { type Format, formats } from './format.ts';

export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];

/** As documents and readers aloud name it. */
export const tagOf = (locale: Locale): string => (locale === 'zh' ? 'zh-CN' : 'en');

/** One section of the catalogue: the Chinese half has the type of the English one, so no key can be missing. */
export type Section<T> = { en: T; zh: T };

type LocaleChoice = { locale: Locale; setLocale: (locale: Locale) => void; format: Format };

const Context = createContext<LocaleChoice>({ locale: 'en', setLocale: () => {}, format: formats.en });

export const useLocale = () => useContext(Context);
export const useFormat = () => useContext(Context).format;

export function useTexts<T>(section: Section<T>): T {
  return section[useLocale().locale];
}

/** A code's words from a catalogue group; an unknown code is shown as it is rather than hidden. */
export function word(group: Record<string, string>, code: string | null | undefined): string {
  return code === null || code === undefined ? '' : (group[code] ?? code);
}

function initialLocale(): Locale {
  const kept = readLocal('locale');
  const known = locales.find((one) => one === kept);
  if (known !== undefined) return known;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function LocaleProvider({ children }: { children: ReactNode }) {
  const [locale, setState] = useState(initialLocale);
  useLayoutEffect(() => {
    document.documentElement.lang = tagOf(locale);
  }, [locale]);
  const choice = useMemo(
    () => ({
      locale,
      format: formats[locale],
      setLocale: (next: Locale) => {
        writeLocal('locale', next);
        setState(next);
      },
    }),
    [locale],
  );
  return <Context value={choice}>{children}</Context>;
}
