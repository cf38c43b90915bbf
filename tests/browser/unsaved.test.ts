/** What is being written is not lost by a slip: leaving asks once, and one form's saving leaves the others as they are. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Role } from '../../src/contract/common.ts';
import { seriousFindings } from './accessibility.ts';
import { fixtureRig } from './fixture-rig.ts';
import { disputed } from './fixtures/quality.ts';
import { ids } from './fixtures/people.ts';

const rig = fixtureRig();
const question = (page: Page) => page.locator('.ant-modal-confirm:visible');
const answer = (page: Page, words: string) => question(page).getByRole('button', { name: words, exact: true }).click();
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true }).first();
const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first();
const marked = (id: string) => (page: Page) => page.getByTestId(id);
const text = (name: string) => (page: Page) => page.getByRole('textbox', { name }).first();
const anyText = (page: Page) => page.getByRole('dialog').getByRole('textbox').first();
const words = (page: Page) => page.locator('textarea:visible:not([aria-hidden])').last();

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

/** Every other form with words in it: how it is opened, and where they are typed. In a dialog, Escape leaves; on a page, a link does. */
const forms: {
  name: string;
  role: Role;
  path: string;
  open?: (page: Page) => Locator;
  field: (page: Page) => Locator;
}[] = [
  { name: 'new script', role: 'manager', path: '/scripts', open: button('New script'), field: text('Name') },
  { name: 'new campaign', role: 'manager', path: '/campaigns', open: marked('new-campaign'), field: text('Name') },
  { name: 'new case', role: 'manager', path: '/cases', open: button('Record a case'), field: words },
  {
    name: 'new calibration',
    role: 'supervisor',
    path: '/calibrations',
    open: marked('new-calibration'),
    field: anyText,
  },
  { name: 'number to block', role: 'manager', path: '/blacklist', open: marked('add-number'), field: anyText },
  { name: 'thresholds of value', role: 'manager', path: '/customers', open: marked('change-values'), field: words },
  { name: 'external list', role: 'manager', path: '/blacklist', open: marked('import-external'), field: anyText },
  { name: 'reason', role: 'manager', path: `/sales/${ids.sale}`, open: button('Void the sale'), field: words },
  { name: 'dispute', role: 'agent', path: '/my-day', open: button('Dispute'), field: words },
  { name: 'case step', role: 'manager', path: `/cases/${ids.caseFile}`, field: words },
  { name: 'patrol note', role: 'inspector', path: '/patrols', field: words },
  { name: 'study meeting', role: 'supervisor', path: '/causes', field: words },
  // A first judgement is kept as it is written; why a dispute is decided so is not.
  { name: 'decision', role: 'supervisor', path: `/inspections/${disputed[0]?.id}`, field: words },
  { name: 'client’s remark', role: 'client', path: `/summaries/${ids.summary}`, field: words },
  { name: 'billing endpoint', role: 'manager', path: '/billing', field: text('Endpoint') },
  { name: 'notice address', role: 'manager', path: '/billing', field: text('Webhook') },
];

test.each(forms)('$name: nothing typed, nothing asked; once typed, leaving asks and staying keeps it', async (form) => {
  const page = await rig().open(form.role, form.path);
  const inDialog = form.open !== undefined;
  const opened = () => form.open?.(page).click();
  const leave = async () => {
    if (inDialog) await page.keyboard.press('Escape');
    else await page.locator('nav a:visible').last().click();
  };
  await opened();
  const field = form.field(page);
  await field.waitFor();
  if (inDialog) {
    await leave();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await opened();
  }
  await field.fill('Half a thought');
  await leave();
  for (const word of ['Cancel', inDialog ? 'Close' : 'Leave']) {
    expect(await field.inputValue()).toBe('Half a thought');
    await answer(page, word);
    if (word === 'Cancel') await leave();
  }
  if (inDialog) await field.waitFor({ state: 'hidden' });
  else await page.waitForURL((url) => url.pathname !== form.path);
  if (!inDialog) return;
  // What was thrown away is not there again.
  await opened();
  expect(await field.inputValue()).toBe('');
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

test('what stands on the page goes to the client: submitting a draft saves it first', async () => {
  const page = await rig().open('manager', `/scripts/${ids.scriptDraft}`);
  await page.getByRole('textbox', { name: 'Text, English' }).first().fill('Words that nobody saved yet');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT' || request.method() === 'POST')
      sent.push(`${request.method()} ${request.postData() ?? ''}`);
  });
  await page.getByRole('button', { name: 'Submit to the client' }).click();
  await answer(page, 'Submit to the client');
  await page.locator('.ant-message-success').waitFor();
  expect(sent.map((line) => line.slice(0, 4))).toEqual(['PUT ', 'POST']);
  expect(sent[0]).toContain('Words that nobody saved yet');
});

test('Enter in a day’s field takes over the day and does not send the form around it', async () => {
  const page = await rig().open('administrator', '/organisation');
  const date = page.getByRole('textbox', { name: 'Date' }).first();
  const changes: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') changes.push(request.postData() ?? '');
  });
  await date.fill('2027-01-01');
  await page.keyboard.press('Enter');
  const form = page.locator('form').filter({ has: date });
  await form.getByRole('textbox', { name: 'Name' }).fill('New Year');
  expect(changes).toEqual([]);
  await form.getByRole('button', { name: 'Add' }).click();
  await expect.poll(() => changes.length).toBe(1);
  expect(changes[0]).toContain('New Year');
});

test('everybody changes their own password from the bar at the top', async () => {
  const page = await rig().open('agent', '/desk');
  await page.getByTestId('own-account').click();
  const dialog = page.getByRole('dialog');
  const passwords = dialog.locator('input');
  await passwords.nth(0).fill('the first one');
  await passwords.nth(1).fill('correct horse battery');
  await passwords.nth(2).fill('correct horse');
  const change = dialog.getByRole('button', { name: 'Change my password' });
  expect(await change.isDisabled()).toBe(true);
  expect(await dialog.getByText('The two are not the same.').isVisible()).toBe(true);
  expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
  await passwords.nth(2).fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.locator('.ant-message-success').waitFor();
});

test('a team is renamed where it stands, and nobody is made an agent without one', async () => {
  const page = await rig().open('administrator', '/organisation');
  await page.getByRole('button', { name: 'Rename: 一班' }).click();
  const renamed = page.waitForRequest((request) => request.method() === 'PATCH');
  await page.keyboard.type(' A');
  await page.keyboard.press('Enter');
  expect((await renamed).postData()).toBe('{"name":"一班 A"}');
  await page.goto(`${rig().server.url}/users`);
  await page.getByRole('button', { name: 'New user' }).click();
  const dialog = page.getByRole('dialog');
  await field(page, 'Name').fill('Ai');
  await field(page, 'User name').fill('ai');
  await dialog.locator('input[type="password"]').fill('long enough');
  await dialog.getByText('Agents and leads work in a team').waitFor();
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
});
