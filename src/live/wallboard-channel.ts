/** The managers' channel: live figures of the watched campaigns, read once a second for all who watch, while something moves. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { eachApart } from '../../qa/index.ts';
import { type WallboardMessage, type WallboardPush, wallboardMessage } from '../contract/live.ts';
import { importTopic } from '../http/imports.ts';
import { campaignsSeenBy } from '../http/scope.ts';
import type { Services } from '../http/services.ts';
import { GAP_TOPIC } from '../platform/event-bus.ts';
import { admit, type Connection, closeCodes, connect, silentAfterMs, type WithoutSeq } from './connection.ts';
import { onDialerEvent } from './dialer-events.ts';

const everyMs = 1_000;
/** Times in the figures move on although nothing is announced. */
const atLeastEvery = 5;
/** How often it is looked up again which campaigns there are to see. */
const lookEvery = 10;

type Watcher = {
  connection: Connection<WallboardPush>;
  /** null: every running or paused campaign within sight. */
  wanted: string[] | null;
  campaignIds: Set<string>;
};

const progress = z.object({ campaignId: z.string(), listId: z.string(), lines: z.number() });

export async function wallboardChannel(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const { dialer, bus, clock, auth, database } = services;
  const watchers = new Set<Watcher>();
  let moved = new Set<string>();
  let beat = 0;
  let busy = false;

  /** For whoever holds the session by now: who was moved to another team or centre sees what is there from then on. */
  const choose = async (watcher: Watcher): Promise<void> => {
    const { connection } = watcher;
    const viewer = await auth.holder(connection.viewer.session);
    if (viewer === null) return connection.close(closeCodes.unauthorised, { type: 'closing', reason: 'session-ended' });
    const seen = await campaignsSeenBy(database.client, viewer);
    const rows = await database.client.campaign.findMany({
      where: {
        ...(watcher.wanted === null ? { state: { in: ['running', 'paused'] } } : { id: { in: watcher.wanted } }),
        ...(seen === null ? {} : { AND: { id: { in: seen } } }),
      },
      select: { id: true },
      take: 100,
    });
    const ids = rows.map(({ id }) => id);
    // What is new to this watcher is sent at the next beat, moved or not.
    for (const id of ids) if (!watcher.campaignIds.has(id)) moved.add(id);
    watcher.campaignIds = new Set(ids);
  };

  // What cannot be read of one watcher or campaign keeps nothing from the others.
  const look = () =>
    eachApart(watchers, async (watcher) => {
      const { connection } = watcher;
      if (Date.now() - connection.heardAt > silentAfterMs)
        return connection.close(closeCodes.silent, { type: 'closing', reason: 'silent' });
      await choose(watcher);
    });

  const push = async (): Promise<void> => {
    const moving = moved;
    moved = new Set();
    const watched = new Set([...watchers].flatMap(({ campaignIds }) => [...campaignIds]));
    await eachApart(watched, async (campaignId) => {
      const news: WithoutSeq<WallboardPush> =
        moving.has(campaignId) || beat % atLeastEvery === 0
          ? { type: 'live', campaign: await dialer.live(campaignId) }
          : { type: 'still', campaignId, at: clock.now() };
      for (const { campaignIds, connection } of watchers) {
        if (campaignIds.has(campaignId) && !connection.full) connection.send(news);
      }
    });
  };

  const tick = async (): Promise<void> => {
    if (busy || watchers.size === 0) return;
    busy = true;
    beat += 1;
    if (beat % lookEvery === 0) await look().catch(unread);
    await push().catch(unread);
    busy = false;
  };
  const unread = (error: unknown) => app.log.warn({ err: error }, 'the wallboard could not be read');
  const timer = setInterval(() => void tick(), everyMs);

  const unsubscribe = [
    onDialerEvent(bus, '#', (event) => {
      if ('campaignId' in event && event.campaignId !== null) moved.add(event.campaignId);
    }),
    bus.subscribe(GAP_TOPIC, () => {
      for (const { campaignIds } of watchers) for (const id of campaignIds) moved.add(id);
    }),
    bus.subscribe(importTopic, (message) => {
      const { data } = progress.safeParse(message);
      if (data === undefined) return;
      for (const { campaignIds, connection } of watchers) {
        if (campaignIds.has(data.campaignId)) connection.send({ type: 'import-progress', ...data });
      }
    }),
  ];

  app.addHook('preClose', async () => {
    clearInterval(timer);
    for (const stop of unsubscribe) stop();
    for (const { connection } of watchers) connection.close(closeCodes.restart, { type: 'closing', reason: 'restart' });
  });

  app.get('/live/wallboard', { websocket: true, schema: { hide: true } }, (socket, request) => {
    const viewer = admit(socket, request, 'wallboard.read', services.settings.publicUrl);
    if (viewer === null) return;
    const connection = connect<WallboardPush, WallboardMessage>(socket, viewer, {
      schema: wallboardMessage,
      log: request.log,
      async receive(message) {
        if (message.type === 'ping') {
          connection.send({ type: 'pong', id: message.id, at: clock.now() });
          return;
        }
        watcher.wanted = message.campaignIds.length === 0 ? null : message.campaignIds;
        watcher.campaignIds = new Set();
        await choose(watcher);
        connection.send({ type: 'done', id: message.id });
        await tick();
      },
      closed: () => void watchers.delete(watcher),
    });
    const watcher: Watcher = { connection, wanted: null, campaignIds: new Set() };
    watchers.add(watcher);
  });
}
