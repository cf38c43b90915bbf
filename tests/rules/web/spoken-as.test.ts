import { expect, test } from 'vitest';
import { spokenAs } from '../../../src/web/shared/spoken-as.ts';

test.each([
  ['en-US', 'en'],
  ['en', 'en'],
  ['zh-CN', 'zh'],
  ['yue-HK', 'zh'],
  ['ZH', 'zh'],
  // Scripts are in two languages: with a third one the page decides.
  ['de-DE', null],
  ['', null],
])('a campaign in %s is spoken from the script in %s', (tag, language) => {
  expect(spokenAs(tag)).toBe(language);
});
