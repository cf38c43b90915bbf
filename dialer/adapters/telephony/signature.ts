import { createHmac, timingSafeEqual } from 'node:crypto';

/** Form parameters in which a name may be repeated. */
export type Params = ReadonlyMap<string, readonly string[]>;

export function readParams(text: string): Params {
  const params = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = params.get(name);
    if (values === undefined) params.set(name, [value]);
    else values.push(value);
  }
  return params;
}

/**
 * True when the signature is base64(HMAC-SHA1(token, URL + sorted names each followed by its distinct sorted values)).
 * The URL is the one the carrier was given, raw, without its fragment; some proxies on its side add or drop the standard
 * port, so both forms count (as in Twilio's own library). All forms are compared in constant time.
 */
export function isSigned(token: string, url: string, params: Params, signature: string): boolean {
  const body = [...params.keys()]
    .sort()
    .map((name) =>
      [...new Set(params.get(name))]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
  const given = Buffer.from(signature, 'utf8');
  let good = false;
  for (const form of urlForms(url)) {
    const wanted = Buffer.from(
      createHmac('sha1', token)
        .update(form + body, 'utf8')
        .digest('base64'),
      'utf8',
    );
    // Not `||`: every form is looked at, whichever fits.
    good = (wanted.length === given.length && timingSafeEqual(wanted, given)) || good;
  }
  return good;
}

function urlForms(url: string): string[] {
  const match = /^(https?):\/\/([^/?#]+)(.*)$/s.exec(url);
  const [, scheme, authority, rest] = match ?? [];
  if (scheme === undefined || authority === undefined || rest === undefined) return [url];
  const port = scheme === 'https' ? ':443' : ':80';
  if (authority.endsWith(port)) return [url, `${scheme}://${authority.slice(0, -port.length)}${rest}`];
  return /:\d+$/.test(authority) ? [url] : [url, `${scheme}://${authority}${port}${rest}`];
}
