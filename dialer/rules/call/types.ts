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

/** What was decided about a call that is still up, and will be its outcome once it is over. */
export const closings = ['abandoned', 'machine', 'canceled', 'hung-up', 'agent-lost'] as const;
export type Closing = (typeof closings)[number];

/** How the carrier says a call ended. */
export type CarrierEnd = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

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
};

export type CallSignal =
  | { kind: 'placing' }
  | { kind: 'accepted'; carrierCallId: string; queueMs: number }
  | { kind: 'refused'; outcome: 'invalid' | 'failed' | 'canceled'; code: string }
  /** Nobody knows whether the carrier dials. */
  | { kind: 'doubtful'; cause: string }
  /** The carrier, asked later, knows no such call. */
  | { kind: 'not-dialled' }
  | { kind: 'progress'; step: 'initiated' | 'ringing' | 'answered'; sequence: number | null; carrierCallId: string }
  | { kind: 'over'; how: CarrierEnd; sequence: number | null; carrierCallId: string; networkCode: number | null }
  /** The customer was seen in the agent's room. */
  | { kind: 'joined'; agentId: string }
  | { kind: 'left'; agentId: string }
  /** The agent whose room the customer is in, or was sent to, is no longer there. `redirect`: the leg must be fetched out of it. */
  | { kind: 'agent-lost'; agentId: string; presentWithinMs: number; redirect: boolean }
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
  | { kind: 'hang-up'; carrierCallId: string }
  /** The customer needs another agent. */
  | { kind: 'present-again'; carrierCallId: string }
  | { kind: 'ended'; outcome: Outcome }
  /** A second carrier call speaks for this attempt: it must not live. */
  | { kind: 'stranger'; carrierCallId: string };

/** How long each state may last before somebody looks, in ms. */
export type CallDeadlines = {
  carrierAnswerMs: number;
  ringMs: number;
  presentMs: number;
  joinMs: number;
  checkTalkMs: number;
  closingMs: number;
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
};

export type Decided = { call: Call; happened: CallHappening[] };
