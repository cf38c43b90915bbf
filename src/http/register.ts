/** Puts the table of routes on the server: schema, right and CSRF check of every route come from its entry. */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods, RouteOptions } from 'fastify';
import type { Route } from '../contract/route.ts';
import { type RouteKey, routes } from '../contract/routes.ts';
import type { SignedIn } from './auth.ts';
import { ApiError } from './errors.ts';
import type { Call, FileReply, Handlers } from './handler.ts';
import { mayUse } from './rights.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for requests with a valid session. */
    signedIn: SignedIn | null;
  }
}

const methods: Readonly<Record<string, HTTPMethods>> = {
  GET: 'GET',
  POST: 'POST',
  PUT: 'PUT',
  PATCH: 'PATCH',
  DELETE: 'DELETE',
};

export function registerRoutes(app: FastifyInstance, handlers: Handlers): void {
  for (const [key, route] of Object.entries<Route>(routes)) {
    const [verb = '', url = ''] = key.split(' ');
    const method = methods[verb];
    if (method === undefined) throw new Error(`The route ${key} has no usable method.`);
    app.route({
      method,
      url,
      schema: schemaOf(route),
      // Rights before validation: who may not call a route learns nothing of its shape.
      onRequest: async (request) => allow(key, route, request.signedIn),
      handler: (request, reply) => run(handlers, key, route, request, reply),
      ...rateLimitOf(key),
    });
  }
}

function schemaOf(route: Route): NonNullable<RouteOptions['schema']> {
  return {
    summary: route.summary,
    ...(route.params === undefined ? {} : { params: route.params }),
    ...(route.query === undefined ? {} : { querystring: route.query }),
    ...(route.body === undefined || route.body === 'multipart' ? {} : { body: route.body }),
    ...(route.reply === 'bytes' ? {} : { response: { [route.status ?? 200]: route.reply } }),
    ...(route.right === 'public' ? {} : { security: [{ session: [] }] }),
  };
}

/** Sign-in is tried by guessers: so many a minute for one name from one address. */
function rateLimitOf(key: string): Pick<RouteOptions, 'config'> {
  return { config: { rateLimit: key === 'POST /api/session' ? { max: 10, timeWindow: 60_000 } : false } };
}

function allow(key: string, route: Route, viewer: SignedIn | null): void {
  if (route.right === 'public') return;
  if (viewer === null) throw new ApiError('not-signed-in');
  if (!mayUse(viewer.role, route.right, key)) throw new ApiError('no-right');
}

async function run(
  handlers: Handlers,
  key: string,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  // The table and the handlers have the same keys, and the request was checked against this very entry's schemas; the compiler
  // cannot follow that through a loop, so this is the one place that says it.
  const handler = handlers[key as RouteKey] as (call: Call<RouteKey>) => Promise<unknown>;
  const { params, query, body, signedIn: viewer } = request;
  const result = await handler({ params, query, body, viewer, request, reply } as Call<RouteKey>);
  if (route.reply !== 'bytes') return reply.status(route.status ?? 200).send(result);
  const file = result as FileReply;
  for (const [name, value] of Object.entries(file.headers ?? {})) reply.header(name, value);
  return reply
    .status(file.status ?? 200)
    .type(file.type)
    .send(file.body);
}
