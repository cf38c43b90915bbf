import type { PacingConfig, PacingEvent, PacingPolicy } from '../../rules/pacing/policy.ts';
import type { PolicySource } from '../policy-source.ts';
import { Random } from '../random.ts';
import { Board } from './board.ts';
import { type Attempt, CallLog } from './call-log.ts';

const factors = [1, 1.5, 2, 2.5, 3, 4];
const replayEveryMs = 15_000;
const replaySeconds = 240;

/**
 * In the manner of Impact Dialing's public predictive dialler: replays the last 100 attempts for four simulated
 * minutes with six factors of lines per ready agent, and keeps the one with the best utilization whose abandons fit.
 */
export const impactLike: PolicySource = (config) => new ImpactLike(config);

class ImpactLike implements PacingPolicy {
  private readonly board = new Board();
  private readonly log = new CallLog(100);
  private readonly random: Random;
  private readonly config: PacingConfig;
  private factor = 1;
  private nextReplay = 0;

  constructor(config: PacingConfig) {
    this.config = config;
    this.random = new Random(config.seed ?? 1, 0x1a9);
  }

  observe(event: PacingEvent): void {
    this.board.observe(event);
    this.log.observe(event);
  }

  decide(now: number): { place: number; wakeAt: number } {
    if (now >= this.nextReplay) {
      this.nextReplay = now + replayEveryMs;
      this.factor = this.choose();
    }
    const { board } = this;
    const place = board.room(this.config, Math.floor(this.factor * board.ready) - board.inAir);
    return { place, wakeAt: this.nextReplay };
  }

  private choose(): number {
    const { board, log } = this;
    if (board.signedIn < 5 || log.attempts.length < 50) return 1;
    let best = 1;
    let bestUtilization = -1;
    for (const factor of factors) {
      const { utilization, abandonRate } = replay(log.attempts, board.signedIn, factor, this.random);
      if (abandonRate > this.config.maxAbandonRate || utilization <= bestUtilization) continue;
      best = factor;
      bestUtilization = utilization;
    }
    const presented = board.connected + board.abandoned;
    const isAboveCap = presented > 0 && board.abandoned / presented > this.config.maxAbandonRate;
    return isAboveCap ? Math.max(1, 0.75 * best) : best;
  }
}

/** Second by second: free agents, lines by the factor, outcomes drawn from the attempts, no waiting. */
function replay(attempts: Attempt[], agents: number, factor: number, random: Random) {
  const lines: { endsAt: number; attempt: Attempt }[] = [];
  const busyUntil: number[] = [];
  let busySeconds = 0;
  let presented = 0;
  let abandoned = 0;
  for (let second = 0; second < replaySeconds; second++) {
    for (let i = busyUntil.length - 1; i >= 0; i--) if ((busyUntil[i] ?? 0) <= second) busyUntil.splice(i, 1);
    for (let i = lines.length - 1; i >= 0; i--) {
      const line = lines[i];
      if (line === undefined || line.endsAt > second) continue;
      lines.splice(i, 1);
      if (!line.attempt.wasPresented) continue;
      presented++;
      if (busyUntil.length < agents) busyUntil.push(second + line.attempt.serviceMs / 1000);
      else abandoned++;
    }
    const wanted = Math.floor(factor * (agents - busyUntil.length)) - lines.length;
    for (let i = 0; i < wanted; i++) {
      const attempt = attempts[random.below(attempts.length)];
      if (attempt !== undefined) lines.push({ endsAt: second + attempt.lineMs / 1000, attempt });
    }
    busySeconds += busyUntil.length;
  }
  return {
    utilization: busySeconds / (agents * replaySeconds),
    abandonRate: presented === 0 ? 0 : abandoned / presented,
  };
}
