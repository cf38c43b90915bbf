/** Pages with much on them: what is drawn is what is in sight, and what moves costs little. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fixtureRig } from './fixture-rig.ts';
import { guid, ids, now } from './fixtures/people.ts';

const total = 100_000;
/** Far more than the server sends at once, so that a few requests fill the page with all of them. */
const pageSize = 25_000;
const crew = Array.from({ length: 500 }, (_, index) => ({ id: guid(20, 100 + index), name: `Agent ${index + 1}` }));

const rig = fixtureRig(crew);

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
  const { open, context } = rig();
  await context.route('**/contacts?**', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('after') ?? 0);
    const items = Array.from({ length: Math.min(pageSize, total - from) }, (_, index) => contact(from + index));
    const next = from + items.length < total ? String(from + items.length) : null;
    return route.fulfill({ json: { items, next, total } });
  });
  const page = await open('manager', `/campaigns/${ids.campaign}`);
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
});

test('a wallboard with 500 agents takes less than a tenth of a core, updated every second', async () => {
  const { open, context } = rig();
  const page = await open('manager', '/wallboard');
  await page.locator('.agent-tile').nth(400).waitFor();
  const devtools = await context.newCDPSession(page);
  // Processor time of the page's thread, whatever else this machine does.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const updates = () => page.locator('.page-intro').innerText();
  // Warm: what is drawn for the first time is not what an eight-hour day costs.
  await nextUpdates(page, updates, 3);
  const [before, since] = [await taken(), Date.now()];
  await nextUpdates(page, updates, 8);
  const share = ((await taken()) - before) / ((Date.now() - since) / 1000);
  console.log(`wallboard with 500 agents: ${(share * 100).toFixed(1)} % of a core`);
  expect(share).toBeLessThan(0.1);
});

/** Waits for so many updates of the board, told by the time it shows. */
async function nextUpdates(page: Page, shown: () => Promise<string>, count: number): Promise<void> {
  for (let seen = 0; seen < count; seen += 1) {
    const last = await shown();
    await page.waitForFunction(
      (before) => document.querySelector<HTMLElement>('.page-intro')?.innerText !== before,
      last,
      { polling: 200 },
    );
  }
}
