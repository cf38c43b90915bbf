import { commitmentOf, isDrawKey } from './keyed-hash.ts';
import { isRate } from './rates.ts';

/** Changes whenever the same frame, key and request would give another draw. Kept with every draw. */
export const DRAW_ALGORITHM = 'fairline-ring/1';

/** What an agent under tightened inspection is drawn at: at least `rate`, and at least `minimum` recordings (or all there are). */
export interface AgentRate {
  readonly agentId: string;
  readonly rate: number;
  readonly minimum: number;
}

/** Everything a draw depends on besides frame and key. Plain data, stored with the draw. */
export interface DrawRequest {
  readonly algorithm: string;
  /** daily: by the centre, each agent once a week at least. weekly: by the supervisor, independent, no such promise. */
  readonly kind: 'daily' | 'weekly';
  /** Share of the recordings that are not forced, 0 to 1, to a millionth. 0 switches lots and the weekly promise off. */
  readonly rate: number;
  readonly agentRates: readonly AgentRate[];
  /**
   * Agents who have been drawn on an earlier day of this week. Who has a recording and is not among them is drawn today at least
   * once. So everyone's first day of the week with a recording settles the promise, nobody need know whether there will be
   * another day, and the chances stay known because that day does not hang on any lot.
   */
  readonly alreadyDrawn: readonly string[];
}

export type DrawFault =
  | { readonly fault: 'unknown-algorithm'; readonly algorithm: string }
  | { readonly fault: 'rate-out-of-range'; readonly agentId: string | null; readonly rate: number }
  | { readonly fault: 'bad-minimum'; readonly agentId: string; readonly minimum: number }
  | { readonly fault: 'agent-rate-twice'; readonly agentId: string }
  | { readonly fault: 'bad-key' }
  | { readonly fault: 'key-differs-from-commitment' };

/** All faults of a request and its key, none if the draw can be made. */
export function checkDrawRequest(request: DrawRequest, key: string, commitment: string): DrawFault[] {
  const faults: DrawFault[] = [];
  if (request.algorithm !== DRAW_ALGORITHM) faults.push({ fault: 'unknown-algorithm', algorithm: request.algorithm });
  if (!isRate(request.rate)) faults.push({ fault: 'rate-out-of-range', agentId: null, rate: request.rate });
  const seen = new Set<string>();
  for (const { agentId, rate, minimum } of request.agentRates) {
    if (!isRate(rate)) faults.push({ fault: 'rate-out-of-range', agentId, rate });
    if (!Number.isSafeInteger(minimum) || minimum < 0) faults.push({ fault: 'bad-minimum', agentId, minimum });
    if (seen.has(agentId)) faults.push({ fault: 'agent-rate-twice', agentId });
    seen.add(agentId);
  }
  if (!isDrawKey(key)) faults.push({ fault: 'bad-key' });
  else if (commitmentOf(key) !== commitment) faults.push({ fault: 'key-differs-from-commitment' });
  return faults;
}
