import type { Call, LiveCall } from '../calls/call.ts';
import { placeCall } from '../calls/dialling.ts';
import { finishCall } from '../calls/lifecycle.ts';
import { Run } from '../twiml/run.ts';
import { notify } from '../webhooks/notify.ts';
import type { World } from '../world.ts';
import type { Participant } from './conference.ts';
import type { Entry } from './moves.ts';
import { joinConference, leaveConference, refreshRoom } from './moves.ts';

/**
 * Dials a leg that has no document: it belongs to a room and hangs up when it is out of it. With early media it is in
 * the room already while it rings.
 */
export function placeParticipant(
  world: World,
  call: Call & { live: LiveCall },
  entry: Entry,
  earlyMedia: boolean,
): void {
  const { live } = call;
  let seat: Participant | null = null;
  const enter = () => {
    if (seat !== null) return;
    const result = joinConference(world, call, entry, () => {
      if (live.run?.stopped !== 'redirected') finishCall(world, call, 'completed');
    });
    if (result.ok) seat = result.participant;
    else {
      notify(world, { callSid: call.sid, code: result.code, level: 'error', text: 'the leg could not enter the room' });
      finishCall(world, call, 'completed');
    }
  };
  live.ended.add(() => {
    if (seat === null) world.conferences.breakPromise(entry.room);
    else leaveConference(world, seat, 'participant_add_failed');
  });
  const answered = () => {
    const run = new Run(world.clock);
    live.run = run;
    run.onStop((reason) => {
      const why = reason === 'redirected' ? 'participant_updated_via_api' : 'participant_hung_up';
      if (seat !== null) leaveConference(world, seat, why);
    });
    // Whoever waits in the room hears from now on somebody who was only ringing.
    if (seat !== null) refreshRoom(world, seat.conference);
    enter();
  };
  placeCall(world, call, answered, earlyMedia ? enter : undefined);
}
