/**
 * What an agent's leg hears, from the sandbox to the agent's page: frames of sound down, key presses up. The page needs no
 * other address than ours, and the sandbox stays on loopback.
 */
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import type { Services } from '../http/services.ts';
import { admit, closeCodes } from './connection.ts';

/** A page that is this far behind hears the past: it is cut off and connects anew. About ten seconds of sound. */
const BEHIND_BYTES = 160_000;
const CHECK_SESSION_MS = 30_000;

export async function phoneLine(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const { phones, auth, settings } = services;

  app.get('/live/phone', { websocket: true, schema: { hide: true } }, (page, request) => {
    const viewer = admit(page, request, 'own-work.read', settings.publicUrl);
    if (viewer === null) return;
    const address = phones.line(viewer.userId);
    if (address === null) {
      page.close(closeCodes.forbidden, 'no-phone');
      return;
    }
    const line = new WebSocket(address);
    line.on('message', (data, binary) => {
      if (page.readyState !== page.OPEN) return;
      if (page.bufferedAmount > BEHIND_BYTES) page.terminate();
      else page.send(data, { binary });
    });
    line.on('error', (error) => request.log.warn({ err: error }, 'the line of a browser phone'));
    line.on('close', () => page.close(closeCodes.restart, 'line-lost'));

    page.on('message', (data, binary) => {
      if (!binary && line.readyState === line.OPEN) line.send(String(data));
    });
    page.on('error', (error) => request.log.debug({ err: error }, 'socket'));
    const checking = setInterval(() => {
      auth.holder(viewer.session).then(
        (still) => {
          if (still === null) page.close(closeCodes.unauthorised, 'session-ended');
        },
        (error: unknown) => request.log.warn({ err: error }, 'a session could not be checked'),
      );
    }, CHECK_SESSION_MS);
    page.on('close', () => {
      clearInterval(checking);
      line.close();
    });
  });
}
