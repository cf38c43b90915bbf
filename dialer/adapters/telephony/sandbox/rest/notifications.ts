import type { Notification } from '../calls/notifications.ts';
import { rfc2822 } from '../format.ts';
import type { World } from '../world.ts';
import { dayFilter } from './date-filter.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { notFound, ok } from './http.ts';
import { page } from './pages.ts';
import { base } from './show-call.ts';

/** `error_code` and `log` are strings; `log` is "0" for an error and "1" for a warning. */
function show(world: World, one: Notification, whole: boolean): Record<string, unknown> {
  const details = { request_variables: one.requestVariables, response_body: one.responseBody, response_headers: '' };
  return {
    sid: one.sid,
    account_sid: world.identity.accountSid,
    api_version: '2010-04-01',
    call_sid: one.callSid,
    date_created: rfc2822(one.at),
    date_updated: rfc2822(one.at),
    error_code: String(one.code),
    log: one.level === 'error' ? '0' : '1',
    message_date: rfc2822(one.at),
    message_text: one.text,
    more_info: `https://www.twilio.com/docs/errors/${one.code}`,
    request_method: one.requestMethod,
    request_url: one.requestUrl,
    uri: `${base(world)}${one.callSid && !whole ? `/Calls/${one.callSid}` : ''}/Notifications/${one.sid}.json`,
    ...(whole ? details : {}),
  };
}

function list(world: World, request: RestRequest): RestReply {
  const { query } = request;
  const log = query.get('Log');
  const inDays = dayFilter(query, 'MessageDate');
  const shown = world.notifications
    .newestFirst()
    .filter(
      (one) =>
        (request.at.call === undefined || one.callSid === request.at.call) &&
        (!log || (one.level === 'error' ? '0' : '1') === log) &&
        inDays(one.at),
    );
  return page(
    request,
    'notifications',
    shown,
    (one) => one.sid,
    (one) => show(world, one, false),
  );
}

function fetchOne(world: World, request: RestRequest): RestReply {
  const one = world.notifications.newestFirst().find((each) => each.sid === request.at.notification);
  return one ? ok(show(world, one, true)) : notFound(request.path);
}

const ACCOUNT = '/2010-04-01/Accounts/:account';

export const notificationRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${ACCOUNT}/Notifications.json`, handle: list },
  { method: 'GET', pattern: `${ACCOUNT}/Notifications/:notification.json`, handle: fetchOne },
  { method: 'GET', pattern: `${ACCOUNT}/Calls/:call/Notifications.json`, handle: list },
  { method: 'GET', pattern: `${ACCOUNT}/Calls/:call/Notifications/:notification.json`, handle: fetchOne },
];
