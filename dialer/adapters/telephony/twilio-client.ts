import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { type CarrierAccount, underBase } from './account.ts';

/** The package refuses accounts that do not look like Twilio's; this stands in for them until the request is made. */
const STAND_IN = `AC${'0'.repeat(32)}`;
/** Below the engine's own patience with a call that is being placed. */
const TIMEOUT_MS = 20_000;
/** Twilio refuses more concurrent requests than about a hundred; half of that leaves room for other processes. */
const MAX_SOCKETS = 50;

export type TwilioClient = ReturnType<typeof twilio>;

/** Sends every request to the account's base address instead of the one the package knows. */
class RebasedClient extends twilio.RequestClient {
  readonly #account: CarrierAccount;
  readonly #standIn: string;

  constructor(account: CarrierAccount, standIn: string) {
    super({ timeout: TIMEOUT_MS, keepAlive: true, maxSockets: MAX_SOCKETS, autoRetry: false });
    this.#account = account;
    this.#standIn = standIn;
  }

  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const { accountSid } = this.#account;
    const { pathname, search } = new URL(options.uri);
    const path = pathname.replace(`/Accounts/${this.#standIn}`, `/Accounts/${accountSid}`);
    const uri = underBase(this.#account, path) + search;
    return super.request<Data>(Object.assign({}, options, { username: accountSid, uri }));
  }
}

/**
 * The official client with scheme, host and path prefix of every request replaced by the account's base address. Retries
 * are the engine's business: it knows which requests may be repeated.
 */
export function createTwilioClient(account: CarrierAccount): TwilioClient {
  const sid = account.accountSid.startsWith('AC') ? account.accountSid : STAND_IN;
  return twilio(sid, account.authToken, { httpClient: new RebasedClient(account, sid), autoRetry: false });
}
