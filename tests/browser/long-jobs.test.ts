/** Work that takes its time: counted on its page, left, found again on any other, and its result read when one comes back. */
import { expect, test } from 'vitest';
import type { LongJob, LongJobKind } from '../../src/contract/long-jobs.ts';
import { fixtureRig } from './fixture-rig.ts';
import { lists } from './fixtures/campaigns.ts';
import { guid, ids, now } from './fixtures/people.ts';

const rig = fixtureRig();
const check = {
  same: true,
  frameHashSame: true,
  commitmentSame: true,
  missing: [],
  unexpected: [],
  changed: [],
  differences: [],
  recomputedAt: now,
};

/** Each page, what begins its job, and what is read there in the end. */
const places: {
  kind: LongJobKind;
  path: string;
  open?: RegExp;
  start: string;
  of: Partial<LongJob>;
  counted: [string, string];
  result: Partial<LongJob>;
  read: string | null;
}[] = [
  {
    kind: 'audit-check',
    path: '/audit',
    start: 'Check the chain',
    of: {},
    counted: ['312,000 of 1,000,000 entries', '已完成 312,000，共 1,000,000 条记录'],
    result: { auditCheck: { entries: 1_000_000, brokenAt: null } },
    read: '1,000,000',
  },
  {
    kind: 'draw-check',
    path: `/draws/${ids.draw}`,
    start: 'Recompute',
    of: { subjectId: ids.draw },
    counted: ['312,000 of 1,000,000 recordings read again', '已完成 312,000，共 1,000,000 条录音'],
    result: { drawCheck: check },
    read: 'Recomputed: the same recordings.',
  },
  {
    kind: 'billing-file',
    path: '/billing',
    start: 'The feed as CSV',
    of: { subjectId: ids.campaign },
    counted: ['312,000 of 1,000,000 rows signed and written', '已完成 312,000，共 1,000,000 行'],
    result: {},
    read: null,
  },
  {
    kind: 'rejected-file',
    path: `/campaigns/${ids.campaign}`,
    open: /^Show .* rejected/,
    start: 'Download',
    of: { subjectId: ids.campaign, about: lists[1]?.name ?? '' },
    counted: ['312,000 of 1,000,000 rows', '已完成 312,000，共 1,000,000 行'],
    result: {},
    read: null,
  },
];

test.each(places)('$kind', async ({ kind, path, open: opener, start, of, counted, result, read }) => {
  const { open, context } = rig();
  let job: LongJob | null = null;
  await context.route('**/api/long-jobs?**', (route) => {
    const asked = new URL(route.request().url()).searchParams.get('kind');
    return route.fulfill({ json: { items: job === null || (asked !== null && asked !== kind) ? [] : [job] } });
  });
  await context.route('**/api/long-jobs', (route) => route.fulfill({ json: { items: job === null ? [] : [job] } }));
  // The work begins with its request, and this one does not end while the page is open.
  let begun = 0;
  await context.route(/\/verify$|format=csv|rejected\.csv/, (route) => {
    begun += 1;
    job = {
      ...{
        id: guid(30, 99),
        kind,
        subjectId: null,
        about: 'A list',
        state: 'running',
        done: 312_000,
        total: 1_000_000,
      },
      ...{ failure: null, startedAt: now, endedAt: null, whatIf: null, drawCheck: null, auditCheck: null, ...of },
    };
    // A file leaves the page where it is.
    return route.request().method() === 'POST' ? undefined : route.fulfill({ status: 204 });
  });
  const page = await open('manager', path);
  if (opener !== undefined) {
    await page.locator('[data-node-key="lists"]').click();
    await page.getByRole('button', { name: opener }).first().click();
  }
  await page.locator(`:is(button, a):has-text("${start}")`).last().click();
  const progress = page.getByTestId('job-progress');
  await progress.getByText(counted[0]).waitFor();
  expect(begun).toBe(1);
  if (opener !== undefined) await page.keyboard.press('Escape');

  // Left: the work is in the bar of every page, with its count, and its page is one click away.
  await page.locator('a[href="/sales"]').first().click();
  await page.waitForURL('**/sales');
  await page.getByTestId('long-jobs').click();
  await page.getByRole('dialog').getByText(counted[0]).waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('switch-language').click();
  await page.getByTestId('long-jobs').click();
  await page.getByRole('dialog').getByText(counted[1]).waitFor();
  await page.getByRole('dialog').getByRole('link').first().click();
  if (opener === undefined) await page.locator('main').getByText(counted[1]).waitFor();

  if (read === null || job === null) return;
  await page.getByTestId('switch-language').click();
  job = { ...(job as LongJob), state: 'done', done: 1_000_000, endedAt: now, ...result };
  await page.goto(rig().server.url + path);
  await page.locator('main').getByText(read).waitFor();
});
