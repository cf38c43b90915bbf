/**
 * What is true of the simulated conversations, so that agents, inspectors and clients can act on the same facts without
 * telling each other: whether the customer accepted, and which of the four criteria really hold. Everything follows from
 * the seed and the attempt's id; lengths and acceptance follow the real calls.
 */
import { createHash } from 'node:crypto';

export const criteria = ['right-person', 'understood', 'approved-script', 'explicit-consent'] as const;
export type Criterion = (typeof criteria)[number];

/** One call of the record: how long it lasted, and whether it ended in a sale. */
export type RealCall = { seconds: number; accepted: boolean };

export type Truth = {
  accepted: boolean;
  /** Criteria that do not hold if this is called a sale. */
  broken: Criterion[];
  /** What an unsuccessful conversation came to. */
  ending: 'refused' | 'undecided' | 'appointment' | 'opt-out' | 'wrong-person' | 'complaint';
};

export type World = {
  truth(attemptId: string, agentKey: string, talkMs: number): Truth;
  /** In [0, 1), the same for the same label. */
  chance(label: string): number;
};

/** Shares of conversations without a sale; the rest are plain refusals. */
const endings: [Truth['ending'], number][] = [
  ['undecided', 0.12],
  ['appointment', 0.04],
  ['opt-out', 0.04],
  ['wrong-person', 0.02],
  ['complaint', 0.004],
];
/** How often each criterion fails in a careless agent's sale; careful agents fail a fifth as often. */
const failsAt: Record<Criterion, number> = {
  'right-person': 0.02,
  understood: 0.02,
  'approved-script': 0.06,
  'explicit-consent': 0.04,
};

/** Calls of like length among which the share of sales is taken. */
const neighbours = 400;

export function createWorld(seed: number, calls: readonly RealCall[]): World {
  const sorted = [...calls].sort((a, b) => a.seconds - b.seconds);
  const chance = (label: string): number =>
    createHash('sha256').update(`${seed}:${label}`).digest().readUInt32BE(0) / 2 ** 32;

  /** Share of sales among the real calls of about this length. */
  function acceptance(seconds: number): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.seconds ?? 0) < seconds) low = middle + 1;
      else high = middle;
    }
    const near = sorted.slice(Math.max(0, low - neighbours / 2), low + neighbours / 2);
    return near.length === 0 ? 0 : near.filter(({ accepted }) => accepted).length / near.length;
  }

  return {
    chance,
    truth(attemptId, agentKey, talkMs) {
      const careless = chance(`careless:${agentKey}`) < 0.25 ? 1 : 0.2;
      let roll = chance(`ending:${attemptId}`);
      let ending: Truth['ending'] = 'refused';
      for (const [name, share] of endings) {
        if (roll < share) {
          ending = name;
          break;
        }
        roll -= share;
      }
      return {
        accepted: chance(`accepts:${attemptId}`) < acceptance(talkMs / 1000),
        broken: criteria.filter((criterion) => chance(`${criterion}:${attemptId}`) < failsAt[criterion] * careless),
        ending,
      };
    },
  };
}
