import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { type Role, roles, type SettingName, settings } from './config/settings.ts';
import { errorCode, PlatformError } from './platform/errors.ts';
import { packageRoot } from './platform/package-root.ts';

export type { Role } from './config/settings.ts';
export { settingsTable } from './config/settings.ts';

/** Who carries the calls. The sandbox plays people on loopback; with an account the calls are real. */
export type CarrierConfig =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'twilio';
      readonly accountSid: string;
      readonly authToken: string;
      readonly baseUrl: string | undefined;
      readonly provider: 'twilio' | 'signalwire' | 'somleng';
      /** Undefined: the token signs webhooks. */
      readonly signingKey: string | undefined;
      /** Signs the tokens of phones in browsers. Undefined: there are none. */
      readonly apiKey: { readonly sid: string; readonly secret: string } | undefined;
      readonly appSid: string | undefined;
    };

export type Config = {
  readonly port: number;
  readonly host: string;
  /** Without a slash at its end. Undefined when PORT is 0 and it was not given: then it follows from the port that was taken. */
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  /** Undefined: the embedded server. */
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** How events reach other processes, by what is there to carry them and whether there are others. */
  readonly eventBus: 'process' | 'postgres' | 'redis';
  readonly carrier: CarrierConfig;
  /** Undefined: no mail is sent. `from` undefined: of the host of the public address. */
  readonly mail: { readonly url: string; readonly from: string | undefined } | undefined;
  /** Undefined: this server runs no speech engine. */
  readonly speechCommand: string | undefined;
  /** Undefined: to be kept in `dataDir`, see {@link sessionSecret}. */
  readonly sessionSecret: string | undefined;
  readonly roles: ReadonlySet<Role>;
  readonly logLevel: z.output<(typeof settings)['LOG_LEVEL']['read']>;
  readonly locale: 'en' | 'zh';
  /** Whether an empty database begins with a demonstration, where the carrier is a pretended one. */
  readonly demo: boolean;
  readonly speed: number;
  readonly baseEpochMs: number | undefined;
};

/** One thing wrong with the environment; `sentence` never repeats a value, since it may be a secret. */
export type ConfigFault = {
  readonly code: 'setting_invalid' | 'setting_missing' | 'settings_conflict';
  readonly variable: SettingName;
  readonly sentence: string;
};

/** All faults of the environment at once. */
export class ConfigError extends PlatformError {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(
      'config',
      ['The settings are not right:', ...faults.map(({ variable, sentence }) => `  ${variable} ${sentence}`)].join(
        '\n',
      ),
    );
    this.faults = faults;
  }
}

/**
 * Reads the environment. Empty variables count as absent. Touches nothing.
 * @throws ConfigError with every fault
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string = packageRoot()): Config {
  const faults: ConfigFault[] = [];
  const value = <T>(
    variable: SettingName,
    { read }: { readonly read: z.ZodType<T, string | undefined> },
  ): T | undefined => {
    const result = read.safeParse(env[variable]?.trim() || undefined);
    if (result.success) return result.data;
    faults.push({ code: 'setting_invalid', variable, sentence: `${result.error.issues[0]?.message ?? 'is wrong'}.` });
    return undefined;
  };
  const port = value('PORT', settings.PORT) ?? 0;
  const host = value('HOST', settings.HOST) ?? '';
  const publicUrl = value('PUBLIC_URL', settings.PUBLIC_URL);
  const databaseUrl = value('DATABASE_URL', settings.DATABASE_URL);
  const redisUrl = value('REDIS_URL', settings.REDIS_URL);
  const chosenRoles = value('ROLES', settings.ROLES) ?? new Set<Role>();
  const account = {
    sid: value('TWILIO_ACCOUNT_SID', settings.TWILIO_ACCOUNT_SID),
    token: value('TWILIO_AUTH_TOKEN', settings.TWILIO_AUTH_TOKEN),
    baseUrl: value('TWILIO_BASE_URL', settings.TWILIO_BASE_URL),
    provider: value('TWILIO_PROVIDER', settings.TWILIO_PROVIDER) ?? 'twilio',
    signingKey: value('TWILIO_SIGNING_KEY', settings.TWILIO_SIGNING_KEY),
    keySid: value('TWILIO_API_KEY_SID', settings.TWILIO_API_KEY_SID),
    keySecret: value('TWILIO_API_KEY_SECRET', settings.TWILIO_API_KEY_SECRET),
    appSid: value('TWILIO_APP_SID', settings.TWILIO_APP_SID),
  };
  const smtp = value('SMTP_URL', settings.SMTP_URL);
  const mailFrom = value('MAIL_FROM', settings.MAIL_FROM);
  const speechCommand = value('SPEECH_COMMAND', settings.SPEECH_COMMAND);
  const speed = value('SPEED', settings.SPEED) ?? 1;
  const config: Config = {
    port,
    host,
    publicUrl: publicUrl ?? defaultPublicUrl(host, port),
    dataDir: resolve(root, value('DATA_DIR', settings.DATA_DIR) ?? 'data'),
    databaseUrl,
    redisUrl,
    eventBus: redisUrl
      ? 'redis'
      : databaseUrl !== undefined || chosenRoles.size < roles.length
        ? 'postgres'
        : 'process',
    carrier: carrierOf(account),
    speechCommand,
    mail: smtp === undefined ? undefined : { url: smtp, from: mailFrom },
    sessionSecret: value('SESSION_SECRET', settings.SESSION_SECRET),
    roles: chosenRoles,
    logLevel: value('LOG_LEVEL', settings.LOG_LEVEL) ?? 'info',
    locale: value('LOCALE', settings.LOCALE) ?? 'en',
    demo: (value('DEMO', settings.DEMO) ?? 'yes') === 'yes',
    speed,
    baseEpochMs: value('BASE_EPOCH', settings.BASE_EPOCH),
  };
  const wrong = new Set(faults.map(({ variable }) => variable));
  faults.push(...conflicts(account, publicUrl, speed).filter(({ variable }) => !wrong.has(variable)));
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

type Account = {
  readonly sid: string | undefined;
  readonly token: string | undefined;
  readonly baseUrl: string | undefined;
  readonly provider: 'twilio' | 'signalwire' | 'somleng';
  readonly signingKey: string | undefined;
  readonly keySid: string | undefined;
  readonly keySecret: string | undefined;
  readonly appSid: string | undefined;
};

function carrierOf({ sid, token, keySid, keySecret, baseUrl, provider, signingKey, appSid }: Account): CarrierConfig {
  if (sid === undefined) return { kind: 'sandbox' };
  const apiKey = keySid === undefined || keySecret === undefined ? undefined : { sid: keySid, secret: keySecret };
  return { kind: 'twilio', accountSid: sid, authToken: token ?? '', baseUrl, provider, signingKey, apiKey, appSid };
}

/** What only shows when several settings are seen together. */
function conflicts(account: Account, publicUrl: string | undefined, speed: number): ConfigFault[] {
  const { sid, token, baseUrl } = account;
  const faults: ConfigFault[] = [];
  const add = (code: ConfigFault['code'], variable: SettingName, sentence: string) =>
    faults.push({ code, variable, sentence });
  const local = baseUrl !== undefined && isLoopback(baseUrl);
  if (sid !== undefined && token === undefined)
    add('setting_missing', 'TWILIO_AUTH_TOKEN', 'must be set together with TWILIO_ACCOUNT_SID.');
  if (sid === undefined && token !== undefined)
    add('setting_missing', 'TWILIO_ACCOUNT_SID', 'must be set together with TWILIO_AUTH_TOKEN.');
  if (sid === undefined && baseUrl !== undefined)
    add('setting_missing', 'TWILIO_ACCOUNT_SID', 'must be set together with TWILIO_BASE_URL.');
  faults.push(...extras(account));
  if (sid !== undefined && baseUrl === undefined && !/^AC[0-9a-f]{32}$/.test(sid)) {
    add('setting_invalid', 'TWILIO_ACCOUNT_SID', 'must be AC and 32 hexadecimal digits.');
  }
  if (sid !== undefined && !local) {
    if (publicUrl === undefined)
      add('setting_missing', 'PUBLIC_URL', 'must be set with a real carrier, which has to reach the webhooks.');
    else if (!publicUrl.startsWith('https://') || isLoopback(publicUrl)) {
      add('settings_conflict', 'PUBLIC_URL', 'must be an https:// address that the carrier can reach.');
    }
    if (speed !== 1)
      add('settings_conflict', 'SPEED', 'must be 1 with a real carrier: real people are on those calls.');
  }
  return faults;
}

/** Settings that only mean something beside others. */
function extras({ sid, baseUrl, provider, signingKey, keySid, keySecret, appSid }: Account): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const missing = (variable: SettingName, because: SettingName) =>
    faults.push({ code: 'setting_missing', variable, sentence: `must be set together with ${because}.` });
  if (keySid !== undefined && keySecret === undefined) missing('TWILIO_API_KEY_SECRET', 'TWILIO_API_KEY_SID');
  if (keySid === undefined && keySecret !== undefined) missing('TWILIO_API_KEY_SID', 'TWILIO_API_KEY_SECRET');
  if (keySid === undefined && keySecret === undefined && appSid !== undefined)
    missing('TWILIO_API_KEY_SID', 'TWILIO_APP_SID');
  if (sid === undefined && keySid !== undefined) missing('TWILIO_ACCOUNT_SID', 'TWILIO_API_KEY_SID');
  if (sid === undefined && signingKey !== undefined) missing('TWILIO_ACCOUNT_SID', 'TWILIO_SIGNING_KEY');
  if (provider !== 'twilio' && baseUrl === undefined) missing('TWILIO_BASE_URL', 'TWILIO_PROVIDER');
  return faults;
}

function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function defaultPublicUrl(host: string, port: number): string | undefined {
  if (port === 0) return undefined;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/**
 * The secret that signs cookies: the given one, or one that is made at the first start and kept in the data folder, readable by its owner only.
 * Processes that start at the same time get the same.
 */
export async function sessionSecret(config: Pick<Config, 'sessionSecret' | 'dataDir'>): Promise<string> {
  if (config.sessionSecret !== undefined) return config.sessionSecret;
  const path = join(config.dataDir, 'session-secret');
  const kept = await readSecret(path);
  if (kept !== undefined) return kept;
  await mkdir(config.dataDir, { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    // link() puts the whole file there or fails: of several processes the first decides.
    await link(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  const made = await readSecret(path);
  if (made === undefined) throw new PlatformError('session_secret', `The secret in ${path} cannot be read.`);
  return made;
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    if (text.length < 32)
      throw new PlatformError('session_secret', `${path} is damaged; remove it (everybody has to sign in again).`);
    return text;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
