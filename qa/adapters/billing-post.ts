import type { BillingPost } from '../ports/billing-store.ts';

const PATIENCE_MS = 15_000;

/** The answer's body is of no interest and is not read. */
export const billingPost: BillingPost = async ({ url, body, headers }) => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.body?.cancel();
    return { kind: 'answered', status: answer.status };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { kind: 'failed', error: (cause instanceof Error ? cause.message : String(cause)).slice(0, 200) };
  }
};
