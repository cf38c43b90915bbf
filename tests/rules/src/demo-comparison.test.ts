import { expect, it } from 'vitest';
import { type Compared, compare, verdict } from '../../../src/demo/comparison.ts';
import { readOptions } from '../../../src/demo/options.ts';

const range = (mean: number) => ({ mean, low: mean - 0.04, high: mean + 0.04 });
const simulator = { shifts: 10, talkUtilization: range(0.7), occupancy: range(0.8), abandonRate: range(0.03) };
const figures = { abandonRate: 0.045, talkUtilization: { team: 0.67, min: 0.5, max: 0.9 }, occupancy: 0.85 };

it('a shift is held against the simulator’s: within two points, within chance, or neither', () => {
  const rows = compare(figures, simulator);
  expect(rows.map(({ name, close, byChance }) => [name, close, byChance])).toEqual([
    ['abandoned', true, true],
    ['talk', false, true],
    ['occupancy', false, false],
  ]);
  expect(rows.map(verdict)).toEqual([
    '+1.5 points, within 2',
    '−3.0 points, as single shifts lie apart by chance',
    '+5.0 points, MORE THAN CHANCE EXPLAINS',
  ]);
  expect(compare({ ...figures, abandonRate: null }, simulator).map(({ name }: Compared) => name)).not.toContain(
    'abandoned',
  );
});

it.each([
  { argv: [], band: { min: 0.69, max: 0.74 }, maxAbandonRate: 0.03 },
  { argv: ['--band', 'none', '--cap', '1.5'], band: null, maxAbandonRate: 0.015 },
  { argv: ['--band', '60-65'], band: { min: 0.6, max: 0.65 }, maxAbandonRate: 0.03 },
])('the demo’s band and cap are read from $argv', ({ argv, band, maxAbandonRate }) => {
  expect(readOptions(argv)).toMatchObject({ ok: true, options: { band, maxAbandonRate } });
});

it.each(['74-69', '70', 'wide', '-1-50', '60-101'])('a band of %s is refused', (band) => {
  expect(readOptions([`--band=${band}`, '--cap', 'much'])).toMatchObject({
    ...{ ok: false, faults: [expect.stringContaining('--band'), expect.stringContaining('--cap')] },
  });
});
