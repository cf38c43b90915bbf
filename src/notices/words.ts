/** A message from the words of the catalogue. */
import type { Locale } from '../contract/common.ts';
import { en } from '../web/i18n/messages/en.ts';
import { zh } from '../web/i18n/messages/zh.ts';

const messages = { en, zh } satisfies Record<Locale, unknown>;

export type NoticeText = { subject: string; lines: readonly string[] };
/** `name`: of the campaign, `from` and `to`: days of the week; of a case its number. */
export type NoticeAbout =
  | { kind: 'summary'; name: string; from: string; to: string; url: string; listenUrl: string }
  | { kind: 'case'; name: string; number: string; url: string };

export function noticeText(about: NoticeAbout, locale: Locale): NoticeText {
  const { name, url } = about;
  if (about.kind === 'summary') {
    const t = messages[locale].summary;
    return {
      subject: t.subject(name, about.from, about.to),
      lines: [t.published(name), url, t.listen, about.listenUrl],
    };
  }
  const t = messages[locale].case;
  return { subject: t.subject(about.number), lines: [t.closed(about.number, name), url] };
}
