import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connectionSettings } from '../database.ts';
import { errorText } from '../errors.ts';
import type { Transport, TransportEvents } from '../event-bus.ts';

const CHANNEL = 'fairline_events';
/** Single NOTIFY statements reach 10,000 a second, batches of 50 ten times as many (measured with PostgreSQL 18). */
const BATCH = 50;
/** While the server is away messages are dropped from here on, the oldest first. */
const MAX_WAITING = 10_000;
const RECONNECT_MS = 200;

/** PostgreSQL's LISTEN/NOTIFY over one connection that is made anew when it breaks. */
export async function postgresTransport(url: string, events: TransportEvents): Promise<Transport> {
  const waiting: string[] = [];
  let client: pg.Client | undefined = await listen(url, events, lost);
  let closing = false;
  let flushing: Promise<void> | undefined;

  function lost(gone: pg.Client): void {
    if (gone !== client) return;
    client = undefined;
    if (!closing) void reconnect();
  }

  async function reconnect(): Promise<void> {
    while (!closing) {
      try {
        const fresh = await listen(url, events, lost);
        if (closing) return void (await fresh.end());
        client = fresh;
        events.gap();
        flush();
        return;
      } catch (error) {
        events.error(new Error(`The event bus cannot reach PostgreSQL: ${errorText(error)}`));
        await sleep(RECONNECT_MS, undefined, { ref: false });
      }
    }
  }

  function flush(): void {
    flushing ??= sendAll().finally(() => {
      flushing = undefined;
    });
  }

  async function sendAll(): Promise<void> {
    // What is published in the same turn of the event loop goes out together.
    await new Promise((resolve) => setImmediate(resolve));
    while (client !== undefined && waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      try {
        await client.query('select pg_notify($1, text) from unnest($2::text[]) as text', [CHANNEL, batch]);
      } catch (error) {
        events.error(new Error(`The event bus lost ${batch.length} messages: ${errorText(error)}`));
        return;
      }
    }
  }

  return {
    send(text) {
      waiting.push(text);
      if (waiting.length > MAX_WAITING) waiting.shift();
      flush();
    },
    async close() {
      await flushing;
      closing = true;
      await client?.end();
    },
  };
}

async function listen(url: string, events: TransportEvents, lost: (client: pg.Client) => void): Promise<pg.Client> {
  const client = new pg.Client({ ...connectionSettings(url), keepAlive: true, connectionTimeoutMillis: 5_000 });
  client.on('error', events.error);
  client.on('end', () => lost(client));
  client.on('notification', ({ payload }) => {
    if (payload !== undefined) events.text(payload);
  });
  await client.connect();
  await client.query(`listen ${CHANNEL}`);
  return client;
}
