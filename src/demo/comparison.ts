/** The shift as it was beside the same shift in the simulator. */
import type { ForetoldShift } from '../compose/demo.ts';
import type { DemoFigures } from './figures.ts';

/** Between the two lie at most so many points of the shares of time and of the abandonment rate. */
const AIM = 0.02;

export type Compared = {
  name: 'abandoned' | 'talk' | 'occupancy';
  shift: number;
  simulator: number;
  low: number;
  high: number;
  difference: number;
  /** Within the aim of the mean. */
  close: boolean;
  /** Within what single simulated shifts of this length lie apart by chance alone. */
  byChance: boolean;
};

type Shares = Pick<DemoFigures, 'abandonRate' | 'talkUtilization' | 'occupancy'>;

export function compare(figures: Shares, { abandonRate, talkUtilization, occupancy }: ForetoldShift): Compared[] {
  const rows = [
    ['abandoned', figures.abandonRate, abandonRate],
    ['talk', figures.talkUtilization.team, talkUtilization],
    ['occupancy', figures.occupancy, occupancy],
  ] as const;
  return rows.flatMap(([name, shift, { mean, low, high }]) => {
    if (shift === null) return [];
    const difference = shift - mean;
    const [close, byChance] = [Math.abs(difference) <= AIM, shift >= low && shift <= high];
    return [{ name, shift, simulator: mean, low, high, difference, close, byChance }];
  });
}

export function verdict({ difference, close, byChance }: Compared): string {
  const points = `${difference >= 0 ? '+' : '−'}${Math.abs(100 * difference).toFixed(1)} points`;
  if (close) return `${points}, within ${100 * AIM}`;
  return `${points}, ${byChance ? 'as single shifts lie apart by chance' : 'MORE THAN CHANCE EXPLAINS'}`;
}
