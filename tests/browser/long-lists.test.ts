/** A list of 100,000 rows on the page: what is drawn is what is in sight, wherever the reader scrolls. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser, openContext } from './browser.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';
import { guid, ids, now } from './fixtures/people.ts';

const total = 100_000;
/** Far more than the server sends at once, so that a few requests fill the page with all of them. */
const pageSize = 25_000;

let server: FixtureServer;
let browser: Browser;

beforeAll(async () => {
  server = await startFixtureServer(inject('webRoot'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const contact = (index: number) => ({
  id: guid(8, index + 1),
  campaignId: ids.campaign,
  listId: ids.list,
  nameMasked: '欧阳**',
  numberMasked: `+1 212 555 ${String(index).padStart(6, '0')}`,
  region: '渝中区',
  timeZone: 'Asia/Shanghai',
  state: 'waiting',
  dueAt: now,
  attempts: 0,
  lastOutcome: null,
  reason: null,
  reasonVersion: 4,
  origin: null,
});

async function openList(): Promise<Page> {
  const context = await openContext(browser);
  await context.addCookies([{ name: 'fixture', value: 'manager', url: server.url }]);
  const page = await context.newPage();
  await page.route('**/contacts?**', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('after') ?? 0);
    const items = Array.from({ length: Math.min(pageSize, total - from) }, (_, index) => contact(from + index));
    const next = from + items.length < total ? String(from + items.length) : null;
    return route.fulfill({ json: { items, next, total } });
  });
  await page.goto(`${server.url}/campaigns/${ids.campaign}`);
  await page.locator('[data-node-key="contacts"]').click();
  return page;
}

test('100,000 contacts scroll from the first to the last, with a few dozen rows drawn at any time', async () => {
  const page = await openList();
  const body = page.locator('.ant-table-tbody-virtual-holder');
  const rows = page.locator('.ant-table-tbody-virtual-holder .ant-table-row');
  await rows.first().waitFor();
  const toEnd = () => body.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  for (let loaded = pageSize; loaded < total; loaded += pageSize) {
    await toEnd();
    await page.getByText(`${(loaded + pageSize).toLocaleString('en')} of 100,000`).waitFor();
  }
  expect(await rows.count()).toBeLessThan(60);
  // The list grows with what was fetched a moment after its figures do.
  await expect
    .poll(async () => {
      await toEnd();
      return page.getByText(`+1 212 555 ${String(total - 1).padStart(6, '0')}`).count();
    })
    .toBe(1);
  await body.evaluate((box) => box.scrollTo(0, box.scrollHeight / 2));
  await page
    .getByText(/\+1 212 555 0(49|50)\d{3}/)
    .first()
    .waitFor();
  expect(await rows.count()).toBeLessThan(60);
  await page.context().close();
});
