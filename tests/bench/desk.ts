/**
 * From the server's reservation of an agent to the customer on that agent's screen: the whole product with PostgreSQL, the
 * sandbox carrier and a headless Chromium, on the processors of this machine. The page tells when the news arrived and when
 * they were painted; the server's journal tells when the agent was reserved. Server and browser have the same clock here.
 *
 * The first call is told by itself: its page has just been opened, and parts of it are drawn for the first time.
 *
 * Options: --calls 60.
 */
import type { Page } from 'playwright-core';
import type { PhoneNetwork } from '../../dialer/simulation/call-plan.ts';
import type { Database } from '../../src/platform/database.ts';
import type { RealCentre } from '../support/real-centre.ts';
import { signIn, withBrowserCentre } from './browser-centre.ts';

const AIM_MS = 200;
/** Ringing, talk and writing up take two seconds. */
const STUCK_MS = 60_000;
/** Rings, talks for a second, and hangs up. */
const network: PhoneNetwork = {
  plan: () => ({
    setupMs: 100,
    fate: {
      kind: 'person',
      ringMs: 200,
      detection: { verdict: 'human', afterMs: 100 },
      person: { patienceMs: 60_000, talkMs: 1_000, accepts: false },
    },
  }),
};

export async function run(args: string[]): Promise<void> {
  const index = args.indexOf('--calls');
  const calls = Number(index < 0 ? 60 : args[index + 1]);
  await withBrowserCentre(
    { agents: 1, contacts: calls, network, settings: { retry: [] } },
    async ({ database, house, browser }) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const seen = await watchCalls(page, house, database);
      report(seen, await reservations(database));
    },
  );
}

/** When the page heard of a customer, and when it had painted their name; epoch ms. */
type Seen = { name: string; heardAt: number; paintedAt: number };

/** Runs in the page, before its own code. */
function watch() {
  const seen: Seen[] = [];
  const heard = new Map<string, number>();
  Object.assign(window, { seenCalls: seen });
  const now = () => performance.timeOrigin + performance.now();
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      this.addEventListener('message', ({ data }) => {
        const [, name] = /"contactName":"([^"]+)"/.exec(typeof data === 'string' ? data : '') ?? [];
        if (name !== undefined && !heard.has(name)) heard.set(name, now());
      });
    }
  };
  const look = () => {
    const name = document.querySelector('[data-testid="customer-name"]')?.textContent ?? '';
    if (name === '' || seen.some((one) => one.name === name)) return;
    const one = { name, heardAt: heard.get(name) ?? Number.NaN, paintedAt: Number.NaN };
    seen.push(one);
    // The second frame begins when the first has been drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        one.paintedAt = now();
      }),
    );
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

/** An agent signs in by the pages and takes every call; what follows a call is written up at once. */
async function watchCalls(page: Page, house: RealCentre, { client }: Database): Promise<Seen[]> {
  await page.addInitScript(watch);
  await signIn(page, house, house.account(0));
  await page.getByTestId('sign-in-campaign').click();
  const [userId = ''] = house.centre.agents;
  const agents = house.product.dialer.agents;
  const { campaignId } = house.centre;
  // A customer whom nobody could be found for in time is called, and is no call on the screen: the list's end is the end.
  const open = () => client.contact.count({ where: { campaignId, state: { not: 'finished' } } });
  let [left, stirredAt] = [await open(), performance.now()];
  while (left > 0) {
    const desk = await client.agentDesk.findUnique({ where: { userId } });
    if (desk?.activity === 'wrap-up' && desk.attemptId !== null) {
      const disposition = { kind: 'refused', reason: 'no' } as const;
      await agents.saveOutcome(userId, { attemptId: desk.attemptId, disposition, mustSayTicked: [], note: '' });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    const now = await open();
    if (now < left) stirredAt = performance.now();
    left = now;
    if (performance.now() - stirredAt > STUCK_MS) throw new Error(await whatIsStuck(client, campaignId, left, desk));
  }
  return page.evaluate(() => ('seenCalls' in window ? JSON.parse(JSON.stringify(window.seenCalls)) : []));
}

async function whatIsStuck(
  client: Database['client'],
  campaignId: string,
  left: number,
  desk: { presence: string; activity: string; legState: string } | null,
): Promise<string> {
  const calls = await client.attempt.groupBy({ by: ['state', 'outcome'], where: { campaignId }, _count: true });
  const reasons = await client.contact.groupBy({ by: ['state', 'reason'], where: { campaignId }, _count: true });
  const seat = `${desk?.presence}/${desk?.activity}/${desk?.legState}`;
  return `no call has ended for ${STUCK_MS / 1000} s, ${left} contacts are left; desk ${seat}; ${JSON.stringify({ calls, reasons })}`;
}

/** When an agent was reserved for each customer, by name. */
async function reservations({ pool }: Database): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ name: string; at: Date }>(
    `select c.name, min(e.at) as at from attempt_event e
       join attempt a on a.id = e.attempt_id join contact c on c.id = a.contact_id
      where e.kind = 'reserved' group by c.name`,
  );
  return new Map(rows.map(({ name, at }) => [name, at.getTime()]));
}

function report(seen: Seen[], reserved: Map<string, number>): void {
  const calls = seen.map(({ name, heardAt, paintedAt }) => {
    const at = reserved.get(name) ?? Number.NaN;
    return { heard: heardAt - at, painted: paintedAt - at };
  });
  const [first, ...rest] = calls;
  const of = (values: number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(0);
    return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`;
  };
  console.log(`incoming call after the server's reservation, ${rest.length} calls (aim: painted within ${AIM_MS} ms)`);
  console.log(`  heard by the page  ${of(rest.map(({ heard }) => heard))}`);
  console.log(`  painted            ${of(rest.map(({ painted }) => painted))}`);
  console.log(`  over the aim       ${rest.filter(({ painted }) => !(painted <= AIM_MS)).length}`);
  if (first)
    console.log(`  the first call     heard ${first.heard.toFixed(0)} ms, painted ${first.painted.toFixed(0)} ms`);
}
