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
  hours: number;
  seed: number;
};

export type WhatIfAnswer = {
  talkUtilization: number | null;
  occupancy: number | null;
  abandonRate: number | null;
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

/** Plays the shift in virtual time; a few tenths of a second for 100 agents and two hours. */
export function answerWhatIf(question: WhatIfQuestion): WhatIfAnswer {
  const { agents, hours } = question;
  const scenario: Scenario = {
    name: 'what-if',
    about: 'a question of a manager',
    agents,
    startHour: 10,
    shiftMinutes: hours * 60,
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
  let inTheAir = 0;
  let lines = 0;
  const measure = runShift({
    scenario,
    seed: question.seed,
    policy: question.mode === 'progressive' ? progressive : createPolicy,
    onEvent({ type }) {
      if (type === 'placed') inTheAir += 1;
      if (type === 'ended') inTheAir -= 1;
      lines = Math.max(lines, inTheAir);
    },
  });
  const summary = summarise([measure], question.band ?? undefined);
  const shares = duringShifts([measure]);
  const connected = summary.presented - summary.abandoned;
  return {
    talkUtilization: shares.utilization,
    occupancy: shares.occupancy,
    abandonRate: shares.abandonRate,
    conversationsPerAgentHour: connected / agents / hours,
    attemptsPerHour: summary.placed / hours,
    lines,
  };
}
