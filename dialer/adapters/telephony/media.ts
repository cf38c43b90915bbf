import type { Download } from '../../ports/carrier.ts';
import type { CarrierAccount } from './account.ts';

/** Ends a transfer that stands still or never ends; recordings are a few megabytes. */
const TIMEOUT_MS = 120_000;

/**
 * Fetches a recording as two-channel WAV. Credentials go to the carrier's own host only; a redirect to storage is
 * followed without them (the fetch standard drops them when the host changes).
 */
export async function download(account: CarrierAccount, recordingUrl: string): Promise<Download> {
  let url: URL;
  try {
    url = new URL(`${recordingUrl}.wav`);
  } catch {
    return { kind: 'failed', cause: 'bad-address', retryable: false };
  }
  url.searchParams.set('RequestedChannels', '2');
  const own = url.origin === new URL(account.baseUrl).origin;
  const credentials = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
  try {
    const response = await fetch(url, {
      headers: own ? { authorization: `Basic ${credentials}` } : {},
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404) return { kind: 'absent' };
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return {
        kind: 'failed',
        cause: `status-${response.status}`,
        retryable: response.status >= 500 || response.status === 429,
      };
    }
    return { kind: 'ok', content: response.body };
  } catch (error) {
    return { kind: 'failed', cause: error instanceof Error ? error.name : 'unknown', retryable: true };
  }
}
