/** Floor patrols: when an inspector goes round, to whom first, and what was noted. Nobody on the floor can foresee a round (Q7). */
import { QualityError } from '../errors.ts';
import type { FloorNow, PatrolStore } from '../ports/patrol-store.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import { patrolTimes } from '../rules/patrol.ts';
import { keyedHash } from '../rules/sampling/keyed-hash.ts';
import { centreDateOf } from '../rules/sampling.ts';

type Deps = {
  store: PatrolStore;
  /** Who is at work in a centre now; null: there is no such centre. */
  floor: (centreId: string, now: number) => Promise<FloorNow | null>;
  clock: Clock;
  /** A key of 64 hexadecimal digits that the floor does not know. */
  key: string;
};

export type PatrolProposal = {
  /** When the round was due, epoch ms. */
  since: number;
  round: number;
  rounds: number;
  /** Whether somebody wrote a note since. */
  done: boolean;
  /** Who is at work, in the order in which to listen. */
  agents: { id: string; name: string }[];
};

const proposed = 5;

export function createPatrols({ store, floor, clock, key }: Deps) {
  const chance = keyedHash(key);
  return {
    patrols: store.patrols,

    /** Its marks count on the agent's card. @throws QualityError agent-unknown, attempt-unknown */
    async addPatrol(
      viewer: Viewer,
      patrol: { agentId: string; attemptId: string | null; observation: string; marks: Record<string, number> },
    ) {
      const { agentId, attemptId } = patrol;
      if (!(await store.seesAgent(viewer, agentId)))
        throw new QualityError('agent-unknown', 'There is no such agent.', {
          faults: [{ code: 'agent-unknown', field: 'agentId' }],
        });
      if (attemptId !== null && !(await store.spokeIn(agentId, attemptId)))
        throw new QualityError('attempt-unknown', 'This agent had no such call.', {
          faults: [{ code: 'attempt-unknown', field: 'attemptId' }],
        });
      return store.addPatrol({ ...patrol, by: viewer.userId, at: clock.now() });
    },

    /** The latest round of today that is due, and no later one: what is still to come is told to nobody. Null before the first. */
    async proposal(viewer: Viewer): Promise<PatrolProposal | null> {
      const { centreId } = viewer;
      const now = clock.now();
      const there = centreId === null ? null : await floor(centreId, now);
      if (centreId === null || there === null || there.hours === null || there.agents.length === 0) return null;
      const names = new Map(there.agents.map(({ id, name }) => [id, name]));
      const label = `${centreId} ${centreDateOf(now, there.timeZone)}`;
      const rounds = patrolTimes(there.hours, there.rounds, [...names.keys()], chance, label);
      const due = rounds.filter(({ at }) => at <= now);
      const round = due.at(-1);
      if (round === undefined) return null;
      const [last] = (await store.patrols(viewer, { limit: 1 })).items;
      return {
        since: round.at,
        round: due.length,
        rounds: there.rounds,
        done: last !== undefined && last.at >= round.at,
        agents: round.agentIds.slice(0, proposed).map((id) => ({ id, name: names.get(id) ?? '' })),
      };
    },
  };
}
