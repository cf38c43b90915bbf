/** Every page when the server has nothing, refuses, or is broken: it says so in a panel made for it, and never falls over. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Role } from '../../src/contract/common.ts';
import { complaintsOf } from './browser.ts';
import { fixtureRig } from './fixture-rig.ts';
import { visits } from './visits.ts';

const rig = fixtureRig();
/**
 * Pages of the office by role; each address once. The agent's desk lives on its channel, not on requests; `/users` is another
 * role's; the simulator can be asked without any campaign.
 */
const leftOut = ['/users', '/what-if'];
const places = new Map<Role, string[]>();
for (const { role, path } of visits) {
  if (role === null || role === 'agent' || leftOut.includes(path)) continue;
  const known = places.get(role) ?? [];
  if (!known.includes(path)) places.set(role, [...known, path]);
}

const refusal = (status: number, code: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'about:blank',
    title: code,
    status,
    code,
    detail: '',
    retryable: false,
    requestId: '1',
  }),
});
const answers = {
  broken: { answer: refusal(500, 'internal'), panel: '[role="alert"]' },
  forbidden: { answer: refusal(403, 'no-right'), panel: '[data-testid="forbidden"]' },
  gone: { answer: refusal(404, 'not-found'), panel: '[data-testid="not-found"]' },
};

const goInside = (page: Page, path: string) =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);

test.each(Object.entries(answers))('%s', async (_, { answer, panel }) => {
  const silent: string[] = [];
  for (const [role, paths] of places) {
    const { context, open } = rig();
    await context.route(/\/api\/(?!session|about)/, (route) => route.fulfill(answer));
    const page = await open(role, '/elsewhere');
    const complaints = complaintsOf(page);
    await page.getByTestId('leave').waitFor();
    for (const path of paths) {
      await goInside(page, '/elsewhere');
      await goInside(page, path);
      const told = page.locator(`main :is(${panel})`).first();
      const said = await told.waitFor({ timeout: 15_000 }).then(
        () => true,
        () => false,
      );
      if (!said) silent.push(path);
    }
    expect(complaints.filter((text) => !text.includes('Failed to load resource'))).toEqual([]);
    await page.close();
    await context.unrouteAll();
  }
  expect(silent, 'pages that do not say it').toEqual([]);
});
