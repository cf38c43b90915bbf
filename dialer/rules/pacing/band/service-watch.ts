import type { AgentRelease } from '../agents/agent-release.ts';
import { clamp } from '../numbers.ts';
import type { Service } from './band-governor.ts';

/** The quick memory holds so many talks, and at least so many seconds of everybody's time. */
const QUICK_TALKS = 60;
const QUICK_S = 240;
/** Spread of the logarithm of one talk's length, and of one wrap-up's share. */
const SPREAD = { talk: 1.2, wrapup: 0.6 } as const;
/** From so many standard deviations on the quick memory counts, and fully from so many. */
const NEWS = { from: 1.5, full: 3 } as const;

/**
 * What calls take of agents, for the band's first guess: as learnt over hundreds of talks, but as of the last minutes where those
 * differ by more than luck (a new list, another offer), so that caution meant for long talks does not outlast them.
 */
export class ServiceWatch {
  private readonly learnt: AgentRelease;
  private talks = 0;
  private talkTime = 0;
  private wrapTime = 0;

  constructor(learnt: AgentRelease) {
    this.learnt = learnt;
  }

  spend(seconds: number, talking: number, wrapup: number): void {
    const { serviceTime } = this.learnt;
    const memory = Math.max(QUICK_S * talking, QUICK_TALKS * serviceTime);
    const keep = Math.exp((-seconds * talking) / memory);
    this.talks *= keep;
    this.talkTime = this.talkTime * keep + seconds * talking;
    this.wrapTime = this.wrapTime * keep + seconds * wrapup;
  }

  talkEnded(): void {
    this.talks++;
  }

  now(): Service {
    const { serviceTime, wrapupPerTalk } = this.learnt;
    if (this.talks < QUICK_TALKS / 3) return { serviceTime, wrapupPerTalk };
    const quick = {
      serviceTime: (this.talkTime + this.wrapTime) / this.talks,
      wrapupPerTalk: this.wrapTime / this.talkTime,
    };
    const root = Math.sqrt(this.talks);
    const deviations = Math.max(
      (root * Math.abs(Math.log(quick.serviceTime / serviceTime))) / SPREAD.talk,
      (root * Math.abs(Math.log(quick.wrapupPerTalk / Math.max(1e-3, wrapupPerTalk)))) / SPREAD.wrapup,
    );
    const weight = clamp((deviations - NEWS.from) / (NEWS.full - NEWS.from), 0, 1);
    return {
      serviceTime: serviceTime + weight * (quick.serviceTime - serviceTime),
      wrapupPerTalk: wrapupPerTalk + weight * (quick.wrapupPerTalk - wrapupPerTalk),
    };
  }
}
