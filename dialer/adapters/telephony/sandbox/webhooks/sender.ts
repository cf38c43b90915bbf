import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { Overrides, RetryOn } from './overrides.ts';
import { readOverrides } from './overrides.ts';
import type { Params } from './params.ts';
import { appendQuery, formEncode } from './params.ts';
import { signForm, signUrl } from './signature.ts';
import type { WireRequest, WireResult } from './transport.ts';
import { isLoopback, isNowhere, Transport } from './transport.ts';

/** What a webhook is about; documents and media are asked for, callbacks are told. */
export type WebhookPurpose = 'document' | 'callback';

export type Webhook = { url: string; method: 'GET' | 'POST'; params: Params; purpose: WebhookPurpose };

/** The answer, or the carrier's error code for why there is none (11200 …). */
export type WebhookResult =
  | { ok: true; status: number; contentType: string; body: string; url: string }
  | { ok: false; code: number; message: string };

/** Counters for the administration page and the benchmark. Latencies are real milliseconds. */
export type WebhookStats = {
  sent: number;
  failed: number;
  inFlight: number;
  refusedHosts: number;
  totalMs: number;
  maxMs: number;
};

const TOO_MANY_REDIRECTS = 10;

/** Sends signed requests to the application, with the retries that the URL's fragment asks for and the faults that are on. */
export class WebhookSender {
  readonly stats: WebhookStats = { sent: 0, failed: 0, inFlight: 0, refusedHosts: 0, totalMs: 0, maxMs: 0 };
  readonly #transport = new Transport();
  readonly #authToken: string;
  readonly #accountSid: string;
  readonly #faults: Faults;
  readonly #clock: Clock;
  #closed = false;

  constructor(options: { authToken: string; accountSid: string; faults: Faults; clock: Clock }) {
    this.#authToken = options.authToken;
    this.#accountSid = options.accountSid;
    this.#faults = options.faults;
    this.#clock = options.clock;
  }

  close(): void {
    this.#closed = true;
    this.#transport.close();
  }

  /** Sends a webhook and follows redirects. Never throws. */
  async send(webhook: Webhook): Promise<WebhookResult> {
    if (webhook.purpose === 'callback') {
      if (this.#faults.hit('callback-missing'))
        return { ok: false, code: 15003, message: 'lost by the fault callback-missing' };
      const late = this.#faults.hit('callback-reorder');
      if (late) await new Promise<void>((done) => void this.#clock.after(this.#faults.spread() * late.ms, done));
    }
    const slow = this.#faults.hit('webhook-slow');
    if (slow) await new Promise<void>((done) => void setTimeout(done, slow.ms));
    if (this.#faults.hit('webhook-fail'))
      return { ok: false, code: 11200, message: 'HTTP 502 by the fault webhook-fail' };
    if (this.#faults.hit('webhook-unreachable'))
      return { ok: false, code: 11205, message: 'refused by the fault webhook-unreachable' };
    if (this.#closed) return { ok: false, code: 11205, message: 'the sandbox is closed' };
    const token = randomUUID();
    const twice = webhook.purpose === 'callback' && this.#faults.hit('callback-duplicate');
    if (twice) void this.#deliver(webhook, token);
    return this.#deliver(webhook, token);
  }

  async #deliver(webhook: Webhook, token: string): Promise<WebhookResult> {
    this.stats.inFlight += 1;
    const result = await this.#follow(webhook, token);
    this.stats.inFlight -= 1;
    return result;
  }

  async #follow(webhook: Webhook, token: string): Promise<WebhookResult> {
    const { overrides } = readOverrides(webhook.url);
    const deadline = performance.now() + overrides.totalMs;
    let current = webhook;
    for (let hop = 0; hop <= TOO_MANY_REDIRECTS; hop++) {
      const { url } = readOverrides(current.url);
      const refusal = this.#refusal(url);
      if (refusal) return refusal;
      const result = await this.#attempts({ ...current, url }, overrides, token, deadline);
      if (result.kind !== 'answer') return failure(result);
      if (result.status >= 300 && result.status < 400 && result.location !== null) {
        const method = result.status === 307 || result.status === 308 ? current.method : 'GET';
        current = { ...current, method, url: new URL(result.location, url).href };
        continue;
      }
      return answered(result, url);
    }
    return { ok: false, code: 11215, message: 'too many redirects' };
  }

  async #attempts(webhook: Webhook, overrides: Overrides, token: string, deadline: number): Promise<WireResult> {
    let result: WireResult = { kind: 'connect', message: 'no attempt' };
    for (let attempt = 0; attempt <= overrides.retries; attempt++) {
      const left = deadline - performance.now();
      if (left <= 0) break;
      const started = performance.now();
      this.stats.sent += 1;
      result = await this.#transport.send(this.#wire(webhook, overrides, token, left));
      const took = performance.now() - started;
      this.stats.totalMs += took;
      this.stats.maxMs = Math.max(this.stats.maxMs, took);
      const reason = retryReason(result);
      if (reason === null) return result;
      this.stats.failed += 1;
      if (!overrides.retryOn.has(reason) && !overrides.retryOn.has('all')) return result;
    }
    return result;
  }

  #wire(webhook: Webhook, overrides: Overrides, token: string, leftMs: number): WireRequest {
    const get = webhook.method === 'GET';
    const url = get ? appendQuery(webhook.url, webhook.params) : webhook.url;
    const signature = get ? signUrl(this.#authToken, url) : signForm(this.#authToken, url, webhook.params);
    const headers: Record<string, string> = {
      'User-Agent': 'TwilioProxy/1.1',
      Accept: '*/*',
      'X-Twilio-Signature': signature,
      'I-Twilio-Idempotency-Token': token,
      'X-Home-Region': 'us1',
      'X-Twilio-AccountSid': this.#accountSid,
    };
    if (!get) headers['Content-Type'] = 'application/x-www-form-urlencoded; charset=UTF-8';
    return {
      url,
      method: webhook.method,
      headers,
      body: get ? null : formEncode(webhook.params),
      connectMs: Math.min(overrides.connectMs, leftMs),
      readMs: Math.min(overrides.readMs, leftMs),
    };
  }

  #refusal(url: string): WebhookResult | null {
    if (!URL.canParse(url) || /[\ud800-\udfff]/u.test(url))
      return { ok: false, code: 11100, message: 'Invalid URL format' };
    const parsed = new URL(url);
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')
      return { ok: false, code: 11100, message: 'Invalid URL format' };
    if (isLoopback(parsed.hostname)) return null;
    if (isNowhere(parsed.hostname)) return { ok: false, code: 11210, message: 'no such host' };
    this.stats.refusedHosts += 1;
    return { ok: false, code: 21205, message: 'the sandbox calls only loopback addresses' };
  }
}

function retryReason(result: WireResult): RetryOn | null {
  switch (result.kind) {
    case 'answer':
      return result.status >= 500 ? '5xx' : result.status >= 400 ? '4xx' : null;
    case 'connect':
      return 'ct';
    case 'read-timeout':
      return 'rt';
    case 'too-large':
      return null;
  }
}

function answered(result: { status: number; contentType: string; body: string }, url: string): WebhookResult {
  if (result.status >= 200 && result.status < 300)
    return { ok: true, status: result.status, contentType: result.contentType, body: result.body, url };
  return { ok: false, code: 11200, message: `HTTP ${result.status}` };
}

function failure(result: Exclude<WireResult, { kind: 'answer' }>): WebhookResult {
  switch (result.kind) {
    case 'connect':
      return { ok: false, code: result.code ?? 11205, message: result.message };
    case 'read-timeout':
      return { ok: false, code: 11200, message: 'no answer in time' };
    case 'too-large':
      return { ok: false, code: 11750, message: 'TwiML response body too large' };
  }
}
