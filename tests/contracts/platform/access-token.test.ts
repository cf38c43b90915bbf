import { describe, expect, test } from 'vitest';
import { accessToken } from '../../../dialer/adapters/telephony/access-token.ts';
import { browserPhones } from '../../../src/compose/browser-phones.ts';
import { readConfig } from '../../../src/config.ts';

const USER = '11111111-2222-4333-8444-555555555555';
const ids = { account: `AC${'1'.repeat(32)}`, key: `SK${'2'.repeat(32)}`, app: `AP${'3'.repeat(32)}` };
const part = (token: string, index: number): unknown =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());

describe('access tokens', () => {
  test('carry what the carrier asks for: key, account, identity, and calls both ways', () => {
    const token = accessToken({
      accountSid: ids.account,
      key: { sid: ids.key, secret: 's' },
      applicationSid: ids.app,
      identity: 'agent_7',
      lifetimeMs: 3_600_000,
    });
    expect(part(token, 0)).toMatchObject({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' });
    const claims = part(token, 1);
    expect(claims).toMatchObject({
      iss: ids.key,
      sub: ids.account,
      grants: {
        identity: 'agent_7',
        voice: { incoming: { allow: true }, outgoing: { application_sid: ids.app } },
      },
    });
    expect(claims).toSatisfy(({ exp, iat }: { exp: number; iat: number }) => exp - iat === 3600);
  });
});

describe('phones in browsers', () => {
  const env = {
    TWILIO_ACCOUNT_SID: ids.account,
    TWILIO_AUTH_TOKEN: 't',
    PUBLIC_URL: 'https://dial.example.test',
  };

  test('an account without an API key has none', () => {
    const phones = browserPhones(readConfig(env), null);
    expect(phones.access(USER)).toEqual({ kind: 'none' });
    expect(phones.origins.connect).toEqual([]);
  });

  test('an account with one gives tokens for the identity that the dialler calls', () => {
    const phones = browserPhones(readConfig({ ...env, TWILIO_API_KEY_SID: ids.key, TWILIO_API_KEY_SECRET: 's' }), null);
    const access = phones.access(USER);
    expect(access.kind).toBe('carrier');
    const token = access.kind === 'carrier' ? access.token : '';
    expect(part(token, 1)).toMatchObject({ grants: { identity: 'agent_11111111222243338444555555555555' } });
    expect(JSON.stringify(part(token, 1))).not.toContain('outgoing');
    expect(phones.origins.connect).toContain('wss://*.twilio.com');
  });
});
