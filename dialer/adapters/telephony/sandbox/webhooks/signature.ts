import { createHmac } from 'node:crypto';
import type { Params } from './params.ts';

/**
 * The `X-Twilio-Signature` of a form request: base64(HMAC-SHA1(token, URL + sorted name+value pairs)).
 *
 * The URL is the one the application handed over, without its fragment, in its original encoding. A repeated name
 * contributes its distinct values, sorted (read from the official package, `lib/webhooks/webhooks.js`).
 */
export function signForm(authToken: string, url: string, params: Params): string {
  let text = url;
  for (const name of Object.keys(params).sort()) {
    const value = params[name];
    if (value === undefined) continue;
    if (typeof value === 'string') text += name + value;
    else for (const one of [...new Set(value)].sort()) text += name + one;
  }
  return createHmac('sha1', authToken).update(Buffer.from(text, 'utf8')).digest('base64');
}

/** The signature of a GET request or a WebSocket handshake: the URL alone. */
export function signUrl(authToken: string, url: string): string {
  return signForm(authToken, url, {});
}
