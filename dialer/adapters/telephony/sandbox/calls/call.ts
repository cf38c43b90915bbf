import type { FarEndPlan } from '../numbers/test-numbers.ts';
import type { Participant } from '../rooms/conference.ts';
import type { QueueSeat } from '../rooms/queue.ts';
import type { Run } from '../twiml/run.ts';
import type { Behaviour } from './far-end.ts';

/** The status of the resource. `initiated` is a callback's word only, and `answered` is an event's name. */
export type CallStatus =
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

export type FinalStatus = Exclude<CallStatus, 'queued' | 'ringing' | 'in-progress'>;

export type Direction = 'inbound' | 'outbound-api' | 'outbound-dial';

export type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

export type HttpMethod = 'GET' | 'POST';

/** Where a document comes from: its URL, or the text itself. */
export type DocumentSource = { kind: 'url'; url: string; method: HttpMethod } | { kind: 'inline'; twiml: string };

export type Callback = { url: string; method: HttpMethod };

export type DetectionSettings = {
  mode: 'Enable' | 'DetectMessageEnd';
  timeoutMs: number;
  asynchronous: boolean;
  callback: Callback | null;
};

export type RecordingSettings = {
  channels: 1 | 2;
  track: 'inbound' | 'outbound' | 'both';
  trim: 'trim-silence' | 'do-not-trim';
  callback: Callback | null;
  events: ReadonlySet<'in-progress' | 'completed' | 'absent'>;
};

/** What the creator of the call asked for. Durations in milliseconds of the sandbox's clock. */
export type CallSettings = {
  document: DocumentSource | null;
  fallback: Callback | null;
  statusCallback: (Callback & { events: ReadonlySet<CallEvent> }) | null;
  ringTimeoutMs: number;
  timeLimitMs: number;
  detection: DetectionSettings | null;
  record: RecordingSettings | null;
};

/** What a stretch of a call sounds like; recordings and streams are made from it. */
export type SceneKind = 'alone' | 'talk' | 'hold' | 'message' | 'machine';
export type Scene = { atMs: number; kind: SceneKind };

/** The moving parts of a call that is not over; dropped at its end, so that a finished call is small. */
export type LiveCall = {
  settings: CallSettings;
  plan: FarEndPlan;
  behaviour: Behaviour | null;
  run: Run | null;
  /** Timers to cancel at the end. */
  timers: Set<() => void>;
  /** The seat in a conference, if any. */
  seat: Participant | null;
  queueSeat: QueueSeat | null;
  /** The other leg of a two-party bridge. */
  peer: Call | null;
  /** How many Say or Play are running. */
  speaking: number;
  scenes: Scene[];
  recordings: Set<string>;
  streams: Map<string, { stop: () => void; name: string | null }>;
  /** Told of keys that the far end presses. */
  digitListeners: Set<(digits: string) => void>;
  /** Callbacks fired so far: the next sequence number. */
  sequence: number;
  /** Told once when the call is over. */
  ended: Set<() => void>;
};

export type Call = {
  readonly sid: string;
  readonly parentSid: string | null;
  readonly direction: Direction;
  readonly to: string;
  readonly from: string;
  readonly phoneNumberSid: string | null;
  readonly queueMs: number;
  readonly createdAt: number;
  updatedAt: number;
  status: CallStatus;
  /** When dialling began. */
  startedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  answeredBy: string | null;
  sipCode: number | null;
  live: LiveCall | null;
};

export const isOver = (call: Call): boolean => call.live === null;

/** Talk time in whole seconds; a call that was never answered has none. */
export function talkMs(call: Call): number {
  return call.answeredAt === null || call.endedAt === null ? 0 : call.endedAt - call.answeredAt;
}
