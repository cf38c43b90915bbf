import type { AgentState, Id } from '../policy.ts';

/** Where a call is on its way: set-up, ringing, detection listening, or presented and waiting for an agent. */
export type CallStage = 'setup' | 'ringing' | 'listening' | 'waiting';

export type CallRow = {
  stage: CallStage;
  /** Start of this stage, ms of the steady clock. */
  since: number;
  placedAt: number;
  setupMs: number;
  ringMs: number;
  /** The engine's own estimate for this call, where it gave one. */
  chance: number | undefined;
  /** The policy's chance that this call is presented, as believed when it was placed. */
  prior: number;
  /** The policy's chance, when placing, that this call would find nobody if answered. */
  risk: number;
  /** The same as long as the list stays as it is: what the threshold learns from. */
  usualRisk: number;
  /** The threshold under which it was placed, if that was what kept further calls back. */
  threshold: number | undefined;
};

/** A call placed at `now`, with the engine's own estimate where it gave one that can be read. */
export const newCall = (now: number, chance: number | undefined): CallRow => ({
  stage: 'setup',
  since: now,
  placedAt: now,
  setupMs: 0,
  ringMs: 0,
  chance: typeof chance === 'number' && chance >= 0 && chance <= 1 ? chance : undefined,
  prior: 0,
  risk: 0,
  usualRisk: 0,
  threshold: undefined,
});

export type AgentRow = {
  id: Id;
  state: Exclude<AgentState, 'offline'>;
  since: number;
  /** Length of the last talk, ms: wrap-up follows it. */
  talkMs: number;
  leaving: boolean;
  callId: Id | undefined;
};

/** The agent who is ready and was so at `time`, for longest. */
export function longestReady(agents: Iterable<AgentRow>, time: number): AgentRow | undefined {
  let found: AgentRow | undefined;
  for (const agent of agents)
    if (agent.state === 'ready' && agent.since <= time && (found === undefined || agent.since < found.since))
      found = agent;
  return found;
}

/** What an event meant, once doubles and disorder are sorted out. Learners listen to these. */
export type Fact =
  | { fact: 'placed'; call: CallRow }
  | { fact: 'rings'; call: CallRow }
  /** The call's nature is known: presented to the pool, or it never will be. `from` is the stage it left. */
  | { fact: 'resolved'; call: CallRow; presented: boolean; stageMs: number; reachedBy: CallStage }
  | { fact: 'connected'; call: CallRow; waitedMs: number }
  | { fact: 'abandoned'; call: CallRow; waitedMs: number }
  /** Who was on a call that an agent had. Told once for each call, at its end or when the agent has said it, perhaps minutes later. */
  | { fact: 'party'; callId: Id; party: 'human' | 'machine' }
  | { fact: 'talk-ended'; agent: AgentRow; talkMs: number }
  | { fact: 'wrapup-ended'; agent: AgentRow; wrapMs: number; talkMs: number; to: 'ready' | 'gone' };

/** How long an agent's state has lasted when it is told, ms; a day at most, nothing where that cannot be read. */
export function ageOf({ time, since }: { time: number; since?: number }): number {
  const age = since === undefined ? 0 : time - since;
  return age > 0 && age <= 86_400_000 ? age : 0;
}
