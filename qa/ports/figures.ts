/** Quality's counts that cards and summaries are made of. */
import type { Weighed } from '../rules/estimates.ts';

export type Span = { from: number; to: number };
export type AgentQuality = {
  agentId: string;
  sales: number;
  validSales: number;
  unqualifiedByCriterion: Record<string, number>;
  complaints: number;
  /** Self-checks of inspected sales, and how many of them said the same as the inspection. */
  selfChecked: number;
  selfCheckRight: number;
  conductMarks: number | null;
  /** Inspected sales of the daily draws, with their chances. The supervisor's own draw is a check of the centre, not part of its estimate. */
  sample: Weighed[];
};
