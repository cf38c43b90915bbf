import { mix } from '../rules/hash-text.ts';
import { Random } from './random.ts';
import type { Scenario, WrapUp } from './scenario.ts';

/** One planned change of an agent's presence. Times in epoch ms. */
export type RosterEntry = { time: number; agent: number; kind: 'in' | 'break' | 'out'; breakMs: number };

/** An agent's own pace: factors on talk and wrap-up, 1 = ordinary. */
export type Pace = { talk: number; wrapUp: number };

export type Roster = { entries: RosterEntry[]; paces: Pace[]; shifts: { from: number; until: number }[] };

/** Midnight of the simulated first day, Monday 2 March 2026 UTC. */
export const firstMidnight = Date.UTC(2026, 2, 2);
const dayMs = 86_400_000;

/** The agents' days from the scenario and a seed: log-ins, breaks, log-outs, and each one's pace. */
export function createRoster(scenario: Scenario, seed: number): Roster {
  const random = new Random(seed, 0x705e);
  const paces: Pace[] = [];
  for (let i = 0; i < scenario.agents; i++) paces.push(drawPace(scenario, random));
  const entries: RosterEntry[] = [];
  const shifts: Roster['shifts'] = [];
  for (let day = 0; day < scenario.days; day++) {
    const from = firstMidnight + day * dayMs + scenario.startHour * 3_600_000;
    const until = from + scenario.shiftMinutes * 60_000;
    shifts.push({ from, until });
    for (let agent = 0; agent < scenario.agents; agent++) {
      const isLate = random.next() < scenario.crew.late.share;
      const late = Math.round(random.next() * scenario.crew.late.withinMinutes * 60_000);
      entries.push({ time: from + (isLate ? late : 0), agent, kind: 'in', breakMs: 0 });
      entries.push({ time: until, agent, kind: 'out', breakMs: 0 });
    }
    for (const [index, pause] of scenario.crew.breaks.entries())
      addBreak(scenario, index, pause, from, random, entries);
  }
  return { entries, paces, shifts };
}

function addBreak(
  scenario: Scenario,
  index: number,
  pause: Scenario['crew']['breaks'][number],
  from: number,
  random: Random,
  entries: RosterEntry[],
): void {
  const breakMs = Math.round(pause.minutes * 60_000);
  // Everyone's place in the rota differs from break to break, and exactly the stated share goes.
  const order = Array.from({ length: scenario.agents }, (_, agent) => ({
    agent,
    key: mix(agent * 7919 + index * 104729),
  }));
  order.sort((a, b) => a.key - b.key);
  const going = Math.round(scenario.agents * pause.share);
  for (let i = 0; i < going; i++) {
    const wave = pause.waves > 1 ? Math.floor((i * pause.waves) / going) : 0;
    const spread = random.next() * pause.spreadMinutes * 60_000;
    const time = Math.round(from + pause.atMinute * 60_000 + wave * breakMs + spread);
    entries.push({ time, agent: order[i]?.agent ?? 0, kind: 'break', breakMs });
  }
}

function drawPace(scenario: Scenario, random: Random): Pace {
  const spread = scenario.crew.speedSpread;
  const wrapUp = Math.exp(spread * random.normal() - (spread * spread) / 2);
  return { wrapUp, talk: Math.exp((spread / 2) * random.normal() - (spread * spread) / 8) };
}

/** Expected length of wrap-up after a talk, before the agent's pace and chance. */
export function wrapUpMedian(wrapUp: WrapUp, talkMs: number): number {
  return Math.min(wrapUp.maxMs, wrapUp.baseMs + wrapUp.perTalk * talkMs);
}
