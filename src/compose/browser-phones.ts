/** Phones in agents' browsers: by the carrier's own library, or by the sandbox's sound over our server. */
import { accessToken } from '../../dialer/adapters/telephony/access-token.ts';
import { browserIdentity } from '../../dialer/index.ts';
import type { Config } from '../config.ts';
import type { BrowserPhones } from '../http/services.ts';
import type { SandboxCarrier } from './sandbox-carrier.ts';

/** The page fetches a new token a minute before the old one ends. */
const LIFETIME_MS = 3_600_000;

/** Where the carrier's library connects to and takes its sounds from; for the content security policy. */
const LIBRARY = {
  connect: ['https://*.twilio.com', 'wss://*.twilio.com'],
  media: ['https://sdk.twilio.com'],
};

export function browserPhones({ carrier }: Pick<Config, 'carrier'>, sandbox: SandboxCarrier | null): BrowserPhones {
  const nothing = { connect: [], media: [] };
  if (sandbox !== null) {
    const { accountSid, apiKey: key } = sandbox;
    return {
      access: () => ({ kind: 'sandbox' }),
      line(userId) {
        const identity = browserIdentity(userId);
        const order = { accountSid, key, applicationSid: null, identity, lifetimeMs: LIFETIME_MS };
        return `${sandbox.url.replace(/^http/, 'ws')}/sandbox/softphone?token=${accessToken(order)}`;
      },
      origins: nothing,
    };
  }
  if (carrier.kind === 'sandbox' || carrier.apiKey === undefined)
    return { access: () => ({ kind: 'none' }), line: () => null, origins: nothing };
  const { accountSid, apiKey: key, appSid } = carrier;
  return {
    access(userId) {
      const identity = browserIdentity(userId);
      const order = { accountSid, key, applicationSid: appSid ?? null, identity, lifetimeMs: LIFETIME_MS };
      // Tokens live by the machine's time, as the carrier does.
      return { kind: 'carrier', token: accessToken(order), expiresAt: Date.now() + LIFETIME_MS };
    },
    line: () => null,
    origins: LIBRARY,
  };
}
