/** How closely each agent is inspected, kept with every change and its evidence. */
import type { Tightening, TighteningEvent } from '../rules/tightening.ts';

export type LevelTable = {
  /** The agent's present state under a lock; the normal one where there was none. */
  lock(agentId: string, now: number): Promise<Tightening>;
  save(change: {
    agentId: string;
    state: Tightening;
    happened: readonly TighteningEvent[];
    by: string | null;
    now: number;
  }): Promise<void>;
  /** The agent's part of the draw an inspection belongs to: which are unqualified, and whether some are not judged yet. Null: no daily draw. */
  lotOf(
    inspectionId: string,
  ): Promise<{ lotId: string; undone: number; unqualified: string[]; fatal: string[] } | null>;
};

export type LevelReads = {
  /** Agents of a centre who are not at normal level. */
  raised(centreId: string): Promise<{ agentId: string; state: Tightening }[]>;
};
