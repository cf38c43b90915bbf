import type { RestReply, RestRequest } from './http.ts';
import { ok, refuse } from './http.ts';

const DEFAULT_SIZE = 50;
const MAX_SIZE = 1_000;

/**
 * One page of a list. URIs are relative to the host and null at the ends; the next one carries `Page` and a
 * `PageToken` that names the last record seen, so that new records do not shift what follows.
 */
export function page<T>(
  request: RestRequest,
  key: string,
  all: readonly T[],
  idOf: (one: T) => string,
  show: (one: T) => unknown,
): RestReply {
  const wanted = Number(request.query.get('PageSize') ?? DEFAULT_SIZE);
  if (!Number.isInteger(wanted) || wanted < 1) return refuse(400, 20001, 'Page size must be a positive number');
  const size = Math.min(wanted, MAX_SIZE);
  const number = Number(request.query.get('Page') ?? 0);
  const token = request.query.get('PageToken');
  const afterId = token?.startsWith('PA') ? token.slice(2) : null;
  const after = afterId === null ? -1 : all.findIndex((one) => idOf(one) === afterId);
  const start = afterId !== null && after >= 0 ? after + 1 : number * size;
  const shown = all.slice(start, start + size);
  const last = shown.at(-1);
  const more = start + size < all.length && last !== undefined;
  const link = (to: number, id: string | null) => {
    const query = new URLSearchParams(request.query);
    query.delete('PageToken');
    query.set('PageSize', String(size));
    query.set('Page', String(to));
    if (id !== null) query.set('PageToken', `PA${id}`);
    return `${request.path}?${query.toString()}`;
  };
  const before = number > 0 && start > size ? all[start - size - 1] : undefined;
  return ok({
    [key]: shown.map(show),
    page: number,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: request.path + (request.query.size > 0 ? `?${request.query.toString()}` : ''),
    first_page_uri: link(0, null),
    next_page_uri: more ? link(number + 1, idOf(last)) : null,
    previous_page_uri: number > 0 ? link(number - 1, before ? idOf(before) : null) : null,
  });
}
