/** A centre at work for the latency benchmark: the dialler on a real database, its web server, and the carrier in another process. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createLocalRecordings } from '../../dialer/adapters/recordings/local-folder.ts';
import { contactStore } from '../../dialer/adapters/store/contacts.ts';
import { createStores } from '../../dialer/adapters/store/index.ts';
import type { CarrierAccount } from '../../dialer/adapters/telephony/account.ts';
import { createTwilioCodec } from '../../dialer/adapters/telephony/twilio-signals.ts';
import { createTwilioTexts } from '../../dialer/adapters/telephony/twilio-texts.ts';
import { createTwilioCarrier } from '../../dialer/adapters/telephony/twilio.ts';
import { createContactPicker } from '../../dialer/engine/contact-picker.ts';
import { createDialer, type DialerWithExtras } from '../../dialer/engine/dialer.ts';
import { defaultOptions } from '../../dialer/engine/parts.ts';
import type { DialerEvent } from '../../dialer/events.ts';
import type { PolicyFactory } from '../../dialer/rules/pacing/policy.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database.ts';
import { type Centre, openCentre } from '../contracts/dialer/centre.ts';
import { serve, startCarrier } from './latency-neighbours.ts';

const ALWAYS_OPEN = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }];

export type RigOptions = {
  agents: number;
  contacts: number;
  maxCallsPerSecond: number;
  talkMs: number;
  /** Which share of the calls somebody answers. */
  answered: number;
  policy: PolicyFactory;
};

export type Rig = {
  centre: Centre;
  carrierPid: number | undefined;
  /** How long each document took, ms. */
  documents: number[];
  stop(): Promise<void>;
};

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends when every agent is on the line; from then on each conversation is written up as soon as it is over. */
export async function openRig(database: Database, folder: string, options: RigOptions): Promise<Rig> {
  const { client: prisma } = database;
  const { agents, contacts, maxCallsPerSecond, talkMs, answered, policy } = options;
  const clock = systemClock();
  const centre = await openCentre(prisma, {
    agents,
    contacts,
    now: clock.now() - 1000,
    settings: {
      pacing: { mode: 'predictive', maxCallsPerSecond, maxLines: 5000 },
      detectBeforeAgent: false,
      calling: { windows: ALWAYS_OPEN },
      limits: [],
      retry: [],
    },
  });
  const accountSid = `AC${randomBytes(16).toString('hex')}`;
  const authToken = randomBytes(16).toString('hex');
  const carrier = await startCarrier(accountSid, authToken, { talkMs, answered });
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
    lists: { importFile: () => Promise.reject(new Error('not measured here')), endAbandoned: async () => 0 },
    blacklist: { add: () => Promise.resolve({ id: '', added: true }), remove: () => Promise.resolve() },
    policies: { predictive: policy, progressive: policy },
    options: {
      ...defaultOptions,
      owner: randomUUID(),
      maxLines: 5_000,
      maxCallsPerSecond: 1_000,
      browserGraceMs: 3_600_000,
    },
  });
  holder.dialer = dialer;
  const stop = async (): Promise<void> => {
    // Webhooks first: what comes in after the dialler has stopped would find its database closed.
    await carrier.stop();
    await server.close();
    await dialer.stop();
    await Promise.all(writing);
    // The next centre must not work on this one's list and agents besides.
    await prisma.campaign.update({ where: { id: centre.campaignId }, data: { state: 'finished' } });
    await prisma.agentDesk.deleteMany({ where: { campaignId: centre.campaignId } });
  };
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
  } catch (error) {
    await stop();
    throw error;
  }
  return { centre, carrierPid: carrier.pid, documents, stop };
}

async function signAllIn({ client }: Database, dialer: DialerWithExtras, centre: Centre): Promise<void> {
  for (const agent of centre.agents) await dialer.agents.signIn(agent, {});
  // Not how many are ready: a pacer gives the first of them calls before the last one is there.
  const there = () => client.agentDesk.count({ where: { campaignId: centre.campaignId, legState: 'joined' } });
  while ((await there()) < centre.agents.length) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function writeUp({ pool }: Database, dialer: DialerWithExtras, attemptId: string): Promise<void> {
  const name = 'desk';
  const text = "select user_id from agent_desk where attempt_id = $1::uuid and activity = 'wrap-up'";
  const [desk] = (await pool.query<{ user_id: string }>({ name, text, values: [attemptId] })).rows;
  if (desk === undefined) return;
  const disposition = { kind: 'refused', reason: 'no' } as const;
  await dialer.agents.saveOutcome(desk.user_id, { attemptId, disposition, mustSayTicked: [], note: '' });
}
