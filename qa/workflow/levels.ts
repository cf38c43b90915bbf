/** Tightened inspection: what a judged lot or a proven fabrication does to its agent, and what the next draws take of them. */
import type { LevelReads } from '../ports/level-store.ts';
import type { QualityStore, QualityTx } from '../ports/quality-store.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import { QualityError } from '../errors.ts';
import { FABRICATED_CONSENT } from '../rules/form-version.ts';
import {
  agentRateOf,
  DEFAULT_TIGHTENING_TERMS,
  decideTightening,
  termsOf,
  type TighteningSignal,
} from '../rules/tightening.ts';
import type { RaisedRates } from './sampler.ts';
import type { LevelChanges } from './verdicts.ts';

type Deps = { store: QualityStore; reads: LevelReads; clock: Clock };

export function createLevels({ store, reads, clock }: Deps) {
  async function give(tx: QualityTx, agentId: string, signal: TighteningSignal, by: string | null): Promise<void> {
    const now = clock.now();
    const before = await tx.levels.lock(agentId, now);
    const { state, happened, refusal } = decideTightening(before, signal, DEFAULT_TIGHTENING_TERMS);
    if (refusal === 'known-already') return;
    if (refusal !== null) throw new QualityError(refusal, `The level cannot be changed: ${refusal}.`);
    await tx.levels.save({ agentId, state, happened, by, now });
    const stopped = before.level === 'suspended';
    const stops = state.level === 'suspended';
    if (stopped !== stops) await tx.handoff({ topic: 'selling-changed', agentId, maySell: !stops }, now);
  }

  const afterVerdict: LevelChanges = async (tx, { agentId, inspectionId, reasons }) => {
    if (reasons.includes(FABRICATED_CONSENT)) {
      await give(tx, agentId, { kind: 'fabricated-consent', inspectionId, provenBy: inspectionId }, null);
    }
    const lot = await tx.levels.lotOf(inspectionId);
    // A lot is judged when the last of its recordings is.
    if (lot === null || lot.undone > 0) return;
    const result = { lotId: lot.lotId, accepted: lot.unqualified.length === 0, evidence: lot.unqualified };
    await give(tx, agentId, { kind: 'lot', lot: result, fatal: lot.fatal }, null);
  };

  const raised: RaisedRates = async (campaign) =>
    (await reads.raised(campaign.centreId)).flatMap(
      ({ agentId, state }) =>
        agentRateOf(agentId, state, campaign.dailyRate, termsOf(campaign.tightenedMultiple)) ?? [],
    );

  return {
    afterVerdict,
    raised,
    lift: (viewer: Viewer, agentId: string, why: string): Promise<void> =>
      store.transact((tx) =>
        give(
          tx,
          agentId,
          { kind: 'reinstated', by: viewer.userId, role: viewer.role, requalification: why },
          viewer.userId,
        ),
      ),
    coached: (viewer: Viewer, agentId: string, note: string): Promise<void> =>
      store.transact((tx) => give(tx, agentId, { kind: 'coaching-closed', evidence: note }, viewer.userId)),
  };
}
