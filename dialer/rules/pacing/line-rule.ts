import { BandRest } from './band/band-rest.ts';
import { agentsToShare } from './band/limit-watch.ts';
import { CallRateLimit } from './floor/call-rate-limit.ts';
import { Floor } from './floor/floor.ts';
import type { PacingConfig, PacingDecision, PacingEvent, PacingPolicy, PacingReason } from './policy.ts';
import { safeConfig } from './safe-config.ts';
import { whySentence } from './why.ts';

/** Rest ends by time alone: look again after so long. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Policies that need no forecast: keep so many calls under way as a rule of the ready agents says. With a band, agents rest
 * in turn where that would be too much talk.
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
  const rest = new BandRest(safe.band);
  const rate = new CallRateLimit(safe.callsPerSecond);
  const answer = (reason: PacingReason, place: number, wake?: number): PacingDecision => ({
    place,
    reason,
    why: whySentence(reason),
    ...floor.clock.alarm(wake),
  });
  const restingAnswer = (now: number, resting: number): PacingDecision => {
    const { signedIn, wrapup, talking } = floor;
    const figures = rest.figures(signedIn) ?? { utilization: 0, top: 1 };
    const needed = agentsToShare(signedIn, figures.utilization, resting, figures.top, wrapup / Math.max(1, talking));
    return {
      ...answer({ code: 'band-rest', ...figures, resting }, 0, now + LOOK_AGAIN_MS),
      binding: 'band',
      ...(needed === undefined ? {} : { agentsNeeded: needed }),
    };
  };
  return {
    observe(event: PacingEvent): void {
      if (typeof event !== 'object' || event === null) return;
      rest.advance(floor.advance(event.time), floor);
      floor.observe(event);
    },
    decide(time: number): PacingDecision {
      const now = floor.advance(time);
      rest.advance(now, floor);
      const resting = Math.min(rest.resting(now, floor), floor.ready);
      if (floor.signedIn === 0) return answer({ code: 'no-agents' }, 0);
      const inFlight = floor.calls.size;
      const lines = safe.maxLines - inFlight - floor.talking;
      const missing = Math.max(0, Math.floor(wanted(floor.ready - resting)) - inFlight);
      if (missing === 0 && resting > 0) return restingAnswer(now, resting);
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
