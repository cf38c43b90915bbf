/** What the simulator foretells of a shift of the demonstration: the same people, policy and limits, in virtual time. */
import { createPolicy } from '../../rules/pacing/index.ts';
import { ordinaryNetwork } from '../../simulation/network-model.ts';
import { day } from '../../simulation/scenarios.ts';
import { runShift } from '../../simulation/shift.ts';
import { duringShifts } from '../../simulation/summary.ts';

export type ShiftQuestion = {
  agents: number;
  minutes: number;
  /** The agents sign in one after the other during so many minutes. */
  signInMinutes: number;
  maxAbandonRate: number;
  abandonWithinMs: number;
  ringTimeoutMs: number;
  band: { min: number; max: number } | null;
  maxLines: number;
  maxCallsPerSecond: number;
  /** Median of wrap-up, ms. */
  wrapUpMs: number;
};

export type Range = { mean: number; low: number; high: number };
export type ForetoldShift = { shifts: number; talkUtilization: Range; occupancy: Range; abandonRate: Range };

/** Plays so many shifts that differ by chance alone; the range holds all of them. */
export function foretellShift(question: ShiftQuestion, shifts: number): ForetoldShift {
  const { agents, minutes, signInMinutes, band, wrapUpMs } = question;
  const scenario = day('foretold', 'a shift of the demonstration', {
    agents,
    shiftMinutes: minutes,
    // The demonstration dials to the end and its figures end there.
    stopBeforeEndMs: 0,
    maxAbandonRate: question.maxAbandonRate,
    abandonWithinMs: question.abandonWithinMs,
    ringTimeoutMs: question.ringTimeoutMs,
    maxLines: question.maxLines,
    maxCallsPerSecond: question.maxCallsPerSecond,
    ...(band === null ? {} : { targetUtilization: band }),
    network: { ...ordinaryNetwork, talk: { kind: 'real-calls' } },
    crew: {
      speedSpread: 0,
      breaks: [],
      late: { share: 1, withinMinutes: signInMinutes },
      wrapUp: { baseMs: wrapUpMs, perTalk: 0, maxMs: wrapUpMs, sigma: 0.4 },
    },
  });
  const runs = Array.from({ length: shifts }, (_, i) => runShift({ scenario, seed: i + 1, policy: createPolicy }));
  const all = duringShifts(runs);
  const each = runs.map((run) => duringShifts([run]));
  const range = (pick: (of: typeof all) => number | null): Range => {
    const values = each.map((one) => pick(one) ?? 0);
    return { mean: pick(all) ?? 0, low: Math.min(...values), high: Math.max(...values) };
  };
  return {
    shifts,
    talkUtilization: range((s) => s.utilization),
    occupancy: range((s) => s.occupancy),
    abandonRate: range((s) => s.abandonRate),
  };
}
