import { clamp } from '../numbers.ts';

/** Whoever has a machine on the line knows it after so many seconds at the latest. */
const MACHINE_S = 15;
/** What a talk is believed to last beyond that before any was seen, and what one talk counts in the mean of the last fifty. */
const BELIEVED_CONVERSATION_S = 60;
const CONVERSATION_SHARE = 0.02;
const WORTH_S = 8;
const LEAST_WORTH = 0.02;

/**
 * What an answer is worth, 0 to 1: one of a hundred who is a person brings enough to be worth all. Machines taken for people bring
 * no conversation, and they may be all that a dead list has.
 */
export class TalkWorth {
  /** Mean of what the last talks lasted beyond the time that it takes to know a machine, s. */
  private conversation = BELIEVED_CONVERSATION_S;

  get value(): number {
    return clamp(this.conversation / WORTH_S, LEAST_WORTH, 1);
  }

  learn(seconds: number): void {
    this.conversation += CONVERSATION_SHARE * (Math.max(0, seconds - MACHINE_S) - this.conversation);
  }
}
