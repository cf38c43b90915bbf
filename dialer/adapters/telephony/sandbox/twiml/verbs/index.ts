import type { Verb } from '../context.ts';
import { dial } from './dial.ts';
import { hangup, pause, play, redirect, reject, say } from './simple.ts';

const VERBS: Readonly<Record<string, { run: Verb; attributes: ReadonlySet<string> }>> = {
  Say: { run: say, attributes: new Set(['voice', 'language', 'loop']) },
  Play: { run: play, attributes: new Set(['loop', 'digits']) },
  Pause: { run: pause, attributes: new Set(['length']) },
  Redirect: { run: redirect, attributes: new Set(['method']) },
  Hangup: { run: hangup, attributes: new Set() },
  Reject: { run: reject, attributes: new Set(['reason']) },
  Dial: {
    run: dial,
    attributes: new Set([
      'action',
      'answerOnBridge',
      'callerId',
      'hangupOnStar',
      'method',
      'record',
      'recordingStatusCallback',
      'recordingStatusCallbackEvent',
      'recordingStatusCallbackMethod',
      'recordingTrack',
      'referMethod',
      'referUrl',
      'ringTone',
      'sequential',
      'timeLimit',
      'timeout',
      'trim',
    ]),
  },
};

/** The verb with this name (case matters), or nothing: unknown verbs are warned of and passed over. */
export function verbNamed(name: string): Verb | undefined {
  return Object.hasOwn(VERBS, name) ? VERBS[name]?.run : undefined;
}

/** The attributes a verb knows. */
export function knownAttributes(name: string): ReadonlySet<string> {
  return VERBS[name]?.attributes ?? new Set();
}
