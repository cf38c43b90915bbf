import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The signature of a billing file or message: `t=<epoch ms>,v1=<hex of HMAC-SHA-256 over "<t>.<body>" with the client's secret>`, in
 * the header `fairline-signature`. The receiver recomputes it over the bytes as they came, and may refuse what is old.
 */
export function billingSignature(secret: string, at: number, body: string): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`, 'utf8').digest('hex')}`;
}

/** The same of a body that is too long to be held at once: its pieces in order. */
export async function billingSignatureOf(secret: string, at: number, pieces: AsyncIterable<string>): Promise<string> {
  const hmac = createHmac('sha256', secret).update(`${at}.`, 'utf8');
  for await (const piece of pieces) hmac.update(piece, 'utf8');
  return `t=${at},v1=${hmac.digest('hex')}`;
}

/** What a receiver does; here so that it is written down and tested. */
export function isBillingSigned(secret: string, signature: string, body: string): boolean {
  const at = /^t=(\d+),/.exec(signature)?.[1];
  if (at === undefined) return false;
  const wanted = Buffer.from(billingSignature(secret, Number(at), body));
  const given = Buffer.from(signature);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
