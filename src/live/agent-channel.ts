/**
 * The agent's channel: commands up, the whole view down. Nothing here is the truth: a view is read anew whenever something
 * of this agent changed, when the bus may have lost something, and from time to time.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AgentView } from '../contract/agent-desk.ts';
import { type AgentMessage, type AgentPush, agentMessage } from '../contract/live.ts';
import { callSheets } from '../http/call-sheets.ts';
import { checkBreakReason } from '../http/reason-lists.ts';
import type { Services } from '../http/services.ts';
import { GAP_TOPIC } from '../platform/event-bus.ts';
import { admit, type Connection, closeCodes, connect, silentAfterMs } from './connection.ts';
import { onDialerEvent } from './dialer-events.ts';

/** How often the dialler is told that the browser lives, in the product's time: well inside the grace it gives. */
const seenEveryMs = 15_000;
/** A page says something every ten seconds, or its browser answers when it is asked; what is silent for longer, in real time, is not seen. */
const quietMs = 20_000;
/** How often every view is read again although nothing was announced, and how often silence and sessions are looked at. */
const refreshEveryMs = 30_000;
export const lookEveryMs = 5_000;

const openedTopic = 'live/agent-opened';
const opened = z.object({ userId: z.string(), desk: z.string(), at: z.number() });

/** Which window connects, and whether by itself after a lost line (`again`). */
const asked = z.object({ window: z.string().max(64).optional(), again: z.literal('1').optional() });

type Desk = {
  id: string;
  window: string | undefined;
  connection: Connection<AgentPush>;
  attemptId: string | null;
  /** Version of the newest view sent: an older one read in the meantime is not sent after it. */
  version: number;
  reading: boolean;
  again: boolean;
  /** The last sign of life that the dialler was told, by the product's clock. */
  lastSeen: number;
};

export async function agentChannel(
  app: FastifyInstance,
  { services, lookEveryMs }: { services: Services; lookEveryMs: number },
): Promise<void> {
  const { dialer, bus, clock, auth } = services;
  /** One active connection an agent in this process; other processes are told over the bus. */
  const desks = new Map<string, Desk>();

  const push = (desk: Desk, view: AgentView): void => {
    if (view.version < desk.version) return;
    desk.version = view.version;
    desk.attemptId = view.call?.attemptId ?? null;
    desk.connection.send({ type: 'view', view });
  };
  /** Reads and pushes; changes that come while it reads are taken together in one more read. */
  const refresh = async (desk: Desk): Promise<void> => {
    if (desk.reading) {
      desk.again = true;
      return;
    }
    desk.reading = true;
    try {
      do {
        desk.again = false;
        push(desk, await dialer.agents.view(desk.connection.viewer.userId));
      } while (desk.again && desk.connection.open);
    } catch (error) {
      app.log.warn({ err: error }, 'a view could not be read');
    } finally {
      desk.reading = false;
    }
  };
  const refreshAll = () => {
    for (const desk of desks.values()) void refresh(desk);
  };

  const unsubscribe = [
    onDialerEvent(bus, 'agent-changed', (event) => {
      const desk = event.type === 'agent-changed' ? desks.get(event.userId) : undefined;
      if (desk !== undefined) void refresh(desk);
    }),
    onDialerEvent(bus, 'attempt-changed', (event) => {
      if (event.type !== 'attempt-changed') return;
      for (const desk of desks.values()) if (desk.attemptId === event.attemptId) void refresh(desk);
    }),
    bus.subscribe(GAP_TOPIC, refreshAll),
    bus.subscribe(openedTopic, (message) => {
      const { data } = opened.safeParse(message);
      const desk = data === undefined ? undefined : desks.get(data.userId);
      // The newer one stays, in whatever order the news arrive.
      if (data === undefined || desk === undefined || desk.id === data.desk) return;
      if (data.at < desk.connection.openedAt || (data.at === desk.connection.openedAt && data.desk < desk.id)) return;
      desks.delete(data.userId);
      desk.connection.close(closeCodes.takenOver, { type: 'taken-over' });
    }),
  ];

  const look = setInterval(() => {
    const now = Date.now();
    for (const { connection } of desks.values()) {
      const quietFor = now - connection.heardAt;
      if (quietFor > silentAfterMs) connection.close(closeCodes.silent, { type: 'closing', reason: 'silent' });
      else if (quietFor > 2 * lookEveryMs) {
        // A page in the background is woken once a minute only: the browser answers for it, and it hears that we live.
        connection.ask();
        connection.send({ type: 'pong', id: '', at: clock.now() });
      }
    }
  }, lookEveryMs);
  const refreshing = setInterval(() => {
    refreshAll();
    for (const desk of desks.values()) void checkSession(desk);
  }, refreshEveryMs);
  const checkSession = async ({ connection }: Desk): Promise<void> => {
    const still = await auth.holder(connection.viewer.session).catch((error: unknown) => {
      app.log.warn({ err: error }, 'a session could not be checked');
      return connection.viewer;
    });
    if (still === null) connection.close(closeCodes.unauthorised, { type: 'closing', reason: 'session-ended' });
  };
  let stopSeeing = () => {};
  const failed = (error: unknown) => app.log.warn({ err: error }, 'a sign of life could not be kept');
  const seen = (desk: Desk): void => {
    dialer.agents.seen(desk.connection.viewer.userId).catch(failed);
    desk.lastSeen = clock.now();
  };
  /** The page is gone, and we know it. It is not where we are the one who closes: then all pages come back to whoever follows us. */
  let closing = false;
  const left = ({ connection, lastSeen }: Desk): void => {
    if (!closing) dialer.agents.left(connection.viewer.userId, lastSeen).catch(failed);
  };
  const see = (): void => {
    const now = Date.now();
    // A line that is dead and not closed says nothing: its page is not seen.
    for (const desk of desks.values()) if (now - desk.connection.heardAt < quietMs) seen(desk);
    stopSeeing = clock.after(seenEveryMs, see);
  };
  see();

  app.addHook('preClose', async () => {
    closing = true;
    stopSeeing();
    clearInterval(look);
    clearInterval(refreshing);
    for (const stop of unsubscribe) stop();
    for (const { connection } of desks.values())
      connection.close(closeCodes.restart, { type: 'closing', reason: 'restart' });
  });

  app.get('/live/agent', { websocket: true, schema: { hide: true } }, (socket, request) => {
    const viewer = admit(socket, request, 'desk.use', services.settings.publicUrl);
    if (viewer === null) return;
    const { userId } = viewer;
    const { data } = asked.safeParse(request.query);
    const present = desks.get(userId);
    // A window that wakes up does not take the desk from the one where its agent works by now; a person at it may.
    const overtaken = data?.again !== undefined && present?.connection.open && present.window !== data.window;
    const connection = connect<AgentPush, AgentMessage>(socket, viewer, {
      schema: agentMessage,
      log: request.log,
      async receive(message) {
        if (message.type === 'ping') {
          connection.send({ type: 'pong', id: message.id, at: clock.now() });
          return;
        }
        const view = await command(services, userId, message);
        desk.lastSeen = clock.now();
        if (!connection.open) left(desk);
        push(desk, view);
        connection.send({ type: 'done', id: message.id });
      },
      closed() {
        if (desks.get(userId) !== desk) return;
        desks.delete(userId);
        left(desk);
      },
    });
    const fresh = { attemptId: null, version: -1, reading: false, again: false, lastSeen: clock.now() };
    const desk: Desk = { id: randomUUID(), window: data?.window, connection, ...fresh };
    if (overtaken) {
      connection.close(closeCodes.takenOver, { type: 'taken-over' });
      return;
    }
    desks.set(userId, desk);
    present?.connection.close(closeCodes.takenOver, { type: 'taken-over' });
    bus.publish(openedTopic, { userId, desk: desk.id, at: connection.openedAt });
    seen(desk);
    void refresh(desk);
  });
}

type Command = Exclude<AgentMessage, { type: 'ping' }>;

async function command(services: Services, userId: string, message: Command): Promise<AgentView> {
  const { agents } = services.dialer;
  switch (message.type) {
    case 'sign-in':
      return agents.signIn(userId, message.campaignId === undefined ? {} : { campaignId: message.campaignId });
    case 'sign-out':
      return agents.signOut(userId);
    case 'ready':
      return agents.ready(userId);
    case 'break':
      await checkBreakReason(services.database.client, message.reason);
      return agents.takeBreak(userId, message.reason);
    case 'hang-up':
      return agents.hangUp(userId);
    case 'hold':
    case 'resume':
      return agents.hold(userId, message.type === 'hold');
    case 'transfer':
      return agents.transfer(userId, message.wish);
    case 'complete-transfer':
      return agents.completeTransfer(userId);
    case 'cancel-transfer':
      return agents.cancelTransfer(userId);
    case 'save-outcome':
      await services.quality.offers.keep(userId, message.outcome);
      await callSheets(services.database.client).finish(userId, message.outcome, services.clock.now());
      return agents.saveOutcome(userId, message.outcome);
    case 'accept-preview':
      return agents.acceptPreview(userId);
    case 'skip-preview':
      return agents.skipPreview(userId, message.reason);
  }
}
