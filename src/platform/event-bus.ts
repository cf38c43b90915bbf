import { randomUUID } from 'node:crypto';
import mqemitter from 'mqemitter';
import { z } from 'zod';
import { errorText, PlatformError } from './errors.ts';
import { postgresTransport } from './event-bus/postgres-transport.ts';
import { redisTransport } from './event-bus/redis-transport.ts';

/**
 * Announces to every process that something was committed. At most once, in the order of each publisher: whoever needs to be sure
 * re-reads the database and looks again by itself from time to time. Send ids, not documents.
 */
export type EventBus = {
  /**
   * Returns at once. Subscribers of this process hear it in the next microtask, others when the message arrives.
   * @throws PlatformError event_too_large: more than 7000 bytes as JSON, which PostgreSQL would refuse
   */
  publish(topic: string, message: unknown): void;
  /** Topics have levels divided by `/`; in a pattern `+` stands for one level and `#` for all that follow. The answer ends it. */
  subscribe(pattern: string, listener: (message: unknown, topic: string) => void | Promise<void>): () => void;
  /** Sends what is still waiting and closes. */
  close(): Promise<void>;
};

/** Published in a process whose link to the others was broken: it may have missed messages and should look at the database. */
export const GAP_TOPIC = 'bus/gap';

export type EventBusOptions = {
  /** How messages get to other processes; 'process': there are none. */
  readonly kind: 'process' | 'redis' | 'postgres';
  readonly redisUrl?: string | undefined;
  readonly databaseUrl?: string | undefined;
  /** Told what a listener threw, and about broken links. */
  readonly onError: (error: Error) => void;
};

/** Carries texts between processes. */
export type Transport = {
  send(text: string): void;
  close(): Promise<void>;
};

/** What a transport reports: texts of all processes (its own too), and that it was cut off for a while. */
export type TransportEvents = {
  readonly text: (text: string) => void;
  readonly gap: () => void;
  readonly error: (error: Error) => void;
};

const MAX_BYTES = 7_000;
/** `s` counts up, since PostgreSQL delivers equal texts of one transaction only once. */
const envelopeSchema = z.object({ n: z.string(), s: z.number(), t: z.string(), m: z.unknown() });

/** Opens a bus. @throws PlatformError event_bus_no_address */
export async function openEventBus(options: EventBusOptions): Promise<EventBus> {
  const node = randomUUID();
  const emitter = mqemitter();
  let sequence = 0;

  const deliver = (topic: string, message: unknown) => emitter.emit({ topic, message });
  const transport = await openTransport(options, {
    text(text) {
      const envelope = parseEnvelope(text);
      if (envelope === undefined)
        options.onError(new Error('The event bus received something that is not of this product.'));
      else if (envelope.n !== node) deliver(envelope.t, envelope.m);
    },
    gap: () => deliver(GAP_TOPIC, {}),
    error: options.onError,
  });

  return {
    publish(topic, message) {
      sequence += 1;
      const text = JSON.stringify({ n: node, s: sequence, t: topic, m: message ?? null });
      if (Buffer.byteLength(text) > MAX_BYTES) {
        throw new PlatformError(
          'event_too_large',
          `A message on ${topic} is too large for the bus: send an id and let others read.`,
        );
      }
      // Read back, so that listeners here get the same as listeners elsewhere and nobody shares an object.
      const copy: unknown = JSON.parse(text).m;
      queueMicrotask(() => deliver(topic, copy));
      transport?.send(text);
    },
    subscribe(pattern, listener) {
      let subscribed = true;
      const run = async (packet: mqemitter.Message) => {
        try {
          await listener(packet.message, packet.topic);
        } catch (error) {
          options.onError(error instanceof Error ? error : new Error(errorText(error)));
        }
      };
      const onPacket = (packet: mqemitter.Message, done: () => void) => {
        if (subscribed) void run(packet);
        done();
      };
      emitter.on(pattern, onPacket);
      return () => {
        // The emitter takes listeners out a moment later.
        subscribed = false;
        emitter.removeListener(pattern, onPacket);
      };
    },
    async close() {
      await transport?.close();
      await new Promise<void>((resolve) => emitter.close(resolve));
    },
  };
}

async function openTransport(options: EventBusOptions, events: TransportEvents): Promise<Transport | undefined> {
  switch (options.kind) {
    case 'process':
      return undefined;
    case 'redis':
      return redisTransport(needed(options.redisUrl, 'REDIS_URL'), events);
    case 'postgres':
      return postgresTransport(needed(options.databaseUrl, 'DATABASE_URL'), events);
  }
}

function needed(url: string | undefined, name: string): string {
  if (url !== undefined) return url;
  throw new PlatformError('event_bus_no_address', `This kind of event bus needs ${name}.`);
}

function parseEnvelope(text: string): z.infer<typeof envelopeSchema> | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * One kind of message on a topic of its own, typed: `read` checks what arrives from other processes.
 * Messages that it refuses (undefined) are passed over: another version of the program may speak of things we do not know.
 */
export function typedChannel<T>(bus: EventBus, topic: string, read: (message: unknown) => T | undefined) {
  return {
    publish: (message: T): void => bus.publish(topic, message),
    subscribe: (listener: (message: T) => void): (() => void) =>
      bus.subscribe(topic, (raw) => {
        const message = read(raw);
        if (message !== undefined) listener(message);
      }),
  };
}
