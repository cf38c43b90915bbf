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
 * Options: --rates 5,20,50 (answers a second), --seconds 20 (for each rate), --warm 15 (seconds before: connections have planned their statements by then), --answered 1.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { contactStore } from '../../dialer/adapters/store/contacts.ts';
import { createContactPicker } from '../../dialer/engine/contact-picker.ts';
import type { DialerEvent } from '../../dialer/events.ts';
import { createLocalRecordings } from '../../dialer/adapters/recordings/local-folder.ts';
import { createStores } from '../../dialer/adapters/store/index.ts';
import type { CarrierAccount } from '../../dialer/adapters/telephony/account.ts';
import { createTwilioCarrier } from '../../dialer/adapters/telephony/twilio.ts';
import { createTwilioCodec } from '../../dialer/adapters/telephony/twilio-signals.ts';
import { createTwilioTexts } from '../../dialer/adapters/telephony/twilio-texts.ts';
import { createDialer, type DialerWithExtras } from '../../dialer/engine/dialer.ts';
import { defaultOptions } from '../../dialer/engine/parts.ts';
import type { PolicyFactory } from '../../dialer/rules/pacing/policy.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrations.ts';
import { type Centre, openCentre } from '../contracts/dialer/centre.ts';
import { cpuOf, cpuOfServer } from './cpu-of.ts';
import { serve, startCarrier } from './latency-neighbours.ts';

const TALK_MS = 2_000;
/** Ring, talk, wrap-up and the ways between them: so many agents are at work for each answer a second. */
const AGENTS_A_RATE = 4;
const ALWAYS_OPEN = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }];

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
  const { client: prisma } = database;
  const clock = systemClock();
  const centre = await openCentre(prisma, {
    agents: rate * AGENTS_A_RATE + 5,
    contacts: Math.ceil(calls * (seconds + warm + 5)),
    now: clock.now() - 1000,
    settings: {
      pacing: { mode: 'predictive', maxCallsPerSecond: Math.ceil(calls), maxLines: 5000 },
      detectBeforeAgent: false,
      calling: { windows: ALWAYS_OPEN },
      limits: [],
      retry: [],
    },
  });
  const accountSid = `AC${randomBytes(16).toString('hex')}`;
  const authToken = randomBytes(16).toString('hex');
  const carrier = await startCarrier(accountSid, authToken, { talkMs: TALK_MS, answered });
  const documents: number[] = [];
  const holder: { dialer: DialerWithExtras | null } = { dialer: null };
  const server = await serve(holder, documents);
  const account: CarrierAccount = {
    provider: 'twilio',
    accountSid,
    authToken,
    baseUrl: carrier.url,
    publicUrl: server.url,
    isSandbox: true,
  };
  const writing = new Set<Promise<void>>();
  const written = new Set<string>();
  const listeners = new Set<(event: DialerEvent) => void>();
  const log = (fields: Record<string, unknown>, text: string): void => console.error(text, fields);
  let begun = false;
  const dialer = createDialer({
    clock,
    bus: {
      publish: (event) => queueMicrotask(() => listeners.forEach((listener) => listener(event))),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    logger: { debug: () => {}, info: () => {}, warn: log, error: log },
    ...createStores(prisma, database.hot),
    recordingFiles: createLocalRecordings(join(folder, 'recordings')),
    carrier: createTwilioCarrier(account),
    textCarrier: createTwilioTexts(account),
    codec: createTwilioCodec(account),
    picker: createContactPicker({ store: contactStore(database.hot) }),
    lists: { importFile: () => Promise.reject(new Error('not measured here')) },
    blacklist: { add: () => Promise.resolve({ id: '' }), remove: () => Promise.resolve() },
    policies: { predictive: steady(calls, () => begun), progressive: steady(calls, () => begun) },
    options: {
      ...defaultOptions,
      owner: randomUUID(),
      maxLines: 5_000,
      maxCallsPerSecond: 1_000,
      browserGraceMs: 3_600_000,
    },
  });
  holder.dialer = dialer;
  try {
    await dialer.start();
    listeners.add((event) => {
      if (event.type !== 'attempt-changed' || event.state !== 'ended' || written.has(event.attemptId)) return;
      written.add(event.attemptId);
      const work = writeUp(database, dialer, event.attemptId)
        .catch((error: unknown) => log({ error: String(error) }, 'an outcome was not saved'))
        .finally(() => writing.delete(work));
      writing.add(work);
    });
    await signAllIn(database, dialer, centre);
    begun = true;
    await new Promise((resolve) => setTimeout(resolve, warm * 1000));
    const sides = async () => [await cpuOf(process.pid), await cpuOfServer(database), await cpuOf(carrier.pid)];
    const before = await sides();
    const since = clock.now();
    documents.length = 0;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const measured = [...documents];
    const after = await sides();
    begun = false;
    await new Promise((resolve) => setTimeout(resolve, TALK_MS + 1_500));
    const result = await report(database, centre, rate, measured, since);
    const each = after.map((ms, side) => {
      const was = before[side];
      return ms === null || was == null ? '-' : ((ms - was) / Math.max(1, measured.length)).toFixed(1);
    });
    const [application, server, sandbox] = each;
    return `${result}; processor time an answer: application ${application}, PostgreSQL ${server}, sandbox ${sandbox} ms`;
  } finally {
    // Webhooks first: what comes in after the dialler has stopped would find its database closed.
    await carrier.stop();
    await server.close();
    await dialer.stop();
    await Promise.all(writing);
  }
}

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

async function signAllIn({ client }: Database, dialer: DialerWithExtras, centre: Centre): Promise<void> {
  for (const agent of centre.agents) await dialer.agents.signIn(agent, {});
  const ready = () => client.agentDesk.count({ where: { campaignId: centre.campaignId, activity: 'ready' } });
  while ((await ready()) < centre.agents.length) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function writeUp({ pool }: Database, dialer: DialerWithExtras, attemptId: string): Promise<void> {
  const name = 'desk';
  const text = "select user_id from agent_desk where attempt_id = $1::uuid and activity = 'wrap-up'";
  const [desk] = (await pool.query<{ user_id: string }>({ name, text, values: [attemptId] })).rows;
  if (desk === undefined) return;
  const disposition = { kind: 'refused', reason: 'no' } as const;
  await dialer.agents.saveOutcome(desk.user_id, { attemptId, disposition, mustSayTicked: [], note: '' });
}

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
