import { describe, expect, it } from 'vitest';
import { answerWhatIf, ordinaryList, type WhatIfQuestion } from '../../../dialer/adapters/phone-network/what-if.ts';
import { baselines } from '../../../dialer/simulation/baselines/index.ts';
import { fixedRatio, progressive } from '../../../dialer/simulation/baselines/progressive.ts';
import { atCap } from '../../../dialer/simulation/frontier.ts';
import { plotPage } from '../../../dialer/simulation/plot.ts';
import { choosePolicies, simulated } from '../../../dialer/simulation/policies.ts';
import type { PolicySource } from '../../../dialer/simulation/policy-source.ts';
import { day } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';
import { duringShifts, rollingAbandonRate, rollingUtilization, summarise } from '../../../dialer/simulation/summary.ts';
import { summaryTable } from '../../../dialer/simulation/table.ts';

const scenario = day('short & sweet', 'an hour', { agents: 5, shiftMinutes: 60, crew: { breaks: [] } });

/** A dialler whose lines per agent follow its cap: more risk allowed, more lines. */
const obedient: PolicySource = (config, truth) => fixedRatio(1 + 40 * config.maxAbandonRate)(config, truth);

describe('rolling windows', () => {
  const series = (values: number[]): Float64Array => Float64Array.from(values);

  it('rate abandoned calls only where enough were presented and the shift lasted', () => {
    const minutes = {
      presented: series([10, 10, 0, 1, 20]),
      abandoned: series([1, 0, 0, 1, 20]),
      onShift: series([1, 1, 1, 1, 0]),
    };
    const empty = { signedIn: series([]), talk: series([]), wrapUp: series([]), placed: series([]) };
    expect(rollingAbandonRate({ ...empty, ...minutes }, 2, 5)).toEqual([0.05, 0]);
  });

  it('skip windows in which nobody was signed in for a while, and the last talks after the shift', () => {
    const minutes = {
      signedIn: series([4, 4, 0, 4, 4, 1]),
      talk: series([2, 4, 0, 1, 1, 1]),
      onShift: series([1, 1, 1, 1, 1, 0]),
    };
    const empty = { presented: series([]), abandoned: series([]), wrapUp: series([]), placed: series([]) };
    expect(rollingUtilization({ ...empty, ...minutes }, 2)).toEqual([0.75, 0.25]);
  });
});

describe('a summary', () => {
  it('splits signed-in time into talk, wrap-up and idle', () => {
    const s = summarise([runShift({ scenario, seed: 1, policy: progressive })]);
    expect((s.occupancy ?? 0) + (s.idleShare ?? 0)).toBeCloseTo(1, 9);
    expect(s.agentMin ?? 1).toBeLessThanOrEqual(s.utilization ?? 0);
    expect(s.inBand).toBeNull();
  });

  it('of the shift alone leaves out the last talks, which run on while nobody is idle any more', () => {
    const long = { kind: 'lognormal', medianMs: 200_000, sigma: 0.5 } as const;
    const played = { ...scenario, network: { ...scenario.network, talk: long } };
    const measure = runShift({ scenario: played, seed: 1, policy: progressive });
    const [hour] = rollingUtilization(measure.minutes, 60);
    expect(duringShifts([measure]).utilization).toBeCloseTo(hour ?? 0, 9);
    expect(summarise([measure]).utilization).toBeGreaterThan(hour ?? 1);
  });

  it('says of several days how long the first takes to settle, not on which day it did', () => {
    const measure = runShift({ scenario: { ...scenario, days: 2 }, seed: 1, policy: progressive });
    const { talk, signedIn } = measure.minutes;
    const settled = (level: number) => {
      for (let i = 0; i < talk.length; i++) talk[i] = (signedIn[i] ?? 0) * (i < 60 ? level : 0.7);
      const { convergeMinutes, secondQuarter } = summarise([measure]);
      return { convergeMinutes, secondQuarter: Number(secondQuarter?.toFixed(3)) };
    };
    expect(settled(0.35)).toEqual({ convergeMinutes: null, secondQuarter: 0.5 });
    expect(settled(0.7)).toEqual({ convergeMinutes: 0, secondQuarter: 1 });
  });

  it('of an empty centre has no rates', () => {
    const s = summarise([runShift({ scenario: { ...scenario, agents: 0 }, seed: 1, policy: progressive })]);
    expect(s).toMatchObject({ occupancy: null, abandonRate: null, worstHour: null, convergeMinutes: null, placed: 0 });
    expect(summaryTable([['nobody', s]])).not.toMatch(/– s|––|NaN/);
  });
});

describe('at equal abandonment', () => {
  it('reads a policy off at the cap between two of its settings', () => {
    const point = atCap(scenario, obedient, 3, 0.03);
    expect(point).toMatchObject({ isAtCap: true, abandonRate: 0.03 });
    expect(point.occupancy).toBeGreaterThan(0.6);
  });

  it('says when a policy does not move with its cap', () => {
    expect(atCap(scenario, progressive, 1, 0.03)).toMatchObject({ isAtCap: false });
  });
});

describe('what if', () => {
  const manager: WhatIfQuestion = {
    ...ordinaryList,
    agents: 8,
    maxAbandonRate: 0.03,
    band: null,
    mode: 'predictive',
    startHour: 10,
    hours: 1,
    hourFactors: [],
    shifts: 1,
    seed: 1,
  };

  it('answers a manager for the mode they ask about: one call for each agent abandons nobody and brings less talk', () => {
    const [ahead, oneEach] = (['predictive', 'progressive'] as const).map((mode) => answerWhatIf({ ...manager, mode }));
    expect(oneEach?.abandonRate).toBe(0);
    expect(oneEach?.talkUtilization ?? 1).toBeLessThan(ahead?.talkUtilization ?? 0);
  });

  it('plays the hours that are asked about: where more answer there is more talk, with fewer calls', () => {
    const hourFactors = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 0.4 : 1.6));
    const [morning, noon, evening] = [9, 11.5, 18].map((startHour) =>
      answerWhatIf({ ...manager, mode: 'progressive', startHour, hourFactors, shifts: 2 }),
    );
    expect(morning?.answeredRate ?? 1).toBeLessThan(0.13);
    expect(noon?.answeredRate ?? 0).toBeGreaterThan(0.15);
    expect(noon?.answeredRate ?? 1).toBeLessThan(0.35);
    expect(evening?.answeredRate ?? 0).toBeGreaterThan(0.35);
    expect(evening?.talkUtilization ?? 0).toBeGreaterThan(morning?.talkUtilization ?? 1);
    expect(evening?.attemptsPerHour ?? 1e9).toBeLessThan(morning?.attemptsPerHour ?? 0);
  });

  it('counts several shifts as one: means of the hour, not their sum', () => {
    const [one, three] = [1, 3].map((shifts) => answerWhatIf({ ...manager, mode: 'progressive', shifts }));
    expect((three?.attemptsPerHour ?? 0) / (one?.attemptsPerHour ?? 1)).toBeCloseTo(1, 0);
    expect((three?.conversationsPerAgentHour ?? 0) / (one?.conversationsPerAgentHour ?? 1)).toBeCloseTo(1, 0);
  });
});

describe('the page', () => {
  it('stands alone and shows every policy', () => {
    const page = plotPage(
      scenario,
      [
        ['one & only', progressive],
        ['two', fixedRatio(2)],
      ],
      1,
    );
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page).toContain('one &amp; only');
    expect(page).toContain('short &amp; sweet');
    expect(page).not.toMatch(/NaN|undefined|https?:/);
  });

  it('draws a frontier also where a band holds every policy at one place: the cap is turned without it, and a ring says where each sits', () => {
    const banded: PolicySource = (config, truth) =>
      config.targetUtilization === undefined ? obedient(config, truth) : progressive(config, truth);
    const page = plotPage({ ...scenario, targetUtilization: { min: 0.5, max: 0.6 } }, [['banded', banded]], 1);
    const [front = '', course = ''] = page.split('</svg>');
    expect(new Set(front.match(/<circle cx="[^"]*"/g)).size).toBeGreaterThanOrEqual(4);
    expect(front.match(/class="ring"/g)).toHaveLength(1);
    for (const part of [front, course]) expect(part).toContain('>band</text>');
  });

  it.each([0, 1])('can be drawn at a cap of %d, and of an empty centre', (maxAbandonRate) => {
    for (const agents of [0, 2]) {
      const page = plotPage({ ...scenario, agents, maxAbandonRate }, [['obedient', obedient]], 1);
      expect(page).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe('the catalogue of policies', () => {
  it('chooses by name and says which it does not know', () => {
    expect(choosePolicies('oracle, vicidial-hard').chosen.map(([name]) => name)).toEqual(['oracle', 'vicidial-hard']);
    expect(choosePolicies('nobody').unknown).toEqual(['nobody']);
    expect(choosePolicies('all').chosen).toHaveLength(Object.keys(simulated).length);
  });

  it.each(Object.entries(baselines))('%s dials, within its limits, and never answers nonsense', (_, policy) => {
    const measure = runShift({ scenario: { ...scenario, maxLines: 12 }, seed: 2, policy });
    expect(measure.placed).toBeGreaterThan(50);
    expect(measure.faults).toMatchObject({ nonsense: 0, cutByLines: 0 });
  });

  it('progressive never has more calls in the air than ready agents', () => {
    let ready = 0;
    let inAir = 0;
    runShift({
      scenario,
      seed: 2,
      policy: progressive,
      onEvent(event) {
        if (event.type === 'agent' && event.state === 'ready') ready++;
        if (event.type === 'connected') {
          ready--;
          inAir--;
        }
        if (event.type === 'ended' && event.reason !== 'completed') inAir--;
        if (event.type === 'placed') expect(++inAir).toBeLessThanOrEqual(ready);
      },
    });
  });
});
