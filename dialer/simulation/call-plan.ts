/**
 * What will happen on one dialled call, decided by the phone network at the moment of dialling.
 *
 * The plan is the one interface between the seeded phone-network model and whoever plays it: the day in virtual
 * time (`shift`) and the sandbox carrier, which makes the same calls real on loopback. All durations are milliseconds
 * of the clock in use.
 */
export type CallPlan = {
  /** From dialling to the first ring (or to the failure). */
  setupMs: number;
  fate: CallFate;
};

/** Closed union: how the far end behaves. */
export type CallFate =
  | { kind: 'invalid' } // number does not exist: fails after set-up
  | { kind: 'switched-off' } // network announcement, never rings: fails after set-up
  | { kind: 'failed' } // the network could not complete the call
  | { kind: 'busy' }
  | { kind: 'no-answer' } // rings until the caller gives up
  | { kind: 'machine'; ringMs: number; greetingMs: number; detection: Detection }
  | { kind: 'person'; ringMs: number; detection: Detection; person: Person };

/** What answering-machine detection will say of an answered call, and how long after the answer. */
export type Detection = { verdict: 'human' | 'machine' | 'unknown'; afterMs: number };

/** How a person who answered behaves. */
export type Person = {
  /** Waits so long for somebody to speak before hanging up. */
  patienceMs: number;
  /** How long the talk would last once an agent is there; from the real calls' durations. */
  talkMs: number;
  /** Whether this person accepts the offer (joint with talkMs in the real calls). */
  accepts: boolean;
};

/** The seeded model behind the sandbox carrier and the simulator. The same seed and sequence of calls give the same plans. */
export type PhoneNetwork = {
  /** `to` in E.164 or any opaque contact key; `at` epoch ms; a person's answer chance may depend on hour, list and key.
   * `attempt`: number of this call to this key, from 1; absent: the network counts. */
  plan(call: { to: string; at: number; ringTimeoutMs: number; attempt?: number }): CallPlan;
};
