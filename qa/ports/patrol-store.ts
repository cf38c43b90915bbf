/** Notes of floor patrols, and who is on the floor. Times are epoch ms. */
import type { Page, Viewer } from './viewer.ts';

type Named = { id: string; name: string };

export type PatrolNote = {
  id: string;
  at: number;
  by: Named;
  agent: Named;
  campaignId: string | null;
  attemptId: string | null;
  observation: string;
  marks: Record<string, number>;
};

export type NewPatrolNote = Pick<PatrolNote, 'at' | 'attemptId' | 'observation' | 'marks'> & {
  by: string;
  agentId: string;
};

export type PatrolStore = {
  /** The newest first, of the agents within the reader's sight. */
  patrols(viewer: Viewer, page: { limit: number; after?: string | undefined }): Promise<Page<PatrolNote>>;
  addPatrol(note: NewPatrolNote): Promise<PatrolNote>;
  /** Whether this is an agent within the reader's sight. */
  seesAgent(viewer: Viewer, agentId: string): Promise<boolean>;
  /** Whether this agent spoke in that call. */
  spokeIn(agentId: string, attemptId: string): Promise<boolean>;
};

/** `hours`: from when until when calls are made today, null on a day without; `rounds`: how many patrols the campaigns ask for. */
export type FloorNow = {
  timeZone: string;
  hours: { from: number; until: number } | null;
  rounds: number;
  agents: Named[];
};
