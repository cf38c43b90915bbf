/**
 * What an open wallboard costs with a large team: processor time of the page, of the server and of PostgreSQL, each second. Desks change
 * as those of so many agents do; nothing else runs. The share is of one processor.
 *
 * Options: --agents 500, --seconds 60, --changes 25 (desks that change each second).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';
import { hashPassword } from '../../src/http/passwords.ts';
import type { Database } from '../../src/platform/database.ts';
import type { RealCentre } from '../support/real-centre.ts';
import { cpuOfServer } from './cpu-of.ts';
import { signIn, withBrowserCentre } from './browser-centre.ts';

const activities = ['ready', 'talking', 'talking', 'talking', 'wrap-up'] as const;
const manager = { username: 'manager-of-the-bench', password: 'correct horse battery' };
/** The page draws its charts and the server reads its caches first. */
const SETTLE_MS = 10_000;

export async function run(args: string[]): Promise<void> {
  const option = (name: string, standard: number): number => {
    const index = args.indexOf(`--${name}`);
    return index < 0 ? standard : Number(args[index + 1]);
  };
  const [agents, seconds, changes] = [option('agents', 500), option('seconds', 60), option('changes', 25)];
  const network = { plan: () => ({ setupMs: 100, fate: { kind: 'busy' as const } }) };
  await withBrowserCentre({ agents, contacts: 1, network }, async ({ database, house, browser }) => {
    await seat(database, house);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await signIn(page, house, manager);
    await page.waitForURL('**/wallboard**');
    const browserSide = await browser.newBrowserCDPSession();
    await work(database, house, changes, SETTLE_MS / 1000);
    const before = await spent(database, browserSide);
    await work(database, house, changes, seconds);
    const after = await spent(database, browserSide);
    console.log(`a wallboard with ${agents} agents, ${changes} of whom change each second; of one processor:`);
    for (const [index, name] of ['page', 'server', 'PostgreSQL'].entries())
      console.log(
        `  ${name.padEnd(10)} ${((((after[index] ?? 0) - (before[index] ?? 0)) / (seconds * 1000)) * 100).toFixed(1)} %`,
      );
  });
}

/** Everybody is at work in a campaign that dials nobody; the sweeper sees them for the next hour. */
async function seat({ client }: Database, { centre }: RealCentre): Promise<void> {
  const { campaignId, teamId, centreId } = centre;
  await client.campaign.update({ where: { id: campaignId }, data: { state: 'paused' } });
  const now = Date.now();
  await client.agentDesk.createMany({
    data: centre.agents.map((userId, index) => ({
      ...{ userId, campaignId, teamId, presence: 'signed-in', legState: 'joined' },
      activity: activities[index % activities.length] ?? 'ready',
      since: new Date(now - 1000 * (index % 300)),
      restSince: new Date(now),
      seenAt: new Date(now + 3_600_000),
    })),
  });
  await client.user.create({
    data: {
      ...{ username: manager.username, displayName: 'Manager', role: 'manager', centreId, joinedAt: new Date(now) },
      passwordHash: await hashPassword(manager.password),
    },
  });
}

/** Each second so many desks go on to their next activity, and it is announced. */
async function work({ pool }: Database, house: RealCentre, changes: number, seconds: number): Promise<void> {
  const { centre, product } = house;
  for (let second = 0; second < seconds; second += 1) {
    const started = Date.now();
    const moved = Array.from(
      { length: changes },
      (_, i) => centre.agents[(second * changes + i) % centre.agents.length],
    );
    await pool.query(
      `update agent_desk set since = now(), version = version + 1,
         activity = case activity when 'ready' then 'talking' when 'talking' then 'wrap-up' else 'ready' end
       where user_id = any($1::uuid[])`,
      [moved],
    );
    const { campaignId } = centre;
    product.bus.publish('dialer/agent-changed', {
      type: 'agent-changed',
      userId: moved[0] ?? '',
      campaignId,
      version: second,
    });
    await sleep(Math.max(0, 1000 - (Date.now() - started)));
  }
}

/** Ms of the page's processes, the server (this process) and PostgreSQL until now. */
async function spent(database: Database, session: CDPSession): Promise<[number, number, number]> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const page = processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  const { user, system } = process.cpuUsage();
  return [page * 1000, (user + system) / 1000, (await cpuOfServer(database)) ?? Number.NaN];
}
