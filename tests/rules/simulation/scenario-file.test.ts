import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario, ScenarioFault } from '../../../dialer/simulation/scenario-file.ts';
import { simulated } from '../../../dialer/simulation/policies.ts';
import { scenarios } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';
import { summarise } from '../../../dialer/simulation/summary.ts';

const parse = (value: unknown) => parseScenario(JSON.stringify(value), 'day.json');

describe('a scenario file', () => {
  it('needs only a name; the rest is the ordinary day', () => {
    const { name: _, about: __, ...given } = parse({ name: 'mine' });
    const { name: ___, about: ____, ...ordinary } = scenarios.steady ?? {};
    expect(given).toEqual(ordinary);
  });

  it('builds changes one upon the other, in the order of time', () => {
    const scenario = parse({
      name: 'two changes',
      network: { answer: 0.1, detection: { on: false } },
      changes: [
        { atMinute: 90, network: { machine: 0.5 } },
        { atMinute: 30, network: { answer: 0.4 } },
      ],
    });
    expect(scenario.changes.map((change) => change.atMinute)).toEqual([30, 90]);
    expect(scenario.changes[1]?.network).toMatchObject({ answer: 0.4, machine: 0.5 });
    expect(scenario.network.detection).toMatchObject({ on: false, personAsMachine: 0.02 });
  });

  it.each([
    [{}, 'name:'],
    [{ name: 'x', agents: 2.5 }, 'agents:'],
    [{ name: 'x', agents: -1 }, 'agents:'],
    [{ name: 'x', network: { answer: 1.2 } }, 'network.answer:'],
    [{ name: 'x', network: { talk: { kind: 'pareto' } } }, 'network.talk'],
    [{ name: 'x', network: { talk: { kind: 'mixture', parts: [] } } }, 'network.talk.parts:'],
    [{ name: 'x', network: { machine: 0.9, busy: 0.3 } }, 'above 1'],
    [{ name: 'x', targetUtilization: { min: 0.8, max: 0.7 } }, 'targetUtilization.min: min must not be above max'],
    [{ name: 'x', network: { detection: { personAsMachine: 0.7, unknown: 0.6 } } }, 'detection.personAsMachine'],
    [{ name: 'x', network: { detection: { machineAsPerson: 0.7, unknown: 0.6 } } }, 'detection.machineAsPerson'],
    [{ name: 'x', crew: { wrapUp: { baseMs: 9, perTalk: 0, maxMs: 1, sigma: 0 } } }, 'crew.wrapUp.maxMs:'],
    [{ name: 'x', crew: { breaks: [{ atMinute: 10 }] } }, 'crew.breaks.0.minutes:'],
    [{ name: 'x', changes: [{ network: {} }] }, 'changes.0.atMinute:'],
    [{ name: 'x', agnets: 3 }, 'agnets'],
    [[], 'file:'],
  ])('%j is refused: %s', (value, fault) => {
    expect(() => parse(value)).toThrow(fault);
  });

  it('lists every fault at once, with a code', () => {
    try {
      parse({ name: 'x', agents: -1, shiftMinutes: 0 });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ScenarioFault);
      expect(error).toMatchObject({ code: 'scenario-invalid', retryable: false });
      expect(error instanceof ScenarioFault ? error.faults : []).toHaveLength(2);
    }
  });

  it('names the line at which the text is no JSON, and takes no offence at a byte-order mark', () => {
    expect(() => parseScenario('{\n "name": "x",\n "agents": 5,\n}', 'day.json')).toThrow('line 4: not JSON');
    expect(() => parseScenario('', 'day.json')).toThrow('line 1: not JSON');
    expect(parseScenario('\uFEFF{"name":"x"}', 'day.json').name).toBe('x');
  });

  it('is shown by an example that can be read', () => {
    const file = new URL('../../../dialer/simulation/data/evening-list.json', import.meta.url);
    expect(parseScenario(readFileSync(file, 'utf8'), 'evening-list.json').changes).toHaveLength(1);
  });

  it('refuses shares that add up to more than all calls, also after a change', () => {
    const changes = [{ atMinute: 30, network: { machine: 0.9, busy: 0.2 } }];
    expect(() => parse({ name: 'overfull', changes })).toThrow(/network from minute 30: machine, busy.* above 1/);
  });
});

describe('a day of a kind that nobody has thought of', () => {
  const nobodyAnswers = { answer: 0, machine: 1, busy: 0, invalid: 0, switchedOff: 0, failed: 0 };
  it.each([
    ['one agent', { agents: 1 }],
    ['nobody', { agents: 0 }],
    ['one line', { maxLines: 1 }],
    ['no line', { maxLines: 0 }],
    ['no call a second', { maxCallsPerSecond: 0 }],
    ['a cap of 0', { maxAbandonRate: 0 }],
    ['a cap of 1', { maxAbandonRate: 1 }],
    ['a band of no width', { targetUtilization: { min: 0.7, max: 0.7 } }],
    ['hours in which nobody answers', { network: { hours: Array.from({ length: 24 }, () => 0) } }],
    ['machines alone', { network: nobodyAnswers }],
    ['machines that agents hear', { network: { ...nobodyAnswers, detection: { on: false } } }],
    ['talks of no length', { network: { talk: { kind: 'fixed', ms: 0 } } }],
    ['talks of two hours', { network: { talk: { kind: 'fixed', ms: 7_200_000 } } }],
    ['everybody leaves at once', { crew: { breaks: [{ atMinute: 3, minutes: 400 }] } }],
    ['no wrap-up', { crew: { wrapUp: { baseMs: 0, perTalk: 0, maxMs: 0, sigma: 0 } } }],
    ['detection that tosses a coin', { network: { detection: { personAsMachine: 0.5, machineAsPerson: 0.5 } } }],
    ['nobody waits', { abandonWithinMs: 0, network: { patience: { kind: 'fixed', ms: 0 } } }],
    ['an empty list', { contacts: 0 }],
    ['no time to dial', { stopBeforeEndMs: 3_600_000 }],
    [
      'chances known of people who never answer',
      { network: { answer: 0, chance: { known: true, errorSd: 1, bias: 1 } } },
    ],
  ])('%s: every policy plays it, and no figure is out of the world', (name, given) => {
    const scenario = parse({ name, agents: 2, shiftMinutes: 6, ...given });
    for (const policy of ['predictive', 'oracle', 'progressive', 'vicidial-hard']) {
      const source = simulated[policy];
      if (source === undefined) throw new Error(`no policy ${policy}`);
      const measure = runShift({ scenario, seed: 7, policy: source });
      const summary = summarise([measure], scenario.targetUtilization);
      expect(measure.faults.nonsense, policy).toBe(0);
      for (const [figure, value] of Object.entries(summary))
        expect(value === null || (Number.isFinite(value) && value >= 0), `${policy}: ${figure} ${value}`).toBe(true);
      for (const share of [summary.occupancy, summary.utilization, summary.abandonRate, summary.worstHour])
        expect(share ?? 0, policy).toBeLessThanOrEqual(1);
    }
  });
});

describe('the catalogue', () => {
  it('has at least fourteen days, each under its own name', () => {
    expect(Object.keys(scenarios).length).toBeGreaterThanOrEqual(14);
    for (const [name, scenario] of Object.entries(scenarios)) expect(scenario.name).toBe(name);
  });
});
