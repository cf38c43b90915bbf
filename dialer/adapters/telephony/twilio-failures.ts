/** What a failed request to the carrier means for us. */
import { z } from 'zod';
import type { ActResult, Asked, PlaceResult } from '../../ports/carrier.ts';

const shape = z.object({
  status: z.number().optional().catch(undefined),
  // Somleng's validation errors carry a text for a code.
  code: z.union([z.number(), z.string()]).optional().catch(undefined),
});

export type Failure = { status: number | null; code: string };

export function failureOf(error: unknown): Failure {
  const parsed = shape.safeParse(error);
  if (!parsed.success) return { status: null, code: 'unknown' };
  return { status: parsed.data.status ?? null, code: String(parsed.data.code ?? 'unknown') };
}

/** Numbers that cannot be called: 21201, 21211, 21214, 21217, 13224 of Twilio's error dictionary. */
const INVALID_NUMBER = new Set(['21201', '21211', '21214', '21217', '13224']);
/** The connection was never made, so nothing was asked. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const RETRY_AFTER_MS = 500;

/**
 * A call that was not created. 429 was never processed (20429 too many requests, 10004 too many calls); any other 4xx is
 * a refusal; after 5xx, a reset or a time-out nobody knows, because creating a call has no idempotency key.
 */
export function placeFailure({ status, code }: Failure): PlaceResult {
  if (status === 429) return { kind: 'busy', code, retryAfterMs: RETRY_AFTER_MS };
  if (status !== null && status >= 400 && status < 500) {
    return { kind: 'refused', outcome: INVALID_NUMBER.has(code) ? 'invalid' : 'failed', code };
  }
  if (status === null && NOT_REACHED.has(code)) return { kind: 'busy', code, retryAfterMs: RETRY_AFTER_MS };
  return { kind: 'uncertain', cause: status === null ? code : `status-${status}` };
}

/** An update of a call: 21220 (not in progress) and 404 mean that it was over already. */
export function actFailure({ status, code }: Failure): ActResult {
  if (code === '21220' || status === 404) return { kind: 'gone' };
  return { kind: 'failed', cause: code, retryable: status === null || status === 429 || status >= 500 };
}

/** Asks the carrier for what it knows. `status-404` is its word that there is no such thing. */
export async function ask<T>(request: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { kind: 'ok', value: await request() };
  } catch (error) {
    const { status, code } = failureOf(error);
    return { kind: 'failed', cause: status === null ? code : `status-${status}` };
  }
}
