import { describe, expect, it } from 'vitest';
import { AgentRelease } from '../../../dialer/rules/pacing/agents/agent-release.ts';
import { HazardByAge } from '../../../dialer/rules/pacing/agents/hazard.ts';
import { AnswerChance } from '../../../dialer/rules/pacing/answers/answer-chance.ts';
import { AnswerRate } from '../../../dialer/rules/pacing/answers/answer-rate.ts';
import { Exposure } from '../../../dialer/rules/pacing/answers/exposure.ts';
import { FadingCounts } from '../../../dialer/rules/pacing/fading.ts';
import { CallFlight } from '../../../dialer/rules/pacing/flight/call-flight.ts';
import { presentChance } from '../../../dialer/rules/pacing/flight/flight-picture.ts';
import { StageTimes, survival } from '../../../dialer/rules/pacing/flight/stage-times.ts';
import type { AgentRow, CallRow } from '../../../dialer/rules/pacing/floor/floor-rows.ts';
import { COLUMNS, columnTime } from '../../../dialer/rules/pacing/horizon.ts';
import { logit } from '../../../dialer/rules/pacing/numbers.ts';

/** Even draws 0–1 without chance: the golden-ratio sequence. */
const even = (i: number): number => (i * 0.6180339887498949) % 1;

describe('fading counts', () => {
  it('halve after the half-life and survive JSON', () => {
    const counts = new FadingCounts(3);
    counts.add(1);
    for (let i = 0; i < 10; i++) counts.fade(10);
    expect(counts.at(1)).toBeCloseTo(0.5, 6);
    const copy = new FadingCounts(3);
    copy.load(JSON.parse(JSON.stringify(counts)));
    expect(copy.at(1)).toBeCloseTo(0.5, 3);
  });
});

describe('answer rate', () => {
  it('settles on a steady share', () => {
    const rate = new AnswerRate(0.25);
    for (let i = 0; i < 3000; i++) rate.learn(1, even(i) < 0.12 ? 1 : 0);
    expect(rate.now().mean).toBeGreaterThan(0.11);
    expect(rate.now().mean).toBeLessThan(0.13);
  });

  it('follows a threefold rise within a hundred calls, and knows that it is unsure meanwhile', () => {
    const rate = new AnswerRate(0.25);
    for (let i = 0; i < 3000; i++) rate.learn(1, even(i) < 0.12 ? 1 : 0);
    const calm = rate.now().variance;
    for (let i = 0; i < 100; i++) rate.learn(1, even(i) < 0.36 ? 1 : 0);
    expect(rate.now().mean).toBeGreaterThan(0.29);
    expect(rate.now().variance).toBeGreaterThan(3 * calm);
  });
});

describe('answers in bunches', () => {
  /** A list of 12 calls at `high` and 24 at `low` in turn, with the doubt about the next few calls. */
  const called = (high: number, low: number): AnswerRate => {
    const rate = new AnswerRate(0.25);
    for (let i = 0; i < 3000; i++) rate.learn(1, even(i) < (i % 36 < 12 ? high : low) ? 1 : 0);
    return rate;
  };
  const deviation = (rate: AnswerRate): number => Math.sqrt(rate.now().variance);

  it('cast doubt on a rate that no memory can follow, and none on a steady one', () => {
    expect(called(0.5, 0.05).now().mean).toBeCloseTo(0.2, 1);
    expect(deviation(called(0.5, 0.05))).toBeGreaterThan(0.12);
    expect(deviation(called(0.2, 0.2))).toBeLessThan(0.02);
  });

  it('are remembered by a snapshot, and a broken one is none', () => {
    const copy = new AnswerRate(0.25);
    copy.load(JSON.parse(JSON.stringify(called(0.5, 0.05))));
    expect(deviation(copy)).toBeCloseTo(deviation(called(0.5, 0.05)), 6);
    copy.load({ ...JSON.parse(JSON.stringify(copy)), bunches: { excess: 'many', luck: -1, weight: 1 } });
    expect(deviation(copy)).toBeGreaterThan(0.12);
  });
});

describe('exposure', () => {
  it('counts placed calls when they would be presented, so that a burst is not taken for a better list', () => {
    const exposure = new Exposure();
    const afterTwoOrTen = Float64Array.from({ length: 30 }, (_, s) => (s === 2 || s === 10 ? 0.5 : 0));
    exposure.advance(1_000_000, afterTwoOrTen);
    for (let i = 0; i < 8; i++) exposure.countPlaced();
    exposure.countAnswer();
    expect(exposure.advance(1_000_500, afterTwoOrTen)).toBeUndefined();
    expect(exposure.advance(1_005_000, afterTwoOrTen)).toEqual({ exposure: 4, answers: 1 });
    expect(exposure.advance(1_020_000, afterTwoOrTen)).toEqual({ exposure: 4, answers: 0 });
    expect(exposure.advance(9_000_000, afterTwoOrTen)).toEqual({ exposure: 0, answers: 0 });
  });
});

describe('answer chance', () => {
  it.each([
    { name: 'sound estimates', bias: 0, slope: 1 },
    { name: 'estimates too high', bias: -0.8, slope: 1 },
    { name: 'estimates too bold', bias: 0, slope: 0.4 },
  ])('corrects $name', ({ bias, slope }) => {
    const chance = new AnswerChance();
    const truth = (given: number): number => 1 / (1 + Math.exp(-(bias + slope * logit(given))));
    for (let i = 0; i < 4000; i++) {
      const given = 0.05 + 0.6 * even(i);
      chance.learn(given, even(i * 7 + 3) < truth(given));
    }
    for (const given of [0.1, 0.3, 0.6]) expect(Math.abs(chance.corrected(given) - truth(given))).toBeLessThan(0.06);
  });

  it('expects of the next call what the last ones were like, with and without estimates', () => {
    const chance = new AnswerChance();
    expect(chance.expected(0.3)).toBe(0.3);
    for (let i = 0; i < 500; i++) chance.placed(i % 2 === 0 ? 0.6 : undefined);
    expect(chance.expected(0.2)).toBeCloseTo(0.4, 1);
    expect(chance.inUse).toBe(true);
  });

  it('is sure of a list whose estimates are all the same, however wrong they are', () => {
    const chance = new AnswerChance();
    for (let i = 0; i < 800; i++) {
      chance.placed(1);
      chance.learn(1, even(i) < 0.25);
    }
    expect(chance.expected(0.1)).toBeCloseTo(0.25, 1);
    expect(chance.doubt(0.25)).toBeLessThan(0.2);
  });
});

describe('hazard by age', () => {
  const belief = { ends: 2, groups: [0], factor: () => 1 };

  it('finds a constant hazard and one that falls with age', () => {
    const flat = new HazardByAge([0, 10, 30, 60], 100);
    for (let i = 0; i < 3000; i++) flat.learn(-20 * Math.log(1 - even(i)), 1e6);
    for (const p of flat.perSecond([], belief)) expect(p).toBeCloseTo(1 - Math.exp(-1 / 20), 2);
    const mixed = new HazardByAge([0, 10, 30, 60], 100);
    for (let i = 0; i < 3000; i++) mixed.learn((i % 2 === 0 ? -5 : -200) * Math.log(1 - even(i)), 1e6);
    const [young = 0, , , old = 0] = mixed.perSecond([], belief);
    expect(young).toBeGreaterThan(5 * old);
  });

  it('counts what still runs as time at risk', () => {
    const hazard = new HazardByAge([0, 10], 20);
    for (let i = 0; i < 20; i++) hazard.learn(5, 1e6);
    const [before = 0] = hazard.perSecond([], belief);
    const [after = 0] = hazard.perSecond(
      Array.from({ length: 20 }, () => 10),
      belief,
    );
    expect(after).toBeLessThan(0.6 * before);
  });

  it('takes over what was learnt in the same bands, and nothing that was learnt in others', () => {
    const learnt = new HazardByAge([0, 10, 30], 20);
    for (let i = 0; i < 200; i++) learnt.learn(15, 1e6);
    const stored: unknown = JSON.parse(JSON.stringify(learnt));
    const same = new HazardByAge([0, 10, 30], 20);
    same.load(stored);
    expect(same.perSecond([], belief)[1]).toBeCloseTo(learnt.perSecond([], belief)[1] ?? 0, 3);
    const other = new HazardByAge([0, 5, 10, 30], 20);
    other.load(stored);
    expect(other.seen).toBe(0);
  });

  it('goes by the belief where it saw nothing, corrected by what its neighbours have shown together', () => {
    const edges = [0, 10, 30, 60];
    const late = { ends: 3, groups: [0, 30], factor: (age: number) => (age < 30 ? 1 : 0.5) };
    const unseen = new HazardByAge(edges, 100);
    const [young = 0, , old = 0] = unseen.perSecond([], late);
    expect(old).toBeCloseTo(young / 2, 3);
    // Twenty that ran to 40 s and go on: nobody ends there, and the band after, where nothing was seen, is believed slower too.
    const running = Array.from({ length: 20 }, () => 45);
    const [, , third = 1, fourth = 1] = unseen.perSecond(running, late);
    expect(third).toBeLessThan(0.7 * old);
    expect(fourth).toBeLessThan(0.8 * old);
  });
});

const agent = (state: 'talking' | 'wrapup', since: number, talkMs = 0): AgentRow => ({
  id: 1,
  state,
  since,
  talkMs,
  leaving: false,
  callId: undefined,
});

describe('release of busy agents', () => {
  const release = new AgentRelease(2000);
  for (let i = 0; i < 4000; i++) {
    const talk = -30 * Math.log(1 - even(i));
    release.learnTalk(0, talk, 1e6, 20);
    const talkMs = 1000 * talk;
    release.learnWrapup(0, { wrapMs: talk < 20 ? 5000 : 25_000, talkMs, to: 'ready' }, 1e6, 20);
  }
  release.rebuild([], 0);
  const chances = (row: AgentRow): number[] => {
    const offset = release.row(row, 100_000);
    return Array.from(release.table.subarray(offset, offset + COLUMNS));
  };

  it('rises with time and never passes 1', () => {
    for (const row of [agent('talking', 90_000), agent('wrapup', 98_000, 5_000)]) {
      const p = chances(row);
      for (let k = 1; k < COLUMNS; k++) expect(p[k]).toBeGreaterThanOrEqual(p[k - 1] ?? 1);
      expect(Math.max(...p)).toBeLessThanOrEqual(1);
    }
  });

  it('knows that wrap-up follows talk: short after a refusal, long after a long talk', () => {
    const soon = 3;
    const short = chances(agent('wrapup', 99_000, 5_000))[soon] ?? 0;
    const long = chances(agent('wrapup', 99_000, 80_000))[soon] ?? 1;
    expect(short).toBeGreaterThan(0.9);
    expect(long).toBeLessThan(0.2);
  });

  it('gives what talk and wrap-up together take', () => {
    // A talk of exponential length, mean 30 s, then 25 s: free by t + 2 s of grace with 1 - exp(-(t + 2 - 25) / 30).
    const p = chances(agent('talking', 40_000));
    const column = 18;
    expect(p[column]).toBeCloseTo(1 - Math.exp(-(columnTime(column) + 2 - 25) / 30), 1);
  });
});

const call = (stage: 'setup' | 'ringing' | 'listening', since: number, ringMs = 0): CallRow => ({
  stage,
  since,
  placedAt: 0,
  setupMs: 3000,
  ringMs,
  chance: undefined,
  prior: 0.25,
  risk: 0,
  usualRisk: 0,
  threshold: undefined,
});

describe('calls in flight', () => {
  const flight = new CallFlight({ ringMs: 25_000, graceMs: 2000 });
  for (let i = 0; i < 4000; i++) {
    const person = i % 4 === 0;
    const machine = i % 4 === 1;
    const row = {
      ...call('ringing', 0),
      ringMs: person ? 4000 + 10_000 * even(i) : machine ? 17_000 + 4000 * even(i) : 25_000,
    };
    if (person || machine) flight.learn(row, person, 'listening', person ? 2000 : 4000, 1e6);
    else flight.learn(row, false, 'ringing', 25_000, 1e6);
  }
  flight.rebuild(new Float64Array(51), 1);
  const at = (row: CallRow, now: number): number => presentChance(0.25 / 0.75, flight.present.likelihood(row, now));

  it('gives up hope as the ring goes on', () => {
    const ages = [0, 5, 10, 14, 20].map((s) => at(call('ringing', 0), s * 1000));
    for (let i = 1; i < ages.length; i++) expect(ages[i]).toBeLessThan(ages[i - 1] ?? 0);
    expect(ages[4]).toBeLessThan(0.05);
  });

  it('takes an early pick-up for a person and a late one for a machine', () => {
    expect(at(call('listening', 0, 8_000), 500)).toBeGreaterThan(0.9);
    expect(at(call('listening', 0, 19_000), 500)).toBeLessThan(0.2);
  });

  it('takes long listening for a machine', () => {
    const row = call('listening', 0, 8_000);
    expect(at(row, 3_500)).toBeLessThan(0.5 * at(row, 500));
  });

  it('foresees when the call comes: sooner the longer it has rung', () => {
    const { table } = flight.present;
    const young = table[flight.present.row(call('ringing', 0), 0) + 2] ?? 1;
    const old = table[flight.present.row(call('ringing', 0), 8_000) + 2] ?? 0;
    expect(old).toBeGreaterThan(young);
    expect(flight.arrival.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 3);
  });
});

describe('a network that takes long to set calls up', () => {
  it('is known as soon as some calls ring, so that those still in set-up are not believed dead, nor due', () => {
    const flight = new CallFlight({ ringMs: 25_000, graceMs: 2000 });
    for (let i = 0; i < 12; i++) flight.learnSetup(11_000 + 1000 * even(i), 1000);
    for (let i = 0; i < 3; i++) flight.learn({ ...call('setup', 0), setupMs: 11_500 }, false, 'setup', 11_500, 1000);
    flight.rebuild(new Float64Array(51), 1);
    expect(flight.present.likelihood(call('setup', 0), 10_000)).toBeGreaterThan(0.6);
    const due = flight.untilPresented.slice(0, 11).reduce((sum, p) => sum + p, 0);
    expect(due).toBeLessThan(0.15);
  });
});

describe('calls of whose ringing nobody tells', () => {
  it('are expected when such calls were answered, after the first few answers', () => {
    const flight = new CallFlight({ ringMs: 25_000, graceMs: 2000 });
    const unheard = (s: number): CallRow => ({ ...call('setup', 0), setupMs: s * 1000 });
    for (let i = 0; i < 20; i++) {
      const answered = i % 4 === 0;
      const seconds = answered ? 9 + 4 * even(i) : 28;
      flight.learn(unheard(seconds), answered, 'setup', seconds * 1000, 1e6);
    }
    flight.rebuild(new Float64Array(51), 1);
    const { present } = flight;
    expect(present.table[present.row(call('setup', 0), 9_000) + 2]).toBeGreaterThan(0.6);
    const mean = flight.untilPresented.reduce((sum, p, s) => sum + p * s, 0);
    expect(mean).toBeGreaterThan(10);
    expect(mean).toBeLessThan(15);
    expect(presentChance(1 / 3, present.likelihood(call('setup', 0), 22_000))).toBeLessThan(0.15);
  });
});

describe('how long stages of calls last', () => {
  /** Around a middle, ± three seconds, evenly. */
  const around = (middle: number, i: number): number => 1000 * (middle - 3 + 6 * even(i));
  /** A thousand calls of four seconds, then so many of eighteen. */
  const changed = (calls: number): StageTimes => {
    const times = new StageTimes(55, (second) => (second <= 25 ? Math.exp(-second / 6) : 0), 8);
    for (let i = 0; i < 1000; i++) times.learn(around(4, i), 1000);
    for (let i = 0; i < calls; i++) times.learn(around(18, i), 1000);
    return times;
  };
  const longerThan = (second: number, times: StageTimes): number => survival(times.density())[second] ?? 0;

  it('are believed of the next calls within a few of another length', () => {
    expect(longerThan(12, changed(0))).toBeLessThan(0.01);
    expect(longerThan(12, changed(8))).toBeGreaterThan(0.3);
    expect(longerThan(12, changed(25))).toBeGreaterThan(0.6);
  });

  it('are not made anew by two odd calls, and are the long memory as long as nothing changes', () => {
    const odd = changed(2);
    for (let i = 0; i < 40; i++) odd.learn(around(4, i), 1000);
    expect(longerThan(12, odd)).toBeLessThan(0.05);
    expect(changed(0).moved).toBeLessThan(0.1);
  });

  it('sum up to one, also beside the shortest and the longest', () => {
    const times = new StageTimes(20, () => 1, 2);
    for (let i = 0; i < 60; i++) times.learn(i % 2 === 0 ? 0 : 60_000, 100);
    expect(times.density().reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
  });

  it('are stored with the short memories, and read from before there were any', () => {
    const times = changed(25);
    const copy = changed(0);
    copy.load(JSON.parse(JSON.stringify(times)));
    expect(longerThan(12, copy)).toBeCloseTo(longerThan(12, times), 2);
    const old = new StageTimes(3, () => 1, 1);
    old.load([0, 50, 0]);
    expect(old.density()[1]).toBeGreaterThan(0.9);
    old.load({ counts: [0, 0, 50], lately: 'none', belief: [2, Number.NaN, -1] });
    expect(old.density()[2]).toBeGreaterThan(0.9);
  });
});
