/** What is kept of a decision, so that it can be read back: what it saw, what it foretold, how quickly it came. */
import type { ForetoldCall, PacedCall, PacedDesk } from '../../ports/pacing.ts';
import type { Json } from '../../ports.ts';
import type { PacingDecision } from '../../rules/pacing/policy.ts';
import type { Counts } from './picture.ts';

type Around = {
  counts: Counts;
  linesFree: number;
  mode: string;
  settingsVersion: number;
  /** From the first cause of the decision to the decision, ms; null: it had none but the time. */
  lagMs: number | null;
  binding: string | null;
};

export function sawOf(decision: PacingDecision, { counts, ...around }: Around): Json {
  return {
    ...counts,
    ...around,
    asked: decision.place,
    agentsNeeded: decision.agentsNeeded ?? null,
    reason: decision.reason === undefined ? null : { ...decision.reason },
  };
}

/** What was foretold of the calls that a decision became: the first risks are those of the first calls. */
export function foretoldOf(
  decision: PacingDecision,
  claims: readonly { attemptId: string; chance?: number | undefined }[],
): ForetoldCall[] {
  return claims.map(({ attemptId, chance }, i) => ({
    attemptId,
    risk: decision.risks?.[i] ?? null,
    chance: chance ?? null,
  }));
}

/** The earliest instant at which an agent became ready or a call ended after `after` (epoch ms) among rows that changed; null: there is none. */
export function firstCause(calls: readonly PacedCall[], desks: readonly PacedDesk[], after: number): number | null {
  const ended = calls.flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]));
  const ready = desks.filter(({ activity }) => activity === 'ready').map(({ since }) => since);
  const causes = [...ended, ...ready].filter((at) => at > after);
  return causes.length === 0 ? null : Math.min(...causes);
}
