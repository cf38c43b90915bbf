/**
 * Every page of the office while it waits, when the server has nothing, refuses, or is broken: in both languages it says so in a
 * panel made for it, and never falls over. One table: the states below by the pages of `visits.ts`.
 */
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Role } from '../../src/contract/common.ts';
import { complaintsOf } from './browser.ts';
import { fixtureRig } from './fixture-rig.ts';
import { visits } from './visits.ts';

const rig = fixtureRig();
/** Pages of the office by role; each address once. The agent's desk lives on its channel, not on requests. */
const places = new Map<Role, string[]>();
for (const { name, role, path } of visits) {
  if (role === null || role === 'agent' || name === 'forbidden') continue;
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
const refuse = (status: number, code: string) => (route: Route) => route.fulfill(refusal(status, code));
/** The same answer with nothing in its list. */
async function withNothing(route: Route): Promise<void> {
  const response = await route.fetch();
  const body: unknown = await response.json();
  const nothing: Record<string, unknown> = { items: [], rows: [], total: 0, pairs: 0 };
  const of = typeof body === 'object' && body !== null ? body : {};
  const empty = Object.fromEntries(
    Object.entries(of).map(([name, value]) => [name, name in nothing ? nothing[name] : value]),
  );
  await route.fulfill({ response, json: empty });
}

/** What the server does, and where each page says it. */
const states: { name: string; answer: (route: Route) => unknown; panel: string; except?: (path: string) => boolean }[] =
  [
    {
      name: 'waiting',
      answer: () => {},
      panel: '[aria-busy="true"]',
      // The wallboard lives on its channel, which is open, and says after a moment that nothing is there.
      except: (path) => path === '/wallboard',
    },
    { name: 'broken', answer: refuse(500, 'internal'), panel: '[role="alert"]' },
    { name: 'forbidden', answer: refuse(403, 'no-right'), panel: '[data-testid="forbidden"]' },
    { name: 'gone', answer: refuse(404, 'not-found'), panel: '[data-testid="not-found"]' },
    {
      name: 'empty',
      answer: withNothing,
      panel: '.state-panel[role="status"]:not([aria-busy])',
      // One thing, not a list; and the forms come with the product.
      except: (path) => /\/.*\//.test(path) || path === '/forms',
    },
  ];

const goInside = (page: Page, path: string) =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);

/** The words of the panel, or null where the page shows none. */
async function told(page: Page, panel: string): Promise<string | null> {
  const place = page.locator(`main ${panel}`).first();
  return place.waitFor({ timeout: 10_000 }).then(
    () => place.innerText(),
    () => null,
  );
}

const language = async (page: Page, lang: string) => {
  await page.getByTestId('switch-language').dispatchEvent('click');
  await page.locator(`html[lang="${lang}"]`).waitFor();
};

test.each(states)('$name', async ({ answer, panel, except }) => {
  const silent: string[] = [];
  for (const [role, paths] of places) {
    const { context, open } = rig();
    await context.route(/\/api\/(?!session|about)/, (route) => void answer(route));
    const page = await open(role, '/elsewhere');
    const complaints = complaintsOf(page);
    await page.getByTestId('leave').waitFor();
    // Every page is read in the language that the one before it was left in, then in the other.
    let lang = 'en';
    for (const path of paths) {
      if (except?.(path)) continue;
      await goInside(page, '/elsewhere');
      await goInside(page, path);
      const before = await told(page, panel);
      lang = lang === 'en' ? 'zh-CN' : 'en';
      await language(page, lang);
      const after = await told(page, panel);
      const [en, zh] = lang === 'en' ? [after, before] : [before, after];
      if (en === null || zh === null || !/[a-z]{3}/.test(en) || !/\p{Script=Han}/u.test(zh) || en === zh)
        silent.push(`${path}: ${en} | ${zh}`);
    }
    expect(complaints.filter((text) => !text.includes('Failed to load resource'))).toEqual([]);
    await page.close();
    await context.unrouteAll({ behavior: 'ignoreErrors' });
  }
  expect(silent, 'pages that do not say it').toEqual([]);
});
