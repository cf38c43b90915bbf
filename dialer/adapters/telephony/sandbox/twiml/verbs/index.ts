import type { Verb } from '../context.ts';
import { connect, start, stop } from './attach.ts';
import { dial } from './dial.ts';
import { enqueue, leave } from './enqueue.ts';
import { gather } from './gather.ts';
import { record } from './record.ts';
import { hangup, pause, play, redirect, reject, say } from './simple.ts';

const VERBS: Readonly<Record<string, { run: Verb; attributes: ReadonlySet<string> }>> = {
  Say: { run: say, attributes: new Set(['voice', 'language', 'loop']) },
  Play: { run: play, attributes: new Set(['loop', 'digits']) },
  Pause: { run: pause, attributes: new Set(['length']) },
  Redirect: { run: redirect, attributes: new Set(['method']) },
  Hangup: { run: hangup, attributes: new Set() },
  Reject: { run: reject, attributes: new Set(['reason']) },
  Gather: {
    run: gather,
    attributes: new Set([
      'action',
      'actionOnEmptyResult',
      'bargeIn',
      'enhanced',
      'finishOnKey',
      'hints',
      'input',
      'language',
      'method',
      'numDigits',
      'partialResultCallback',
      'partialResultCallbackMethod',
      'profanityFilter',
      'speechModel',
      'speechTimeout',
      'timeout',
    ]),
  },
  Record: {
    run: record,
    attributes: new Set([
      'action',
      'finishOnKey',
      'maxLength',
      'method',
      'playBeep',
      'recordingStatusCallback',
      'recordingStatusCallbackEvent',
      'recordingStatusCallbackMethod',
      'timeout',
      'transcribe',
      'transcribeCallback',
      'trim',
    ]),
  },
  Enqueue: {
    run: enqueue,
    attributes: new Set(['action', 'method', 'waitUrl', 'waitUrlMethod', 'maxQueueSize', 'workflowSid']),
  },
  Leave: { run: leave, attributes: new Set() },
  Start: { run: start, attributes: new Set(['action', 'method']) },
  Stop: { run: stop, attributes: new Set() },
  Connect: { run: connect, attributes: new Set(['action', 'method']) },
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
