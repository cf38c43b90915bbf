import { createHash } from 'node:crypto';
import { rfc2822 } from '../format.ts';
import type { OwnedNumber } from '../numbers/number-book.ts';
import type { World } from '../world.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { notFound, ok } from './http.ts';
import { page } from './pages.ts';
import { allKeys, settingsFrom } from './settings.ts';
import { base } from './show-call.ts';

const SETTINGS = new Set([
  'address_sid',
  'bundle_sid',
  'emergency_address_sid',
  'identity_sid',
  'sms_application_sid',
  'sms_fallback_method',
  'sms_fallback_url',
  'sms_method',
  'sms_url',
  'status_callback',
  'status_callback_method',
  'trunk_sid',
  'voice_application_sid',
  'voice_fallback_method',
  'voice_fallback_url',
  'voice_method',
  'voice_url',
]);
const METHODS = { sms_fallback_method: 'POST', sms_method: 'POST', status_callback_method: 'POST' };
const VOICE_METHODS = { voice_fallback_method: 'POST', voice_method: 'POST' };

function show(world: World, one: OwnedNumber): Record<string, unknown> {
  return {
    sid: one.sid,
    account_sid: world.identity.accountSid,
    friendly_name: one.friendlyName,
    phone_number: one.number,
    address_requirements: 'none',
    api_version: '2010-04-01',
    beta: false,
    capabilities: { voice: true, sms: true, mms: false, fax: false },
    date_created: rfc2822(one.createdAt),
    date_updated: rfc2822(one.updatedAt),
    origin: 'twilio',
    ...allKeys(SETTINGS, { ...METHODS, ...VOICE_METHODS, ...one.settings }),
    voice_receive_mode: 'voice',
    voice_caller_id_lookup: false,
    emergency_status: 'Inactive',
    emergency_address_status: 'unregistered',
    status: 'in-use',
    type: one.number.startsWith('+447') ? 'mobile' : 'local',
    uri: `${base(world)}/IncomingPhoneNumbers/${one.sid}.json`,
    subresource_uris: { assigned_add_ons: `${base(world)}/IncomingPhoneNumbers/${one.sid}/AssignedAddOns.json` },
  };
}

function list(world: World, request: RestRequest): RestReply {
  const wanted = request.query.get('PhoneNumber');
  const name = request.query.get('FriendlyName');
  // With every fiction number owned, one that is asked for by name is in the list.
  if (wanted) world.numbers.owned(wanted);
  const shown = world.numbers
    .allOwned()
    .filter((one) => (!wanted || one.number.includes(wanted)) && (!name || one.friendlyName === name));
  return page(
    request,
    'incoming_phone_numbers',
    shown,
    (one) => one.sid,
    (one) => show(world, one),
  );
}

function update(world: World, request: RestRequest): RestReply {
  const one = world.numbers.ownedBySid(request.at.number ?? '');
  if (!one) return notFound(request.path);
  Object.assign(one.settings, settingsFrom(request.form, SETTINGS));
  one.friendlyName = request.form.get('FriendlyName') ?? one.friendlyName;
  one.updatedAt = world.clock.now();
  return ok(show(world, one));
}

const verifiedSid = (number: string) => `PN${createHash('md5').update(`verified ${number}`).digest('hex')}`;

function showVerified(world: World, number: string): Record<string, unknown> {
  const sid = verifiedSid(number);
  const made = world.numbers.startedAt;
  return {
    sid,
    account_sid: world.identity.accountSid,
    friendly_name: number,
    phone_number: number,
    date_created: rfc2822(made),
    date_updated: rfc2822(made),
    uri: `${base(world)}/OutgoingCallerIds/${sid}.json`,
  };
}

const ACCOUNT = '/2010-04-01/Accounts/:account';

export const numberRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${ACCOUNT}/IncomingPhoneNumbers.json`, handle: list },
  {
    method: 'GET',
    pattern: `${ACCOUNT}/IncomingPhoneNumbers/:number.json`,
    handle: (world, request) => {
      const one = world.numbers.ownedBySid(request.at.number ?? '');
      return one ? ok(show(world, one)) : notFound(request.path);
    },
  },
  { method: 'POST', pattern: `${ACCOUNT}/IncomingPhoneNumbers/:number.json`, handle: update },
  {
    method: 'GET',
    pattern: `${ACCOUNT}/OutgoingCallerIds.json`,
    handle: (world, request) => {
      const wanted = request.query.get('PhoneNumber');
      const all = world.numbers.file.verified.filter((number) => !wanted || number === wanted);
      return page(request, 'outgoing_caller_ids', all, verifiedSid, (number) => showVerified(world, number));
    },
  },
  {
    method: 'GET',
    pattern: `${ACCOUNT}/OutgoingCallerIds/:number.json`,
    handle: (world, request) => {
      const number = world.numbers.file.verified.find((one) => verifiedSid(one) === request.at.number);
      return number ? ok(showVerified(world, number)) : notFound(request.path);
    },
  },
];
