/** What a pacer has seen of calls and desks, and how many there are of each kind. */
import type { PacedCall } from '../../ports/pacing.ts';
import type { AgentState } from '../../rules/pacing/policy.ts';

export type SeenCall = {
  row: PacedCall;
  /** Dialled for one agent: not a call of the pool, and none of the policy's. */
  bound: boolean;
  ringing: boolean;
  answered: boolean;
  connectedTo: string | null;
  abandoned: boolean;
};
export type SeenDesk = {
  state: AgentState;
  since: number;
  callId: string | null;
  leaving: boolean;
  suspended: boolean;
};

export type Counts = Record<
  'ready' | 'talking' | 'wrapUp' | 'away' | 'inFlight' | 'ringing' | 'waiting' | 'lines',
  number
>;

/** `aside`: agents kept for calls of their own, who are ready all the same. */
export function countsOf(
  calls: Iterable<SeenCall>,
  desks: ReadonlyMap<string, SeenDesk>,
  aside: ReadonlySet<string>,
): Counts {
  const counts: Counts = {
    ready: 0,
    talking: 0,
    wrapUp: 0,
    away: 0,
    inFlight: 0,
    ringing: 0,
    waiting: 0,
    lines: 0,
  };
  for (const [agentId, { state }] of desks) {
    if (state === 'ready' || aside.has(agentId)) counts.ready += 1;
    else if (state === 'talking') counts.talking += 1;
    else if (state === 'wrapup') counts.wrapUp += 1;
    else counts.away += 1;
  }
  for (const { bound, ringing, answered, connectedTo, row } of calls) {
    counts.lines += 1;
    if (bound || connectedTo !== null) continue;
    if (answered && row.closing === null) counts.waiting += 1;
    else if (!answered) counts.inFlight += 1;
    if (ringing && !answered) counts.ringing += 1;
  }
  return counts;
}
