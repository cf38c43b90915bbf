/** A call outlives the page: reload, lost line, half a minute without network, a sleeping laptop, a second window. */
import { expect, test } from 'vitest';
import { AgentDesk } from './desks.ts';
import { fixtureRig } from './fixture-rig.ts';
import { exampleCall } from './fixtures/agent.ts';
import { now } from './fixtures/people.ts';

const rig = fixtureRig();

test('a reload loses neither the call nor what was entered', async () => {
  const { inCall } = rig();
  const desk = await inCall();
  await desk.choose('question');
  await desk.page.locator('.outcome-form textarea').first().fill('How do I cancel?');
  await desk.page.reload();
  await desk.customer.waitFor();
  expect(await desk.page.locator('.outcome-form textarea').first().inputValue()).toBe('How do I cancel?');
});

test('a broken line is told and mended, and the state is right again', async () => {
  const { server, context, inCall } = rig();
  const desk = await inCall();
  await context.setOffline(true);
  server.breakLines();
  await desk.connection('offline').or(desk.connection('lost')).waitFor();
  // Meanwhile the customer hangs up.
  server.desk.change({
    activity: 'wrap-up',
    call: { ...exampleCall, state: 'ended', endedAt: exampleCall.connectedAt, note: 'customer-hung-up' },
  });
  await context.setOffline(false);
  await desk.connection('live').waitFor();
  await desk.state({ activity: 'wrap-up' });
});

test('a part of the call that a broken line keeps from coming is shown when the line is back, and the desk stays', async () => {
  const { context, open, inCall } = rig();
  const page = await open('agent', '/desk');
  let asked = 0;
  const cut = (url: URL): boolean => /offers-panel/.test(url.pathname) || url.pathname === '/';
  await context.route(cut, (route) => {
    asked++;
    return route.abort('internetdisconnected');
  });
  await page.evaluate(() => document.body.setAttribute('data-loaded', 'once'));
  const desk = await inCall({}, page);
  await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(2);
  expect(await page.getByTestId('desk-offer').count()).toBe(0);
  await context.unroute(cut);
  await page.getByTestId('desk-offer').first().waitFor();
  await desk.customer.waitFor();
  expect(await page.locator('body[data-loaded="once"]').count()).toBe(1);
});

test('a part that a newer product no longer has loads the page again, and the call goes on', async () => {
  const { context, open, inCall } = rig();
  const page = await open('agent', '/desk');
  await page.evaluate(() => document.body.setAttribute('data-loaded', 'once'));
  // Until the page is loaded again: a server that has another first script, and no longer this part.
  let isUpdated = true;
  await context.route('**/offers-panel*', (route) => (isUpdated ? route.fulfill({ status: 404 }) : route.continue()));
  await context.route(
    (url) => url.pathname === '/',
    (route) =>
      route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/of-tomorrow.js"></script>' }),
  );
  page.once('framenavigated', () => {
    isUpdated = false;
  });
  const desk = await inCall({}, page);
  await page.locator('body:not([data-loaded])').waitFor();
  await page.getByTestId('desk-offer').first().waitFor();
  await desk.customer.waitFor();
});

test('thirty seconds without network: what was entered stays, and the agent is told that the call goes on', async () => {
  const { server, context, open, inCall } = rig();
  const page = await open('agent', '/desk', true);
  const desk = await inCall({}, page);
  await desk.choose('question');
  await page.locator('.outcome-form textarea').first().fill('How do I cancel?');
  await context.setOffline(true);
  server.breakLines();
  await desk.connection('offline').or(desk.connection('lost')).waitFor();
  await page.clock.runFor(30_000);
  // Cut off, the page still shows customer and script, and says how it stands.
  await desk.customer.waitFor();
  expect(await page.getByTestId('connection').getAttribute('data-state')).not.toBe('live');
  await context.setOffline(false);
  await page.getByText(/Connected again after 0:3\d\. Your customer is still on the line\./).waitFor();
  await desk.connection('live').waitFor();
  await desk.state({ activity: 'talking' });
  expect(await page.locator('.outcome-form textarea').first().inputValue()).toBe('How do I cancel?');
});

test('a laptop that slept finds the state of now when it wakes, and says what happened', async () => {
  const { server, context, open, inCall } = rig();
  const page = await open('agent', '/desk', true);
  const desk = await inCall({}, page);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  server.breakLines();
  server.desk.change({
    activity: 'wrap-up',
    call: { ...exampleCall, attemptId: server.desk.view.call?.attemptId ?? '', state: 'ended', endedAt: now },
  });
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await page.clock.fastForward('20:00');
  await page.getByText(/Connected again after 20:\d\d\. The call has ended in the meantime\./).waitFor();
  await desk.state({ activity: 'wrap-up' });
  await desk.choose('undecided');
  await desk.save();
  await desk.state({ activity: 'ready' });
});

test('a second window takes over, and the first one can take the desk back', async () => {
  const { server, context, inCall } = rig();
  const first = await inCall();
  const second = new AgentDesk(await context.newPage());
  await second.page.goto(`${server.url}/desk`);
  await second.customer.waitFor();
  const back = first.page.getByTestId('work-here');
  await back.click();
  // What it knew before is shown again at once; the desk is its own when it is connected.
  await first.connection('live').waitFor();
  await first.customer.waitFor();
  await second.page.getByTestId('work-here').waitFor();

  // Its page dies without a word: the customer goes to the window that is still there, without a click.
  await first.page.goto('chrome://crash').catch(() => {});
  await second.connection('live').waitFor();
  await second.customer.waitFor();

  // Closed, too.
  const third = new AgentDesk(await context.newPage());
  await third.page.goto(`${server.url}/desk`);
  await third.customer.waitFor();
  await second.page.getByTestId('work-here').waitFor();
  await third.page.close();
  await second.connection('live').waitFor();
  await second.customer.waitFor();
});
