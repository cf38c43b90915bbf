import { notify } from '../webhooks/notify.ts';
import { tell } from '../webhooks/tell.ts';
import type { World } from '../world.ts';
import type { Call, DetectionSettings, LiveCall } from './call.ts';

/** A message end is known so long after the greeting's last word. */
const BEEP_MS = 600;

/**
 * The verdict of answering-machine detection and when it comes, from the phone network's plan.
 *
 * `Enable` speaks as soon as a machine is recognised, `DetectMessageEnd` at the end of its greeting. A call that
 * is over before the verdict has none: no callback comes (an inference).
 */
function verdictOf(world: World, live: LiveCall, settings: DetectionSettings): { answeredBy: string; afterMs: number } {
  const fate = live.plan.fate;
  if (fate.kind !== 'person' && fate.kind !== 'machine') return { answeredBy: 'unknown', afterMs: settings.timeoutMs };
  if (live.plan.fax) return { answeredBy: 'fax', afterMs: fate.detection.afterMs };
  let verdict = fate.detection.verdict;
  if (verdict !== 'unknown' && world.faults.hit('amd-wrong')) verdict = verdict === 'human' ? 'machine' : 'human';
  let afterMs = fate.detection.afterMs;
  if (settings.mode === 'DetectMessageEnd' && verdict === 'machine') {
    const greetingMs = fate.kind === 'machine' ? fate.greetingMs : 0;
    afterMs = Math.max(afterMs, greetingMs + BEEP_MS);
  }
  if (afterMs > settings.timeoutMs) return { answeredBy: 'unknown', afterMs: settings.timeoutMs };
  switch (verdict) {
    case 'human':
      return { answeredBy: 'human', afterMs };
    case 'unknown':
      return { answeredBy: 'unknown', afterMs };
    case 'machine':
      return { answeredBy: settings.mode === 'Enable' ? 'machine_start' : machineEnd(fate.kind), afterMs };
  }
}

/** A machine ends with its beep; a person who was taken for one ends in silence. */
const machineEnd = (kind: 'machine' | 'person') => (kind === 'machine' ? 'machine_end_beep' : 'machine_end_silence');

/** Runs detection on an answered call: `done` hears the verdict; an asynchronous one is told to its callback as well. */
export function detect(world: World, call: Call, live: LiveCall, settings: DetectionSettings, done: () => void): void {
  const { answeredBy, afterMs } = verdictOf(world, live, settings);
  live.timers.add(
    world.clock.after(afterMs, () => {
      call.answeredBy = answeredBy;
      call.updatedAt = world.clock.now();
      if (settings.callback) {
        const params = {
          CallSid: call.sid,
          AccountSid: world.identity.accountSid,
          AnsweredBy: answeredBy,
          MachineDetectionDuration: String(Math.round(afterMs)),
        };
        tell(world, settings.callback, params, call.sid);
      } else if (settings.asynchronous) {
        const text = 'AsyncAmd without AsyncAmdStatusCallback: the result is on the resource only';
        notify(world, { callSid: call.sid, code: 21262, level: 'warning', text });
      }
      done();
    }),
  );
}
