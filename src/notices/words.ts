/** What a message says. No customer's data and no figure: a link, behind which the reader signs in. */
import type { Locale } from '../contract/common.ts';

export type NoticeText = { subject: string; lines: readonly string[] };
/** `name`: of the campaign, `from` and `to`: days of the week; of a case its number. */
export type NoticeAbout =
  | { kind: 'summary'; name: string; from: string; to: string; url: string; listenUrl: string }
  | { kind: 'case'; name: string; number: string; url: string };

export function noticeText(about: NoticeAbout, locale: Locale): NoticeText {
  if (about.kind === 'summary') {
    const { name, from, to, url, listenUrl } = about;
    return locale === 'zh'
      ? {
          subject: `周报已发布：${name}，${from} 至 ${to}`,
          lines: [`外呼任务“${name}”的周报已发布：`, url, '请抽听几条录音并反馈，每条意见都会成为工单：', listenUrl],
        }
      : {
          subject: `Weekly summary: ${name}, ${from} to ${to}`,
          lines: [
            `The weekly summary of the campaign “${name}” is published:`,
            url,
            'Please listen to a few recordings and tell us what you find; each remark becomes a case:',
            listenUrl,
          ],
        };
  }
  const { name, number, url } = about;
  return locale === 'zh'
    ? { subject: `投诉已办结：${number}`, lines: [`外呼任务“${name}”的投诉 ${number} 已办结，处理结果：`, url] }
    : {
        subject: `Complaint closed: ${number}`,
        lines: [`Complaint ${number} of the campaign “${name}” is closed. What came of it:`, url],
      };
}
