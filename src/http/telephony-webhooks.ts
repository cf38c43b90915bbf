import type { FastifyInstance } from 'fastify';
import type { Services } from './services.ts';

/** The carrier sends small forms; anything larger is not from it. */
const webhookLimitBytes = 64_000;

/**
 * The carrier's requests, as they came: the signature is over the raw address and body, so nothing is parsed here. They carry
 * no session and need none; the adapter refuses what is not signed.
 */
export async function telephonyWebhooks(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: webhookLimitBytes }, (_request, body, done) =>
    done(null, body),
  );
  app.route({
    method: ['GET', 'POST'],
    url: '/telephony/*',
    schema: { hide: true },
    logLevel: 'warn',
    handler: async (request, reply) => {
      const answer = await services.dialer.webhooks.handle({
        method: request.method,
        rawUrl: request.raw.url ?? request.url,
        headers: request.headers,
        rawBody: typeof request.body === 'string' ? request.body : '',
      });
      return reply.status(answer.status).type(answer.contentType).send(answer.body);
    },
  });
}
