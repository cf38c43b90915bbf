import type { Locale } from '../i18n/locale.tsx';

/** Which of the languages that scripts are written in a campaign's language is; null: neither. */
export function spokenAs(tag: string): Locale | null {
  const [language = ''] = tag.toLowerCase().split('-');
  if (['zh', 'cmn', 'yue', 'wuu', 'nan', 'hak'].includes(language)) return 'zh';
  return language === 'en' ? 'en' : null;
}
