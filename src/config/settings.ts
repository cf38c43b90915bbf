import { z } from 'zod';
import { commandFault } from '../../qa/index.ts';

/** The jobs a process can have; `all` is every one of them. */
export const roles = ['web', 'dialer', 'worker'] as const;
export type Role = (typeof roles)[number];

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** One environment variable: what it means, what holds without it, and how its text is read. */
type Setting<T> = {
  readonly about: string;
  /** As the table for people shows it. */
  readonly otherwise: string;
  /** For this product's own commands (the demo), not for those who run it. */
  readonly internal?: true;
  readonly read: z.ZodType<T, string | undefined>;
};

const setting = <T>(about: string, otherwise: string, read: z.ZodType<T, string | undefined>): Setting<T> => ({
  about,
  otherwise,
  read,
});

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values, standard: Values[number]) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` }).default(standard);
}

function url(protocols: readonly string[]) {
  return z.string().refine((text) => protocols.some((protocol) => text.startsWith(`${protocol}://`)) && isUrl(text), {
    error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  });
}

/** An address with an empty host and the place of a socket (`postgres://user@/db?host=/dir`) is right, although URL does not take it. */
function isUrl(text: string): boolean {
  if (/^\w+:\/*$/.test(text)) return false;
  return URL.canParse(text) || URL.canParse(text.replace(/^(\w+:\/\/[^/@]*@)\//, '$1localhost/'));
}

function webAddress() {
  return url(['http', 'https'])
    .refine((text) => !/[?#]/.test(text), { error: 'must have no ? and no #' })
    .transform((text) => text.replace(/\/+$/, ''));
}

function number(least: number, most: number, whole: boolean, sentence: string) {
  return z
    .string()
    .regex(whole ? /^\d+$/ : /^\d+(\.\d+)?$/, { error: sentence })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: sentence });
}

function carrierId(letters: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/, { error: `must be an id: ${letters} and 32 hexadecimal digits at Twilio` })
    .optional();
}

/** Every variable the product reads. This table is the only place that names them; the README shows it. */
export const settings = {
  PORT: setting(
    'Port of the web server; 0 takes a free one',
    '3000',
    number(0, 65_535, true, 'must be a whole number from 0 to 65535').default(3000),
  ),
  HOST: setting('Address the web server listens on; 0.0.0.0 for all', '127.0.0.1', z.string().default('127.0.0.1')),
  PUBLIC_URL: setting(
    'Address under which browsers and the carrier reach the web server; webhooks are signed for it',
    'http://HOST:PORT',
    webAddress().optional(),
  ),
  DATA_DIR: setting(
    'Folder of recordings, secrets and the embedded database',
    'data (in the checkout)',
    z.string().optional(),
  ),
  DATABASE_URL: setting(
    'A PostgreSQL server (16 or newer) instead of the embedded one',
    'embedded PostgreSQL 18 in DATA_DIR',
    url(['postgres', 'postgresql']).optional(),
  ),
  REDIS_URL: setting(
    'Redis (7 or newer, maxmemory-policy noeviction) for jobs and events, when processes run on several machines',
    'jobs and events in PostgreSQL',
    url(['redis', 'rediss']).optional(),
  ),
  TWILIO_ACCOUNT_SID: setting(
    'Account of the carrier. With it calls are real and cost money',
    'the sandbox carrier',
    z
      .string()
      .regex(/^[A-Za-z0-9-]{8,64}$/, { error: 'must be an account id: AC and 32 hexadecimal digits at Twilio' })
      .optional(),
  ),
  TWILIO_AUTH_TOKEN: setting(
    'Secret of that account; also checks the signatures of webhooks',
    '-',
    z.string().optional(),
  ),
  TWILIO_BASE_URL: setting(
    'A carrier that speaks the same interface',
    'https://api.twilio.com',
    webAddress().optional(),
  ),
  TWILIO_PROVIDER: setting(
    'Whose dialect TWILIO_BASE_URL speaks: twilio, signalwire or somleng',
    'twilio',
    oneOf(['twilio', 'signalwire', 'somleng'], 'twilio'),
  ),
  TWILIO_SIGNING_KEY: setting(
    'Secret that webhooks are signed with, where it is another one than the token (SignalWire)',
    'TWILIO_AUTH_TOKEN',
    z.string().optional(),
  ),
  TWILIO_API_KEY_SID: setting(
    'API key of the account, for phones in agents’ browsers; without it agents need telephones',
    '-',
    carrierId('SK'),
  ),
  TWILIO_API_KEY_SECRET: setting('Secret of that API key', '-', z.string().optional()),
  TWILIO_APP_SID: setting(
    'TwiML application through which browsers may call in by themselves; its voice URL is PUBLIC_URL/telephony/browser',
    'the dialler calls the browsers',
    carrierId('AP'),
  ),
  SMTP_URL: setting(
    'Mail server for messages to clients: smtp:// or smtps://, with user and password where it asks for them',
    'no mail is sent',
    url(['smtp', 'smtps']).optional(),
  ),
  MAIL_FROM: setting(
    'Sender of these mails',
    'fairline@ the host of PUBLIC_URL',
    z.email({ error: 'must be a mail address' }).optional(),
  ),
  SPEECH_COMMAND: setting(
    'Speech engine on this machine, run without a shell on each side of a recording that is to be judged: {file} is the sound, {lang} its language; it prints WebVTT, SRT or JSON, or writes it to a file beginning with {out}',
    'no transcripts by the server itself',
    z
      .string()
      .superRefine((line, context) => {
        const fault = commandFault(line);
        if (fault !== null) context.addIssue({ code: 'custom', message: fault });
      })
      .optional(),
  ),
  SESSION_SECRET: setting(
    'Signs cookies; at least 32 characters, the same in all processes',
    'made once and kept in DATA_DIR/session-secret',
    z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  ),
  ROLES: setting(
    'What this process does: all, or some of web, dialer, worker, divided by commas',
    'all',
    z.string().default('all').transform(readRoles),
  ),
  LOG_LEVEL: setting(`Least important line that is logged: ${logLevels.join(', ')}`, 'info', oneOf(logLevels, 'info')),
  DEMO: setting(
    'yes: an empty database begins with a demonstration, on the sandbox carrier only. no: with one administrator, whose first password is printed',
    'yes',
    oneOf(['yes', 'no'], 'yes'),
  ),
  LOCALE: setting('Language for whoever has chosen none: en or zh', 'en', oneOf(['en', 'zh'], 'en')),
  SPEED: {
    ...setting(
      "Pace of the product's clock against the machine's",
      '1',
      number(0.01, 3_600, false, 'must be a number from 0.01 to 3600').default(1),
    ),
    internal: true,
  },
  BASE_EPOCH: {
    ...setting(
      "Time of the product's clock at start, in milliseconds since 1970",
      'the present',
      number(0, 4_102_444_800_000, true, 'must be milliseconds since 1970').optional(),
    ),
    internal: true,
  },
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;

function readRoles(text: string, context: z.RefinementCtx): ReadonlySet<Role> {
  const names = text.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'all') return new Set(roles);
  const chosen = roles.filter((role) => names.includes(role));
  if (chosen.length === names.length) return new Set(chosen);
  context.addIssue({
    code: 'custom',
    message: `must be all, or some of ${roles.join(', ')}, each once and divided by commas`,
  });
  return z.NEVER;
}

/** The table of the settings in Markdown, for the README. */
export function settingsTable(): string {
  const rows = Object.entries<Setting<unknown>>(settings)
    .filter(([, { internal }]) => internal !== true)
    .map(([name, { about, otherwise }]) => `| \`${name}\` | ${about} | ${otherwise} |`);
  return ['| variable | what it is | otherwise |', '| --- | --- | --- |', ...rows].join('\n');
}
