import type { Call } from '../calls/call.ts';
import { createCall } from '../calls/dialling.ts';
import { rfc2822 } from '../format.ts';
import { announce } from '../rooms/announce.ts';
import type { Conference, ConferenceEvent, Participant } from '../rooms/conference.ts';
import { findParticipant, isConferenceEvent } from '../rooms/conference.ts';
import type { Entry, ParticipantChange } from '../rooms/moves.ts';
import { changeParticipant, isLabel, leaveConference } from '../rooms/moves.ts';
import { placeParticipant } from '../rooms/participant-leg.ts';
import type { World } from '../world.ts';
import { readAddresses } from './addresses.ts';
import { readCallback, readRecording, readSettings, readUrl } from './call-wish.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { created, deleted, flag, list as words, notFound, ok, refuse, value } from './http.ts';
import { page } from './pages.ts';
import { base } from './show-call.ts';

const STATUS: Record<Call['status'], string> = {
  queued: 'queued',
  ringing: 'ringing',
  'in-progress': 'connected',
  completed: 'complete',
  busy: 'failed',
  failed: 'failed',
  'no-answer': 'failed',
  canceled: 'failed',
};

type Shown = Omit<Participant, 'call' | 'conference' | 'released' | 'hasVoice'>;

function show(world: World, call: Call, conferenceSid: string, one: Shown): Record<string, unknown> {
  return {
    account_sid: world.identity.accountSid,
    call_sid: call.sid,
    label: one.label,
    call_sid_to_coach: one.coachTarget,
    coaching: one.coaching,
    conference_sid: conferenceSid,
    date_created: rfc2822(one.joinedAt),
    date_updated: rfc2822(one.updatedAt),
    end_conference_on_exit: one.endOnExit,
    muted: one.muted,
    hold: one.hold,
    start_conference_on_enter: one.startOnEnter,
    status: STATUS[call.status],
    queue_time: String(call.queueMs),
    uri: `${base(world)}/Conferences/${conferenceSid}/Participants/${call.sid}.json`,
  };
}

const shown = (world: World, one: Participant) => show(world, one.call, one.conference.sid, one);

function liveConference(world: World, request: RestRequest): Conference | undefined {
  const conference = world.conferences.get(request.at.conference ?? '');
  return conference?.status === 'completed' ? undefined : conference;
}

/** Runs a handler with the live participant that the path names by call id or label. */
function onOne(handle: (world: World, request: RestRequest, one: Participant) => RestReply) {
  return (world: World, request: RestRequest): RestReply => {
    const conference = liveConference(world, request);
    const one = conference && findParticipant(conference, request.at.participant ?? '');
    return one ? handle(world, request, one) : notFound(request.path);
  };
}

function list(world: World, request: RestRequest): RestReply {
  const conference = world.conferences.get(request.at.conference ?? '');
  if (!conference) return notFound(request.path);
  const matches = (name: string, is: boolean) => {
    const wanted = flag(request.query, name);
    return wanted === undefined || wanted === is;
  };
  const all = [...conference.participants.values()].filter(
    (one) => matches('Muted', one.muted) && matches('Hold', one.hold) && matches('Coaching', one.coaching),
  );
  return page(
    request,
    'participants',
    all,
    (one) => one.call.sid,
    (one) => shown(world, one),
  );
}

/** Dials somebody into a room, named by its id or its friendly name. */
function create(world: World, request: RestRequest): RestReply {
  const { form } = request;
  const path = request.at.conference ?? '';
  const known = world.conferences.get(path);
  if (/^CF[0-9a-f]{32}$/.test(path) && (known === undefined || known.status === 'completed'))
    return refuse(404, 16022, 'There is no such live conference');
  const addresses = readAddresses(world, form);
  if (!addresses.ok) return addresses.reply;
  const settings = readSettings(form, true);
  if (!settings.ok) return settings.reply;
  const callback = readCallback(form, 'ConferenceStatusCallback');
  if (!callback.ok) return callback.reply;
  const record = readRecording(form, 'trim-silence');
  if (!record.ok) return record.reply;
  if (world.gate.full(world.calls.live)) return refuse(429, 10004, 'Call concurrency limit exceeded');
  const label = value(form, 'Label');
  if (label !== null && !isLabel(label))
    return refuse(400, 16024, 'Label: at most 128 characters, no "/", not a call id');
  const room = known?.name ?? path;
  const open = world.conferences.liveNamed(room);
  if (open && label !== null && findParticipant(open, label)) return refuse(400, 16025, 'The label is in use');
  if (open && open.participants.size >= open.maxParticipants) return refuse(400, 16020, 'The conference is full');
  const coachTarget = value(form, 'CallSidToCoach');
  if (coachTarget !== null && !open?.participants.has(coachTarget))
    return refuse(400, 16028, 'The call to coach is not in the conference');
  const asked = words(form, 'ConferenceStatusCallbackEvent').filter(isConferenceEvent);
  const events: ConferenceEvent[] = asked.length > 0 ? asked : ['start', 'end'];
  const recorded = ['true', 'record-from-start'].includes(value(form, 'ConferenceRecord') ?? '');
  const entry: Entry = {
    room,
    label,
    muted: flag(form, 'Muted') ?? false,
    startOnEnter: flag(form, 'StartConferenceOnEnter') ?? true,
    endOnExit: flag(form, 'EndConferenceOnExit') ?? false,
    coachTarget,
    maxParticipants: Number(value(form, 'MaxParticipants') ?? 250),
    callback: callback.value && { ...callback.value, events: new Set(events) },
    record: recorded ? record.value : null,
  };
  const wish = { ...addresses, direction: 'outbound-api', parentSid: null, settings: settings.value } as const;
  const call = createCall(world, { ...wish, queueMs: world.gate.take() });
  const now = world.clock.now();
  const body = show(world, call, world.conferences.promise(room), {
    ...entry,
    joinedAt: now,
    updatedAt: now,
    hold: false,
    coaching: coachTarget !== null,
  });
  placeParticipant(world, call, entry, flag(form, 'EarlyMedia') ?? true);
  return created(body);
}

function update(world: World, request: RestRequest, one: Participant): RestReply {
  const { form } = request;
  const change: ParticipantChange = {};
  const muted = flag(form, 'Muted');
  if (muted !== undefined) change.muted = muted;
  const hold = flag(form, 'Hold');
  if (hold !== undefined) change.hold = hold;
  const endOnExit = flag(form, 'EndConferenceOnExit');
  if (endOnExit !== undefined) change.endOnExit = endOnExit;
  const coaching = flag(form, 'Coaching');
  if (coaching !== undefined) change.coaching = coaching;
  const target = value(form, 'CallSidToCoach');
  if (target) change.coachTarget = target;
  for (const name of ['HoldUrl', 'AnnounceUrl', 'WaitUrl']) {
    const url = value(form, name);
    const read = url ? readUrl(url) : null;
    if (read && !read.ok) return read.reply;
  }
  const announcement = value(form, 'AnnounceUrl');
  if (announcement) {
    const method = value(form, 'AnnounceMethod') === 'GET' ? 'GET' : 'POST';
    announce(world, one.conference, { url: announcement, method }, one.call.sid);
  }
  const music = value(form, 'HoldUrl');
  if (music && hold === true) {
    const method = value(form, 'HoldMethod') === 'POST' ? 'POST' : 'GET';
    void world.webhooks.send({ url: music, method, params: { CallSid: one.call.sid }, purpose: 'document' });
  }
  const result = changeParticipant(world, one, change);
  return result.ok ? ok(shown(world, one)) : refuse(400, result.code, 'The call to coach is not in the conference');
}

const ALL = '/2010-04-01/Accounts/:account/Conferences/:conference/Participants.json';
const ONE = '/2010-04-01/Accounts/:account/Conferences/:conference/Participants/:participant.json';

export const participantRoutes: readonly Route[] = [
  { method: 'GET', pattern: ALL, handle: list },
  { method: 'POST', pattern: ALL, handle: create },
  { method: 'GET', pattern: ONE, handle: onOne((world, _request, one) => ok(shown(world, one))) },
  { method: 'POST', pattern: ONE, handle: onOne(update) },
  {
    method: 'DELETE',
    pattern: ONE,
    handle: onOne((world, _request, one) => {
      leaveConference(world, one, 'participant_updated_via_api', true);
      return deleted;
    }),
  },
];
