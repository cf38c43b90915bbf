/** What follows from a verdict: for the sale it judges, and for how closely its agent is inspected. */
import type { QualityTx } from '../ports/quality-store.ts';
import { standingScore } from '../rules/inspection.ts';
import { judgementOf } from '../rules/sale.ts';
import type { AfterVerdict } from './inspections.ts';
import type { createSales } from './sales.ts';

export type LevelChanges = (
  tx: QualityTx,
  verdict: {
    agentId: string;
    inspectionId: string;
    campaignId: string;
    qualified: boolean;
    reasons: string[];
    at: number;
  },
) => Promise<void>;

export function createVerdicts({
  sales,
  levels,
}: {
  sales: ReturnType<typeof createSales>;
  levels: LevelChanges;
}): AfterVerdict {
  return async (tx, record, step, now) => {
    const { kind, attemptId, life, campaignId } = record;
    // Calibration compares judges; it never touches a sale or an agent.
    if (kind === 'calibration') return;
    const standing = standingScore(step.inspection);
    if (standing === null) return;
    const qualified = standing.verdict.result === 'qualified';
    // A blind second judgement serves agreement; but a fault that only the supervisor heard is a fault.
    if (kind !== 'overlap' || !qualified) {
      await sales.judged(
        tx,
        attemptId,
        judgementOf(standing.verdict, `${life.id}:${step.inspection.scores.length}`, now),
        standing.by,
      );
    }
    if (kind === 'overlap') return;
    await levels(tx, {
      agentId: life.agentId,
      inspectionId: life.id,
      campaignId,
      qualified,
      reasons: standing.verdict.failures.map(({ reasonCode }) => reasonCode),
      at: now,
    });
  };
}
