/** What a test file on the fixture server needs: the built pages served, one browser, and pages that begin signed in. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest';
import type { AgentCall } from '../../src/contract/agent-desk.ts';
import type { Role } from '../../src/contract/common.ts';
import { launchBrowser, openContext } from './browser.ts';
import { AgentDesk } from './desks.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';
import { signedOutView } from './fixtures/agent.ts';
import { drafts } from './fixtures/quality.ts';

export type FixtureRig = {
  server: FixtureServer;
  context: BrowserContext;
  /** A page of somebody with this role. `ownClock`: the page's time can be moved on by the test. */
  open(role: Role, path: string, ownClock?: boolean): Promise<Page>;
  /** An agent's desk with a customer on the line. */
  inCall(call?: Partial<AgentCall>, page?: Page): Promise<AgentDesk>;
};

/** Registers the hooks; every test has a fresh context, and the agent of the fixture begins signed out. `crew`: who works, where it is not the usual few. */
export function fixtureRig(crew?: Parameters<typeof startFixtureServer>[2]): () => FixtureRig {
  let server: FixtureServer;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    server = await startFixtureServer(inject('webRoot'), 0, crew);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });
  beforeEach(async () => {
    context = await openContext(browser);
    server.desk.view = signedOutView;
    server.saved.length = 0;
    drafts.clear();
  });
  afterEach(() => context.close());

  const open: FixtureRig['open'] = async (role, path, ownClock = false) => {
    await context.addCookies([{ name: 'fixture', value: role, url: server.url }]);
    const page = await context.newPage();
    if (ownClock) await page.clock.install();
    await page.goto(server.url + path);
    return page;
  };
  const inCall: FixtureRig['inCall'] = async (call = {}, page) => {
    const desk = new AgentDesk(page ?? (await open('agent', '/desk')));
    await desk.join();
    server.desk.call(call);
    server.push();
    await desk.customer.waitFor();
    return desk;
  };
  return () => ({ server, context, open, inCall });
}
