/** Every page, in both languages, light and dark: drawn without a complaint, accessible, and kept as a picture. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/contract/common.ts';
import { seriousFindings } from './accessibility.ts';
import { complaintsOf, launchBrowser, openContext, type View } from './browser.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';
import { signedOutView } from './fixtures/agent.ts';
import { ids } from './fixtures/people.ts';
import { buildWeb } from './web-build.ts';

type Visit = {
  name: string;
  role: Role | null;
  path: string;
  /** What must be there before the page counts as drawn. */
  ready: string;
  prepare?: (page: Page, server: FixtureServer) => Promise<void>;
  phone?: boolean;
};

const table = 'table, .ant-table';
const signIn = async (page: Page) => {
  await page.getByTestId('sign-in-campaign').click();
  await page.locator('[data-testid="desk"][data-activity="ready"]').waitFor();
};

const visits: Visit[] = [
  { name: 'sign-in', role: null, path: '/', ready: 'form', phone: true },
  { name: 'agent-signed-out', role: 'agent', path: '/desk', ready: '[data-testid="sign-in-campaign"]' },
  { name: 'agent-waiting', role: 'agent', path: '/desk', ready: '.today', prepare: signIn },
  {
    name: 'agent-sale',
    role: 'agent',
    path: '/desk',
    ready: '.today',
    prepare: async (page, server) => {
      await signIn(page);
      server.desk.call();
      server.push();
      await page.getByTestId('outcome-sale').click();
      await page.locator('.must-say').first().waitFor();
    },
  },
  { name: 'agent-day', role: 'agent', path: '/my-day', ready: 'table' },
  { name: 'inspection-queue', role: 'inspector', path: '/inspections', ready: '[data-testid="queue"]' },
  {
    name: 'inspection',
    role: 'inspector',
    path: `/inspections/${ids.inspection}`,
    ready: '[data-testid="play"]:enabled',
  },
  { name: 'register', role: 'inspector', path: '/register', ready: table },
  { name: 'causes', role: 'supervisor', path: '/causes', ready: table, phone: true },
  { name: 'disputes', role: 'supervisor', path: '/disputes', ready: '.line-list' },
  { name: 'patrols', role: 'inspector', path: '/patrols', ready: '.line-list' },
  { name: 'agreement', role: 'supervisor', path: '/agreement', ready: table },
  { name: 'calibrations', role: 'supervisor', path: '/calibrations', ready: table },
  { name: 'draws', role: 'supervisor', path: '/draws', ready: table },
  { name: 'draw', role: 'supervisor', path: `/draws/${ids.draw}`, ready: table },
  { name: 'wallboard', role: 'manager', path: '/wallboard', ready: '.agent-tile', phone: true },
  { name: 'campaigns', role: 'manager', path: '/campaigns', ready: table, phone: true },
  {
    name: 'campaign-draft',
    role: 'manager',
    path: `/campaigns/${ids.draft}`,
    ready: '.check-list',
    prepare: async (page) => {
      await page.getByTestId('run-expectation').click();
      await page.locator('.small-figures').first().waitFor();
    },
  },
  { name: 'campaign-pace', role: 'manager', path: `/campaigns/${ids.campaign}`, ready: '[data-testid="save-pace"]' },
  ...(['hours', 'quality', 'lists', 'contacts', 'decisions', 'versions'] as const).map((tab) => ({
    name: `campaign-${tab}`,
    role: 'manager' as const,
    path: `/campaigns/${ids.campaign}`,
    ready: '[data-testid="save-pace"]',
    prepare: async (page: Page) => {
      await page.locator(`[data-node-key="${tab}"]`).click();
      await page.locator('.ant-tabs-tabpane-active .panel, .ant-tabs-content-active .panel').first().waitFor();
    },
  })),
  { name: 'recordings', role: 'manager', path: '/recordings', ready: table },
  { name: 'summaries', role: 'manager', path: '/summaries', ready: table, phone: true },
  { name: 'summary', role: 'client', path: `/summaries/${ids.summary}`, ready: table, phone: true },
  {
    name: 'calls-behind',
    role: 'manager',
    path: `/summaries/${ids.summary}`,
    ready: table,
    prepare: async (page) => {
      await page.locator('.plain-table .link-button').first().click();
      await page.locator('.ant-drawer .ant-table-row').first().waitFor();
    },
  },
  { name: 'scorecards', role: 'manager', path: '/scorecards', ready: table, phone: true },
  {
    name: 'scorecards-of-teams',
    role: 'manager',
    path: '/scorecards',
    ready: table,
    prepare: async (page) => {
      await page.locator('.ant-segmented').last().locator('.ant-segmented-item').nth(1).click();
      await page.locator('table').nth(1).waitFor();
    },
  },
  { name: 'scorecard', role: 'manager', path: `/scorecards/${ids.campaign}`, ready: table },
  { name: 'sales', role: 'manager', path: '/sales', ready: table },
  { name: 'sale', role: 'manager', path: `/sales/${ids.sale}`, ready: '.facts' },
  { name: 'billing', role: 'manager', path: '/billing', ready: table, phone: true },
  { name: 'task-calls', role: 'manager', path: '/task-calls', ready: table },
  { name: 'cases', role: 'manager', path: '/cases', ready: table, phone: true },
  { name: 'case', role: 'manager', path: `/cases/${ids.caseFile}`, ready: '[data-testid="save-step"]' },
  { name: 'blacklist', role: 'manager', path: '/blacklist', ready: table },
  {
    name: 'what-if',
    role: 'manager',
    path: '/what-if',
    ready: '[data-testid="run-what-if"]',
    prepare: async (page) => {
      await page.getByTestId('run-what-if').click();
      await page.locator('table').waitFor();
    },
  },
  { name: 'calibration', role: 'manager', path: '/calibration', ready: table, phone: true },
  { name: 'levels', role: 'supervisor', path: '/levels', ready: table },
  { name: 'users', role: 'administrator', path: '/users', ready: table },
  { name: 'scripts', role: 'manager', path: '/scripts', ready: '.line-list' },
  { name: 'script-version', role: 'client', path: `/scripts/${ids.scriptVersion}`, ready: '.line-list' },
  { name: 'products', role: 'administrator', path: '/products', ready: table },
  { name: 'forms', role: 'administrator', path: '/forms', ready: '.form-criteria' },
  { name: 'organisation', role: 'administrator', path: '/organisation', ready: '.line-list' },
  { name: 'audit', role: 'administrator', path: '/audit', ready: table },
  { name: 'client-campaigns', role: 'client', path: '/own-campaigns', ready: '.ant-progress', phone: true },
  { name: 'client-spot-checks', role: 'client', path: '/spot-checks', ready: table, phone: true },
  { name: 'forbidden', role: 'client', path: '/users', ready: '[role="alert"]' },
];

const pictures = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
/** `other`: the appearance that is switched to, so that all four pairs are kept, English at 1280 and Chinese at 1920 pixels. */
const views: (View & { name: string; other: 'light' | 'dark' })[] = [
  { name: 'en-light', locale: 'en', appearance: 'light', other: 'dark' },
  { name: 'zh-dark', locale: 'zh', appearance: 'dark', other: 'light', width: 1920, height: 1080 },
];

let server: FixtureServer;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  server = await startFixtureServer(await buildWeb());
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function visit({ role, path, ready, prepare }: Visit, context: BrowserContext) {
  await context.clearCookies();
  if (role) await context.addCookies([{ name: 'fixture', value: role, url: server.url }]);
  server.desk.view = signedOutView;
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(server.url + path);
  await page.locator(ready).first().waitFor();
  await prepare?.(page, server);
  // Nothing is loading any more, and every chart is drawn.
  for (const open of ['[aria-busy="true"]', '.chart:not(:has(canvas))'])
    await page.locator(open).first().waitFor({ state: 'detached' });
  return { page, complaints };
}

describe.each(views)('$name', (view) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await openContext(browser, view);
  });
  afterAll(() => context.close());
  test.each(visits)('$name', async (place) => {
    const { page, complaints } = await visit(place, context);
    expect(await page.locator('html').getAttribute('lang')).toBe(view.locale === 'zh' ? 'zh-CN' : 'en');
    expect(await page.locator('h1').count()).toBe(place.name === 'forbidden' ? 0 : 1);
    await page.screenshot({ path: `${pictures}${place.name}.${view.name}.png`, fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
    // The first screen of it in the other appearance, as it changes before the reader's eyes.
    await page.getByTestId('switch-appearance').dispatchEvent('click');
    await page.locator(`html[data-appearance="${view.other}"]`).waitFor();
    await page.screenshot({ path: `${pictures}${place.name}.${view.locale}-${view.other}.png` });
    expect(complaints).toEqual([]);
    await page.close();
  });
});

test.each(visits.filter(({ phone }) => phone))('on a phone nothing is wider than the screen: $name', async (place) => {
  const context = await openContext(browser, { width: 390, height: 844 });
  const { page } = await visit(place, context);
  await page.screenshot({ path: `${pictures}${place.name}.phone.png`, fullPage: true });
  const { wide, screen } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(wide).toBeLessThanOrEqual(screen);
  await context.close();
});

test('the fixture server had an example for everything the pages asked', () => {
  expect(server.unanswered).toEqual([]);
});
