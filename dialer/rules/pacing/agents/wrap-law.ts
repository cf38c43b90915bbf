import type { AgentRow } from '../floor/floor-rows.ts';
import { HazardByAge } from './hazard.ts';
import { LengthLaw } from './length-law.ts';

const EDGES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16, 20, 25, 30, 40, 50, 60, 80, 100, 130, 170];
const GROUPS = [0, 10, 30];
const BELIEVED_WRAPUP_S = 15;
/** Wrap-up follows talk: refusals are noted in a moment, a sale takes its form. Classes by talk length, s. */
export const TALK_CLASSES = [0, 15, 40, 100, 220];
/** What wrap-up does before a class was seen: the longer the talk, the slower (factor on the pooled chance to end). */
const BELIEF = [1.1, 1, 0.85, 0.7, 0.55];

/**
 * How likely a wrap-up ends within its next second, in classes by the length of its talk. What few of one class show is filled up from all of them;
 * a change is followed in each class for itself, so that other talks than before are not taken for other wrap-ups.
 */
export class WrapLaw {
  private readonly pooled = new HazardByAge(EDGES, BELIEVED_WRAPUP_S);
  private readonly byClass = TALK_CLASSES.map(() => new LengthLaw({ edges: EDGES, groups: GROUPS }, BELIEVED_WRAPUP_S));

  /** Since when wrap-ups go on, ms, by class; used again at every look. */
  private readonly since: number[][] = TALK_CLASSES.map(() => []);

  /** The class of wrap-ups after a talk of so many seconds. */
  classOf(talkSeconds: number): number {
    let found = TALK_CLASSES.length - 1;
    while (found > 0 && talkSeconds < (TALK_CLASSES[found] ?? 0)) found--;
    return found;
  }

  bandOf(age: number): number {
    return this.pooled.bandOf(age);
  }

  get isSurprised(): boolean {
    return this.byClass.some((law) => law.isSurprised);
  }

  watch(agents: Iterable<AgentRow>, now: number): void {
    for (const since of this.since) since.length = 0;
    for (const agent of agents)
      if (agent.state === 'wrapup') this.since[this.classOf(agent.talkMs / 1000)]?.push(agent.since);
    this.byClass.forEach((law, i) => {
      law.watch(now, this.since[i] ?? []);
    });
  }

  learn(now: number, seconds: number, talkSeconds: number, halfLife: number, agents: number): void {
    this.pooled.learn(seconds, halfLife);
    this.byClass[this.classOf(talkSeconds)]?.learn(now, seconds, halfLife, agents);
  }

  /** Chances of ending within one second, by class and band. @param running ages (s) by class of those that go on */
  perSecond(running: readonly number[][]): number[][] {
    const rates = this.pooled.perSecond(running.flat(), { ends: 2, groups: [0], factor: () => 1 });
    return this.byClass.map((law, i) =>
      law.perSecond(running[i] ?? [], { ends: 4, rates, groups: [0], factor: () => BELIEF[i] ?? 1 }),
    );
  }

  toJSON(): { wrap: unknown; wrapByClass: unknown } {
    return { wrap: this.pooled, wrapByClass: this.byClass };
  }

  load(stored: object): void {
    if ('wrap' in stored) this.pooled.load(stored.wrap);
    if (!('wrapByClass' in stored) || !Array.isArray(stored.wrapByClass)) return;
    const list: unknown[] = stored.wrapByClass;
    for (const [i, law] of this.byClass.entries()) law.load(list[i]);
  }
}
