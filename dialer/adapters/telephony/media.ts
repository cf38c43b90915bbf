import http from 'node:http';
import https from 'node:https';
import type { Download } from '../../ports/carrier.ts';
import type { CarrierAccount } from './account.ts';

/** Ends a transfer that stands still or never ends; recordings are a few megabytes. */
const TIMEOUT_MS = 120_000;
/** Of the refusals these pass: a token that somebody has to renew, and a carrier that is busy. */
const MENDABLE = [401, 403, 408, 429];
/** From the carrier to its storage, and perhaps once more inside it. */
const MOST_REDIRECTS = 5;

/**
 * Fetches a recording as two-channel WAV. Credentials go to the carrier's own host only; a redirect to storage is followed without
 * them. By the plain client: one recording a conversation, and `fetch` takes three times its processor time.
 */
export async function download(account: CarrierAccount, recordingUrl: string): Promise<Download> {
  let url: URL;
  try {
    url = new URL(`${recordingUrl}.wav`);
  } catch {
    return { kind: 'failed', cause: 'bad-address', retryable: false };
  }
  url.searchParams.set('RequestedChannels', '2');
  const { origin } = new URL(account.baseUrl);
  const credentials = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const own = url.origin === origin;
      const response = await get(url, own ? { authorization: `Basic ${credentials}` } : {}, signal);
      const { statusCode: status = 0, headers } = response;
      if (status === 200) return { kind: 'ok', content: response };
      response.resume();
      if (status === 404) return { kind: 'absent' };
      if (status < 300 || status >= 400 || headers.location === undefined)
        return { kind: 'failed', cause: `status-${status}`, retryable: status >= 500 || MENDABLE.includes(status) };
      url = new URL(headers.location, url);
    }
    return { kind: 'failed', cause: 'too-many-redirects', retryable: true };
  } catch (error) {
    return { kind: 'failed', cause: error instanceof Error ? error.name : 'unknown', retryable: true };
  }
}

function get(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    request(url, { headers, signal }, resolve).on('error', reject).end();
  });
}
