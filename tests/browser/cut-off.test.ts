/**
 * Half a minute away from the real server, in four ways at once: no network while the customer stays, no network while the
 * customer hangs up, a window loaded anew in between, a desk carried to a second window by an agent whose first one is cut off.
 * Nobody loses a call, every page shows the state of now and says what happened.
 */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PhoneNetwork } from '../../dialer/simulation/call-plan.ts';
import { person } from '../flows/dialer/rig.ts';
import { useTestDatabase as testDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { openRealCentre, type RealCentre } from '../support/real-centre.ts';
import { launchBrowser, openContext } from './browser.ts';
import { AgentDesk, signIn } from './desks.ts';
import { fictionNumber } from '../contracts/dialer/centre.ts';

const awayMs = 30_000;
/** The second customer hangs up in the middle of the half minute. */
const shortTalkMs = 15_000;
const network: PhoneNetwork = {
  plan: ({ to }) => ({ setupMs: 200, fate: person(to === fictionNumber(1) ? shortTalkMs : 600_000) }),
};

const database = testDatabase();
let house: RealCentre;
let browser: Browser;
beforeAll(async () => {
  const { url, database: opened } = database();
  house = await openRealCentre({ url, client: opened.client }, { agents: 4, contacts: 4, network });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

const contexts: BrowserContext[] = [];
/** An agent at a browser of their own. */
async function at(agent: number): Promise<AgentDesk> {
  const context = await openContext(browser);
  contexts.push(context);
  const desk = new AgentDesk(await context.newPage());
  await signIn(desk.page, house.product.publicUrl, house.account(agent));
  return desk;
}
const told = (desk: AgentDesk, what: RegExp) => desk.page.getByText(what).waitFor({ timeout: 20_000 });
const connectedCalls = () => database().database.client.attempt.count({ where: { live: true, state: 'connected' } });

test('nobody loses a call by half a minute away, and everybody is told what happened', async () => {
  const desks = await Promise.all([0, 1, 2, 3].map(at));
  for (const desk of desks) await desk.join();
  await Promise.all(desks.map((desk) => desk.state({ activity: 'talking' })));
  const names = await Promise.all(desks.map((desk) => desk.customer.innerText()));
  const shortly = names.indexOf('Customer 1');
  const ended = desks[shortly];
  const others = desks.flatMap((desk, agent) =>
    agent === shortly ? [] : [{ desk, agent, customer: names[agent] ?? '' }],
  );
  const [waiting, sleeping, moving] = others;
  if (!ended || !waiting || !sleeping || !moving) throw new Error('four agents, four customers');

  await waiting.desk.choose('question');
  const note = waiting.desk.page.locator('.outcome-form textarea').first();
  await note.fill('How do I cancel?');
  const offline = (desk: AgentDesk, off: boolean) => desk.page.context().setOffline(off);
  const lid = await sleeping.desk.page.context().newCDPSession(sleeping.desk.page);
  await lid.send('Page.setWebLifecycleState', { state: 'frozen' });
  await Promise.all(desks.map((desk) => offline(desk, true)));
  const since = Date.now();
  await ended.connection('offline').or(ended.connection('lost')).waitFor();

  // The fourth agent goes on at another computer meanwhile.
  const elsewhere = await at(moving.agent);
  await elsewhere.state({ activity: 'talking' });
  expect(await elsewhere.customer.innerText()).toBe(moving.customer);
  await eventually('half a minute has passed', () => Date.now() - since > awayMs, awayMs + 5_000);
  expect(await connectedCalls()).toBe(3);

  await lid.send('Page.setWebLifecycleState', { state: 'active' });
  await Promise.all(desks.map((desk) => offline(desk, false)));
  await told(waiting.desk, /Connected again after 0:[3-5]\d\. Your customer is still on the line\./);
  await waiting.desk.state({ activity: 'talking' });
  expect(await note.inputValue()).toBe('How do I cancel?');
  await told(sleeping.desk, /Connected again after 0:[3-5]\d\. Your customer is still on the line\./);
  await sleeping.desk.state({ activity: 'talking' });
  await told(ended, /Connected again after 0:[3-5]\d\. The call has ended in the meantime\./);
  await ended.state({ activity: 'wrap-up' });

  // The window that was left sees that the work goes on elsewhere, and does not take it back by itself.
  await moving.desk.page.getByTestId('work-here').waitFor();
  await elsewhere.state({ activity: 'talking' });
  await elsewhere.page.reload();
  await elsewhere.state({ activity: 'talking' });
  expect(await elsewhere.customer.innerText()).toBe(moving.customer);
  await moving.desk.page.getByTestId('work-here').click();
  await moving.desk.state({ activity: 'talking' });
  await elsewhere.page.getByTestId('work-here').waitFor();
  expect(await connectedCalls()).toBe(3);

  // The call that ended meanwhile is written up as any other.
  await ended.choose('undecided');
  await ended.save();
  await ended.state({ activity: 'ready' });
  await Promise.all(contexts.map((context) => context.close()));
});
