/** A carrier account and how its provider differs from Twilio. Providers are a table, not code. */
export type Provider = {
  /** Header of the webhook signature; the algorithm is Twilio's in all of them. */
  signatureHeader: string;
  /** Whether retries may be asked for in the fragment of a webhook's URL. */
  connectionOverrides: boolean;
};

/**
 * SignalWire's Compatibility API signs with a header and a key of its own, has UUIDs for accounts and calls, numbers where
 * Twilio has texts, and addresses that begin with the path of its base; Somleng is Twilio's protocol on another host, with
 * texts for codes in its refusals. Ids are opaque, numbers and dates are read in either form, and addresses are brought
 * back to the base, whoever the provider is. Neither documents connection overrides.
 */
export const providers = {
  twilio: { signatureHeader: 'x-twilio-signature', connectionOverrides: true },
  signalwire: { signatureHeader: 'x-signalwire-signature', connectionOverrides: false },
  somleng: { signatureHeader: 'x-twilio-signature', connectionOverrides: false },
} as const satisfies Record<string, Provider>;
export type ProviderName = keyof typeof providers;

export type CarrierAccount = {
  provider: ProviderName;
  accountSid: string;
  authToken: string;
  /** Address of the REST API up to and without `/2010-04-01`. */
  baseUrl: string;
  /** The address at which the carrier reaches this application; what it signs begins with it. */
  publicUrl: string;
  /** Where the provider signs with another secret than the token. */
  signingKey?: string;
  isSandbox: boolean;
};

/**
 * An address that the carrier names, as one under the account's base: relative to the host it may begin with the base's own
 * path (SignalWire: `/api/laml/2010-04-01/…`) or with the version (Twilio).
 */
export function underBase({ baseUrl }: Pick<CarrierAccount, 'baseUrl'>, path: string): string {
  const base = baseUrl.replace(/\/$/, '');
  const { pathname } = new URL(base);
  const own = pathname !== '/' && path.startsWith(`${pathname}/`);
  return base + (own ? path.slice(pathname.length) : path);
}

export const TWILIO_BASE_URL = 'https://api.twilio.com';

/** Every address the carrier is given. The attempt or agent is in the path, because a webhook can beat the call's own id. */
export type WebhookUrls = Record<
  'customer' | 'status' | 'amd' | 'recording' | 'after' | 'guestStatus',
  (attemptId: string) => string
> &
  Record<'agentLeg' | 'helperLeg' | 'agentStatus' | 'conference', (userId: string) => string> &
  Record<'listenerStatus', (listeningId: string) => string> &
  Record<'text', (textId: string) => string> & {
    /** Where customers' texts come in, of all our numbers. */
    replies: string;
  };

/** Documents: once more when the connection or the server failed. Callbacks: until one is answered with 2xx. */
const DOCUMENT = '#rc=1&rp=ct,5xx';
const CALLBACK = '#rc=3&rp=all';

export function webhookUrls(account: CarrierAccount): WebhookUrls {
  const base = `${account.publicUrl.replace(/\/$/, '')}/telephony`;
  const overrides = providers[account.provider].connectionOverrides;
  const to = (path: string, fragment: string) => (id: string) => `${base}/${path}/${id}${overrides ? fragment : ''}`;
  return {
    customer: to('customer', DOCUMENT),
    after: to('after', DOCUMENT),
    agentLeg: to('agent-leg', DOCUMENT),
    helperLeg: to('helper-leg', DOCUMENT),
    guestStatus: to('guest-status', CALLBACK),
    listenerStatus: to('listener-status', CALLBACK),
    status: to('status', CALLBACK),
    amd: to('amd', CALLBACK),
    recording: to('recording', CALLBACK),
    agentStatus: to('agent-status', CALLBACK),
    conference: to('conference', CALLBACK),
    text: to('text', CALLBACK),
    replies: `${base}/replies${overrides ? CALLBACK : ''}`,
  };
}
