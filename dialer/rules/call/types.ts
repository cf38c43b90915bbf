/** Words of one dialled call: its states, the signals that move it, and what a signal brings about. */
import type { Outcome } from '../outcome.ts';

/**
 * intended: the contact is claimed, nobody has been asked. placing: the carrier is being asked. uncertain: the carrier's
 * answer was lost. queued: it will dial. answered: a customer is on the line and has not been presented yet. waiting:
 * presented, nobody is free. reserved: told to join an agent's room. connected: both are in it.
 */
export const callStates = [
  'intended',
  'placing',
  'uncertain',
  'queued',
  'ringing',
  'answered',
  'waiting',
  'reserved',
  'connected',
  'ended',
] as const;
export type CallState = (typeof callStates)[number];

export const detections = ['human', 'machine', 'fax', 'unknown'] as const;
export type Detection = (typeof detections)[number];

/**
 * What was decided about a call that is still up, and will be its outcome once it is over. transferred: the customer goes on
 * with somebody who has no desk, and the agent is done with the call.
 */
export const closings = ['abandoned', 'machine', 'canceled', 'hung-up', 'agent-lost', 'transferred'] as const;
export type Closing = (typeof closings)[number];

/** How the carrier says a call ended. */
export type CarrierEnd = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

/** What the carrier says of a call besides that it is over, as far as it does; its times are whole seconds. */
export type EndTold = { lastedMs: number | null; endedAt: number | null; detection: Detection | null };

export type Call = {
  state: CallState;
  carrierCallId: string | null;
  /** Highest sequence number of the carrier's that was taken. */
  lastSequence: number;
  agentId: string | null;
  placedAt: number | null;
  ringingAt: number | null;
  answeredAt: number | null;
  connectedAt: number | null;
  abandonedAt: number | null;
  endedAt: number | null;
  /** When somebody must look at the call if nothing happens until then. */
  deadlineAt: number | null;
  detection: Detection | null;
  closing: Closing | null;
  outcome: Outcome | null;
  error: string | null;
  /** Since when the customer hears music. */
  heldAt: number | null;
  transfer: Transfer | null;
};

/** Whom the customer is given to: a colleague with a desk, or a guest: an outside number, or a supervisor who takes over. */
export type TransferTarget = { kind: 'agent'; agentId: string } | { kind: 'number'; number: string };

/**
 * A customer on the way to somebody else. calling: the target is being fetched, the customer is on hold. consulting: target and
 * agent speak, the customer still holds. returning: the helper goes home to take the customer there. handing-over: the
 * customer is on the way to the colleague. away: the customer is with a guest, the agent is free.
 */
export type Transfer = {
  phase: 'calling' | 'consulting' | 'returning' | 'handing-over' | 'away';
  from: string;
  /** Of the colleague; null for a guest. */
  agentId: string | null;
  number: string | null;
  /** Speak first, then decide; otherwise the customer follows at once. */
  consult: boolean;
  since: number;
  /** The guest's own leg. */
  legId: string | null;
};

export type TransferSignal =
  | { kind: 'hold'; agentId: string; on: boolean }
  | { kind: 'transfer'; from: string; to: TransferTarget; consult: boolean }
  | { kind: 'transfer-complete'; agentId: string }
  | { kind: 'transfer-cancel'; agentId: string | null; why: TransferEnd }
  /** The helper is in the agent's room. */
  | { kind: 'helper-joined'; agentId: string }
  /** The helper's leg is back in its own room. */
  | { kind: 'helper-home'; agentId: string }
  | { kind: 'helper-lost'; agentId: string }
  | { kind: 'guest-known'; legId: string }
  | { kind: 'guest-answered'; legId: string }
  | { kind: 'guest-over'; legId: string; why: TransferEnd }
  /** A supervisor whose leg is in the room goes on with the customer. */
  | { kind: 'taken-over'; legId: string; by: string };

/** Why a transfer came to nothing. */
export const transferEnds = ['canceled', 'target-gone', 'busy', 'no-answer', 'failed'] as const;
export type TransferEnd = (typeof transferEnds)[number];

export type CallSignal =
  | TransferSignal
  | { kind: 'placing' }
  | { kind: 'accepted'; carrierCallId: string; queueMs: number }
  | { kind: 'refused'; outcome: 'invalid' | 'failed' | 'canceled'; code: string }
  /** Nobody knows whether the carrier dials. */
  | { kind: 'doubtful'; cause: string }
  /** The carrier, asked later, knows no such call. */
  | { kind: 'not-dialled' }
  | { kind: 'progress'; step: 'initiated' | 'ringing' | 'answered'; sequence: number | null; carrierCallId: string }
  | {
      kind: 'over';
      how: CarrierEnd;
      sequence: number | null;
      carrierCallId: string;
      networkCode: number | null;
      told: EndTold;
    }
  /** The customer was seen in the agent's room. */
  | { kind: 'joined'; agentId: string }
  | { kind: 'left'; agentId: string }
  /** The agent whose room the customer is in, or was sent to, is no longer there. `redirect`: the leg must be fetched out of it.
   * `giverThere`: whoever gave this customer away is still at their desk. */
  | { kind: 'agent-lost'; agentId: string; presentWithinMs: number; redirect: boolean; giverThere?: boolean }
  | { kind: 'detected'; detection: Detection; carrierCallId: string | null; connectMachines: boolean }
  /** The agent says: this is a person. Wins over any later verdict of the detection. */
  | { kind: 'human' }
  /** The grace after the answer is over. */
  | { kind: 'nobody-free' }
  | { kind: 'close'; why: 'canceled' | 'hung-up'; note: string | null }
  /** The carrier was asked at the deadline, and the call goes on as it is. */
  | { kind: 'checked' };

export type CallHappening =
  | { kind: 'moved'; to: CallState }
  | { kind: 'connected'; agentId: string }
  /** The agent is done with this call; `talked`: there was a conversation to be written up. */
  | { kind: 'agent-freed'; agentId: string; talked: boolean }
  | { kind: 'abandoned' }
  /** Found out when the call was over: nobody could say the message that names the caller. */
  | { kind: 'abandoned-unheard' }
  | { kind: 'hang-up'; carrierCallId: string }
  /** The customer needs another agent. */
  | { kind: 'present-again'; carrierCallId: string }
  | { kind: 'ended'; outcome: Outcome }
  /** A second carrier call speaks for this attempt: it must not live. */
  | { kind: 'stranger'; carrierCallId: string }
  | TransferHappening;

export type TransferHappening =
  /** Music for the customer, or no longer. */
  | { kind: 'hold-changed'; on: boolean }
  | { kind: 'helper-asked'; agentId: string }
  | { kind: 'helper-in'; agentId: string }
  | { kind: 'guest-in' }
  /** The helper's leg is to go back to its own room. */
  | { kind: 'helper-home-wanted'; agentId: string }
  /** The helper is no longer needed; `home`: the leg has to be fetched back. */
  | { kind: 'helper-freed'; agentId: string; home: boolean }
  /** Who speaks on is not the agent who will write the call up: the journal says who it was. */
  | { kind: 'taken-over'; by: string }
  | { kind: 'guest-asked'; number: string }
  | { kind: 'guest-dropped'; legId: string }
  | { kind: 'transfer-ended'; why: TransferEnd }
  /** The customer is sent from one agent to another. */
  | { kind: 'given'; from: string; to: string }
  | { kind: 'given-over'; from: string; to: string }
  | { kind: 'given-back'; from: string; to: string }
  /** The customer hung up on the way: the giver writes up the conversation. */
  | { kind: 'giver-writes'; agentId: string }
  /** The agent's leg leaves the room to customer and guest. */
  | { kind: 'moved-out'; agentId: string };

/** How long each state may last before somebody looks, in ms. */
export type CallDeadlines = {
  carrierAnswerMs: number;
  ringMs: number;
  presentMs: number;
  joinMs: number;
  checkTalkMs: number;
  closingMs: number;
  /** A helper's leg goes from room to room; a guest's phone rings. */
  helperMs: number;
  guestRingMs: number;
  /** So long after the answer a person without an agent is abandoned; the campaign says it. */
  abandonMs: number;
};

/**
 * The carrier client gives up after 30 s and a call rings at most 60 s (twice that with the carrier's own margins); the
 * document is asked for within 15 s of the answer; a join was never seen to take longer than 3 s.
 */
export const callDeadlines: CallDeadlines = {
  carrierAnswerMs: 40_000,
  ringMs: 120_000,
  presentMs: 20_000,
  joinMs: 3_000,
  checkTalkMs: 120_000,
  closingMs: 20_000,
  helperMs: 15_000,
  guestRingMs: 45_000,
  abandonMs: 2_000,
};

export type Decided = { call: Call; happened: CallHappening[] };
