/**
 * Every page of the office while it waits, when the server has nothing, refuses, or is broken: in both languages it says so in a
 * panel made for it, and never falls over. One table: the states below by the pages of `visits.ts`. Somebody signs in once and goes
 * through all pages in all states; what the server would answer and the way through them are played inside the page, where no
 * request has to travel.
 */
import type { Page } from 'playwright-core';
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

type State = {
  name: string;
  refusal?: { status: number; code: string };
  panel: string;
  except?: (path: string) => boolean;
};
/** What the server does, and where each page says it. What was once read is kept by the pages, so the only one with data is the last. */
const states: State[] = [
  {
    name: 'waiting',
    panel: '[aria-busy="true"]',
    // The wallboard lives on its channel, which is open, and says after a moment that nothing is there.
    except: (path) => path === '/wallboard',
  },
  { name: 'broken', refusal: { status: 500, code: 'internal' }, panel: '[role="alert"]' },
  { name: 'forbidden', refusal: { status: 403, code: 'no-right' }, panel: '[data-testid="forbidden"]' },
  { name: 'gone', refusal: { status: 404, code: 'not-found' }, panel: '[data-testid="not-found"]' },
  {
    name: 'empty',
    panel: '.state-panel[role="status"]:not([aria-busy])',
    // One thing, not a list; and forms and phrases come with the product.
    except: (path) => /\/.*\//.test(path) || ['/forms', '/phrases'].includes(path),
  },
];

/** Runs inside the page, before its own code: answers its requests as the state says that was last told by the event `server`. */
function playServer() {
  const real = window.fetch.bind(window);
  let state: { name: string; refusal?: { status: number; code: string } } = { name: 'waiting' };
  const waiting = new Set<() => void>();
  window.addEventListener('server', (event) => {
    if (event instanceof CustomEvent) state = event.detail;
    for (const answer of waiting) answer();
    waiting.clear();
  });
  window.fetch = async (input, init) => {
    if (!/\/api\/(?!session|about)/.test(String(input))) return real(input, init);
    while (state.name === 'waiting')
      await new Promise<void>((resolve, reject) => {
        waiting.add(resolve);
        init?.signal?.addEventListener('abort', () => reject(new DOMException('left', 'AbortError')));
      });
    if (state.refusal !== undefined) {
      const { status, code } = state.refusal;
      const problem = { type: 'about:blank', title: code, status, code, detail: '', retryable: false, requestId: '1' };
      return Response.json(problem, { status, headers: { 'content-type': 'application/problem+json' } });
    }
    // The same answer with nothing in its list.
    const response = await real(input, init);
    const body: unknown = await response.json();
    const nothing: Record<string, unknown> = { items: [], rows: [], total: 0, pairs: 0 };
    const fields = Object.entries(typeof body === 'object' && body !== null ? body : {});
    const empty = fields.map(([name, value]) => [name, name in nothing ? nothing[name] : value]);
    return Response.json(Object.fromEntries(empty), { status: response.status });
  };
}

type Said = { path: string; en: string | null; zh: string | null };

/** Goes to one page after the other and reads its panel in both languages: in the one before it was left in, then in the other. */
const readPages = (page: Page, { panel, paths, hurryMs }: { panel: string; paths: string[]; hurryMs: number }) =>
  page.evaluate(
    async (asked) => {
      const go = (to: string) => {
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      };
      const matched = (selector: string) =>
        [...document.querySelectorAll<HTMLElement>(`main ${selector}`)].filter((one) => one.offsetParent !== null);
      /** Looks again after every change of the page, until something is found or the time is over. */
      const awaited = <T>(look: () => T | undefined) =>
        new Promise<T | null>((resolve) => {
          const end = (value: T | null) => {
            changes.disconnect();
            clearTimeout(late);
            resolve(value);
          };
          const again = () => {
            const value = look();
            if (value !== undefined) end(value);
          };
          const changes = new MutationObserver(again);
          changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
          const late = setTimeout(() => end(null), asked.hurryMs);
          again();
        });
      /** What was there before is the page before. */
      const fresh = (selector: string, to: string) => {
        const before = new Set(matched(selector));
        go(to);
        return awaited(() => matched(selector).find((one) => !before.has(one)));
      };
      const said: Said[] = [];
      for (const path of asked.paths) {
        await fresh('[data-testid="not-found"]', '/elsewhere');
        const first = (await fresh(asked.panel, path))?.innerText ?? null;
        const { lang } = document.documentElement;
        document.querySelector<HTMLElement>('[data-testid="switch-language"]')?.click();
        await awaited(() => (document.documentElement.lang === lang ? undefined : true));
        // What is asked again in the meantime may be told a moment later.
        const second = (await awaited(() => matched(asked.panel)[0]))?.innerText ?? null;
        said.push(lang === 'en' ? { path, en: first, zh: second } : { path, en: second, zh: first });
      }
      return said;
    },
    { panel, paths, hurryMs },
  );

test.each([...places])('%s', async (role, paths) => {
  const { context, open } = rig();
  await context.addInitScript(playServer);
  const page = await open(role, '/elsewhere');
  const complaints = complaintsOf(page);
  await page.getByTestId('leave').waitFor();
  const silent: string[] = [];
  for (const { name, refusal, panel, except } of states) {
    await page.evaluate((detail) => dispatchEvent(new CustomEvent('server', { detail })), { name, refusal });
    const asked = paths.filter((path) => except?.(path) !== true);
    const said = await readPages(page, { panel, paths: asked, hurryMs: 10_000 });
    expect(said.length, name).toBe(asked.length);
    for (const { path, en, zh } of said)
      if (en === null || zh === null || !/[a-z]{3}/.test(en) || !/\p{Script=Han}/u.test(zh) || en === zh)
        silent.push(`${name} ${path}: ${en} | ${zh}`);
  }
  expect(silent, 'pages that do not say it').toEqual([]);
  expect(complaints).toEqual([]);
});
