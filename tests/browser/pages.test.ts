/**
 * Every page, in both languages, light and dark, wide and narrow, with every dialog: drawn without a complaint, accessible,
 * and kept as a picture. A page is opened once and then changed before the reader's eyes, as the product promises.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import type { Role } from '../../src/contract/common.ts';
import { seriousFindings } from './accessibility.ts';
import { complaintsOf, launchBrowser, openContext } from './browser.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';
import { signedOutView } from './fixtures/agent.ts';
import { sidewaysOverflows } from './sideways.ts';
import { type Opening, type Visit, visits } from './visits.ts';

const pictures = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
const desktop = { width: 1280, height: 800 };
const wide = { width: 1920, height: 1080 };
const phone = { width: 390, height: 844 };

let server: FixtureServer;
let browser: Browser;
/** Who sits at the browser now. The first page of a role is opened by its address, the next ones as the product's links do it. */
let sitting: { role: Role | null; context: BrowserContext; page: Page; complaints: string[] } | null = null;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  server = await startFixtureServer(inject('webRoot'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function sitDown(role: Role | null, path: string) {
  await sitting?.context.close();
  const context = await openContext(browser, desktop);
  if (role) await context.addCookies([{ name: 'fixture', value: role, url: server.url }]);
  const page = await context.newPage();
  sitting = { role, context, page, complaints: complaintsOf(page) };
  await page.goto(server.url + path);
  return sitting;
}

async function visit({ role, path, ready, prepare }: Visit) {
  server.desk.view = signedOutView;
  server.push();
  // An agent's desk is opened anew: it would not believe a view that is older than what it has seen.
  const same = sitting?.role === role && role !== 'agent' ? sitting : null;
  // A page that would ask before it is left is not left: the next one begins in a fresh window.
  const stays = same && !(await isUnsaved(same.page)) ? same : null;
  const here = stays ?? (await sitDown(role, path));
  const { page } = here;
  if (stays) {
    stays.complaints.length = 0;
    // By way of nowhere: what is left and entered again begins anew.
    await goInside(page, '/elsewhere');
    await goInside(page, path);
  }
  await page.locator(ready).first().waitFor();
  await prepare?.(page, server);
  await settled(page);
  return here;
}

/** Whether the page would ask before its tab is closed. */
const isUnsaved = (page: Page) => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

/** To another page of the product without loading it again, as its links do. */
const goInside = (page: Page, path: string) =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);

/** Nothing is loading any more, and every chart is drawn. */
async function settled(page: Page) {
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .chart:not(:has(canvas)), .ant-skeleton') === null,
  );
}

async function picture(page: Page, name: string, fullPage = false) {
  // What sticks to the window is drawn where the window stands: a whole page is taken from its top.
  if (fullPage) await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${pictures}${name}.png`, fullPage });
}

/** Nothing on the page is wider than its place, unless its edge shows that it goes on. */
const fits = (page: Page, when: string) =>
  // Tabs and tables measure themselves a moment after the window or the words have changed.
  expect.poll(() => sidewaysOverflows(page), { message: when, timeout: 5_000 }).toEqual([]);

async function appearance(page: Page, wanted: 'light' | 'dark') {
  await page.getByTestId('switch-appearance').dispatchEvent('click');
  await page.locator(`html[data-appearance="${wanted}"]`).waitFor();
}

async function language(page: Page, lang: 'en' | 'zh-CN') {
  await page.getByTestId('switch-language').dispatchEvent('click');
  await page.locator(`html[lang="${lang}"]`).waitFor();
}

/** A drawer gives the focus to its frame, from where Tab leads into it. `timeout`: only for what hangs. */
const timeout = 20_000;
const held = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[role="dialog"], .ant-drawer') !== null);

/** A dialog, without a mouse: it takes the focus, is accessible in both appearances, and gives the focus back. */
async function tryOpening(page: Page, place: string, { name, by, fill }: Opening) {
  const opener = by(page);
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('[role="dialog"]:visible').last();
  await dialog.waitFor();
  await expect.poll(() => held(page), { message: `${name} has the focus`, timeout }).toBe(true);
  await fill?.(page);
  await settled(page);
  await picture(page, `${place}.${name}.en-light`);
  await fits(page, name);
  expect(await seriousFindings(page, dialogs), name).toEqual([]);
  await appearance(page, 'dark');
  await picture(page, `${place}.${name}.en-dark`);
  expect(await seriousFindings(page, dialogs), name).toEqual([]);
  await appearance(page, 'light');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await expect
    .poll(() => opener.evaluate((it) => it === document.activeElement), {
      message: `${name} gave the focus back`,
      timeout,
    })
    .toBe(true);
}
const dialogs = '[role="dialog"]';

test.each(visits)('$name', async (place) => {
  // After a failure the next page begins with a fresh browser window.
  onTestFailed(async () => {
    await sitting?.context.close();
    sitting = null;
  });
  const { name } = place;
  const { page, complaints } = await visit(place);
  const html = page.locator('html');
  expect(await html.getAttribute('lang')).toBe('en');
  expect(await page.locator('h1').count()).toBe(name === 'forbidden' ? 0 : 1);
  expect(await page.locator('.menu-link[aria-current="page"]').count(), 'one place in the menu').toBeLessThanOrEqual(1);
  await picture(page, `${name}.en-light`, true);
  expect(await seriousFindings(page)).toEqual([]);
  await fits(page, 'en');
  for (const opening of place.opens ?? []) await tryOpening(page, name, opening);

  await appearance(page, 'dark');
  await picture(page, `${name}.en-dark`);
  await language(page, 'zh-CN');
  await settled(page);
  await fits(page, 'zh');
  await page.setViewportSize(wide);
  await settled(page);
  await picture(page, `${name}.zh-dark`, true);
  expect(await seriousFindings(page)).toEqual([]);
  await appearance(page, 'light');
  await picture(page, `${name}.zh-light`);
  await language(page, 'en');
  if (place.phone) {
    await page.setViewportSize(phone);
    await settled(page);
    await picture(page, `${name}.phone`, true);
    await fits(page, 'en on a phone');
    await language(page, 'zh-CN');
    await settled(page);
    await fits(page, 'zh on a phone');
    await language(page, 'en');
  }
  await page.setViewportSize(desktop);
  expect(complaints).toEqual([]);
});

test('the fixture server had an example for everything the pages asked', () => {
  expect(server.unanswered).toEqual([]);
});
