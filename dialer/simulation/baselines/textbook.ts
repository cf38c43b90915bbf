import type { PacingConfig, PacingEvent, PacingPolicy } from '../../rules/pacing/policy.ts';
import { normalCdf } from '../distribution.ts';
import type { PolicySource } from '../policy-source.ts';
import { Board } from './board.ts';
import { CallLog } from './call-log.ts';

/**
 * Expected available agents (D. A. Samuelson, "Predictive Dialing for Outbound Telephone Call Centers", Interfaces
 * 29(5), 1999): agents ready now plus those expected to finish while a new call rings, exponential service; as many
 * calls as keep the expected overflow of answers, both taken as normal, under the cap.
 */
export const expectedAvailable: PolicySource = (config) => {
  const board = new Board();
  const log = new CallLog(100);
  return {
    observe(event: PacingEvent): void {
      board.observe(event);
      log.observe(event);
    },
    decide(now: number) {
      const finish = 1 - Math.exp(-log.lineMs / Math.max(1_000, log.serviceMs));
      const busy = board.talking + board.wrappingUp;
      const available = board.ready + busy * finish - board.waiting;
      const variance = busy * finish * (1 - finish);
      const p = Math.max(0.01, log.answerShare);
      let lines = board.inAir;
      while (
        lines - board.inAir < 200 &&
        overflow((lines + 1) * p, variance + (lines + 1) * p * (1 - p), available) <= config.maxAbandonRate
      )
        lines++;
      return { place: board.room(config, lines - board.inAir), wakeAt: now + 1_000 };
    },
  };
};

/** Expected share of answers that exceed the agents: the normal loss function over the mean. */
function overflow(mean: number, variance: number, available: number): number {
  const sd = Math.sqrt(Math.max(1e-9, variance));
  const z = (available - mean) / sd;
  const density = Math.exp((-z * z) / 2) * 0.3989422804014327;
  return (sd * (density - z * (1 - normalCdf(z)))) / Math.max(1e-9, mean);
}

const proportional = 4;
const integral = 0.4;
const controlEveryMs = 15_000;

/** PI controller on the abandon rate: it moves the lines dialled per agent who is or will soon be free. */
export const piController: PolicySource = (config) => new PiController(config);

class PiController implements PacingPolicy {
  private readonly board = new Board();
  private readonly log = new CallLog(100);
  private readonly config: PacingConfig;
  private level = 1;
  private sum = 0;
  private rate = 0;
  private nextControl = 0;

  constructor(config: PacingConfig) {
    this.config = config;
  }

  observe(event: PacingEvent): void {
    this.board.observe(event);
    this.log.observe(event);
    if (event.type !== 'connected' && event.type !== 'abandoned') return;
    // An exponential mean over about 100 answers.
    this.rate += 0.01 * (Number(event.type === 'abandoned') - this.rate);
  }

  decide(now: number): { place: number; wakeAt: number } {
    const { board, log } = this;
    if (now >= this.nextControl) {
      this.nextControl = now + controlEveryMs;
      const error = this.config.maxAbandonRate - this.rate;
      this.sum = Math.min(3, Math.max(-1, this.sum + integral * error));
      this.level = Math.min(4, Math.max(0.2, 1 + this.sum + proportional * error));
    }
    const finish = 1 - Math.exp(-log.lineMs / Math.max(1_000, log.serviceMs));
    const free = board.ready - board.waiting + (board.talking + board.wrappingUp) * finish;
    const wanted = Math.floor((this.level * free) / Math.max(0.02, log.answerShare)) - board.inAir;
    return { place: board.room(this.config, Math.max(wanted, board.ready - board.inAir)), wakeAt: this.nextControl };
  }
}
