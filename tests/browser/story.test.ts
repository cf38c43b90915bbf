/**
 * The whole story on the whole product in a real browser: a manager sets up a campaign, imports a list and starts; an agent
 * sells, loses the network in a call and comes back, and hears an opt-out; the night's draw; an inspector fails the sale on the
 * third criterion by keyboard alone; the corrective call reaches the agent; the client reads the week; nobody opens what is not theirs.
 */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser, openContext, type View } from './browser.ts';
import { AgentDesk, InspectorDesk, ManagerDesk, signIn, signInByKeys } from './desks.ts';
import { openStage, type Stage } from './story/stage.ts';

/** Sunday half past two in London, where the customers live; late evening at the centre in Shanghai. */
const sunday = Date.UTC(2026, 0, 11, 14, 30, 0);
/** One minute after the centre's midnight: the day and the week are over. */
const midnight = Date.UTC(2026, 0, 11, 16, 1, 0);
/** One minute after the centre's Monday 06:00: the weekly summary is due. */
const mondayMorning = Date.UTC(2026, 0, 11, 22, 1, 0);

const names = ['Ada Wong', '王小明', 'Ben Carter', 'Lucy Moore', '李芳', 'Owen Hall'];
const list = [
  'name,phone,region,tariff',
  ...names.map((name, index) => `${name},+4477009001${String(index).padStart(2, '0')},United Kingdom,Plus 39`),
  'Nobody,12,United Kingdom,Plus 39',
  `${names[0]},+447700900100,United Kingdom,Plus 39`,
].join('\r\n');
const campaignName = 'Story 试用推荐';

const pictures = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
let stage: Stage;
let browser: Browser;
const open: BrowserContext[] = [];
let campaignId = '';
let soldTo = '';

beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(sunday), launchBrowser()]);
  // One inspector on duty: whatever is drawn is theirs.
  await stage.product().database.client.user.update({ where: { username: 'inspector2' }, data: { active: false } });
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

/** A person at a browser of their own. */
async function at(username: string, view: View = {}): Promise<Page> {
  const context = await openContext(browser, view);
  open.push(context);
  const page = await context.newPage();
  await signIn(page, stage.url(), stage.account(username));
  return page;
}

/** What was on the screens when a chapter failed. */
beforeEach(({ onTestFailed, task }) => {
  onTestFailed(async () => {
    const pages = open.flatMap((context) => context.pages());
    await Promise.all(
      pages.map((page, index) => page.screenshot({ path: `${pictures}story-failed.${task.id}.${index}.png` })),
    );
  });
});

async function everybodyLeaves(): Promise<void> {
  await Promise.all(open.splice(0).map((context) => context.close()));
}

async function count(sql: string): Promise<number> {
  const { rows } = await stage.product().database.pool.query<{ n: number }>(`select count(*)::int n from ${sql}`);
  return rows[0]?.n ?? 0;
}

test('a manager sets up a campaign, imports a list and starts', async () => {
  const desk = new ManagerDesk(await at('manager', { width: 1440, height: 900 }));
  const { page } = desk;
  await desk.makeCampaign(campaignName, 'Cloud Guard');
  await page.waitForURL(/\/campaigns\/.+/);
  campaignId = page.url().split('/').at(-1) ?? '';
  // Nothing is there yet: start is refused with the list of what is missing.
  expect(await page.getByTestId('start-campaign').isEnabled()).toBe(false);
  await page.locator('.check-list li').nth(3).waitFor();
  await desk.setUp({ script: 'Cloud Guard trial', team: 'Day team B', callerId: '+447700900999' });
  await desk.setPace({ mode: 'progressive', wrapUpSeconds: 3600 });
  await desk.importList({ name: 'story.csv', content: Buffer.from(list) });
  await page.getByRole('button', { name: /Show 2 rejected/ }).click();
  await page.getByRole('dialog').locator('.ant-table-row').nth(1).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.locator('.check-list').waitFor({ state: 'detached' });
  await desk.switch('start');
  expect(await count(`contact where campaign_id = '${campaignId}' and state = 'waiting'`)).toBe(names.length);
});

test('an agent takes a call, sells and judges the own sale; the network breaks in the next call and it is not lost', async () => {
  const desk = new AgentDesk(await at('agent3', { locale: 'zh' }));
  const { page } = desk;
  await desk.join();
  await desk.state({ activity: 'talking' });
  soldTo = await desk.customer.innerText();
  expect(names).toContain(soldTo);
  await desk.tickEverything();
  await desk.talkFor(7);
  await desk.fillSale({ identity: '姓名与地址一致', consent: '好的，我同意' });
  await page.keyboard.press('Control+Enter');

  // The second call: the browser loses its network, and finds customer and conversation again.
  await page.locator('[data-testid="customer-name"]', { hasNotText: soldTo }).waitFor();
  await desk.state({ activity: 'talking' });
  const second = await desk.customer.innerText();
  await page.context().setOffline(true);
  await desk.connection('offline').or(desk.connection('lost')).waitFor();
  expect(await count(`attempt where live and state = 'connected'`)).toBe(1);
  await page.context().setOffline(false);
  await desk.connection('live').waitFor();
  await page.reload();
  await desk.state({ activity: 'talking' });
  expect(await desk.customer.innerText()).toBe(second);
  expect(await count(`attempt where live and state = 'connected'`)).toBe(1);
  await desk.choose('undecided');
  await desk.save();

  // The third: one key, and the number is on the blacklist.
  await page.locator('[data-testid="customer-name"]', { hasNotText: second }).waitFor();
  await desk.state({ activity: 'talking' });
  await desk.signOutAfterCall();
  await page.keyboard.press('F9');
  await desk.state({ presence: 'signed-out' });
  expect(await count(`blacklist_entry where removed_at is null`)).toBe(1);
  expect(await count(`attempt where disposition = 'sale'`)).toBe(1);
  await stage.settled();
});

test('the sale is drawn, and an inspector fails it on the third criterion by keyboard alone', async () => {
  await everybodyLeaves();
  await stage.goTo(midnight);
  const { quality } = stage.product();
  await quality.drawDue();
  await quality.sweep();
  const context = await openContext(browser);
  open.push(context);
  const page = await context.newPage();
  const desk = new InspectorDesk(page);
  await signInByKeys(page, stage.url(), stage.account('inspector'));
  await page.locator('[data-testid="queue"] tbody tr').first().waitFor();
  await desk.tabTo('judge-next');
  await desk.press('Enter');
  await desk.ready();
  // To the fifth second; the third criterion fails here, for the first reason of its first check; all others hold.
  await desk.press('ArrowRight', '3', 'f', '1', '1', 'a', 'Control+Enter');
  await page.waitForURL('**/inspections/done');
  const { rows } = await stage.product().database.pool.query(
    `select a->>'criterion' criterion, (a->>'atSecond')::float8 at from qa_register_entry e, jsonb_array_elements(e.answers) a
      where a->>'verdict' = 'fail'`,
  );
  expect(rows).toEqual([{ criterion: 'approved-script', at: 5 }]);
});

test('the corrective call reaches the agent who sold, with its reason', async () => {
  await everybodyLeaves();
  await stage.settled();
  const desk = new AgentDesk(await at('agent3', { locale: 'zh' }));
  const { page } = desk;
  await desk.join();
  await desk.state({ activity: 'talking' });
  expect(await desk.customer.innerText()).toBe(soldTo);
  await page.getByTestId('call-task').waitFor();
  await desk.signOutAfterCall();
  await page.keyboard.press('1');
  await page.locator('input[type="radio"][value="declined"]').check();
  await page.locator('.outcome-form textarea').first().fill('客户不再需要');
  await desk.save();
  await desk.state({ presence: 'signed-out' });
  await stage.settled();
  expect(await count(`qa_task_call where kind = 'corrective' and state = 'done'`)).toBe(1);
});

test('the client reads the week down to the failed criterion', async () => {
  await everybodyLeaves();
  await stage.goTo(mondayMorning);
  await stage.product().services.reports.publishDue();
  const page = await at('client', { width: 390, height: 844 });
  await page.locator('tr', { hasText: campaignName }).getByRole('link').click();
  await page.locator('h1', { hasText: campaignName }).waitFor();
  const figure = (name: string) =>
    page
      .locator('tbody tr', { has: page.getByText(name, { exact: true }) })
      .locator('td')
      .first();
  for (const [name, value] of [
    ['Placed', '3'],
    ['Conversations', '3'],
    ['Sales', '1'],
    ['Opt-outs', '1'],
    ['Inspected', '1'],
    ['Valid sales', '0'],
  ] as const)
    expect((await figure(name).innerText()).trim(), name).toBe(value);
  // On a phone the other sections are folded up; the list on top leads to them.
  await page.getByRole('navigation', { name: 'On this page' }).getByText('Unqualified, by criterion').click();
  await page.getByText('Approved script', { exact: true }).waitFor();
});

test('nobody opens what is not theirs, neither page nor data', async () => {
  await everybodyLeaves();
  const { client } = stage.product().database;
  const { id: summaryId } = await client.weeklySummary.findFirstOrThrow();
  const other = await client.client.create({ data: { name: 'Other operator 另一家' } });
  const own = await client.user.findUniqueOrThrow({ where: { username: 'client' } });
  const { id: _, ...account } = own;
  await client.user.create({ data: { ...account, username: 'client2', clientId: other.id } });
  const ask = (page: Page, path: string) => page.evaluate(async (address) => (await fetch(address)).status, path);

  const agent = await at('agent1');
  await agent.goto(`${stage.url()}/campaigns/${campaignId}`);
  await agent.getByTestId('forbidden').waitFor();
  expect(await ask(agent, `/api/campaigns/${campaignId}/contacts`)).toBe(403);
  expect(await ask(agent, '/api/users')).toBe(403);

  const stranger = await at('client2');
  await stranger.locator('h1').waitFor();
  expect(await stranger.getByText(campaignName).count()).toBe(0);
  await stranger.goto(`${stage.url()}/summaries/${summaryId}`);
  await stranger.getByTestId('not-found').waitFor();
  expect(await stranger.getByText(campaignName).count()).toBe(0);
  expect(await ask(stranger, `/api/summaries/${summaryId}`)).toBe(404);
  expect(await ask(stranger, `/api/campaigns/${campaignId}`)).toBe(404);
});
