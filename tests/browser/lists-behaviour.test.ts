/** Lists are asked for a part of them, and what stands in them says what it rests on. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fixtureRig } from './fixture-rig.ts';
import { ids } from './fixtures/people.ts';

const rig = fixtureRig();
const pick = async (page: Page, field: string, option: string) => {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click();
};
/** The next request of a list, as it asks. */
const asked = async (page: Page, path: string): Promise<URLSearchParams> =>
  new URL((await page.waitForRequest((request) => new URL(request.url()).pathname === path)).url()).searchParams;

test('recordings are found by campaign, outcome, state and day, and all are there again', async () => {
  const page = await rig().open('manager', '/recordings');
  await page.getByRole('table').first().waitFor();
  const steps: [field: string, option: string, key: string, value: string | RegExp][] = [
    ['Campaign', '九月炫铃推广', 'campaignId', ids.campaign],
    ['Outcome', 'Refused', 'disposition', 'refused'],
    ['State', 'Lost', 'state', 'lost'],
  ];
  for (const [field, option, key, value] of steps) {
    const next = asked(page, '/api/recordings');
    await pick(page, field, option);
    expect((await next).get(key)).toBe(value);
  }
  const day = asked(page, '/api/recordings');
  await page.getByLabel('To', { exact: true }).fill('2026-09-23');
  await page.keyboard.press('Enter');
  const all = await day;
  // The last day is in it to its end, by the reader's clock.
  expect(all.get('to')).toBe(String(await page.evaluate(() => new Date(2026, 8, 24).getTime())));
  expect(['campaignId', 'disposition', 'state'].every((key) => all.has(key))).toBe(true);
  const reset = page.getByRole('button', { name: 'Everything again' });
  await reset.click();
  await reset.waitFor({ state: 'detached' });
  for (const nothing of ['All campaigns', 'Any outcome', 'All states', 'All agents'])
    await page.locator('.call-filter').getByText(nothing, { exact: true }).waitFor();
});

test('the file of the register holds what is asked for on its page', async () => {
  const page = await rig().open('manager', '/register');
  await page.getByRole('table').first().waitFor();
  await pick(page, 'Campaign', '九月炫铃推广');
  const file = page.getByRole('link', { name: 'The register as CSV' });
  await expect.poll(() => file.getAttribute('href')).toContain(`campaignId=${ids.campaign}`);
});

test('a blacklist entry for one campaign names a campaign that there is', async () => {
  const page = await rig().open('manager', '/blacklist');
  await page.getByTestId('add-number').click();
  const dialog = page.getByRole('dialog');
  // What is typed at once goes into the first field.
  await expect.poll(() => dialog.getByLabel('Number').evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('+12125550123');
  await pick(page, 'Applies to', 'One campaign');
  const save = dialog.getByRole('button', { name: /^(Add|Block)/ });
  await dialog.getByLabel('Source').fill('a letter');
  expect(await save.isDisabled()).toBe(true);
  await pick(page, 'One campaign', '九月炫铃推广');
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/api/blacklist'),
  );
  await save.click();
  expect((await sent).postDataJSON()).toMatchObject({
    number: '+12125550123',
    scope: 'campaign',
    scopeId: ids.campaign,
  });
});

test('an agent reads why a result is unqualified and where it is heard, before answering to it', async () => {
  const page = await rig().open('agent', '/my-day');
  await page.getByText('Approved script · How to cancel missing · 1:14').waitFor();
});
