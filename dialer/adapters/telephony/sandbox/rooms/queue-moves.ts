import type { Call } from '../calls/call.ts';
import type { World } from '../world.ts';
import type { Queue, QueueExit, QueueSeat } from './queue.ts';

/** Puts a leg at the end of a queue, or nothing where it is full. */
export function enterQueue(world: World, queue: Queue, call: Call, taken: QueueSeat['taken']): QueueSeat | null {
  if (queue.seats.length >= queue.maxSize) return null;
  const seat: QueueSeat = { call, queue, enteredAt: world.clock.now(), taken };
  queue.seats.push(seat);
  queue.updatedAt = seat.enteredAt;
  if (call.live) call.live.queueSeat = seat;
  return seat;
}

/** Takes a seat away from its queue, without telling the leg. */
export function vacate(world: World, seat: QueueSeat): boolean {
  const index = seat.queue.seats.indexOf(seat);
  if (index === -1) return false;
  seat.queue.seats.splice(index, 1);
  const now = world.clock.now();
  seat.queue.updatedAt = now;
  seat.queue.waitedMs += now - seat.enteredAt;
  seat.queue.waits += 1;
  if (seat.call.live) seat.call.live.queueSeat = null;
  return true;
}

/** Takes one leg out of its queue and tells it how. */
export function takeSeat(world: World, seat: QueueSeat, how: QueueExit): boolean {
  if (!vacate(world, seat)) return false;
  seat.taken(how);
  return true;
}

/** Takes the leg that waits longest, or nothing where the queue is empty. */
export function takeFront(world: World, queue: Queue, how: QueueExit): QueueSeat | null {
  const seat = queue.seats[0];
  return seat && takeSeat(world, seat, how) ? seat : null;
}
