import { rfc2822 } from '../format.ts';
import type { Queue, QueueSeat } from '../rooms/queue.ts';
import { averageWait } from '../rooms/queue.ts';
import { takeSeat } from '../rooms/queue-moves.ts';
import type { World } from '../world.ts';
import { readUrl } from './call-wish.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { created, deleted, notFound, ok, refuse, value } from './http.ts';
import { page } from './pages.ts';
import { base } from './show-call.ts';

function show(world: World, queue: Queue): Record<string, unknown> {
  const uri = `${base(world)}/Queues/${queue.sid}`;
  return {
    sid: queue.sid,
    account_sid: world.identity.accountSid,
    friendly_name: queue.name,
    current_size: queue.seats.length,
    max_size: queue.maxSize,
    average_wait_time: averageWait(queue),
    date_created: rfc2822(queue.createdAt),
    date_updated: rfc2822(queue.updatedAt),
    uri: `${uri}.json`,
    subresource_uris: { members: `${uri}/Members.json` },
  };
}

function showMember(world: World, seat: QueueSeat): Record<string, unknown> {
  return {
    call_sid: seat.call.sid,
    queue_sid: seat.queue.sid,
    date_enqueued: rfc2822(seat.enteredAt),
    position: seat.queue.seats.indexOf(seat) + 1,
    wait_time: Math.round((world.clock.now() - seat.enteredAt) / 1_000),
    uri: `${base(world)}/Queues/${seat.queue.sid}/Members/${seat.call.sid}.json`,
  };
}

/** The size in the form; null where it is out of 1 … 5000. */
function sizeOf(form: URLSearchParams, otherwise: number): number | null {
  const size = Number(value(form, 'MaxSize') ?? otherwise);
  return Number.isInteger(size) && size >= 1 && size <= 5_000 ? size : null;
}

function onQueue(handle: (world: World, request: RestRequest, queue: Queue) => RestReply) {
  return (world: World, request: RestRequest): RestReply => {
    const queue = world.queues.get(request.at.queue ?? '');
    return queue ? handle(world, request, queue) : notFound(request.path);
  };
}

function create(world: World, request: RestRequest): RestReply {
  const name = value(request.form, 'FriendlyName');
  const size = sizeOf(request.form, 100);
  if (!name) return refuse(400, 22002, 'FriendlyName is required');
  if (size === null) return refuse(400, 22001, 'MaxSize must be between 1 and 5000');
  if (world.queues.named(name)) return refuse(400, 22003, 'A queue with this name exists');
  return created(show(world, world.queues.create(name, world.clock.now(), size)));
}

function update(world: World, request: RestRequest, queue: Queue): RestReply {
  const size = sizeOf(request.form, queue.maxSize);
  if (size === null) return refuse(400, 22001, 'MaxSize must be between 1 and 5000');
  queue.name = value(request.form, 'FriendlyName') ?? queue.name;
  queue.maxSize = size;
  queue.updatedAt = world.clock.now();
  return ok(show(world, queue));
}

function remove(world: World, _request: RestRequest, queue: Queue): RestReply {
  if (queue.seats.length > 0) return refuse(409, 22004, 'The queue is not empty');
  world.queues.remove(queue.sid);
  return deleted;
}

const seatAt = (queue: Queue, id: string) =>
  id === 'Front' ? queue.seats[0] : queue.seats.find((seat) => seat.call.sid === id);

/** Sends a waiting member to another document. */
function dequeue(world: World, request: RestRequest, queue: Queue): RestReply {
  const seat = seatAt(queue, request.at.member ?? '');
  if (!seat) return notFound(request.path);
  const read = readUrl(value(request.form, 'Url') ?? '');
  if (!read.ok) return read.reply;
  const body = showMember(world, seat);
  const method = value(request.form, 'Method') === 'GET' ? 'GET' : 'POST';
  takeSeat(world, seat, { kind: 'redirect', url: read.value, method });
  return ok(body);
}

const ALL = '/2010-04-01/Accounts/:account/Queues.json';
const ONE = '/2010-04-01/Accounts/:account/Queues/:queue.json';
const MEMBERS = '/2010-04-01/Accounts/:account/Queues/:queue/Members';

export const queueRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: ALL,
    handle: (world, request) =>
      page(
        request,
        'queues',
        world.queues.newestFirst(),
        (queue) => queue.sid,
        (queue) => show(world, queue),
      ),
  },
  { method: 'POST', pattern: ALL, handle: create },
  { method: 'GET', pattern: ONE, handle: onQueue((world, _request, queue) => ok(show(world, queue))) },
  { method: 'POST', pattern: ONE, handle: onQueue(update) },
  { method: 'DELETE', pattern: ONE, handle: onQueue(remove) },
  {
    method: 'GET',
    pattern: `${MEMBERS}.json`,
    handle: onQueue((world, request, queue) =>
      page(
        request,
        'queue_members',
        queue.seats,
        (seat) => seat.call.sid,
        (seat) => showMember(world, seat),
      ),
    ),
  },
  {
    method: 'GET',
    pattern: `${MEMBERS}/:member.json`,
    handle: onQueue((world, request, queue) => {
      const seat = seatAt(queue, request.at.member ?? '');
      return seat ? ok(showMember(world, seat)) : notFound(request.path);
    }),
  },
  { method: 'POST', pattern: `${MEMBERS}/:member.json`, handle: onQueue(dequeue) },
];
