/** What a policy is told of a campaign's limits, and which limit kept the loop from placing more. */
import type { CampaignSettings } from '../../rules/campaign-settings.ts';
import type { PacingConfig, PacingDecision } from '../../rules/pacing/policy.ts';

export function configOf(settings: CampaignSettings, history: { answered: number; abandoned: number }): PacingConfig {
  const { band, maxAbandonRate, abandonWithinMs, ringTimeoutMs, maxLines, maxCallsPerSecond } = settings.pacing;
  return {
    maxAbandonRate,
    abandonWithinMs,
    ringTimeoutMs,
    maxLines,
    maxCallsPerSecond,
    history,
    ...(band === null ? {} : { targetUtilization: band }),
  };
}

/** What kept the loop from placing more: the loop's own limits, else what the policy says. */
export function bindingOf(
  decision: PacingDecision,
  now: { lines: number; resting: boolean; count: number },
): string | null {
  if (decision.place > now.count) {
    if (now.resting) return 'contacts';
    if (now.lines < decision.place) return 'lines';
    return 'calls-per-second';
  }
  return decision.binding ?? null;
}
