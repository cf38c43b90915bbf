/**
 * Connection overrides: settings of one webhook, carried in the fragment of its URL (`#rc=2&rp=5xx,ct,rt`).
 *
 * Keys, ranges and defaults as in the carrier's page "webhooks connection overrides". The fragment is neither sent nor signed.
 */
export type RetryOn = '4xx' | '5xx' | 'ct' | 'rt' | 'all';

export type Overrides = {
  connectMs: number;
  readMs: number;
  /** Ceiling for all attempts together. */
  totalMs: number;
  retries: number;
  retryOn: ReadonlySet<RetryOn>;
};

const isRetryOn = (text: string): text is RetryOn => ['4xx', '5xx', 'ct', 'rt', 'all'].includes(text);

function bounded(text: string | null, low: number, high: number, otherwise: number): number {
  if (text === null || !/^\d+$/.test(text)) return otherwise;
  return Math.min(high, Math.max(low, Number(text)));
}

/** Splits the fragment off a webhook URL and reads the overrides in it; what is missing or malformed has its default. */
export function readOverrides(url: string): { url: string; overrides: Overrides } {
  const hash = url.indexOf('#');
  const fragment = new URLSearchParams(hash === -1 ? '' : url.slice(hash + 1));
  const policies = (fragment.get('rp') ?? 'ct').split(',').filter(isRetryOn);
  return {
    url: hash === -1 ? url : url.slice(0, hash),
    overrides: {
      connectMs: bounded(fragment.get('ct'), 100, 10_000, 5_000),
      readMs: bounded(fragment.get('rt'), 100, 15_000, 15_000),
      totalMs: bounded(fragment.get('tt'), 100, 15_000, 15_000),
      retries: bounded(fragment.get('rc'), 0, 5, 1),
      retryOn: new Set(policies),
    },
  };
}
