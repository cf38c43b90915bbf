/** Whom an extraction hands to a campaign: customers of a type, each once in the period, in an order that can be drawn again. */
import { hashText } from '../hash-text.ts';

/** Why a customer of the type is not handed out. */
type Barred = 'on-blacklist' | 'already-waiting';
export type NotExtracted = 'handed-out' | 'zone-unknown' | 'beyond-limit' | Barred;

export type ExtractionCandidate = {
  customerId: string;
  /** In this period, or so lately that they rest. */
  handedOut: boolean;
  barred: Barred | null;
  /** Null: nobody knows when it is day there. */
  timeZone: string | null;
};
export type Extracted<C> = { ofType: number; taken: C[]; leftOut: Partial<Record<NotExtracted, number>> };

export function chooseCustomers<C extends ExtractionCandidate>(
  candidates: readonly C[],
  limit: number,
  seed: string,
): Extracted<C> {
  const leftOut: Partial<Record<NotExtracted, number>> = {};
  const leave = (reason: NotExtracted, count: number): void => {
    if (count > 0) leftOut[reason] = (leftOut[reason] ?? 0) + count;
  };
  const free: { candidate: C; lot: number }[] = [];
  for (const candidate of candidates) {
    if (candidate.handedOut) leave('handed-out', 1);
    else if (candidate.barred !== null) leave(candidate.barred, 1);
    else if (candidate.timeZone === null) leave('zone-unknown', 1);
    else free.push({ candidate, lot: hashText(`${seed} ${candidate.customerId}`) });
  }
  free.sort((a, b) => a.lot - b.lot || (a.candidate.customerId < b.candidate.customerId ? -1 : 1));
  leave('beyond-limit', Math.max(0, free.length - limit));
  return { ofType: candidates.length, taken: free.slice(0, limit).map(({ candidate }) => candidate), leftOut };
}
