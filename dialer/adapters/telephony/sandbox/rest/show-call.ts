import { rfc2822, rfc2822OrNull, wholeSeconds } from '../format.ts';
import type { Call } from '../calls/call.ts';
import { talkMs } from '../calls/call.ts';
import type { World } from '../world.ts';

/** Price per started minute of an outbound leg, USD: an assumption, for reports to have something to show. */
const MINUTE_PRICE = 0.014;

/** How long after is not documented: an assumption. */
const PRICED_AFTER_MS = 2_000;

export const base = (world: World) => `/2010-04-01/Accounts/${world.identity.accountSid}`;

/** `(202) 555-0123` for NANP numbers, others as they are. */
function formatted(address: string): string {
  const nanp = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(address);
  return nanp ? `(${nanp[1]}) ${nanp[2]}-${nanp[3]}` : address;
}

const SUBRESOURCES = ['events', 'notifications', 'recordings', 'streams', 'payments', 'siprec', 'transcriptions'];

/** The Call resource: every key is present, null without a value; duration and queue_time are strings. */
export function showCall(world: World, call: Call): Record<string, unknown> {
  const uri = `${base(world)}/Calls/${call.sid}`;
  const seconds = wholeSeconds(talkMs(call));
  // The price comes some time after the end.
  const priced =
    call.status === 'completed' &&
    call.answeredAt !== null &&
    world.clock.now() >= (call.endedAt ?? 0) + PRICED_AFTER_MS;
  return {
    sid: call.sid,
    account_sid: world.identity.accountSid,
    parent_call_sid: call.parentSid,
    phone_number_sid: call.phoneNumberSid,
    group_sid: null,
    trunk_sid: null,
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(call.updatedAt),
    start_time: rfc2822OrNull(call.startedAt),
    end_time: rfc2822OrNull(call.endedAt),
    to: call.to,
    to_formatted: formatted(call.to),
    from: call.from,
    from_formatted: formatted(call.from),
    status: call.status,
    duration: call.status === 'completed' ? String(seconds) : null,
    price: priced ? (-Math.ceil(Math.max(seconds, 1) / 60) * MINUTE_PRICE).toFixed(5) : null,
    price_unit: 'USD',
    direction: call.direction,
    answered_by: call.answeredBy,
    api_version: '2010-04-01',
    forwarded_from: null,
    caller_name: null,
    queue_time: String(call.queueMs),
    uri: `${uri}.json`,
    subresource_uris: {
      ...Object.fromEntries(
        SUBRESOURCES.map((name) => [name, `${uri}/${name[0]?.toUpperCase()}${name.slice(1)}.json`]),
      ),
      user_defined_messages: `${uri}/UserDefinedMessages.json`,
      user_defined_message_subscriptions: `${uri}/UserDefinedMessageSubscriptions.json`,
    },
  };
}
