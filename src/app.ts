/** The HTTP application as one Fastify plugin: everything that is not a route's own business. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { usernameFrom } from './http/auth.ts';
import { ApiError } from './http/errors.ts';
import { allHandlers } from './http/routes/index.ts';
import { problemOf } from './http/problem.ts';
import { registerRoutes } from './http/register.ts';
import { healthRoute } from './http/health.ts';
import { readSession, requireCsrf } from './http/session-cookie.ts';
import type { Services } from './http/services.ts';
import { uploadLimitBytes } from './http/upload.ts';
import { requireStorable } from './http/storable.ts';
import { telephonyWebhooks } from './http/telephony-webhooks.ts';
import { agentChannel, lookEveryMs as agentLookEveryMs } from './live/agent-channel.ts';
import { phoneLine } from './live/phone-line.ts';
import { wallboardChannel } from './live/wallboard-channel.ts';
import { packageRoot } from './platform/package-root.ts';

/** JSON bodies; lists come as streams and are not limited by this. */
export const jsonLimitBytes = 1_000_000;
/** The longest a socket message may be: an outcome with its note. */
const socketMessageBytes = 64_000;

export type AppOptions = {
  /** Longest file that is taken. */
  fileBytes?: number;
  /** How often agents' channels are looked at for silence, real ms. */
  lookEveryMs?: number;
};

/** Registers the whole application on a Fastify instance. */
export async function buildApp(
  app: FastifyInstance,
  services: Services,
  { fileBytes = uploadLimitBytes, lookEveryMs = agentLookEveryMs }: AppOptions = {},
): Promise<void> {
  const { settings } = services;
  const https = settings.publicUrl.startsWith('https:');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('signedIn', null);

  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.id);
    if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed');
    return reply.status(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
  });

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Ant Design puts its styles into <style> elements at run time. Scripts are never inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:', ...services.phones.origins.media],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...services.phones.origins.connect],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: https,
  });
  await app.register(cookie, { secret: settings.sessionSecret });
  await app.register(csrf, {
    cookieKey: 'fairline_csrf',
    cookieOpts: { signed: true, httpOnly: true, sameSite: 'lax', path: '/', secure: https },
    getToken: (request) => {
      const token = request.headers['x-csrf-token'];
      return typeof token === 'string' ? token : undefined;
    },
    getUserInfo: (request) => request.signedIn?.session ?? 'nobody',
    csrfOpts: { hmacKey: settings.sessionSecret },
  });
  await app.register(rateLimit, {
    global: false,
    hook: 'preHandler',
    keyGenerator: (request) => `${request.ip} ${usernameOf(request.body)}`,
    errorResponseBuilder: () => new ApiError('too-many-requests'),
  });
  await app.register(multipart, {
    limits: { files: 1, fields: 10, fieldSize: 10_000, fileSize: fileBytes },
  });
  await app.register(websocket, { options: { maxPayload: socketMessageBytes } });
  await app.register(swagger, {
    openapi: {
      info: { title: 'Fairline', version: settings.version },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'fairline_session' } } },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });

  await app.register(telephonyWebhooks, { services });
  app.addHook('onRequest', (request) => readSession(request, services.auth));

  await app.register(async (api) => {
    api.addHook('preValidation', async ({ query, params, body }) =>
      // Before the schema is asked.
      requireStorable({ querystring: query, params, body }),
    );
    api.addHook('preHandler', requireCsrf);
    // Answers hold personal data: no cache on the way keeps them.
    api.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    });
    registerRoutes(api, allHandlers(services));
    api.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  });
  await app.register(healthRoute, { services });
  await app.register(agentChannel, { services, lookEveryMs });
  await app.register(phoneLine, { services });
  await app.register(wallboardChannel, { services });
  await webPages(app);
}

/** The built pages; every address that is not a file, nor an API's, is the single page's own. */
async function webPages(app: FastifyInstance): Promise<void> {
  const root = join(packageRoot(), 'dist', 'web');
  const built = existsSync(join(root, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root,
      wildcard: false,
      setHeaders(response, path) {
        // Names of assets carry a hash of their content.
        if (path.includes('/assets/')) response.header('cache-control', 'public, max-age=31536000, immutable');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const page = request.method === 'GET' && !/^\/(api|live|telephony)(\/|$)/.test(path) && !/\.\w+$/.test(path);
    if (page && built) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    if (page)
      return reply
        .status(503)
        .type('text/plain; charset=utf-8')
        .send('The pages are not built. Run: npm start\n页面尚未构建，请运行：npm start\n');
    throw new ApiError('no-such-route');
  });
}

function usernameOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'username' in body ? usernameFrom(String(body.username)) : '';
}
