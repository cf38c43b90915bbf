import { describe, expect, it } from 'vitest';
import { TalkLaw } from '../../../dialer/rules/pacing/agents/talk-law.ts';

const AGENTS = 20;

/** Agents who talk without a pause, one talk after the other, each as long as `length` says for an even draw in (0, 1). */
function floor() {
  const law = new TalkLaw();
  const since = Array.from({ length: AGENTS }, () => 0);
  const until = Array.from({ length: AGENTS }, () => 0);
  let now = 0;
  let drawn = 0;
  const work = (seconds: number, length: (even: number) => number): void => {
    for (const end = now + seconds; now < end; now++) {
      for (let agent = 0; agent < AGENTS; agent++) {
        if (now < (until[agent] ?? 0)) continue;
        if (now > 0) law.learn(1000 * now, now - (since[agent] ?? 0), 500, AGENTS);
        since[agent] = now;
        until[agent] = now + Math.max(1, Math.round(length(((drawn++ * 0.618034) % 1) + 1e-4)));
      }
      law.watch(
        1000 * now,
        since.map((start) => 1000 * start),
      );
      if (now % 15 === 0) rebuild();
    }
  };
  const rebuild = (): number[] => law.perSecond(since.map((start) => now - start));
  /** Chance to end within a second of a talk of that age. */
  const hazard = (age: number): number => rebuild()[law.bandOf(age)] ?? 0;
  return { law, work, hazard, now: () => now };
}

/** Exponential talks of that mean. */
const lasting =
  (mean: number) =>
  (even: number): number =>
    -mean * Math.log(1 - even / 1.001);

describe('the law of talks', () => {
  it('is steady while talks are', () => {
    const { work, hazard } = floor();
    work(7200, lasting(60));
    for (let minute = 0; minute < 10; minute++) {
      work(60, lasting(60));
      expect(60 * hazard(45)).toBeGreaterThan(0.7);
      expect(60 * hazard(45)).toBeLessThan(1.4);
    }
  });

  it.each([
    { name: 'twice as long', mean: 120 },
    { name: 'half as long', mean: 30 },
  ])('follows within two or three talks of each agent when talks last $name', ({ mean }) => {
    const { work, hazard } = floor();
    work(7200, lasting(60));
    work(3 * Math.max(60, mean), lasting(mean));
    expect(mean * hazard(45)).toBeGreaterThan(0.65);
    expect(mean * hazard(45)).toBeLessThan(1.55);
  });

  it('tells talks that end within few seconds of each other by the second', () => {
    const { work, hazard } = floor();
    work(3600, (even) => 11.5 + even);
    expect(hazard(10)).toBeLessThan(0.1);
    expect(hazard(12)).toBeGreaterThan(0.4);
  });

  it('notices talks that outlast it long before they end, and says so', () => {
    const { law, work, hazard } = floor();
    work(3600, lasting(15));
    const before = hazard(17);
    expect(law.isSurprised).toBe(false);
    let surprised = 0;
    for (let second = 0; second < 90; second++) {
      work(1, () => 1000);
      if (law.isSurprised) surprised++;
    }
    expect(surprised).toBeGreaterThan(0);
    expect(hazard(17)).toBeLessThan(0.65 * before);
  });

  it.each([
    { name: 'ten times as long', mean: 600 },
    { name: 'a tenth as long', mean: 6 },
  ])('knows within minutes that the talks begun lately last $name, and keeps the law of those before', ({ mean }) => {
    const { law, work, hazard, now } = floor();
    work(7200, lasting(60));
    work(150, lasting(mean));
    const older = law.older(1000 * now());
    expect(older?.age).toBeGreaterThan(90);
    expect(older?.age).toBeLessThan(180);
    expect(60 * (older?.perSecond[law.bandOf(70)] ?? 0)).toBeGreaterThan(0.6);
    expect(law.doubt).toBeGreaterThan(0);
    expect(mean * hazard(15)).toBeGreaterThan(0.4);
    expect(mean * hazard(15)).toBeLessThan(2.5);
  });

  it('takes no luck for a change', () => {
    const { law, work } = floor();
    let state = 1;
    work(4 * 3600, () => {
      state = (state * 48271) % 2147483647;
      return lasting(60)(state / 2147483647);
    });
    expect(law.older(0)).toBeUndefined();
  });

  it('survives a change of pacer, and takes no rubbish', () => {
    const { law, work, hazard } = floor();
    work(3600, lasting(60));
    work(300, lasting(150));
    const heir = new TalkLaw();
    heir.load(JSON.parse(JSON.stringify(law)));
    expect(heir.perSecond([])[heir.bandOf(45)]).toBeCloseTo(law.perSecond([])[law.bandOf(45)] ?? 0, 3);
    expect(hazard(45)).toBeLessThan(1 / 60);
    for (const stored of [
      { lately: [], belief: [] },
      { lately: 1, belief: [1, 2, 3] },
      { belief: [Number.NaN, 0, 0] },
    ]) {
      const fresh = new TalkLaw();
      fresh.load(stored);
      expect(fresh.perSecond([])).toEqual(new TalkLaw().perSecond([]));
    }
  });
});
