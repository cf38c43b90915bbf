import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world.ts';

/** A request as a resource sees it. */
export type RestRequest = {
  method: 'GET' | 'POST' | 'DELETE' | 'PUT';
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  /** Values of the `:names` in the route's pattern. */
  at: Readonly<Record<string, string>>;
  raw: { request: IncomingMessage; response: ServerResponse };
};

/** What a resource answers; `handled` when it wrote to the response itself. */
export type RestReply =
  | { kind: 'json'; status: number; body: unknown; drop?: boolean }
  | { kind: 'empty'; status: 204 }
  | { kind: 'handled' };

export type Handler = (world: World, request: RestRequest) => RestReply | Promise<RestReply>;
export type Route = { method: RestRequest['method']; pattern: string; handle: Handler };

export const ok = (body: unknown): RestReply => ({ kind: 'json', status: 200, body });
export const created = (body: unknown): RestReply => ({ kind: 'json', status: 201, body });
export const deleted: RestReply = { kind: 'empty', status: 204 };

/** The carrier's error body; `code` is its own number, listed in its error dictionary. */
export function refuse(status: number, code: number, message: string): RestReply {
  return {
    kind: 'json',
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  };
}

export function notFound(path: string): RestReply {
  return refuse(404, 20404, `The requested resource ${path} was not found`);
}

/** One value; the last where a name is repeated, null where it is missing. */
export function value(form: URLSearchParams, name: string): string | null {
  return form.getAll(name).at(-1) ?? null;
}

/** A list: repeated names, or one value separated by spaces. */
export function list(form: URLSearchParams, name: string): string[] {
  return form.getAll(name).flatMap((one) => one.split(/[\s,]+/).filter((word) => word !== ''));
}

export function flag(form: URLSearchParams, name: string): boolean | undefined {
  const text = value(form, name)?.toLowerCase();
  return text === undefined ? undefined : text === 'true';
}
