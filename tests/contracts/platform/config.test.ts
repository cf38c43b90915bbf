import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, type ConfigFault, readConfig, sessionSecret, settingsTable } from '../../../src/config.ts';

const SID = `AC${'0'.repeat(32)}`;

function faultsOf(env: Record<string, string>): readonly ConfigFault[] {
  try {
    readConfig(env, '/root-of-checkout');
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('the settings', () => {
  test('have values that run the whole product on one machine', () => {
    expect(readConfig({}, '/checkout')).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      dataDir: '/checkout/data',
      databaseUrl: undefined,
      redisUrl: undefined,
      eventBus: 'process',
      carrier: { kind: 'sandbox' },
      sessionSecret: undefined,
      roles: new Set(['web', 'dialer', 'worker']),
      logLevel: 'info',
      locale: 'en',
      demo: true,
      speed: 1,
      baseEpochMs: undefined,
    });
  });

  test('count an empty variable as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '  ', ROLES: '' }, '/c')).toEqual(readConfig({}, '/c'));
  });

  test.each([
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'ftp://x'],
    ['PUBLIC_URL', 'https://x/?q=1'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['DATABASE_URL', 'postgres://'],
    ['REDIS_URL', 'http://x'],
    ['SPEECH_COMMAND', 'whisper-cli sound.wav'],
    ['SPEECH_COMMAND', 'whisper-cli "{file}'],
    ['SESSION_SECRET', 'short'],
    ['ROLES', 'web,cook'],
    ['ROLES', 'web,web'],
    ['ROLES', 'all,web'],
    ['LOG_LEVEL', 'loud'],
    ['LOCALE', 'fr'],
    ['SPEED', '0'],
    ['SPEED', 'fast'],
    ['BASE_EPOCH', 'yesterday'],
  ])('refuse %s=%s by name', (variable, value) => {
    const faults = faultsOf({ [variable]: value });
    expect(faults).toMatchObject([{ code: 'setting_invalid', variable }]);
    expect(faults[0]?.sentence).toMatch(/^must .*\.$/);
  });

  test.each([
    ['DATABASE_URL', 'mysql://user:hunter22@host/db'],
    ['SESSION_SECRET', 'hunter22'],
    ['TWILIO_ACCOUNT_SID', 'hunter22!'],
    ['REDIS_URL', 'hunter22'],
  ])('never repeat the value of %s, which may be a secret', (variable, value) => {
    expect(() => readConfig({ [variable]: value })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter22') }),
    );
  });

  test('list all faults together', () => {
    const faults = faultsOf({ PORT: 'x', LOCALE: 'xx', TWILIO_AUTH_TOKEN: 'token', ROLES: 'none' });
    expect(faults.map(({ variable }) => variable).sort()).toEqual(['LOCALE', 'PORT', 'ROLES', 'TWILIO_ACCOUNT_SID']);
    expect(() => readConfig({ PORT: 'x', LOCALE: 'xx' })).toThrow(/PORT must.*\n.*LOCALE must/);
  });

  test.each<[string, Record<string, string>, Partial<ConfigFault>[]]>([
    [
      'an account without its token',
      { TWILIO_ACCOUNT_SID: SID, PUBLIC_URL: 'https://x.example' },
      [{ variable: 'TWILIO_AUTH_TOKEN' }],
    ],
    ['a token without its account', { TWILIO_AUTH_TOKEN: 't' }, [{ variable: 'TWILIO_ACCOUNT_SID' }]],
    [
      'a carrier address without an account',
      { TWILIO_BASE_URL: 'http://127.0.0.1:1' },
      [{ variable: 'TWILIO_ACCOUNT_SID' }],
    ],
    [
      'a real carrier that cannot find us',
      { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 't' },
      [{ variable: 'PUBLIC_URL' }],
    ],
    [
      'a real carrier sent to loopback',
      { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 't', PUBLIC_URL: 'https://localhost:3000' },
      [{ variable: 'PUBLIC_URL', code: 'settings_conflict' }],
    ],
    [
      'real calls at thirty times their pace',
      { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 't', PUBLIC_URL: 'https://x.example', SPEED: '30' },
      [{ variable: 'SPEED', code: 'settings_conflict' }],
    ],
    [
      'a mistyped account',
      { TWILIO_ACCOUNT_SID: 'AC123456789', TWILIO_AUTH_TOKEN: 't', PUBLIC_URL: 'https://x.example' },
      [{ variable: 'TWILIO_ACCOUNT_SID' }],
    ],
    [
      'a compatible carrier on loopback',
      { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 't', TWILIO_BASE_URL: 'http://127.0.0.1:9' },
      [],
    ],
  ])('know about %s', (_, env, expected) => {
    expect(faultsOf(env)).toMatchObject(expected);
  });

  test('choose how events travel by what is there to carry them', () => {
    expect(readConfig({ ROLES: 'web' }).eventBus).toBe('postgres');
    expect(readConfig({ DATABASE_URL: 'postgres://a@b/c' }).eventBus).toBe('postgres');
    expect(readConfig({ DATABASE_URL: 'postgres://postgres@/db?host=%2Ftmp%2Fx' }).eventBus).toBe('postgres');
    expect(readConfig({ DATABASE_URL: 'postgres://a@b/c', REDIS_URL: 'redis://b' }).eventBus).toBe('redis');
  });

  test.each([
    [{ PORT: '0' }, undefined],
    [{ HOST: '0.0.0.0' }, 'http://localhost:3000'],
    [{ HOST: '::1', PORT: '80' }, 'http://[::1]:80'],
    [{ PUBLIC_URL: 'https://calls.example/base///' }, 'https://calls.example/base'],
  ])('find the public address of %o', (env, expected) => {
    expect(readConfig(env).publicUrl).toBe(expected);
  });

  test('are described in one table, all but the internal ones', () => {
    const table = settingsTable();
    expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)).toEqual([
      'PORT',
      'HOST',
      'PUBLIC_URL',
      'DATA_DIR',
      'DATABASE_URL',
      'REDIS_URL',
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
      'TWILIO_BASE_URL',
      'TWILIO_PROVIDER',
      'TWILIO_SIGNING_KEY',
      'TWILIO_API_KEY_SID',
      'TWILIO_API_KEY_SECRET',
      'TWILIO_APP_SID',
      'SMTP_URL',
      'MAIL_FROM',
      'SPEECH_COMMAND',
      'SESSION_SECRET',
      'ROLES',
      'LOG_LEVEL',
      'DEMO',
      'LOCALE',
    ]);
  });
});

describe('the session secret', () => {
  let dataDir = '';
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fairline-secret-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  test('is the given one when there is one', async () => {
    expect(await sessionSecret({ dataDir, sessionSecret: 's'.repeat(32) })).toBe('s'.repeat(32));
  });

  test('is made once, the same for all who start together, and only its owner can read it', async () => {
    const nested = join(dataDir, 'new', 'folder');
    const secrets = await Promise.all(
      Array.from({ length: 5 }, () => sessionSecret({ dataDir: nested, sessionSecret: undefined })),
    );
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]?.length).toBe(64);
    expect((await stat(join(nested, 'session-secret'))).mode & 0o777).toBe(0o600);
    expect(await sessionSecret({ dataDir: nested, sessionSecret: undefined })).toBe(secrets[0]);
  });

  test('that was damaged is not used', async () => {
    await writeFile(join(dataDir, 'session-secret'), 'short');
    await expect(sessionSecret({ dataDir, sessionSecret: undefined })).rejects.toMatchObject({
      code: 'session_secret',
    });
  });
});
