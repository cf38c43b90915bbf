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
    return { kind: 'failed', error: sayOf(cause).slice(0, 200) };
  }
};

/** Where several addresses of one name were tried there is no message, only the code they share. */
function sayOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.message !== '') return cause.message;
  return 'code' in cause ? String(cause.code) : cause.name;
}
