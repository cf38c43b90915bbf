import { describe, expect, it } from 'vitest';
import { ordinaryNetwork } from '../../../dialer/simulation/network-model.ts';
import { createPhoneNetwork } from '../../../dialer/simulation/phone-network.ts';
import { parseRealCalls, realCalls } from '../../../dialer/simulation/real-calls.ts';

const calls = realCalls();

function quantile(sorted: ArrayLike<number>, q: number): number {
  return sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
}

function people(count: number) {
  const network = createPhoneNetwork({
    seed: 11,
    phases: [{ from: 0, model: { ...ordinaryNetwork, answer: 0.95, talk: { kind: 'real-calls' } } }],
  });
  return Array.from(
    { length: count },
    (_, i) => network.plan({ to: `c${i}`, at: 0, ringTimeoutMs: 25_000, attempt: 1 }).fate,
  ).flatMap((fate) => (fate.kind === 'person' ? [fate.person] : []));
}

describe('talks drawn from the real calls', () => {
  const drawn = people(30_000);
  const seconds = drawn.map((person) => person.talkMs / 1000).sort((a, b) => a - b);

  it.each([0.1, 0.25, 0.5, 0.75, 0.9, 0.99])('quantile %f of the length', (q) => {
    const expected = quantile(calls.sorted, q);
    expect(Math.abs(quantile(seconds, q) / expected - 1)).toBeLessThan(0.05);
  });

  it('acceptance is that of the real calls, and rises with the length of the talk', () => {
    const share = (list: { accepts: boolean }[]): number => list.filter((one) => one.accepts).length / list.length;
    const real = calls.accepted.reduce((a, b) => a + b, 0) / calls.accepted.length;
    expect(Math.abs(share(drawn) - real)).toBeLessThan(0.006);
    const short = drawn.filter((person) => person.talkMs < 120_000);
    const long = drawn.filter((person) => person.talkMs > 600_000);
    const realLong = [...calls.seconds.keys()].filter((i) => (calls.seconds[i] ?? 0) > 600);
    const realLongShare = realLong.filter((i) => calls.accepted[i] === 1).length / realLong.length;
    expect(share(short)).toBeLessThan(0.03);
    expect(Math.abs(share(long) - realLongShare)).toBeLessThan(0.05);
  });

  it('keeps the calls of a second or two', () => {
    expect(calls.sorted[0]).toBeLessThanOrEqual(1);
    expect(calls.seconds).toHaveLength(20_594);
  });
});

describe('reading the file', () => {
  const header = 'month,weekday,line,attempt,duration_s,subscribed';

  it('takes lengths and acceptance from their columns', () => {
    const parsed = parseRealCalls(`${header}\r\n5,mon,telephone,1,30,0\r\n5,mon,cellular,2,0,1\r\n`);
    expect([...parsed.seconds]).toEqual([30, 0]);
    expect([...parsed.accepted]).toEqual([0, 1]);
    expect(parsed.meanSeconds).toBe(15);
  });

  it.each([
    ['a\n1', 'columns'],
    [`${header}\n5,mon,telephone,1,x,0`, 'line 2'],
    [`${header}\n5,mon,telephone,1,-3,0`, 'line 2'],
  ])('refuses %j', (csv, fault) => {
    expect(() => parseRealCalls(csv)).toThrow(fault);
  });
});
