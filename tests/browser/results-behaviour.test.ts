/** What is pressed on the pages of results does what it says: figures that open, weights, billing, texts, and the week on paper. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fixtureRig } from './fixture-rig.ts';
import { ids } from './fixtures/people.ts';

const pictures = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
mkdirSync(pictures, { recursive: true });
const rig = fixtureRig();

/** The body of the next request of this kind. */
const sent = async (page: Page, method: string, path: string): Promise<unknown> =>
  (await page.waitForRequest((request) => request.method() === method && request.url().includes(path))).postDataJSON();
/** What is asked for when a figure is opened. */
const asked = async (page: Page, title: string, nth = 0) => {
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.url().includes('/calls?')),
    page.getByTitle(title, { exact: true }).nth(nth).click(),
  ]);
  await page.locator('.ant-drawer .ant-table-row').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer .ant-table-row').first().waitFor({ state: 'detached' });
  return new URL(request.url());
};

test('times, terms of rates and the week before open down to what they are made of, also before the week is published', async () => {
  const page = await rig().open('manager', `/summaries/${ids.summary}`);
  const talk = await asked(page, 'What is behind: Talk time');
  expect(talk.pathname).toBe(`/api/summaries/${ids.summary}/calls`);
  expect(talk.searchParams.get('figure')).toBe('talk-time');
  const before = await asked(page, 'What is behind: Sales, the week before');
  expect([before.searchParams.get('figure'), before.searchParams.get('week')]).toEqual(['sales', 'before']);
  const problem = await asked(page, 'What is behind: Corrective and verification calls still open');
  expect(problem.searchParams.get('figure')).toBe('corrective-open');

  await page.locator('a[href="/summaries"]').first().click();
  await page.locator('a[href="/summaries/preview"]').click();
  const preview = await asked(page, 'What is behind: Connected or abandoned');
  expect(preview.pathname).toMatch(/^\/api\/campaigns\/[0-9a-f-]{36}\/week\/calls$/);
});

test('a card says all it is made of, and every part opens', async () => {
  const page = await rig().open('manager', '/scorecards');
  const row = page.locator('.plain-table tbody tr').first();
  await row.waitFor();
  // What decides is all in sight where an office's screen is narrow; the rest is chosen, and the choice stays.
  const table = page.locator('.plain-table').first();
  const over = await table.evaluate((shown) => shown.clientWidth - (shown.parentElement?.clientWidth ?? 0));
  expect(over).toBeLessThanOrEqual(1);
  await page.getByTestId('card-columns').getByText('All', { exact: true }).click();
  await page.reload();
  await row.waitFor();
  const columns = await page.locator('.plain-table').first().locator('th[scope="col"]').allTextContents();
  for (const name of [
    'Placed',
    'Conversations',
    'Talk utilization',
    'Complaints ÷ conversations',
    'Attendance',
    'Conduct',
  ])
    expect(columns).toContain(name);
  const days = await asked(page, 'What is behind: Days attended');
  expect(days.searchParams.get('figure')).toBe('days-attended');
  await page.getByTitle('What the score is made of').first().click();
  await page.locator('.ant-drawer').getByText('Talk utilization').waitFor();
  await page.locator('.ant-drawer').getByText('Ranked by').waitFor();
  // What is open in a table's cell stays open when the language changes.
  await page.getByTestId('switch-language').dispatchEvent('click');
  await page.locator('html[lang="zh-CN"]').waitFor();
  await page.locator('.ant-drawer').getByText('通话利用率').waitFor();
});

test('a team’s card fits the page of an office’s screens, with all that teams answer for', async () => {
  const page = await rig().open('manager', '/scorecards');
  for (const width of [1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    await page.getByText('Teams', { exact: true }).click();
    const sheets = page.locator('.plain-table.sheets');
    await sheets.locator('td[data-label="Return calls made"]').first().waitFor({ state: 'attached' });
    const over = await sheets.first().evaluate((table) => (table.parentElement?.scrollWidth ?? 0) - table.clientWidth);
    expect(over, String(width)).toBeLessThanOrEqual(1);
  }
});

test('the effect of other weights is shown before they are kept; the limits of a month are kept with them', async () => {
  const page = await rig().open('manager', '/scorecards');
  await page.getByRole('spinbutton', { name: 'Conduct' }).fill('0');
  await page.getByText('The weights must sum to 100%.').waitFor();
  expect(await page.getByTestId('save-weights').isDisabled()).toBe(true);
  await page.getByRole('spinbutton', { name: 'Attendance' }).fill('5');
  await page.getByRole('spinbutton', { name: 'Excellent month: score from' }).fill('50');
  await page.getByText('No month can be both.').waitFor();
  await page.getByRole('spinbutton', { name: 'Excellent month: score from' }).fill('85');
  const tried = sent(page, 'PUT', '/api/scorecard-weights');
  await page.getByTestId('preview-weights').click();
  expect(await tried).toMatchObject({ preview: true, weights: { conduct: 0, attendance: 0.05 } });
  await page.getByTestId('weights-effect').getByRole('table').waitFor();
  const kept = sent(page, 'PUT', '/api/scorecard-weights');
  await page.getByTestId('save-weights').click();
  expect(await kept).toMatchObject({ preview: false, weights: { conduct: 0, excellentFrom: 85, shortBelow: 60 } });
});

test('where the client’s billing system is told, and the whole file for it; wordings and words of texts', async () => {
  const page = await rig().open('manager', '/billing');
  const file = await page.locator('a[href*="format=csv"]').first().getAttribute('href');
  expect(file).not.toContain('limit');
  const field = page.getByRole('textbox').first();
  await field.fill(' https://billing.example/new ');
  const endpoint = sent(page, 'PUT', '/api/billing/feeds/');
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  expect(await endpoint).toEqual({ endpoint: 'https://billing.example/new' });
  await field.fill('');
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  // What takes something away asks once.
  const none = sent(page, 'PUT', '/api/billing/feeds/');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  expect(await none).toEqual({ endpoint: null });

  await page.goto(`${rig().server.url}/campaigns/${ids.campaign}`);
  await page.locator('[data-node-key="quality"]').click();
  const form = page.locator('form', { has: page.getByLabel('Terms, after the spoken yes') }).first();
  await form.getByLabel('Terms, after the spoken yes').fill('You agreed to {product}. Reply YES to order it.');
  await form.getByLabel('Words that mean yes').fill('yes, 是，好');
  const texts = sent(page, 'PATCH', '/settings');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  expect(await texts).toMatchObject({
    texts: { terms: 'You agreed to {product}. Reply YES to order it.', yes: ['yes', '是', '好'] },
  });
});

test('causes are split by who answers for them, and taken along as a file', async () => {
  const page = await rig().open('manager', '/causes');
  const split = page.waitForRequest((request) => request.url().includes('split=person'));
  await page.getByRole('combobox', { name: 'Split by', exact: true }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'Responsible person' }).click();
  await split;
  expect(await page.locator('a[href*="/api/causes/csv"]').getAttribute('href')).toContain('split=person');
});

test.each(['en', 'zh-CN'])('the week on paper, in %s: nothing of the screen, no table cut across', async (lang) => {
  const page = await rig().open('client', `/summaries/${ids.summary}`);
  await page.locator('table').first().waitFor();
  if (lang !== 'en') {
    await page.getByTestId('switch-language').click();
    await page.locator(`html[lang="${lang}"]`).waitFor();
  }
  await page.waitForFunction(() => document.querySelector('.chart:not(:has(canvas)), [aria-busy="true"]') === null);
  const paper = await page.pdf({ format: 'A4', printBackground: true });
  writeFileSync(`${pictures}week-on-paper.${lang}.pdf`, paper);
  const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(sheets).toBeGreaterThanOrEqual(2);
  expect(sheets).toBeLessThanOrEqual(5);
  await page.emulateMedia({ media: 'print' });
  // As wide as A4 without its margins, at 96 to the inch.
  await page.setViewportSize({ width: 718, height: 1046 });
  await page.screenshot({ path: `${pictures}week-on-paper.${lang}.png`, fullPage: true });
  const found = await page.evaluate(() => {
    const shown = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0).length;
    return {
      screen: shown('.top-bar, .side-menu, .page-actions, .no-print, form, .ant-btn'),
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      // Whatever scrolls on the screen would be cut on paper.
      cut: [...document.querySelectorAll('.panel *')].filter(
        (one) =>
          one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && getComputedStyle(one).overflowX !== 'visible',
      ).length,
      // A panel stays on its page, or, where it is a table or a list, each of its lines does.
      kept: [
        ...document.querySelectorAll('.panel:not(:has(.plain-table, .count-list, .line-list))'),
        ...document.querySelectorAll('.panel tr, .panel .count-list > div, .panel .line-list > li'),
      ].every((one) => getComputedStyle(one).breakInside === 'avoid'),
    };
  });
  expect(found).toEqual({ screen: 0, wide: 0, cut: 0, kept: true });
});
