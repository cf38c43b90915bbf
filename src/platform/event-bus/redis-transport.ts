import { Redis } from 'ioredis';
import type { Transport, TransportEvents } from '../event-bus.ts';

const CHANNEL = 'fairline:events';

/** Redis publish/subscribe. Two connections, because a subscribed one can do nothing else. */
export async function redisTransport(url: string, events: TransportEvents): Promise<Transport> {
  // Messages published while Redis is away are lost: a queue of them would be old news by the time it is back.
  const publisher = new Redis(url, {
    enableAutoPipelining: true,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    lazyConnect: true,
  });
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  for (const connection of [publisher, subscriber]) connection.on('error', events.error);
  await Promise.all([publisher.connect(), subscriber.connect()]);
  subscriber.on('message', (_channel, text) => events.text(text));
  await subscriber.subscribe(CHANNEL);
  // From here on, every time it is ready again it had been away; the client itself subscribes again.
  subscriber.on('ready', events.gap);

  const pending = new Set<Promise<void>>();
  return {
    send(text) {
      const sent: Promise<void> = publisher
        .publish(CHANNEL, text)
        .then(() => {}, events.error)
        .finally(() => pending.delete(sent));
      pending.add(sent);
    },
    async close() {
      await Promise.all(pending);
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
