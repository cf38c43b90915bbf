import { expect, test } from 'vitest';
import { formats } from '../../../src/web/i18n/format.ts';

test.each([
  ['2026-09-14', '2026-09-20', '14 – 20 Sept 2026', '2026年9月14日–20日'],
  ['2026-09-28', '2026-10-04', '28 Sept – 4 Oct 2026', '2026年9月28日–10月4日'],
  ['2026-12-28', '2027-01-03', '28 Dec 2026 – 3 Jan 2027', '2026年12月28日–2027年1月3日'],
  ['2026-10-01', '2026-10-01', '1 Oct 2026', '2026年10月1日'],
])('the days %s to %s say once what both share', (from, to, en, zh) => {
  const plain = (text: string) => text.replace(/[\u2009\u00a0]/g, ' ');
  expect(plain(formats.en.days(from, to))).toBe(en);
  expect(formats.zh.days(from, to)).toBe(zh);
});

test('lists and labels are divided as the language does it', () => {
  expect([formats.en.list(['a', 'b']), formats.en.named('a', 'b')]).toEqual(['a, b', 'a: b']);
  expect([formats.zh.list(['甲', '乙']), formats.zh.named('甲', '乙')]).toEqual(['甲、乙', '甲：乙']);
});

test.each([
  [45 * 60_000, '45 min', '45 分钟'],
  [3 * 3_600_000, '3 h', '3 小时'],
  [3 * 3_600_000 + 20 * 60_000, '3 h 20 min', '3 小时 20 分钟'],
])('%i ms in hours and minutes leave out what is nothing', (ms, en, zh) => {
  expect([formats.en.hours(ms), formats.zh.hours(ms)]).toEqual([en, zh]);
});

test('a month is written with its year', () => {
  expect([formats.en.month('2026-09-14'), formats.zh.month('2026-09-14')]).toEqual(['Sept 2026', '2026年9月']);
});
