import { describe, expect, it } from 'vitest';
import { AnswerReturn } from '../../../dialer/rules/pacing/answers/answer-return.ts';
import { createPolicy } from '../../../dialer/rules/pacing/index.ts';
import { day } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';
import { summarise } from '../../../dialer/simulation/summary.ts';

type Calls = { placedAt: number; likelihood: number }[];
const noneUnderWay: Calls = [];
const MINUTE = 60_000;

/** A list with the given rate for an hour, then one answer in a hundred for as many minutes. */
function fallen(rate: number, minutes: number): { list: AnswerReturn; now: number } {
  const list = new AnswerReturn(0.25);
  for (let minute = 0; minute < 60; minute++) list.learn(minute * MINUTE, 100, 100 * rate);
  for (let minute = 60; minute < 60 + minutes; minute++) list.learn(minute * MINUTE, 100, 1);
  return { list, now: (60 + minutes) * MINUTE };
}

describe('a list that has died', () => {
  it('is believed to come back to what it had, the less likely the longer it is dead', () => {
    const chanceAfter = (minutes: number): number => {
      const { list, now } = fallen(0.3, minutes);
      const { rate, chance } = list.outlook(now, 0.01, noneUnderWay, 1);
      expect(rate).toBeCloseTo(0.3, 1);
      return chance;
    };
    expect(chanceAfter(15)).toBeGreaterThan(0.015);
    expect(chanceAfter(15)).toBeGreaterThan(2 * chanceAfter(60));
  });

  it('has not died where a few answers in five minutes are sometimes a few more', () => {
    const poor = new AnswerReturn(0.25);
    for (let minute = 0; minute < 180; minute++) poor.learn(minute * MINUTE, 100, minute % 30 < 5 ? 2 : 0.8);
    expect(poor.outlook(180 * MINUTE, 0.01, noneUnderWay, 1).chance).toBeLessThan(0.001);
  });

  it('has hardly a chance to if it never was better, or is not much worse than it was', () => {
    const poor = new AnswerReturn(0.25);
    for (let minute = 0; minute < 90; minute++) poor.learn(minute * MINUTE, 100, 1);
    expect(poor.outlook(90 * MINUTE, 0.01, noneUnderWay, 1).chance).toBeLessThan(0.005);
    const { list, now } = fallen(0.03, 30);
    expect(list.outlook(now, 0.01, noneUnderWay, 1).chance).toBeGreaterThan(0.005);
    expect(list.outlook(now, 0.1, noneUnderWay, 1).chance).toBeGreaterThan(0.001);
  });

  it('is not expected back where it has only become a quarter of what it was', () => {
    const list = new AnswerReturn(0.25);
    for (let minute = 0; minute < 90; minute++) list.learn(minute * MINUTE, 100, minute < 60 ? 40 : 10);
    expect(list.outlook(90 * MINUTE, 0.1, noneUnderWay, 1).chance).toBeLessThan(0.001);
  });

  it('has come back when three of the calls just placed are answered, not when three of hundreds are', () => {
    const soon = fallen(0.3, 30);
    const placedAt = soon.now + 1000;
    const ringing: Calls = Array.from({ length: 7 }, () => ({ placedAt, likelihood: 0.8 }));
    for (let call = 0; call < 3; call++) soon.list.count(placedAt + 6000, placedAt, true);
    expect(soon.list.outlook(placedAt + 6000, 0.01, ringing, 1).chance).toBeGreaterThan(0.8);
    const steady = fallen(0.3, 30);
    const { now } = steady;
    for (let second = 1; second <= 30; second++)
      for (let call = 0; call < 10; call++)
        steady.list.count(now + 36_000, now + second * 1000, call === 0 && second % 10 === 0);
    expect(steady.list.outlook(now + 36_000, 0.01, noneUnderWay, 1).chance).toBeLessThan(0.1);
  });

  it('has come back when calls just placed are picked up as early as people do, before any is presented', () => {
    const { list, now } = fallen(0.3, 30);
    const placedAt = now + 1000;
    const calls = (likelihood: number): Calls => Array.from({ length: 3 }, () => ({ placedAt, likelihood }));
    const chance = (likelihood: number): number => list.outlook(placedAt + 4000, 0.01, calls(likelihood), 1).chance;
    expect(chance(50)).toBeGreaterThan(0.8);
    expect(chance(0.5)).toBeLessThan(0.2);
  });

  it('is worth no risk where nothing comes of its answers, and worth one where one of them is a person', () => {
    const machines = new AnswerReturn(0.25);
    for (let minute = 0; minute < 60; minute++) machines.learn(minute * MINUTE, 100, 1);
    const usual = (worth: number): number => machines.outlook(60 * MINUTE, 0.01, noneUnderWay, worth).usual;
    expect(usual(0.02)).toBeCloseTo(0.02 * usual(1), 6);
    const { list, now } = fallen(0.1, 0);
    expect(list.outlook(now, 0.1, noneUnderWay, 0.02).usual).toBeCloseTo(0.1, 6);
  });

  it('is one whose answers are nearly all machines, as soon as agents say so', () => {
    const list = new AnswerReturn(0.25);
    for (let minute = 0; minute < 60; minute++) list.learn(minute * MINUTE, 100, 6);
    const chance = (): number => list.outlook(60 * MINUTE, 0.06, noneUnderWay, 1).chance;
    const asPeople = chance();
    for (let call = 0; call < 200; call++) list.countParty(call % 50 === 0);
    expect(chance()).toBeGreaterThan(3 * asPeople);
    const heir = new AnswerReturn(0.25);
    heir.load(JSON.parse(JSON.stringify(list)));
    expect(heir.outlook(60 * MINUTE, 0.06, noneUnderWay, 1)).toEqual(list.outlook(60 * MINUTE, 0.06, noneUnderWay, 1));
  });

  it('comes back far better than it ever was when nearly all of the calls just placed are answered', () => {
    const { list, now } = fallen(0.25, 30);
    const placedAt = now + 1000;
    for (let call = 0; call < 20; call++) list.count(placedAt + 6000, placedAt, call % 10 < 7);
    expect(list.outlook(placedAt + 6000, 0.01, noneUnderWay, 1).rate).toBeGreaterThan(0.4);
  });

  it('costs no wave of abandoned calls when nobody but machines answered from the first call on', () => {
    const changes = [{ atMinute: 30, network: { answer: 0.4 } }];
    const list = day('machines', '', { agents: 30, shiftMinutes: 50, network: { answer: 0 }, changes });
    const { abandonRate, utilization } = summarise([runShift({ scenario: list, seed: 1, policy: createPolicy })]);
    expect(abandonRate).toBeLessThan(0.05);
    expect(utilization).toBeGreaterThan(0.3);
  });

  it('costs no wave of abandoned calls when it comes back at many times its rate', () => {
    const dead = [
      { atMinute: 30, network: { answer: 0 } },
      { atMinute: 50, network: { answer: 0.6 } },
    ];
    const list = day('dead-list', '', { agents: 50, shiftMinutes: 75, network: { answer: 0.25 }, changes: dead });
    const { abandonRate } = summarise([runShift({ scenario: list, seed: 1, policy: createPolicy })]);
    expect(abandonRate).toBeLessThan(0.035);
  });
});
