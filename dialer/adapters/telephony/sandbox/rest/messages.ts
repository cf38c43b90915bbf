import { rfc2822, rfc2822OrNull } from '../format.ts';
import { newSid } from '../ids.ts';
import type { Message } from '../messages/message.ts';
import { segments, sendMessage } from '../messages/sending.ts';
import { isE164 } from '../numbers/number-book.ts';
import type { World } from '../world.ts';
import { readCallback } from './call-wish.ts';
import { dayFilter } from './date-filter.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { created, deleted, notFound, ok, refuse, value } from './http.ts';
import { page } from './pages.ts';
import { base } from './show-call.ts';

function show(world: World, message: Message): Record<string, unknown> {
  const uri = `${base(world)}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: world.identity.accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    date_sent: rfc2822OrNull(message.sentAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : 'Unreachable destination handset',
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: '0',
    num_segments: String(segments(message.body)),
    price: null,
    price_unit: 'USD',
    status: message.status,
    to: message.to,
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json`, feedback: `${uri}/Feedback.json` },
  };
}

function create(world: World, request: RestRequest): RestReply {
  const { form } = request;
  const to = value(form, 'To')?.trim() ?? '';
  const from = value(form, 'From')?.trim() || null;
  const service = value(form, 'MessagingServiceSid');
  const body = value(form, 'Body') ?? '';
  if (to === '') return refuse(400, 21604, "A 'To' phone number is required.");
  if (!isE164(to)) return refuse(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  if (from === null && !service) return refuse(400, 21603, "A 'From' phone number is required.");
  if (from !== null && !world.numbers.owned(from))
    return refuse(400, 21606, `The 'From' phone number ${from} is not a valid message-capable number of the account.`);
  if (body === '') return refuse(400, 21602, 'Message body is required.');
  if (body.length > 1_600) return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
  const callback = readCallback(form, 'StatusCallback');
  if (!callback.ok) return callback.reply;
  const now = world.clock.now();
  const message: Message = {
    sid: newSid('SM'),
    direction: 'outbound-api',
    to,
    // A messaging service picks one of the account's numbers.
    from: from ?? world.numbers.allOwned()[0]?.number ?? null,
    messagingServiceSid: service,
    body,
    createdAt: now,
    updatedAt: now,
    sentAt: null,
    callback: callback.value,
    status: 'queued',
    errorCode: null,
  };
  const reply = created(show(world, message));
  sendMessage(world, message);
  return world.faults.hit('lost-create-answer') ? { kind: 'json', status: 201, body: null, drop: true } : reply;
}

function list(world: World, request: RestRequest): RestReply {
  const { query } = request;
  const sent = dayFilter(query, 'DateSent');
  const shown = world.messages
    .newestFirst()
    .filter(
      (one) =>
        (!query.get('To') || one.to === query.get('To')) &&
        (!query.get('From') || one.from === query.get('From')) &&
        sent(one.sentAt ?? one.createdAt),
    );
  return page(
    request,
    'messages',
    shown,
    (one) => one.sid,
    (one) => show(world, one),
  );
}

const ALL = '/2010-04-01/Accounts/:account/Messages.json';
const ONE = '/2010-04-01/Accounts/:account/Messages/:message.json';

export const messageRoutes: readonly Route[] = [
  { method: 'POST', pattern: ALL, handle: create },
  { method: 'GET', pattern: ALL, handle: list },
  {
    method: 'GET',
    pattern: ONE,
    handle: (world, request) => {
      const message = world.messages.get(request.at.message ?? '');
      return message ? ok(show(world, message)) : notFound(request.path);
    },
  },
  {
    method: 'DELETE',
    pattern: ONE,
    handle: (world, request) => {
      if (!world.messages.get(request.at.message ?? '')) return notFound(request.path);
      world.messages.remove(request.at.message ?? '');
      return deleted;
    },
  },
];
