/** The dialler with its adapters: stores, carrier, recordings' folder. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { listSource } from '../../dialer/adapters/list-source.ts';
import { blacklistStore } from '../../dialer/adapters/store/blacklist.ts';
import { contactStore } from '../../dialer/adapters/store/contacts.ts';
import { createStores } from '../../dialer/adapters/store/index.ts';
import { listStore } from '../../dialer/adapters/store/lists.ts';
import { createDialerBus } from '../../dialer/adapters/bus.ts';
import { createLocalRecordings } from '../../dialer/adapters/recordings/local-folder.ts';
import { type CarrierAccount, TWILIO_BASE_URL } from '../../dialer/adapters/telephony/account.ts';
import { createTwilioCarrier } from '../../dialer/adapters/telephony/twilio.ts';
import { createTwilioTexts } from '../../dialer/adapters/telephony/twilio-texts.ts';
import { createTwilioCodec } from '../../dialer/adapters/telephony/twilio-signals.ts';
import {
  createBlacklist,
  createContactPicker,
  createDialer,
  createListImport,
  createPolicy,
  type DialerWithExtras,
  defaultOptions,
  policies,
} from '../../dialer/index.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/event-bus.ts';
import type { Logger } from '../platform/logger.ts';
import type { SandboxCarrier } from './sandbox-carrier.ts';

export type DialerDeps = {
  config: Config;
  database: Database;
  bus: EventBus;
  clock: Clock;
  logger: Logger;
  publicUrl: string;
  sandbox: SandboxCarrier | null;
};

export function recordingsFolder(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'recordings');
}

/** ISO 3166 country of numbers that are written without a prefix. */
export function homeCountry(config: Pick<Config, 'locale'>): string {
  return config.locale === 'zh' ? 'CN' : 'US';
}

export function composeDialer({
  config,
  database,
  bus,
  clock,
  logger,
  publicUrl,
  sandbox,
}: DialerDeps): DialerWithExtras {
  const { client } = database;
  const account = accountOf(config, publicUrl, sandbox);
  const dialerBus = createDialerBus(bus);
  const country = homeCountry(config);
  const publish = (event: Parameters<typeof dialerBus.publish>[0]) => dialerBus.publish(event);
  return createDialer({
    clock,
    bus: dialerBus,
    logger,
    ...createStores(client, database.hot),
    recordingFiles: createLocalRecordings(recordingsFolder(config)),
    carrier: createTwilioCarrier(account),
    textCarrier: createTwilioTexts(account),
    codec: createTwilioCodec(account),
    picker: createContactPicker({ store: contactStore(database.hot) }),
    lists: createListImport({
      lists: listStore(client),
      source: listSource(join(config.dataDir, 'uploads')),
      clock,
      country,
      publish,
    }),
    blacklist: createBlacklist({ store: blacklistStore(client), clock, country, publish }),
    policies: { predictive: createPolicy, progressive: policies.progressive ?? createPolicy },
    options: {
      ...defaultOptions,
      // Browsers and networks live in the machine's time, however fast the product's clock runs.
      browserGraceMs: defaultOptions.browserGraceMs * config.speed,
      browserAwayMs: defaultOptions.browserAwayMs * config.speed,
      owner: `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
    },
  });
}

function accountOf({ carrier }: Config, publicUrl: string, sandbox: SandboxCarrier | null): CarrierAccount {
  if (carrier.kind === 'twilio') {
    const { provider, accountSid, authToken, signingKey, baseUrl = TWILIO_BASE_URL } = carrier;
    const signing = signingKey === undefined ? {} : { signingKey };
    return { provider, accountSid, authToken, baseUrl, publicUrl, isSandbox: false, ...signing };
  }
  if (sandbox === null) throw new Error('Without an account the sandbox carrier is needed.');
  const { accountSid, authToken, url } = sandbox;
  return { provider: 'twilio', accountSid, authToken, baseUrl: url, publicUrl, isSandbox: true };
}
