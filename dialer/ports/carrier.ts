/**
 * A telephone carrier that dials, tells what happens by webhooks, and is asked only when they stay away. Results and
 * refusals are values: a thrown error is a fault of the adapter.
 */
import type { CarrierEnd, Detection } from '../rules/call.ts';

export type CustomerCallOrder = {
  attemptId: string;
  to: string;
  from: string;
  ringTimeoutMs: number;
  maxTalkMs: number;
  /** first: the document is asked for once it is known who answered; beside: at once, and the verdict comes later. */
  machineDetection: 'off' | 'first' | 'beside';
};

export type AgentLegOrder = { userId: string; address: string; from: string };

/** Somebody who is called into an agent's room: the number a customer is given to. `attemptId`: the customer's call. */
export type GuestOrder = { attemptId: string; room: string; to: string; from: string; ringTimeoutMs: number };

/** A supervisor's own leg into an agent's room. `coach`: the leg that alone hears them; null with `muted` false: everybody does. */
export type ListenerSeat = { muted: boolean; coach: string | null };
export type ListenerOrder = ListenerSeat & { listeningId: string; room: string; to: string; from: string };

export type PlaceResult =
  /** `queueMs`: the carrier will dial so much later, because of its calls per second. */
  | { kind: 'accepted'; carrierCallId: string; queueMs: number }
  /** No call was made and none will be. */
  | { kind: 'refused'; outcome: 'invalid' | 'failed'; code: string }
  /** Not processed; may be asked again after so long. */
  | { kind: 'busy'; code: string; retryAfterMs: number }
  /** Nobody knows whether the call was made: reconcile, never dial again blindly. */
  | { kind: 'uncertain'; cause: string };

/** `gone`: the call was over already, which is success for a hang-up. */
export type ActResult = { kind: 'done' } | { kind: 'gone' } | { kind: 'failed'; cause: string; retryable: boolean };

export type CarrierCall = {
  carrierCallId: string;
  to: string;
  from: string;
  /** Null: still going on. */
  end: CarrierEnd | null;
  status: 'queued' | 'ringing' | 'in-progress' | 'over' | 'unknown';
  startedAt: number | null;
  /** From the answer to the end, as the carrier counts it in whole seconds; null: going on, never answered, or not told. */
  lastedMs: number | null;
  endedAt: number | null;
  /** Who answered, where the carrier looked and knows. */
  detection: Detection | null;
};

export type CarrierRoom = { name: string; participants: { carrierCallId: string; label: string }[] };

export type CarrierRecording = { recordingId: string; url: string; durationMs: number | null; channels: number | null };

export type Download =
  | { kind: 'ok'; content: AsyncIterable<Uint8Array> }
  | { kind: 'absent' }
  | { kind: 'failed'; cause: string; retryable: boolean };

/** A read that may fail: `null` inside means the carrier answered that there is none. */
export type Asked<T> = { kind: 'ok'; value: T } | { kind: 'failed'; cause: string };

export type Carrier = {
  readonly isSandbox: boolean;
  placeCustomerCall(order: CustomerCallOrder): Promise<PlaceResult>;
  placeAgentLeg(order: AgentLegOrder): Promise<PlaceResult>;
  hangUp(carrierCallId: string): Promise<ActResult>;
  /** Makes the customer's leg ask again what to do: it leaves its room and is presented once more. */
  presentAgain(carrierCallId: string, attemptId: string): Promise<ActResult>;
  /** Music for one leg in a room, or no longer. */
  hold(room: string, carrierCallId: string, on: boolean): Promise<ActResult>;
  /** Sends an agent's standing leg home to its own room, or to the colleague whom it is to help. */
  moveAgentLeg(legId: string, userId: string, to: 'own-room' | 'colleague'): Promise<ActResult>;
  /** Calls a guest into a room; the leg is named by the attempt. */
  inviteGuest(order: GuestOrder): Promise<PlaceResult>;
  inviteListener(order: ListenerOrder): Promise<PlaceResult>;
  /** Whether a supervisor is heard, and by whom. */
  seatListener(room: string, legId: string, seat: ListenerSeat): Promise<ActResult>;
  /** From now on the room goes on without `leaving`, and ends with the first of `staying` who leaves it. */
  leaveRoomTo(room: string, leaving: string, staying: string[]): Promise<ActResult>;
  call(carrierCallId: string): Promise<Asked<CarrierCall | null>>;
  /** Calls to a number started since, newest first; for reconciling an order whose answer was lost. */
  callsTo(number: string, since: number): Promise<Asked<CarrierCall[]>>;
  liveCalls(): Promise<Asked<CarrierCall[]>>;
  room(name: string): Promise<Asked<CarrierRoom | null>>;
  recordingsOf(carrierCallId: string): Promise<Asked<CarrierRecording[]>>;
  download(recordingUrl: string): Promise<Download>;
  /** Where in the audio the customer is heard: which of two channels. */
  readonly customerChannel: 'first' | 'second';
};
