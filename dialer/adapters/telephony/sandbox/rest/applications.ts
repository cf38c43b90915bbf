import { rfc2822 } from '../format.ts';
import type { Application } from '../numbers/applications.ts';
import type { World } from '../world.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { created, deleted, notFound, ok, value } from './http.ts';
import { page } from './pages.ts';
import { allKeys, settingsFrom } from './settings.ts';
import { base } from './show-call.ts';

const SETTINGS = new Set([
  'message_status_callback',
  'sms_fallback_method',
  'sms_fallback_url',
  'sms_method',
  'sms_status_callback',
  'sms_url',
  'status_callback',
  'status_callback_method',
  'voice_fallback_method',
  'voice_fallback_url',
  'voice_method',
  'voice_url',
]);

function show(world: World, one: Application): Record<string, unknown> {
  return {
    sid: one.sid,
    account_sid: world.identity.accountSid,
    api_version: '2010-04-01',
    date_created: rfc2822(one.createdAt),
    date_updated: rfc2822(one.updatedAt),
    friendly_name: one.friendlyName,
    voice_caller_id_lookup: false,
    public_application_connect_enabled: false,
    ...allKeys(SETTINGS, { voice_method: 'POST', sms_method: 'POST', status_callback_method: 'POST', ...one.settings }),
    uri: `${base(world)}/Applications/${one.sid}.json`,
  };
}

function onOne(handle: (world: World, request: RestRequest, one: Application) => RestReply) {
  return (world: World, request: RestRequest): RestReply => {
    const one = world.applications.get(request.at.application ?? '');
    return one ? handle(world, request, one) : notFound(request.path);
  };
}

const ALL = '/2010-04-01/Accounts/:account/Applications.json';
const ONE = '/2010-04-01/Accounts/:account/Applications/:application.json';

export const applicationRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: ALL,
    handle: (world, request) => {
      const name = request.query.get('FriendlyName');
      const all = world.applications.newestFirst().filter((one) => !name || one.friendlyName === name);
      return page(
        request,
        'applications',
        all,
        (one) => one.sid,
        (one) => show(world, one),
      );
    },
  },
  {
    method: 'POST',
    pattern: ALL,
    handle: (world, request) => {
      const settings = settingsFrom(request.form, SETTINGS);
      const name = value(request.form, 'FriendlyName') ?? '';
      return created(show(world, world.applications.create(name, settings, world.clock.now())));
    },
  },
  { method: 'GET', pattern: ONE, handle: onOne((world, _request, one) => ok(show(world, one))) },
  {
    method: 'POST',
    pattern: ONE,
    handle: onOne((world, request, one) => {
      Object.assign(one.settings, settingsFrom(request.form, SETTINGS));
      one.friendlyName = value(request.form, 'FriendlyName') ?? one.friendlyName;
      one.updatedAt = world.clock.now();
      return ok(show(world, one));
    }),
  },
  {
    method: 'DELETE',
    pattern: ONE,
    handle: onOne((world, _request, one) => {
      world.applications.remove(one.sid);
      return deleted;
    }),
  },
];
