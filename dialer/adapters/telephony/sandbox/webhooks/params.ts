/** Form parameters: a repeated name has a list. */
export type Params = Readonly<Record<string, string | readonly string[]>>;

/** `application/x-www-form-urlencoded`, repeated keys for lists. */
export function formEncode(params: Params): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string') form.append(name, value);
    else for (const one of value) form.append(name, one);
  }
  return form.toString();
}

/** The URL with the parameters appended to its own query; the original encoding of the URL is left as it is. */
export function appendQuery(url: string, params: Params): string {
  const query = formEncode(params);
  if (query === '') return url;
  return url + (url.includes('?') ? '&' : '?') + query;
}
