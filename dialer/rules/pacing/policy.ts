/**
 * The fixed interface between a pacing policy and the loop that runs it.
 *
 * A policy is pure: it sees events and `now`, integer milliseconds of one clock, and answers how many calls to place.
 * The loop hands over every event in time order, asks `decide` after each batch of events at one instant, and again at
 * `wakeAt`. A policy ignores events and fields it does not know, and survives disorder: it never throws and never
 * answers anything but a bounded integer of at least 0.
 */
export type PacingConfig = {
  /** Cap on abandoned ÷ (abandoned + connected), e.g. 0.03. */
  maxAbandonRate: number;
  /** A presented call without an agent after so long is abandoned. */
  abandonWithinMs: number;
  /** Band of talk ÷ signed-in time; absent: as high as the cap allows. */
  targetUtilization?: { min: number; max: number };
  maxLines: number;
  maxCallsPerSecond: number;
  /** Calls ring at most so long. */
  ringTimeoutMs: number;
  seed?: number;
  /** What the campaign did in its rolling window (30 days) before this pacer started; the cap holds over both together. */
  history?: { answered: number; abandoned: number };
};

export type AgentState = 'offline' | 'away' | 'ready' | 'talking' | 'wrapup';

export type EndReason =
  | 'busy'
  | 'invalid'
  | 'no-answer'
  | 'machine'
  | 'abandoned'
  | 'completed'
  | 'failed'
  | 'canceled';

export type Id = number | string;

export type PacingEvent =
  /** `since`: when the state began, where that was before this event, as for a policy that starts in the middle. */
  | { type: 'agent'; time: number; since?: number; agentId: Id; state: AgentState; callId?: Id }
  /** Will go away or offline when the present call is done. */
  | { type: 'agent-leaving'; time: number; agentId: Id }
  /** `chance`: the engine's own estimate that a person answers this very call. */
  | { type: 'placed'; time: number; callId: Id; chance?: number }
  /** `pickup`: answered, machine detection still listens. */
  | { type: 'ringing' | 'pickup'; time: number; callId: Id }
  /** live: detection said person; unknown: none was used; machine: will not be presented. */
  | { type: 'answered'; time: number; callId: Id; by: 'live' | 'unknown' | 'machine' }
  | { type: 'connected'; time: number; callId: Id; agentId: Id }
  | { type: 'abandoned'; time: number; callId: Id; waitedMs: number; reason: 'no-agent' | 'caller-hangup' }
  /** `party`: who was there, where it is known; known later, as when the agent says it, the end is told once more with it. */
  | { type: 'ended'; time: number; callId: Id; reason: EndReason; agentId?: Id; party?: 'human' | 'machine' };

/** What keeps a team from more talk time: too few answers, lines, contacts, the abandonment cap, agents, or the band itself. */
export type PacingLimit = 'answers' | 'lines' | 'contacts' | 'cap' | 'agents' | 'band';

/** How calls are held back while the cap is reached: less risk, only calls that nearly surely find an agent, one for each ready agent. */
export type CapHold = 'half' | 'nearly-all' | 'sure' | 'one-each';

/** Why a decision came out as it did: a code that a page translates, with the figures of its sentence. */
export type PacingReason =
  | { code: 'no-agents' }
  | { code: 'lines-full'; lines: number }
  | { code: 'calls-per-second'; limit: number }
  | { code: 'progressive'; ready: number; inFlight: number }
  | { code: 'ratio'; ready: number; inFlight: number; ratio: number }
  | { code: 'placing'; calls: number; chanceNobody: number; limit: number; ready: number; inFlight: number }
  | { code: 'waiting'; chanceNobody: number; limit: number; ready: number; inFlight: number }
  /** The list's coming back is left out of the chance: what it would cost was saved of the cap. */
  | { code: 'placing-borne'; calls: number; chanceNobody: number; limit: number; ready: number; inFlight: number }
  /** The list may answer again as it once did; reckoning with that, one more call has this chance to find nobody. */
  | { code: 'may-return'; chanceNobody: number; limit: number; ready: number; inFlight: number }
  /** Nothing is known of the list yet. */
  | { code: 'first-calls'; ready: number; inFlight: number }
  /** As many calls are under way as nearly surely find an agent, and the guard allows no more. */
  | { code: 'sure-calls'; ready: number; inFlight: number }
  /** Too many were abandoned; until it is made good, calls are placed as `hold` says. */
  | { code: 'cap-reached'; abandoned: number; answered: number; cap: number; hold: CapHold }
  | { code: 'band-reached'; utilization: number; aim: number }
  /** Even the least that can be dialled is too much talk: so many agents rest in turn. */
  | { code: 'band-rest'; utilization: number; top: number; resting: number };

export type PacingDecision = {
  /** Calls to place now: an integer, at least 0. */
  place: number;
  /** For each of these calls the chance that it, if answered, finds nobody; in the order of placing. */
  risks?: number[];
  /** Ask again at this time (ms of the events' clock), sooner if events come. */
  wakeAt?: number;
  /** One English sentence for the wallboard and the decision log. */
  why?: string;
  reason?: PacingReason;
  binding?: PacingLimit;
  /** Agents with which the band would be reached (or kept), where it is not. */
  agentsNeeded?: number;
};

export type PacingPolicy = {
  observe(event: PacingEvent): void;
  decide(now: number): PacingDecision;
  /** What was learnt, as plain JSON, to survive a change of pacer. */
  snapshot?(): unknown;
  restore?(snapshot: unknown): void;
  /** Of the presented calls foretold to find nobody with such a risk, how many did. */
  calibration?(): CalibrationRow[];
};

/** Presented calls with a foretold risk up to `upTo` (and above the row before): number, sum of risks, and what came of them. */
export type CalibrationRow = { upTo: number; calls: number; foretold: number; foundNobody: number };

export type PolicyFactory = (config: PacingConfig) => PacingPolicy;
