import { describe, expect, it } from 'vitest';
import { AnswerRate } from '../../../dialer/rules/pacing/answers/answer-rate.ts';
import { AnswerReturn } from '../../../dialer/rules/pacing/answers/answer-return.ts';
import { AnswerSpells } from '../../../dialer/rules/pacing/answers/answer-spells.ts';
import { AnswerWatch } from '../../../dialer/rules/pacing/answers/answer-watch.ts';
import { createPolicy } from '../../../dialer/rules/pacing/index.ts';
import { Random } from '../../../dialer/simulation/random.ts';
import { day } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';
import { summarise } from '../../../dialer/simulation/summary.ts';

/** Even draws 0–1 without chance: the golden-ratio sequence. */
const even = (i: number): number => (i * 0.6180339887498949) % 1;
const MINUTE = 60_000;

/** One call a second, answered at these rates for so many minutes each, one after the other. */
function listOf(...turns: [rate: number, minutes: number][]): { spells: AnswerSpells; now: number } {
  const spells = new AnswerSpells();
  let second = 0;
  for (const [rate, minutes] of turns)
    for (const end = second + 60 * minutes; second < end; second++)
      spells.learn(1000 * second, 1, even(second) < rate ? 1 : 0);
  return { spells, now: 1000 * second };
}
const inTurn = listOf([0.5, 5], [0.06, 10], [0.5, 5], [0.06, 10], [0.5, 5], [0.06, 4]);

describe('the spells of a list', () => {
  it('say how long a poor one lasts and what comes after it', () => {
    const { ends, ms, rate, presentMs } = inTurn.spells.recurrence(0.06);
    expect(ends).toBeGreaterThan(1.6);
    expect(ms / ends / MINUTE).toBeGreaterThan(9);
    expect(ms / ends / MINUTE).toBeLessThan(11);
    expect(rate).toBeCloseTo(0.5, 1);
    expect(presentMs / MINUTE).toBeCloseTo(4, 0);
    expect(inTurn.spells.recurrence(0.5).ends).toBeLessThan(0.1);
  });

  it('are none on a steady list, rich or poor', () => {
    for (const rate of [0.02, 0.25, 0.6]) expect(listOf([rate, 120]).spells.levels).toEqual([]);
  });

  it('do not go on while nobody is called', () => {
    const { spells, now } = listOf([0.5, 5], [0.06, 2]);
    spells.learn(now + 60 * MINUTE, 1, 0);
    expect(spells.recurrence(0.06).presentMs).toBeLessThan(3 * MINUTE);
  });

  it('keep two levels of two lists, survive JSON, and ignore what is broken', () => {
    const rates = inTurn.spells.levels.map((level) => level.rate).sort((a, b) => a - b);
    expect(rates).toHaveLength(2);
    expect(rates[0]).toBeCloseTo(0.06, 1);
    expect(rates[1]).toBeCloseTo(0.5, 1);
    const heir = new AnswerSpells();
    heir.load(JSON.parse(JSON.stringify(inTurn.spells)));
    expect(heir.levels).toEqual(inTurn.spells.levels);
    expect(heir.recurrence(0.06)).toEqual(inTurn.spells.recurrence(0.06));
    heir.load({ past: [{ exposure: -1 }], present: 'none' });
    expect(heir.levels).toEqual(inTurn.spells.levels);
  });

  it('are bounded, however often the list changes', () => {
    const turns = Array.from({ length: 40 }, (_, i): [number, number] => [i % 2 ? 0.6 : 0.05, 3]);
    expect(JSON.stringify(listOf(...turns).spells).length).toBeLessThan(4000);
  });
});

describe('a list that fell', () => {
  it('is known better an hour after by what came since than by memories alone', () => {
    const errors = Array.from({ length: 8 }, (_, seed) => {
      const random = new Random(seed + 1);
      const [spells, told, untold] = [new AnswerSpells(), new AnswerRate(0.25), new AnswerRate(0.25)];
      const sum = { told: 0, untold: 0 };
      for (let second = 0; second < 7200; second++) {
        const rate = second < 2400 ? 0.4 : 0.1;
        const answers = Array.from({ length: 7 }, () => random.next() < rate).filter(Boolean).length;
        spells.learn(1000 * second, 7, answers);
        told.learn(7, answers, 2.5, spells);
        untold.learn(7, answers, 2.5);
        if (second < 4800) continue;
        sum.told += (told.now().mean - rate) ** 2;
        sum.untold += (untold.now().mean - rate) ** 2;
      }
      return sum;
    });
    const total = (who: 'told' | 'untold') => errors.reduce((all, sum) => all + sum[who], 0);
    expect(total('told')).toBeLessThan(0.4 * total('untold'));
  });

  it('says what came since it fell, and nothing as long as no change was seen', () => {
    expect(listOf([0.4, 30]).spells.since).toBeUndefined();
    const { answers = 0, exposure = 0 } = listOf([0.4, 30], [0.1, 20]).spells.since ?? {};
    expect(exposure).toBeGreaterThan(1100);
    expect(answers / exposure).toBeCloseTo(0.1, 1);
  });
});

describe('a level that was seen to last', () => {
  it('is recognised within eighteen calls', () => {
    const fast = new AnswerRate(0.25);
    const slow = new AnswerRate(0.25);
    for (let call = 0; call < 600; call++) {
      const answers = even(call) < 0.5 ? 1 : 0;
      fast.learn(1, answers, 1, inTurn.spells);
      slow.learn(1, answers);
    }
    for (let call = 0; call < 18; call++) {
      fast.learn(1, 0, 1, inTurn.spells);
      slow.learn(1, 0);
    }
    expect(fast.now().mean).toBeLessThan(0.2);
    expect(slow.now().mean).toBeGreaterThan(1.5 * fast.now().mean);
  });

  it('is expected back as often as it came back, though it is only three times better', () => {
    const { spells, now } = listOf([0.3, 5], [0.1, 5], [0.3, 5], [0.1, 5], [0.3, 5], [0.1, 5]);
    const list = new AnswerReturn(0.25);
    const after = list.outlook(now, 0.1, [], 1, spells.recurrence(0.1));
    expect(after.rate).toBeGreaterThan(0.22);
    expect(after.chance).toBeGreaterThan(0.03);
    expect(list.outlook(now, 0.1, [], 1).chance).toBeLessThan(0.001);
  });
});

describe('the watch on calls just placed', () => {
  it('tells since when the list may be better', () => {
    const watch = new AnswerWatch();
    for (let second = 0; second < 30; second++) watch.count(60_000, 30_000 + second * 1000, second >= 20);
    const since = watch.since(0.05, 0.5, []) ?? new Float64Array(40);
    expect(since.indexOf(Math.max(...since))).toBe(10);
    expect(watch.since(0.5, 0.5, [])).toBeUndefined();
  });
});

describe('lists called in turn', () => {
  it('leave most of the talk under the cap, once they are known', () => {
    const changes = Array.from({ length: 7 }, (_, i) => ({
      atMinute: 8 * (i + 1),
      network: { answer: i % 2 === 0 ? 0.06 : 0.5 },
    }));
    const list = day('turns', '', { agents: 12, shiftMinutes: 64, network: { answer: 0.5 }, changes });
    // One shift of so few calls may lose 5 % by luck.
    const shifts = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => runShift({ scenario: list, seed, policy: createPolicy }));
    const { abandonRate, utilization } = summarise(shifts);
    expect(abandonRate).toBeLessThan(0.04);
    expect(utilization).toBeGreaterThan(0.6);
  });
});
