/**
 * The fixed interface between a pacing policy and the loop that runs it.
 *
 * A policy is pure: it sees events and `now`, integer milliseconds of one clock, and answers how many calls to place.
 * The loop hands over every event in time order, asks `decide` after each batch of events at one instant, and again at
 * `wakeAt`. A policy ignores events and fields it does not know.
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
};

export type AgentState = 'offline' | 'away' | 'ready' | 'talking' | 'wrapup';

export type EndReason = 'busy' | 'invalid' | 'no-answer' | 'machine' | 'abandoned' | 'completed' | 'failed' | 'canceled';

type Id = number | string;

export type PacingEvent =
  | { type: 'agent'; time: number; agentId: Id; state: AgentState; callId?: Id }
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
  | { type: 'ended'; time: number; callId: Id; reason: EndReason; agentId?: Id; party?: 'human' | 'machine' };

export type PacingPolicy = {
  observe(event: PacingEvent): void;
  /** `place`: calls to place now, an integer ≥ 0; `why`: one sentence for the wallboard. */
  decide(now: number): { place: number; wakeAt?: number; why?: string };
  /** What was learnt, to survive a change of pacer. */
  snapshot?(): unknown;
  restore?(snapshot: unknown): void;
};
