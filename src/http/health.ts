import type { FastifyInstance } from 'fastify';
import type { Services } from './services.ts';

/** 200 while this process can do its work; 503 with the same body while it cannot. Nothing in it is secret. */
export async function healthRoute(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/healthz', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
    const [answers, writes, jobs, carrier] = await Promise.all([
      services.health.database().catch(() => false),
      services.health.writes().catch(() => false),
      services.health.jobs().catch(() => false),
      services.health.carrier().catch(() => ({ kind: 'unknown', ok: false })),
    ]);
    const database = answers && writes;
    const ok = database && jobs;
    reply.status(ok ? 200 : 503);
    return {
      status: ok ? (carrier.ok ? 'ok' : 'degraded') : 'failing',
      version: services.settings.version,
      roles: services.settings.roles,
      now: services.clock.now(),
      database: { ok: database, writes },
      jobs: { ok: jobs },
      carrier,
      webhooks: { refused: services.health.refusedWebhooks() },
    };
  });
}
