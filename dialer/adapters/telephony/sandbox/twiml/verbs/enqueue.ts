import { callParams } from '../../calls/call-params.ts';
import { refreshFarEnd } from '../../calls/far-end.ts';
import type { QueueExit, QueueResult, QueueSeat } from '../../rooms/queue.ts';
import { averageWait } from '../../rooms/queue.ts';
import { enterQueue, takeSeat, vacate } from '../../rooms/queue-moves.ts';
import type { Context, Next, Verb } from '../context.ts';
import { goTo, methodOf, NEXT, resolveUrl, warn } from '../context.ts';
import { Run } from '../run.ts';
import type { XmlElement } from '../xml.ts';
import { textOf } from '../xml.ts';

/** A waiting document that takes no time is asked for again after this. */
const SHORTEST_LOOP_MS = 1_000;

/** Waits in a queue, made on demand, until somebody takes the leg out of it. */
export const enqueue: Verb = async (context, element): Promise<Next> => {
  const { world, call, run } = context;
  const name = textOf(element).trim() || element.attributes.workflowSid || '';
  const queue = world.queues.named(name) ?? world.queues.create(name, world.clock.now());
  let seat: QueueSeat | null = null;
  const exit = await run.until<QueueExit | 'full'>((done) => {
    seat = enterQueue(world, queue, call, done);
    if (seat === null) {
      done('full');
      return () => {};
    }
    const entered = seat;
    refreshFarEnd(world, call);
    const music = new Run(world.clock);
    const stopMusic = () => music.stop('redirected');
    entered.taken = (how) => {
      stopMusic();
      done(how);
    };
    void waitingRoom(context, element, entered, music);
    return () => {
      stopMusic();
      if (vacate(world, entered))
        tellAway(context, element, entered, run.stopped === 'hung-up' ? 'hangup' : 'redirected');
    };
  });
  refreshFarEnd(world, call);
  if (exit === 'full') return after(context, element, null, 'queue-full');
  switch (exit.kind) {
    case 'leave':
      return after(context, element, seat, 'leave');
    case 'redirect':
      // The document of the request runs; that the action is told beside it, and its answer not run, is an inference.
      if (seat !== null) tellAway(context, element, seat, 'redirected');
      return { kind: 'document', source: { kind: 'url', url: exit.url, method: exit.method }, params: {} };
    case 'bridge':
      await run.until<void>((done) => {
        exit.over(() => done());
        return () => {
          if (seat !== null && run.stopped === 'redirected')
            tellAway(context, element, seat, 'redirected-from-bridged');
        };
      });
      return after(context, element, seat, 'bridged');
  }
};

/** Leaves the queue whose waiting document this is; anywhere else it ends the document. */
export const leave: Verb = async (context): Promise<Next> => {
  const seat = context.live.queueSeat;
  if (seat === null) return { kind: 'hang-up' };
  takeSeat(context.world, seat, { kind: 'leave' });
  context.run.check();
  return NEXT;
};

function params(context: Context, seat: QueueSeat | null, result: QueueResult): Record<string, string> {
  const seconds = seat === null ? 0 : Math.round((context.world.clock.now() - seat.enteredAt) / 1_000);
  return { QueueResult: result, QueueTime: String(seconds), ...(seat === null ? {} : { QueueSid: seat.queue.sid }) };
}

function after(context: Context, element: XmlElement, seat: QueueSeat | null, result: QueueResult): Next {
  const action = element.attributes.action?.trim();
  return action ? goTo(context, action, methodOf(element), params(context, seat, result)) : NEXT;
}

/** Whoever hangs up or is sent elsewhere while in the queue is told of to the action; its answer is not run. */
function tellAway(context: Context, element: XmlElement, seat: QueueSeat, how: QueueResult): void {
  const action = element.attributes.action?.trim();
  const url = action ? resolveUrl(context, action) : null;
  if (url === null) return;
  const all = { ...callParams(context.world, context.call), ...params(context, seat, how) };
  void context.world.webhooks.send({ url, method: methodOf(element), params: all, purpose: 'callback' });
}

/** Runs the waiting document again and again while the leg sits in the queue. */
async function waitingRoom(context: Context, element: XmlElement, seat: QueueSeat, run: Run): Promise<void> {
  const href = element.attributes.waitUrl;
  const url = href ? resolveUrl(context, href) : null;
  if (url === null) return;
  const { world, call, live } = context;
  const method = methodOf(element, 'waitUrlMethod');
  try {
    while (run.stopped === null) {
      const began = world.clock.now();
      const more = {
        QueuePosition: String(seat.queue.seats.indexOf(seat) + 1),
        QueueSid: seat.queue.sid,
        QueueTime: String(Math.round((began - seat.enteredAt) / 1_000)),
        AvgQueueTime: String(averageWait(seat.queue)),
        CurrentQueueSize: String(seat.queue.seats.length),
        MaxQueueSize: String(seat.queue.maxSize),
      };
      const heard = await context.perform({ call, live, run }, { kind: 'url', url, method }, more);
      if (!heard) return;
      const left = SHORTEST_LOOP_MS - (world.clock.now() - began);
      if (left > 0) await run.wait(left);
    }
  } catch {
    if (run.stopped === null) warn(context, 11200, 'Enqueue: the waitUrl failed');
  }
}
