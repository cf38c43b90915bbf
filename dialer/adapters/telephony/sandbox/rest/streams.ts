import { rfc2822 } from '../format.ts';
import { openStream } from '../streams/media-stream.ts';
import type { World } from '../world.ts';
import { readCallback } from './call-wish.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { created, notFound, ok, refuse, value } from './http.ts';
import { base } from './show-call.ts';

function show(world: World, stream: { sid: string; callSid: string; name: string | null; status: string }): unknown {
  return {
    sid: stream.sid,
    account_sid: world.identity.accountSid,
    call_sid: stream.callSid,
    name: stream.name,
    status: stream.status,
    date_updated: rfc2822(world.clock.now()),
    uri: `${base(world)}/Calls/${stream.callSid}/Streams/${stream.sid}.json`,
  };
}

function create(world: World, request: RestRequest): RestReply {
  const call = world.calls.get(request.at.call ?? '');
  if (!call) return notFound(request.path);
  if (call.live === null || call.status !== 'in-progress') return refuse(400, 21220, 'Call is not in-progress.');
  const callback = readCallback(request.form, 'StatusCallback');
  if (!callback.ok) return callback.reply;
  const track = value(request.form, 'Track');
  const parameters: Record<string, string> = {};
  for (let index = 1; index <= 99; index++) {
    const name = value(request.form, `Parameter${index}.Name`);
    if (name !== null) parameters[name] = value(request.form, `Parameter${index}.Value`) ?? '';
  }
  const name = value(request.form, 'Name');
  const wish = {
    url: value(request.form, 'Url') ?? '',
    name,
    track: track === 'outbound_track' || track === 'both_tracks' ? track : 'inbound_track',
    parameters,
    callback: callback.value,
    twoWay: false,
  } as const;
  const opened = openStream(world, call, call.live, wish, () => {});
  if (!opened.ok) return refuse(400, opened.code, opened.message);
  return created(show(world, { sid: opened.sid, callSid: call.sid, name, status: 'in-progress' }));
}

function stop(world: World, request: RestRequest): RestReply {
  const call = world.calls.get(request.at.call ?? '');
  const id = request.at.stream ?? '';
  const found = [...(call?.live?.streams ?? [])].find(([sid, one]) => sid === id || one.name === id);
  if (!call || !found) return notFound(request.path);
  if (value(request.form, 'Status') !== 'stopped') return refuse(400, 20001, 'Status must be stopped');
  found[1].stop();
  return ok(show(world, { sid: found[0], callSid: call.sid, name: found[1].name, status: 'stopped' }));
}

const ALL = '/2010-04-01/Accounts/:account/Calls/:call/Streams.json';

export const streamRoutes: readonly Route[] = [
  { method: 'POST', pattern: ALL, handle: create },
  { method: 'POST', pattern: '/2010-04-01/Accounts/:account/Calls/:call/Streams/:stream.json', handle: stop },
];
