/** What is being written is not lost by a slip: leaving asks once, and one form's saving leaves the others as they are. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { fixtureRig } from './fixture-rig.ts';
import { ids } from './fixtures/people.ts';

const rig = fixtureRig();
const question = (page: Page) => page.locator('.ant-modal-confirm:visible');
const answer = (page: Page, words: string) => question(page).getByRole('button', { name: words, exact: true }).click();
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true }).first();

test('a link, the browser’s back button and signing out ask before a form’s draft is lost; staying keeps every word', async () => {
  const page = await rig().open('administrator', '/forms');
  await page.locator('a[href="/forms/valid-marketing"]').first().click();
  await page.getByText('Write', { exact: true }).click();
  const note = page.getByRole('textbox', { name: 'Why this version?' });
  await note.fill('Half a thought');

  await page.locator('a[href="/users"]').click();
  expect(await question(page).textContent()).toContain('has not been saved');
  expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
  await answer(page, 'Cancel');
  await page.goBack();
  await answer(page, 'Cancel');
  await page.getByTestId('leave').click();
  await answer(page, 'Cancel');
  expect(new URL(page.url()).pathname).toBe('/forms/valid-marketing');
  expect(await note.inputValue()).toBe('Half a thought');

  await page.goBack();
  await answer(page, 'Leave');
  await page.waitForURL('**/forms');
  // Nothing is being written any more: nobody is asked.
  await page.locator('a[href="/users"]').click();
  await page.waitForURL('**/users');
});

test('dialogs and the settings of a campaign keep what is written in them', async () => {
  const page = await rig().open('administrator', '/products');
  await page.getByRole('button', { name: 'New product' }).click();
  await field(page, 'Name').fill('Cloud');
  await page.keyboard.press('Escape');
  await answer(page, 'Cancel');
  expect(await field(page, 'Name').inputValue()).toBe('Cloud');
  await page.keyboard.press('Escape');
  await answer(page, 'Close');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  const manager = await rig().open('manager', `/campaigns/${ids.campaign}`);
  await manager.locator('[data-node-key="quality"]').click();
  const rounds = manager.getByRole('spinbutton', { name: 'Floor patrols a day', exact: true });
  await rounds.fill('9');
  await manager.locator('[data-node-key="pace"]').click();
  await manager.getByTestId('save-pace').click();
  await manager.locator('.ant-message-success').waitFor();
  await manager.locator('[data-node-key="quality"]').click();
  expect(await rounds.inputValue()).toBe('9');
  await manager.locator('a[href="/campaigns"]').click();
  await answer(manager, 'Leave');
  await manager.waitForURL('**/campaigns');
});
