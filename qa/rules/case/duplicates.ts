import type { EpochMs } from '../working-days.ts';
import type { CaseKind } from './state.ts';

/** What tells one case from another. `numberKey`: the normalised number, or a hash of it. */
export interface CaseIdentity {
  readonly id: string;
  readonly kind: CaseKind;
  readonly numberKey: string;
  readonly callId: string | null;
  readonly recordedAt: EpochMs;
  readonly open: boolean;
}

export type Likeness = 'same-call' | 'open-already' | 'repeated';

/**
 * Earlier cases that an incoming one may be a duplicate of, likeliest first: about the same call; the same number with a case of the kind
 * still open; the same number within the look-back, which makes it a repeated complaint, not the same one. A person decides.
 */
export function likelyDuplicates(
  incoming: Omit<CaseIdentity, 'open'>,
  earlier: readonly CaseIdentity[],
  lookBackMs: number,
): { readonly caseId: string; readonly likeness: Likeness }[] {
  const order: readonly Likeness[] = ['same-call', 'open-already', 'repeated'];
  return earlier
    .flatMap((one) => {
      const likeness = likenessOf(incoming, one, lookBackMs);
      return likeness === null || one.id === incoming.id
        ? []
        : [{ caseId: one.id, likeness, recordedAt: one.recordedAt }];
    })
    .sort((a, b) => order.indexOf(a.likeness) - order.indexOf(b.likeness) || b.recordedAt - a.recordedAt)
    .map(({ caseId, likeness }) => ({ caseId, likeness }));
}

function likenessOf(incoming: Omit<CaseIdentity, 'open'>, one: CaseIdentity, lookBackMs: number): Likeness | null {
  if (one.kind !== incoming.kind) return null;
  if (incoming.callId !== null && one.callId === incoming.callId) return 'same-call';
  if (one.numberKey !== incoming.numberKey) return null;
  if (one.open) return 'open-already';
  return incoming.recordedAt - one.recordedAt <= lookBackMs ? 'repeated' : null;
}
