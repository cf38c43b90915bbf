/** One WebSocket of a signed-in person: numbered messages out, checked messages in, silence noticed. */
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { z } from 'zod';
import type { SignedIn } from '../http/auth.ts';
import type { Right } from '../contract/rights.ts';
import { problemOf } from '../http/problem.ts';
import { hasRight } from '../http/rights.ts';
import { requireStorable } from '../http/storable.ts';

export const closeCodes = {
  unauthorised: 4401,
  forbidden: 4403,
  silent: 4408,
  takenOver: 4409,
  restart: 1012,
} as const;
/** Real time: this is about the network, not about the product's clock. */
export const silentAfterMs = 30_000;
/** A reader that is this far behind is sent no more figures until it has caught up. */
const fullBytes = 1_000_000;

type Numbered = { seq: number };
/** Distributes over the union, so that every message keeps its own shape. */
export type WithoutSeq<T> = T extends Numbered ? Omit<T, 'seq'> : never;

export type Connection<Push extends Numbered> = {
  readonly viewer: SignedIn;
  readonly openedAt: number;
  send(push: WithoutSeq<Push>): void;
  refuse(id: string | null, error: unknown): void;
  /** Asks the browser itself for a sign of life; it answers without the page. */
  ask(): void;
  close(code: number, last?: WithoutSeq<Push>): void;
  readonly open: boolean;
  readonly full: boolean;
  /** Real time of the last message heard. */
  readonly heardAt: number;
};

/**
 * Whether this request may open a channel; closes the socket with a code that the page understands if not (a refused
 * handshake would tell a browser nothing).
 */
export function admit(socket: WebSocket, request: FastifyRequest, right: Right, publicUrl: string): SignedIn | null {
  if (!sameOrigin(request, publicUrl)) {
    socket.close(closeCodes.forbidden, 'foreign-origin');
    return null;
  }
  const viewer = request.signedIn;
  if (viewer === null) {
    socket.close(closeCodes.unauthorised, 'not-signed-in');
    return null;
  }
  if (!hasRight(viewer.role, right)) {
    socket.close(closeCodes.forbidden, 'no-right');
    return null;
  }
  return viewer;
}

/** Browsers always name the origin of a page that opens a socket; a program that names none carries nobody's cookie by accident. */
function sameOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (publicUrl !== '' && origin === new URL(publicUrl).origin) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

export function connect<Push extends Numbered, Message extends { id: string }>(
  socket: WebSocket,
  viewer: SignedIn,
  options: {
    schema: z.ZodType<Message>;
    log: FastifyBaseLogger;
    receive(message: Message): Promise<void> | void;
    closed(): void;
  },
): Connection<Push> {
  let seq = 0;
  let heardAt = Date.now();
  const write = (push: object): void => {
    if (socket.readyState !== socket.OPEN) return;
    seq += 1;
    socket.send(JSON.stringify({ ...push, seq }));
  };
  const connection: Connection<Push> = {
    viewer,
    openedAt: Date.now(),
    send: write,
    refuse(id, error) {
      const { code, detail, retryable, field, status } = problemOf(error, '');
      if (status >= 500) options.log.error({ err: error, code }, 'a command failed');
      write({ type: 'refused', id, code, detail, retryable, ...(field === undefined ? {} : { field }) });
    },
    ask() {
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    close(code, last) {
      if (last !== undefined) write(last);
      socket.close(code);
      // A peer that does not answer the close is cut off.
      setTimeout(() => socket.terminate(), 2_000).unref();
    },
    get open() {
      return socket.readyState === socket.OPEN;
    },
    get full() {
      return socket.bufferedAmount > fullBytes;
    },
    get heardAt() {
      return heardAt;
    },
  };

  // One after the other: commands of one person keep their order.
  let queue = Promise.resolve();
  socket.on('message', (data, binary) => {
    heardAt = Date.now();
    const read = binary ? undefined : options.schema.safeParse(parse(String(data)));
    if (read === undefined || !read.success) {
      write({ type: 'refused', ...unreadable(data.toString(), read?.error) });
      return;
    }
    queue = queue.then(async () => {
      try {
        requireStorable({ message: read.data });
        await options.receive(read.data);
      } catch (error) {
        connection.refuse(read.data.id, error);
      }
    });
  });
  socket.on('pong', () => {
    heardAt = Date.now();
  });
  socket.on('error', (error) => options.log.debug({ err: error }, 'socket'));
  socket.on('close', options.closed);
  return connection;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(text: string, error: z.ZodError | undefined) {
  const message = parse(text);
  const named = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
  const issue = error?.issues[0];
  return {
    id: typeof named === 'string' ? named : null,
    code: 'message-invalid',
    detail: issue?.message ?? 'The message cannot be read.',
    retryable: false,
    ...(issue === undefined ? {} : { field: issue.path.map(String).join('.') }),
  };
}
