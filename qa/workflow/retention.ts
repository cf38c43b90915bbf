/**
 * What quality owes the keeping of recordings (R3): nothing is erased that a dispute or a case may still turn on. Months are the
 * campaign's and counted by the dialler, which erases; quality only counts holds up and down. A case's own are in
 * cases/granting.ts.
 */
import type { QualityTx } from '../ports/quality-store.ts';
import type { InspectionEvent } from '../rules/inspection.ts';

/** One hold from the dispute of a result to its decision. For the transaction that stores the step. */
export async function holdWhileDisputed(
  tx: Pick<QualityTx, 'handoff'>,
  recordingId: string,
  happened: readonly InspectionEvent[],
  now: number,
): Promise<void> {
  for (const event of happened) {
    const change = holdOf(event);
    if (change !== 0) await tx.handoff({ topic: 'recording-held', recordingId, change }, now);
  }
}

function holdOf({ event }: InspectionEvent): 1 | 0 | -1 {
  switch (event) {
    case 'disputed':
      return 1;
    case 'dispute-decided':
      return -1;
    // An overdue decision is still owed: the dispute stays open.
    case 'dispute-overdue':
    case 'assigned':
    case 'released':
    case 'opened':
    case 'reminder':
    case 'expired':
    case 'scored':
    case 'agreed':
    case 'closed':
      return 0;
  }
}
