/** A person's browser without a screen: session cookie, CSRF token, and the typed routes of the contract. */
import type { Body, Params, Problem, Query, Reply, RouteKey } from '../contract/index.ts';

/** A refusal as the server put it. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly problem: Problem | null;

  constructor(route: string, status: number, problem: Problem | null) {
    super(`${route}: ${status} ${problem?.code ?? ''} ${problem?.detail ?? ''} ${problem?.field ?? ''}`.trim());
    this.name = 'ApiRefusal';
    this.status = status;
    this.problem = problem;
  }
}

export type Call<K extends RouteKey> = { params?: Params<K>; query?: Query<K>; body?: Body<K> };

export class ApiClient {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();
  #csrf = '';

  constructor(base: string) {
    this.#base = base;
  }

  async signIn(username: string, password: string): Promise<void> {
    this.#csrf = (await this.call('GET /api/session', {})).csrfToken;
    this.#csrf = (await this.call('POST /api/session', { body: { username, password } })).csrfToken;
  }

  /** The header that a socket or a download of the same person needs. */
  cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async call<K extends RouteKey>(route: K, { params, query, body }: Call<K>): Promise<Reply<K>> {
    const response = await this.#send(route, params ?? {}, query ?? {}, body);
    // The server checks every reply against the same contract before it sends it.
    return response.json() as Promise<Reply<K>>;
  }

  async bytes(
    route: RouteKey,
    params: Record<string, string>,
    query: Record<string, unknown> = {},
  ): Promise<Uint8Array> {
    const response = await this.#send(route, params, query, undefined);
    return new Uint8Array(await response.arrayBuffer());
  }

  async #send(route: RouteKey, params: object, query: object, body: unknown): Promise<Response> {
    const [method = 'GET', pattern = ''] = route.split(' ');
    const path = Object.entries(params).reduce(
      (text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(String(value))),
      pattern,
    );
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ).toString();
    const headers: Record<string, string> = { cookie: this.cookie(), origin: this.#base };
    if (method !== 'GET') headers['x-csrf-token'] = this.#csrf;
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers['content-type'] = 'application/json';
    const response = await fetch(`${this.#base}${path}${search === '' ? '' : `?${search}`}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';', 1);
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    if (!response.ok) throw new ApiRefusal(route, response.status, await problemOf(response));
    return response;
  }
}

async function problemOf(response: Response): Promise<Problem | null> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return null; // not JSON: the status alone has to do
  }
}
