/**
 * `npm run demo`: a whole shift without a browser, on a data folder of its own, over the same HTTP, webhooks, database and
 * jobs as ever. Then night falls, the day and the week are drawn, inspectors judge, failed sales are called back, and on
 * Monday at six the weekly summary is there.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { demoWorldOf, foretellDemo } from '../compose/demo.ts';
import { demoTimeZone } from '../seed/organisation.ts';
import { demoPassword } from '../seed/people.ts';
import { demoScript } from '../seed/script.ts';
import { compare } from './comparison.ts';
import { type DemoFigures, qualityCounts, type ShiftFigures, shiftFigures } from './figures.ts';
import { type Broken, checkInvariants } from './invariants.ts';
import { type DemoOptions, readOptions, usage } from './options.ts';
import { progressLine } from './progress.ts';
import { pacingFor, setUp } from './set-up.ts';
import { differences } from './differences.ts';
import { recount } from './recount.ts';
import { startShift } from './shift.ts';
import { usualWrapUpMs } from './simulated-agent.ts';
import { judgeQueue } from './simulated-inspector.ts';
import { openStage, type Stage, until } from './stage.ts';
import { layOut, shiftRows, table } from './table.ts';
import type { Truth, World } from './world.ts';

const minuteMs = 60_000;
/** The shift ends so long before midnight that its longest conversation (the real calls' longest is 70 minutes) ends on its day. */
const beforeMidnightMs = 100 * minuteMs;
/** The real calls' longest is 70 minutes. */
const longestTalkMs = 80 * minuteMs;
/** How long the agents come back after midnight for the calls that quality asked for. */
const correctiveMs = 12 * minuteMs;

async function main(): Promise<number> {
  const read = readOptions(process.argv.slice(2));
  if (!read.ok) {
    console.error([...read.faults, '', usage].join('\n'));
    return 2;
  }
  const { options } = read;
  const dataDir = options.keep ?? (await mkdtemp(join(tmpdir(), 'fairline-demo-')));
  try {
    const { figures, broken } = await run(options, dataDir);
    console.log(
      'recordings' in figures ? table(figures, options) : layOut(shiftRows(figures, options), figures, options),
    );
    const compared = figures.foretold === null ? [] : compare(figures, figures.foretold);
    if (options.json !== null)
      await writeFile(options.json, `${JSON.stringify({ options, ...figures, compared, broken }, null, 2)}\n`);
    for (const { invariant, detail } of broken) console.error(`BROKEN: ${invariant}: ${detail}`);
    return broken.length === 0 ? 0 : 1;
  } finally {
    if (options.keep === null) await rm(dataDir, { recursive: true, force: true });
  }
}

async function run(
  options: DemoOptions,
  dataDir: string,
): Promise<{ figures: DemoFigures | ShiftFigures; broken: Broken[] }> {
  const world = demoWorldOf(options.seed);
  const truths = new Map<string, Truth>();
  const onConversation = (attemptId: string, truth: Truth): void => void truths.set(attemptId, truth);
  // The last Sunday that is over; the shift fills its last hours.
  const midnight = DateTime.now().setZone(demoTimeZone).startOf('week').toMillis();
  const startsAt = midnight - beforeMidnightMs - options.minutes * minuteMs;
  const stageAt = (at: number): Promise<Stage> =>
    openStage({ dataDir, speed: options.speed, at, password: demoPassword, seed: options.seed });
  const say = progressLine();

  say('setting up');
  let stage = await stageAt(startsAt);
  const house = await setUp(stage, options);
  const { campaignId, usernames } = house;
  const work = { world, campaignId, mustSay: demoScript.mustSay.map(({ id }) => id), onConversation };

  const from = stage.product.clock.now();
  const shift = await startShift({ ...work, stage, usernames });
  const to = from + options.minutes * minuteMs;
  const signInMinutes = (stage.product.clock.now() - from) / minuteMs;
  while (stage.product.clock.now() < to) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    say(await liveLine(stage, campaignId, (stage.product.clock.now() - from) / (to - from)));
  }
  say('the shift ends');
  await house.manager.call('POST /api/campaigns/:id/pause', { params: { id: campaignId } });
  const ended = stage.product.clock.now();
  const foretell = () => foretellDemo({ ...options, ...pacingFor(options), signInMinutes, wrapUpMs: usualWrapUpMs });
  if (options.shiftOnly) {
    const figures = await shiftFigures(stage.product.database.pool, campaignId, from, ended);
    shift.breakOff();
    await stage.close();
    say('the same shift in the simulator');
    return { figures: { ...figures, foretold: foretell() }, broken: [] };
  }
  await shift.stop();
  await settled(stage, campaignId);
  await closeBefore(stage, midnight);

  say('midnight: the day and the week are drawn');
  stage = await stageAt(midnight + minuteMs);
  await until(
    'the draws are made',
    async () => (await count(stage, 'qa_draw', campaignId)) >= 3 || (await count(stage, 'qa_sale', campaignId)) === 0,
  );
  say('inspectors and the supervisor judge');
  await judgeAll(stage, world, truths);

  if ((await openTasks(stage, campaignId)) > 0) {
    say('corrective and verification calls');
    const manager = await stage.signIn('manager');
    await manager.call('POST /api/campaigns/:id/start', { params: { id: campaignId } });
    const second = await startShift({ ...work, stage, usernames });
    const until = stage.product.clock.now() + correctiveMs;
    while (stage.product.clock.now() < until && (await openTasks(stage, campaignId)) > 0)
      await new Promise((resolve) => setTimeout(resolve, 500));
    await manager.call('POST /api/campaigns/:id/pause', { params: { id: campaignId } });
    await second.stop();
    await settled(stage, campaignId);
    await judgeAll(stage, world, truths);
  }
  await closeBefore(stage, midnight + 6 * 60 * minuteMs);

  say('Monday, six o’clock: the weekly summary');
  stage = await stageAt(midnight + 6 * 60 * minuteMs + minuteMs);
  const client = await stage.signIn('client');
  let weeklySummaryId: string | null = null;
  await until('the weekly summary is published', async () => {
    const { items } = await client.call('GET /api/summaries', { query: { campaignId } });
    weeklySummaryId = items[0]?.id ?? null;
    return weeklySummaryId !== null;
  });
  const { pool } = stage.product.database;
  const { broken, blacklistedAttempted, doubleDialled } = await checkInvariants(pool, campaignId);
  const quality = await qualityCounts(pool, campaignId, from, midnight);
  const manager = await stage.signIn('manager');
  const summary = await manager.call('GET /api/summaries/:id', { params: { id: weeklySummaryId ?? '' } });
  const { value, low, high, n } = summary.content.figures.effectiveRate;
  const figures: DemoFigures = {
    ...(await shiftFigures(pool, campaignId, from, ended)),
    ...quality,
    effectiveRate: { value, low, high, n },
    blacklistedAttempted,
    doubleDialled,
    weeklySummaryId,
    foretold: null,
  };
  for (const detail of differences(figures, await recount(pool, campaignId, { from, ended, midnight })))
    broken.push({ invariant: 'the figures are what the rows say', detail });
  await stage.close();
  say('the same shift in the simulator');
  figures.foretold = foretell();
  say('');
  return { figures, broken };
}

/** The product's time may only go forwards: a machine too slow to finish a phase in its time is said so, not papered over. */
async function closeBefore(stage: Stage, at: number): Promise<void> {
  const late = stage.product.clock.now() - at;
  await stage.close();
  if (late > 0)
    throw new Error(
      `this machine is too slow for the speed: a phase ended ${Math.round(late / 1000)} s of the product's clock too late`,
    );
}

async function judgeAll(stage: Stage, world: World, truths: ReadonlyMap<string, Truth>): Promise<void> {
  for (const judge of ['inspector', 'inspector2', 'supervisor']) {
    const api = await stage.signIn(judge);
    await stage.product.quality.sweep();
    await judgeQueue(api, world, (attemptId) => truths.get(attemptId), judge);
  }
}

/** Every call over, every recording fetched or given up, every fact delivered. A talk may be as long as the real calls' longest. */
async function settled(stage: Stage, campaignId: string): Promise<void> {
  const { pool } = stage.product.database;
  let open = '';
  const isSo = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ calls: number; recordings: number; facts: number }>(
      `select (select count(*) from attempt where campaign_id = $1 and live)::int as calls,
              (select count(*) from recording where campaign_id = $1 and state in ('expected', 'announced'))::int as recordings,
              (select count(*) from handoff where delivered_at is null and (next_try_at is null or tries < 5))::int as facts`,
      [campaignId],
    );
    open = JSON.stringify(rows[0]);
    return Object.values(rows[0] ?? {}).every((n) => n === 0);
  };
  const patience = Math.max(120_000, longestTalkMs / stage.product.clock.speed);
  await until(() => `calls end, recordings arrive and facts are delivered; open: ${open}`, isSo, patience);
}

async function count(stage: Stage, table: 'qa_draw' | 'qa_sale', campaignId: string): Promise<number> {
  const { rows } = await stage.product.database.pool.query<{ n: number }>(
    `select count(*)::int n from ${table} where campaign_id = $1`,
    [campaignId],
  );
  return rows[0]?.n ?? 0;
}

async function openTasks(stage: Stage, campaignId: string): Promise<number> {
  const { rows } = await stage.product.database.pool.query<{ n: number }>(
    `select count(*)::int n from qa_task_call where campaign_id = $1 and state = 'asked' and kind in ('corrective', 'verification')`,
    [campaignId],
  );
  return rows[0]?.n ?? 0;
}

async function liveLine(stage: Stage, campaignId: string, done: number): Promise<string> {
  const live = await stage.product.dialer.live(campaignId);
  const percent = (value: number | null): string => (value === null ? '–' : `${(100 * value).toFixed(1)} %`);
  return `${Math.min(100, Math.round(100 * done))} % of the shift · ${live.today.attempts} calls · ${live.today.connected} conversations · utilization ${percent(live.talkUtilization.today)} · abandoned ${percent(live.abandonRate.today)}`;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
