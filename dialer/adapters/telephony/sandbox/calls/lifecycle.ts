import { finishRecordings } from '../recordings/recorder.ts';
import type { World } from '../world.ts';
import type { Call, FinalStatus } from './call.ts';
import { fireCallEvent } from './status-callbacks.ts';

/**
 * Ends a call, whoever wants it, once. Everything that hangs on the call lets go first (document, room, recordings,
 * streams), then the final callback is fired.
 */
export function finishCall(world: World, call: Call, status: FinalStatus, sipCode: number | null = null): void {
  const live = call.live;
  if (live === null || call.endedAt !== null) return;
  const now = world.clock.now();
  call.status = status;
  call.endedAt = now;
  call.updatedAt = now;
  call.sipCode = sipCode ?? (status === 'completed' ? 200 : null);
  live.run?.stop('hung-up');
  for (const cancel of live.timers) cancel();
  for (const stream of live.streams.values()) stream.stop();
  finishRecordings(world, call, live);
  for (const told of live.ended) told();
  fireCallEvent(world, call, live, 'completed');
  call.live = null;
  world.calls.finished(call);
  world.log('call-over', { callSid: call.sid, status, sipCode: call.sipCode });
}
