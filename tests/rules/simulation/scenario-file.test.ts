import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario, ScenarioFault } from '../../../dialer/simulation/scenario-file.ts';
import { scenarios } from '../../../dialer/simulation/scenarios.ts';

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
    [{ name: 'x', targetUtilization: { min: 0.8, max: 0.7 } }, 'min must not be above max'],
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

describe('the catalogue', () => {
  it('has at least fourteen days, each under its own name', () => {
    expect(Object.keys(scenarios).length).toBeGreaterThanOrEqual(14);
    for (const [name, scenario] of Object.entries(scenarios)) expect(scenario.name).toBe(name);
  });
});
