import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { buildApp, jsonLimitBytes } from '../app.ts';
import type { Services } from '../http/services.ts';
import { PlatformError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';

/** Builds the application and listens. @throws PlatformError port_taken */
export async function serve(options: {
  host: string;
  port: number;
  logger: Logger;
  services: Services;
}): Promise<{ url: string; app: FastifyInstance }> {
  const { host, port, services } = options;
  const app = createServer(options.logger);
  await buildApp(app, services);
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')
      throw new PlatformError('port_taken', `Port ${port} is taken. Choose another by PORT.`, { cause });
    throw cause;
  }
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${port}`, app };
}

/** An instance with the settings that tests and the product share. */
export function createServer(logger: Logger): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = logger;
  return Fastify({
    loggerInstance,
    // Balancers stand on the same machine or network; whoever comes from further away is who he says he is not.
    trustProxy: 'loopback, linklocal, uniquelocal',
    bodyLimit: jsonLimitBytes,
    genReqId: () => randomUUID(),
    // Webhooks alone are dozens a second; what fails is logged where it becomes a problem.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  });
}
