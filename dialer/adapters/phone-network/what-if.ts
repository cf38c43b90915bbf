/** Questions of managers to the simulator: this list, so many agents, what would the day be like? */
import { createPolicy } from '../../rules/pacing/index.ts';
import { progressive } from '../../rules/pacing/progressive.ts';
import { ordinaryNetwork } from '../../simulation/network-model.ts';
import { ordinaryCrew } from '../../simulation/scenarios.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import { runShift } from '../../simulation/shift.ts';
import { duringShifts, summarise } from '../../simulation/summary.ts';

export type WhatIfQuestion = {
  agents: number;
  answerRate: number;
  machineRate: number;
  talkSeconds: number;
  wrapUpSeconds: number;
  maxAbandonRate: number;
  band: { min: number; max: number } | null;
  mode: 'predictive' | 'progressive';
  /** When the shift begins, hours after midnight: with `hourFactors` it says how many answer. */
  startHour: number;
  hours: number;
  /** Factors on the answer rate by hour of day; none: all hours alike. */
  hourFactors: number[];
  /** So many shifts that differ by chance alone; more are slower and steadier. */
  shifts: number;
  seed: number;
};

export type WhatIfAnswer = {
  talkUtilization: number | null;
  occupancy: number | null;
  abandonRate: number | null;
  /** Presented to the pool, of the calls dialled. */
  answeredRate: number | null;
  conversationsPerAgentHour: number | null;
  attemptsPerHour: number;
  lines: number;
};

/** What an ordinary list is taken to be where nothing better is known. */
export const ordinaryList = {
  answerRate: ordinaryNetwork.answer,
  machineRate: ordinaryNetwork.machine,
  talkSeconds: 110,
  wrapUpSeconds: 20,
};

/** Plays the shifts in virtual time; a few tenths of a second for 100 agents and two hours. */
export function answerWhatIf(question: WhatIfQuestion): WhatIfAnswer {
  const { agents, hours, shifts } = question;
  const scenario = scenarioOf(question);
  let lines = 0;
  const measures = Array.from({ length: shifts }, (_, i) => {
    let inTheAir = 0;
    return runShift({
      scenario,
      seed: question.seed + i,
      policy: question.mode === 'progressive' ? progressive : createPolicy,
      onEvent({ type }) {
        if (type === 'placed') inTheAir += 1;
        if (type === 'ended') inTheAir -= 1;
        lines = Math.max(lines, inTheAir);
      },
    });
  });
  const { placed, presented, abandoned } = summarise(measures, question.band ?? undefined);
  const shares = duringShifts(measures);
  return {
    talkUtilization: shares.utilization,
    occupancy: shares.occupancy,
    abandonRate: shares.abandonRate,
    answeredRate: placed === 0 ? null : presented / placed,
    conversationsPerAgentHour: (presented - abandoned) / agents / hours / shifts,
    attemptsPerHour: placed / hours / shifts,
    lines,
  };
}

function scenarioOf(question: WhatIfQuestion): Scenario {
  return {
    name: 'what-if',
    about: 'a question of a manager',
    agents: question.agents,
    startHour: question.startHour,
    shiftMinutes: question.hours * 60,
    days: 1,
    stopBeforeEndMs: 45_000,
    maxAbandonRate: question.maxAbandonRate,
    abandonWithinMs: 2_000,
    ...(question.band === null ? {} : { targetUtilization: question.band }),
    ringTimeoutMs: 25_000,
    network: {
      ...ordinaryNetwork,
      answer: question.answerRate,
      machine: question.machineRate,
      hours: question.hourFactors,
      // Log-normal with the asked mean: mean = median × exp(sigma² ÷ 2).
      talk: { kind: 'lognormal', medianMs: (question.talkSeconds * 1000) / Math.exp(0.9 ** 2 / 2), sigma: 0.9 },
    },
    changes: [],
    crew: {
      ...ordinaryCrew,
      breaks: [],
      wrapUp: {
        baseMs: question.wrapUpSeconds * 1000,
        perTalk: 0,
        maxMs: Math.max(1, question.wrapUpSeconds * 3000),
        sigma: 0.35,
      },
    },
  };
}
