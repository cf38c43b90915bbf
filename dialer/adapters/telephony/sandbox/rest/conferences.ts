import { rfc2822 } from '../format.ts';
import { announce } from '../rooms/announce.ts';
import type { Conference } from '../rooms/conference.ts';
import { endConference } from '../rooms/moves.ts';
import type { World } from '../world.ts';
import { readUrl } from './call-wish.ts';
import { dayFilter } from './date-filter.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { notFound, ok, refuse, value } from './http.ts';
import { page } from './pages.ts';
import { base } from './show-call.ts';

function showConference(world: World, conference: Conference): Record<string, unknown> {
  const uri = `${base(world)}/Conferences/${conference.sid}`;
  return {
    sid: conference.sid,
    account_sid: world.identity.accountSid,
    date_created: rfc2822(conference.createdAt),
    date_updated: rfc2822(conference.updatedAt),
    api_version: '2010-04-01',
    friendly_name: conference.name,
    region: 'us1',
    status: conference.status,
    uri: `${uri}.json`,
    reason_conference_ended: conference.endReason,
    call_sid_ending_conference: conference.endedBy,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
  };
}

function list(world: World, request: RestRequest): RestReply {
  const { query } = request;
  const name = query.get('FriendlyName');
  const status = query.get('Status');
  const created = dayFilter(query, 'DateCreated');
  const updated = dayFilter(query, 'DateUpdated');
  const shown = world.conferences
    .newestFirst()
    .filter(
      (one) =>
        (!name || one.name === name) &&
        (!status || one.status === status) &&
        created(one.createdAt) &&
        updated(one.updatedAt),
    );
  return page(
    request,
    'conferences',
    shown,
    (one) => one.sid,
    (one) => showConference(world, one),
  );
}

function update(world: World, request: RestRequest): RestReply {
  const conference = world.conferences.get(request.at.conference ?? '');
  if (!conference) return notFound(request.path);
  const { form } = request;
  const status = value(form, 'Status');
  if (status !== null && status !== 'completed') return refuse(400, 20001, 'Status must be completed');
  const url = value(form, 'AnnounceUrl');
  if (conference.status === 'completed') return refuse(400, 16001, 'Conference is not in progress');
  if (url) {
    const read = readUrl(url);
    if (!read.ok) return read.reply;
    announce(world, conference, { url, method: value(form, 'AnnounceMethod') === 'GET' ? 'GET' : 'POST' }, null);
  }
  if (status) endConference(world, conference, 'conference-ended-via-api', null, 'conference_ended_via_api');
  return ok(showConference(world, conference));
}

const ALL = '/2010-04-01/Accounts/:account/Conferences.json';
const ONE = '/2010-04-01/Accounts/:account/Conferences/:conference.json';

export const conferenceRoutes: readonly Route[] = [
  { method: 'GET', pattern: ALL, handle: list },
  {
    method: 'GET',
    pattern: ONE,
    handle: (world, request) => {
      const conference = world.conferences.get(request.at.conference ?? '');
      return conference ? ok(showConference(world, conference)) : notFound(request.path);
    },
  },
  { method: 'POST', pattern: ONE, handle: update },
];
