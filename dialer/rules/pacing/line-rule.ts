import { CallRateLimit } from './call-rate-limit.ts';
import { Floor } from './floor.ts';
import type { PacingConfig, PacingDecision, PacingEvent, PacingPolicy, PacingReason } from './policy.ts';
import { safeConfig } from './safe-config.ts';
import { whySentence } from './why.ts';

/**
 * Policies that need no forecast: keep so many calls under way as a rule of the ready agents says.
 * @param wanted calls under way for a number of ready agents
 * @param why the reason to show
 */
export function lineRule(
  config: PacingConfig,
  wanted: (ready: number) => number,
  why: (ready: number, inFlight: number) => PacingReason,
): PacingPolicy {
  const safe = safeConfig(config);
  const floor = new Floor(safe, () => {});
  const rate = new CallRateLimit(safe.callsPerSecond);
  const answer = (reason: PacingReason, place: number, wake?: number): PacingDecision => ({
    place,
    reason,
    why: whySentence(reason),
    ...(wake === undefined ? {} : { wakeAt: floor.clock.outside(wake) }),
  });
  return {
    observe(event: PacingEvent): void {
      floor.observe(event);
    },
    decide(time: number): PacingDecision {
      const now = floor.advance(time);
      if (floor.signedIn === 0) return answer({ code: 'no-agents' }, 0);
      const inFlight = floor.calls.size;
      const lines = safe.maxLines - inFlight - floor.talking;
      const missing = Math.max(0, Math.floor(wanted(floor.ready)) - inFlight);
      if (missing === 0) return answer(why(floor.ready, inFlight), 0);
      if (lines <= 0) return answer({ code: 'lines-full', lines: safe.maxLines }, 0);
      const speed = rate.available(now);
      const place = Math.min(missing, lines, speed);
      rate.take(now, place);
      if (speed < missing) {
        return answer({ code: 'calls-per-second', limit: safe.callsPerSecond }, place, rate.nextAt(now));
      }
      return answer(why(floor.ready, inFlight + place), place);
    },
  };
}
