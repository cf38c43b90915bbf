import { describe, expect, it } from 'vitest';
import type { PolicySource } from '../../../dialer/simulation/policy-source.ts';
import { Random } from '../../../dialer/simulation/random.ts';
import { day } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';

/** Dials with exponential gaps, whatever happens: Poisson arrivals. */
function poisson(callsPerSecond: number): PolicySource {
  return () => {
    const random = new Random(77);
    let next = 0;
    return {
      observe() {},
      decide(now) {
        let place = 0;
        if (next === 0) next = now;
        while (next <= now) {
          place++;
          next += (-1000 * Math.log(1 - random.next())) / callsPerSecond;
        }
        return { place, wakeAt: next };
      },
    };
  };
}

/** Erlang C: chance to wait, offered load `a` on `n` servers (by the Erlang B recursion). */
function erlangC(n: number, a: number): number {
  let b = 1;
  for (let i = 1; i <= n; i++) b = (a * b) / (i + a * b);
  return b / (1 - (a / n) * (1 - b));
}

const talkSeconds = 60;
const answerShare = 0.98;

function waits(agents: number, load: number): { waited: number; meanSeconds: number } {
  const scenario = day('M/M/n', 'a plain queue', {
    agents,
    shiftMinutes: 60 * 400,
    abandonWithinMs: 1e9,
    maxLines: 1e6,
    maxCallsPerSecond: 1e4,
    network: {
      answer: answerShare,
      machine: 0,
      setup: { kind: 'fixed', ms: 0 },
      personRing: { kind: 'fixed', ms: 0 },
      patience: { kind: 'fixed', ms: 1e9 },
      talk: { kind: 'exponential', meanMs: talkSeconds * 1000 },
      detection: {
        on: false,
        personAsMachine: 0,
        machineAsPerson: 0,
        unknown: 0,
        personAfter: { kind: 'fixed', ms: 0 },
        machineAfter: { kind: 'fixed', ms: 0 },
      },
    },
    crew: { speedSpread: 0, breaks: [], wrapUp: { baseMs: 0, perTalk: 0, maxMs: 0, sigma: 0 } },
  });
  const answeredAt = new Map<number | string, number>();
  let calls = 0;
  let waited = 0;
  let sum = 0;
  runShift({
    scenario,
    seed: 3,
    policy: poisson(load / talkSeconds / answerShare),
    onEvent(event) {
      if (event.type === 'answered') answeredAt.set(event.callId, event.time);
      if (event.type !== 'connected') return;
      const wait = event.time - (answeredAt.get(event.callId) ?? Number.NaN);
      answeredAt.delete(event.callId);
      calls++;
      sum += wait;
      if (wait > 0) waited++;
    },
  });
  return { waited: waited / calls, meanSeconds: sum / calls / 1000 };
}

describe('a shift without limits is an M/M/n queue', () => {
  it.each([
    [1, 0.5],
    [3, 2.1],
    [8, 6],
  ])('%i agents, load %f: waits as Erlang C says', (agents, load) => {
    const expected = erlangC(agents, load);
    const seen = waits(agents, load);
    expect(Math.abs(seen.waited / expected - 1)).toBeLessThan(0.04);
    expect(Math.abs(seen.meanSeconds / ((expected * talkSeconds) / (agents - load)) - 1)).toBeLessThan(0.08);
  });
});
