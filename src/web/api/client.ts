/**
 * The one way the pages speak to the server: a typed call per route of the contract. Requests that change something
 * carry the session's CSRF token; a token that went stale is fetched anew once.
 */
import type { Body, Params, Query, Reply, RouteKey } from '../../contract/routes.ts';
import type { Session } from '../../contract/session.ts';
import { ApiError, networkError, problemOf } from './problem.ts';

export type CallOptions<K extends RouteKey> = (Params<K> extends undefined ? unknown : { params: Params<K> }) &
  (Query<K> extends undefined ? unknown : { query?: Query<K> }) &
  (Body<K> extends undefined ? unknown : { body: Body<K> }) & {
    signal?: AbortSignal;
    /** Goes on although the page ends. */
    keepalive?: boolean;
  };

type Loose = {
  params?: object | undefined;
  query?: object | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
  keepalive?: boolean | undefined;
};

let csrfToken: string | null = null;

export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

/** Address of a route with its parameters and query filled in; also for links to files. */
export function address(key: RouteKey, options: Pick<Loose, 'params' | 'query'> = {}): string {
  const params = new Map(Object.entries(options.params ?? {}));
  const path = key.slice(key.indexOf(' ') + 1).replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    return encodeURIComponent(String(params.get(name)));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function send(method: string, url: string, options: Loose, token: string | null): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  if (token !== null) headers['x-csrf-token'] = token;
  if (options.body instanceof FormData) init.body = options.body;
  else if (options.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw networkError();
  }
}

async function freshToken(): Promise<string> {
  const response = await send('GET', '/api/session', {}, null);
  if (!response.ok) throw await problemOf(response);
  const session: Session = await response.json();
  csrfToken = session.csrfToken;
  return csrfToken;
}

/** The token that goes with every change. */
export const csrf = async (): Promise<string> => csrfToken ?? freshToken();

/** Raises `ApiError` for every refusal. */
export function api<K extends RouteKey>(key: K, options: CallOptions<K>): Promise<Reply<K>>;
export async function api(key: RouteKey, loose: Loose): Promise<unknown> {
  const method = key.slice(0, key.indexOf(' '));
  const url = address(key, loose);
  const changes = method !== 'GET';
  let response = await send(method, url, loose, changes ? await csrf() : null);
  if (changes && response.status === 403) {
    const problem = await problemOf(response.clone());
    if (problem.code.includes('csrf')) response = await send(method, url, loose, await freshToken());
  }
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

export function isRefusal(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code;
}
