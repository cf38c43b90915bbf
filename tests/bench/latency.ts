/**
 * From the customer's answer to the agent's conference: the time from the carrier's request for a document to its answer,
 * and to the carrier's word that the customer is in the room. PostgreSQL and HTTP are real, the sandbox is another process
 * on the same processors.
 *
 * Everybody on this list answers, so a rate is answers a second and each answer brings a whole call with it: claim, last
 * look, order, four callbacks, two of the room, recording with its download, outcome, pacing. What calls that nobody
 * answers cost besides is shown by --answered 0.25: then four calls are placed for each answer.
 *
 * Each rate runs warm before it is measured, as a dialler in the middle of its day does. The processor time of the three
 * sides is told apart: with more than about 30 ms an answer two processors cannot keep up with 50 a second.
 *
 * At the end a centre of twenty agents works for as long with the product's own pacing: how soon after an agent became ready, or a
 * call ended, calls were decided on (kept with every decision, as the manager's page shows it).
 *
 * Options: --agents 20 (0: no such centre), --rates 5,20,50 (answers a second), --seconds 20 (for each rate), --warm 15 (seconds before: connections have planned their statements by then), --answered 1.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPolicy } from '../../dialer/rules/pacing/index.ts';
import type { PolicyFactory } from '../../dialer/rules/pacing/policy.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrations.ts';
import type { Centre } from '../contracts/dialer/centre.ts';
import { cpuOf, cpuOfServer } from './cpu-of.ts';
import { openRig, sleep } from './latency-rig.ts';

const TALK_MS = 2_000;
/** Short talks and two fifths who answer: some hundred decisions in half a minute. */
const DECIDE_TALK_MS = 6_000;
const DECIDE_ANSWERED = 0.4;
/** Pacing begins with the first agent who signs in, so the list must last a good while. */
const DECIDE_CONTACTS = 3_000;
/** Ring, talk, wrap-up and the ways between them: so many agents are at work for each answer a second. */
const AGENTS_A_RATE = 4;

export async function run(args: string[]): Promise<void> {
  const rates = option(args, '--rates', '5,20,50').split(',').map(Number);
  const plan: Plan = {
    seconds: Number(option(args, '--seconds', '20')),
    warm: Number(option(args, '--warm', '15')),
    answered: Number(option(args, '--answered', '1')),
  };
  const folder = await mkdtemp(join(tmpdir(), 'fairline-latency-'));
  await chmod(folder, 0o755);
  const postgres = await startPostgres({ dataDir: folder, durability: 'full' });
  try {
    await migrate(postgres.url);
    const [cpu] = cpus();
    console.log(
      `answer to agent, ${cpus().length} × ${cpu?.model ?? 'unknown'}, Node ${process.version}, PostgreSQL with fsync`,
    );
    for (const rate of rates) {
      const database = await openDatabase({ url: postgres.url, maxConnections: 20 });
      try {
        console.log(await measure(database, folder, rate, plan));
      } finally {
        await database.close();
      }
    }
    const agents = Number(option(args, '--agents', '20'));
    if (agents === 0) return;
    const database = await openDatabase({ url: postgres.url });
    try {
      console.log(await decide(database, folder, agents, plan));
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const option = (args: string[], name: string, otherwise: string): string => {
  const index = args.indexOf(name);
  return (index < 0 ? undefined : args[index + 1]) ?? otherwise;
};

/** How long each rate is measured and warmed, in seconds, and which share of the calls somebody answers. */
type Plan = { seconds: number; warm: number; answered: number };

async function measure(database: Database, folder: string, rate: number, plan: Plan): Promise<string> {
  const { seconds, warm, answered } = plan;
  const calls = rate / answered;
  let begun = false;
  const rig = await openRig(database, folder, {
    agents: rate * AGENTS_A_RATE + 5,
    contacts: Math.ceil(calls * (seconds + warm + 5)),
    // More than is asked for: what the gate refuses for a moment would be missing among the answers.
    maxCallsPerSecond: Math.ceil(calls * 2) + 5,
    talkMs: TALK_MS,
    answered,
    policy: steady(calls, () => begun),
  });
  const { centre, documents } = rig;
  try {
    begun = true;
    await sleep(warm * 1000);
    const sides = async () => [await cpuOf(process.pid), await cpuOfServer(database), await cpuOf(rig.carrierPid)];
    const before = await sides();
    const commits = await commitsOf(database);
    const since = Date.now();
    documents.length = 0;
    await sleep(seconds * 1000);
    const measured = [...documents];
    const after = await sides();
    const writes = (await commitsOf(database)) - commits;
    begun = false;
    await sleep(TALK_MS + 1_500);
    const result = await report(database, centre, rate, measured, since);
    const each = after.map((ms, side) => {
      const was = before[side];
      return ms === null || was == null ? '-' : ((ms - was) / Math.max(1, measured.length)).toFixed(1);
    });
    const [application, server, sandbox] = each;
    const asked = Math.round(rate * seconds);
    return `${result} (${asked} would be ${rate} a second); processor time an answer: application ${application}, PostgreSQL ${server}, sandbox ${sandbox} ms; transactions an answer ${(writes / Math.max(1, measured.length)).toFixed(1)}`;
  } finally {
    await rig.stop();
  }
}

/** How soon the product's own pacing decides, at real speed, after an agent became ready or a call ended. */
async function decide(database: Database, folder: string, agents: number, { seconds, warm }: Plan): Promise<string> {
  const rig = await openRig(database, folder, {
    agents,
    contacts: DECIDE_CONTACTS,
    maxCallsPerSecond: 30,
    talkMs: DECIDE_TALK_MS,
    answered: DECIDE_ANSWERED,
    policy: createPolicy,
  });
  try {
    await sleep(warm * 1000);
    const since = new Date();
    await sleep(seconds * 1000);
    const { rows } = await database.pool.query<{ placed: number; lag: number }>(
      `select placed, (saw->>'lagMs')::float8 as lag from pacing_decision
        where campaign_id = $1 and at >= $2 and saw->>'lagMs' is not null`,
      [rig.centre.campaignId, since],
    );
    const lags = rows.map(({ lag }) => lag);
    const placed = rows.reduce((sum, row) => sum + row.placed, 0);
    return `decisions, ${agents} agents: ${lags.length} that placed ${placed} calls, after an agent became ready or a call ended p50 ${quantile(lags, 0.5)} ms, p99 ${quantile(lags, 0.99)} ms`;
  } finally {
    await rig.stop();
  }
}

const commitsOf = async ({ pool }: Database): Promise<number> =>
  Number((await pool.query('select sum(xact_commit) as commits from pg_stat_database')).rows[0]?.commits ?? 0);

/** So many calls a second, whatever happens: what is measured is the answer, not the pacing. */
const steady =
  (rate: number, begun: () => boolean): PolicyFactory =>
  () => {
    let last: number | null = null;
    return {
      observe: () => undefined,
      decide(now) {
        const wakeAt = now + 1000 / rate;
        if (!begun()) return { place: 0, wakeAt };
        last ??= now;
        const place = Math.floor(((now - last) * rate) / 1000);
        last += (place * 1000) / rate;
        return { place, wakeAt, why: 'steady' };
      },
    };
  };

async function report(
  { client }: Database,
  centre: Centre,
  rate: number,
  documents: number[],
  since: number,
): Promise<string> {
  const answeredAt = { gte: new Date(since) };
  const rows = await client.attempt.findMany({ where: { campaignId: centre.campaignId, answeredAt } });
  const joins = rows.flatMap(({ answeredAt, connectedAt }) =>
    answeredAt === null || connectedAt === null ? [] : [connectedAt.getTime() - answeredAt.getTime()],
  );
  const abandoned = rows.filter(({ abandonedAt }) => abandonedAt !== null).length;
  const of = (values: number[]): string => `p50 ${quantile(values, 0.5)} ms, p99 ${quantile(values, 0.99)} ms`;
  return `${rate}/s: ${documents.length} answers, document ${of(documents)}; in the room ${of(joins)}; abandoned ${abandoned}`;
}

function quantile(values: number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return value === undefined ? '-' : value.toFixed(1);
}
