import type { Distribution } from './distribution.ts';
import { type NetworkModel, ordinaryNetwork } from './network-model.ts';
import { Random } from './random.ts';
import type { Break, Crew, Scenario } from './scenario.ts';
import { day, ordinaryCrew } from './scenarios.ts';

/** What a random scenario is drawn from. */
export type RandomScenarioLimits = { agents: { min: number; max: number }; shiftMinutes: { min: number; max: number } };

export const ordinaryLimits: RandomScenarioLimits = {
  agents: { min: 3, max: 300 },
  shiftMinutes: { min: 180, max: 480 },
};

/**
 * A scenario nobody thought of: list, network, detection, patience, talks, crew, shocks and limits drawn at random, each
 * from about what centres have. The same seed gives the same scenario; its name is the seed.
 */
export function randomScenario(seed: number, limits: RandomScenarioLimits = ordinaryLimits): Scenario {
  const draw = new Draw(seed);
  const agents = Math.round(draw.wide(limits.agents.min, limits.agents.max));
  const shiftMinutes = Math.round(draw.between(limits.shiftMinutes.min, limits.shiftMinutes.max));
  const network = drawNetwork(draw);
  const changes = draw.chance(0.4) ? drawChanges(draw, network, shiftMinutes) : [];
  const hasLimit = draw.chance(0.2);
  const drawn = day(`random-${seed}`, '', {
    agents,
    shiftMinutes,
    startHour: Math.floor(draw.between(8, 14)),
    maxAbandonRate: draw.chance(0.8) ? 0.03 : draw.between(0.01, 0.05),
    abandonWithinMs: draw.chance(0.8) ? 2_000 : Math.round(draw.between(0, 5_000)),
    ringTimeoutMs: Math.round(draw.between(15_000, 40_000)),
    network,
    changes,
    crew: drawCrew(draw, shiftMinutes),
    ...(hasLimit && draw.chance(0.5) ? { maxLines: Math.ceil(agents * draw.between(1.5, 4)) } : {}),
    ...(hasLimit ? { maxCallsPerSecond: Math.max(0.2, agents * draw.between(0.03, 0.2)) } : {}),
    ...(draw.chance(0.3) ? { targetUtilization: { min: 0.69, max: 0.74 } } : {}),
  });
  return { ...drawn, about: aboutIt(drawn) };
}

class Draw {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed, 0x5ce7a);
  }

  chance(p: number): boolean {
    return this.random.next() < p;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.random.next();
  }

  /** Evenly in the logarithm: as likely from 3 to 30 as from 30 to 300. */
  wide(low: number, high: number): number {
    return low * (high / low) ** this.random.next();
  }

  /** A log-normal length with its median between these, ms. */
  length(low: number, high: number, sigma: [number, number]): Distribution {
    return { kind: 'lognormal', medianMs: Math.round(this.wide(low, high)), sigma: this.between(...sigma) };
  }
}

function drawNetwork(draw: Draw): NetworkModel {
  const machine = draw.between(0, 0.6);
  const knowsChances = draw.chance(0.25);
  return {
    ...ordinaryNetwork,
    answer: draw.wide(0.05, 0.6),
    machine,
    busy: draw.between(0, 0.1),
    invalid: draw.between(0, 0.1),
    switchedOff: draw.between(0, 0.08),
    failed: draw.between(0, 0.03),
    setup: draw.length(800, 5_000, [0.2, 0.7]),
    personRing: draw.length(4_000, 14_000, [0.3, 0.8]),
    machineRing: draw.length(6_000, 22_000, [0.1, 0.5]),
    detection: {
      on: draw.chance(0.6),
      personAsMachine: draw.between(0, 0.1),
      machineAsPerson: draw.between(0, 0.15),
      unknown: draw.between(0, 0.2),
      personAfter: draw.length(800, 4_500, [0.1, 0.5]),
      machineAfter: draw.length(1_500, 6_000, [0.1, 0.5]),
    },
    patience: draw.length(2_500, 15_000, [0.3, 0.8]),
    talk: drawTalk(draw),
    hours: draw.chance(0.3) ? Array.from({ length: 24 }, () => draw.between(0.6, 1.5)) : [],
    contactSpread: draw.chance(0.4) ? draw.between(0.3, 1.6) : 0,
    chance: { known: knowsChances, errorSd: draw.between(0, 1), bias: draw.between(-0.8, 0.8) },
  };
}

function drawTalk(draw: Draw): Distribution {
  const kind = draw.between(0, 1);
  if (kind < 0.15) return { kind: 'real-calls' };
  if (kind < 0.3) return { kind: 'exponential', meanMs: Math.round(draw.wide(30_000, 300_000)) };
  if (kind < 0.55) return draw.length(25_000, 240_000, [0.2, 1]);
  const median = draw.wide(12_000, 40_000);
  return {
    kind: 'mixture',
    parts: [
      { share: draw.between(0.2, 0.7), medianMs: median, sigma: draw.between(0.2, 0.7) },
      { share: draw.between(0.2, 0.5), medianMs: median * draw.between(3, 6), sigma: draw.between(0.2, 0.7) },
      { share: draw.between(0.05, 0.3), medianMs: median * draw.between(8, 25), sigma: draw.between(0.2, 0.7) },
    ],
  };
}

function drawCrew(draw: Draw, shiftMinutes: number): Crew {
  const pauses: Break[] = [];
  const count = Math.floor(draw.between(0, 4));
  for (let i = 0; i < count; i++) {
    const together = draw.chance(0.25);
    pauses.push({
      atMinute: Math.round(draw.between(0.15, 0.8) * shiftMinutes),
      minutes: draw.between(5, 45),
      share: together ? draw.between(0.3, 1) : 1,
      waves: draw.chance(0.4) ? 2 : 1,
      spreadMinutes: together ? 0 : draw.between(10, 90),
    });
  }
  const baseMs = Math.round(draw.wide(2_000, 30_000));
  return {
    ...ordinaryCrew,
    speedSpread: draw.between(0, 0.4),
    wrapUp: { baseMs, perTalk: draw.between(0, 0.2), maxMs: baseMs + 60_000, sigma: draw.between(0.1, 0.8) },
    breaks: pauses,
    late: draw.chance(0.4) ? { share: draw.between(0.2, 1), withinMinutes: draw.between(3, 40) } : ordinaryCrew.late,
  };
}

function drawChanges(draw: Draw, before: NetworkModel, shiftMinutes: number): Scenario['changes'] {
  const changes: Scenario['changes'] = [];
  const count = draw.chance(0.7) ? 1 : 2;
  for (let i = 0; i < count; i++) {
    const atMinute = Math.round(((i + draw.between(0.3, 0.9)) * shiftMinutes) / (count + 0.2));
    const kind = draw.between(0, 1);
    if (kind < 0.6) changes.push({ atMinute, network: { answer: Math.min(0.7, before.answer * draw.wide(1 / 3, 3)) } });
    else if (kind < 0.85) changes.push({ atMinute, network: { talk: drawTalk(draw) } });
    else changes.push({ atMinute, network: { detection: { ...before.detection, on: !before.detection.on } } });
  }
  return changes;
}

function aboutIt(scenario: Scenario): string {
  const { network, changes, crew } = scenario;
  const parts = [
    `${Math.round(100 * network.answer)} % answers`,
    network.detection.on ? 'detection' : 'no detection',
    `${network.talk.kind} talks`,
    network.chance.known ? 'chances' : '',
    network.contactSpread > 0 ? 'contacts differ' : '',
    network.hours.length > 0 ? 'hours' : '',
    ...changes.map(({ network: change }) => `shock: ${Object.keys(change).join(', ')}`),
    crew.late.share > 0 ? 'late crew' : '',
    crew.breaks.some(({ spreadMinutes, share }) => spreadMinutes === 0 && share > 0) ? 'joint break' : '',
    scenario.maxLines === undefined ? '' : 'few lines',
    scenario.maxCallsPerSecond === undefined ? '' : 'slow carrier',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
