import type { CallRow, CallStage } from '../floor/floor-rows.ts';
import { StageTimes, sumOf } from './stage-times.ts';

/** Each presented call weighs so much in whether ringing is told; before the first one it is thought to be, just so. */
const WEIGHT = 0.2;
const BELIEVED = 0.6;
/** How many observed calls the believed lengths are worth. */
const PRIOR_CALLS = 5;

type Stages = Record<'setup' | 'ringing', StageTimes>;
type OtherStages = Record<'setup' | 'ringPicked' | 'ringEnded' | 'listening', StageTimes>;

/**
 * Where nobody tells that a call rings, what looks like set-up holds the ringing too. Set-up alone is believed to take
 * three seconds, and no few calls change that, so a cold start would give up every call before it is answered and place
 * far too many; here the first stage is believed to last as long as both, and learnt for itself.
 */
export class UntoldRinging {
  /** How long calls that get presented, and all others, stay in their first stage. */
  readonly mine: StageTimes;
  readonly others: StageTimes;
  private told = BELIEVED;

  constructor(seconds: number, mine: Stages, others: OtherStages) {
    const shape = (density: Float64Array) => (second: number) => density[second] ?? 0;
    this.mine = new StageTimes(seconds, shape(sumOf(mine.setup.density(), mine.ringing.density())), PRIOR_CALLS);
    const setup = others.setup.density();
    const picked = sumOf(setup, sumOf(others.ringPicked.density(), others.listening.density()));
    const rungOut = sumOf(setup, others.ringEnded.density());
    // As is believed of them before: one in five does not ring, three of eight that do are picked up by machines.
    const all = setup.map((p, second) => 0.2 * p + 0.3 * (picked[second] ?? 0) + 0.5 * (rungOut[second] ?? 0));
    this.others = new StageTimes(seconds, shape(all), PRIOR_CALLS);
  }

  /** Whether calls come to be presented without a word of their ringing. */
  get isRule(): boolean {
    return this.told < 0.5;
  }

  learn(call: CallRow, presented: boolean, reachedBy: CallStage, halfLife: number): void {
    const rang = reachedBy === 'ringing' || call.ringMs > 0;
    if (presented) this.told += WEIGHT * ((rang ? 1 : 0) - this.told);
    if (rang || !this.isRule) return;
    (presented ? this.mine : this.others).learn(call.setupMs, halfLife);
  }

  toJSON(): unknown {
    return { mine: this.mine, others: this.others, told: this.told };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if (!('mine' in stored) || !('others' in stored) || !('told' in stored)) return;
    this.mine.load(stored.mine);
    this.others.load(stored.others);
    const { told } = stored;
    if (typeof told === 'number' && told >= 0 && told <= 1) this.told = told;
  }
}
