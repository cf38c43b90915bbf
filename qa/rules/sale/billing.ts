/**
 * What the client's billing system is told of a sale (C2, Q8). Replayed in order, the entries of a sale give its state: a receiver needs
 * nothing else. Pure.
 */
import type { EpochMs } from '../working-days.ts';
import type { Sale, SaleEvent, SaleStatus } from './state.ts';

/** `withheld`: what was valid is so no longer (an inspector found a fault): not to be billed until it is told valid again. */
export type BillingState = 'valid' | 'trial' | 'billable' | 'withheld' | 'void' | 'cancelled';
export type BillingChange = BillingState | 'extended';

export interface BillingEntry {
  readonly change: BillingChange;
  /** Billing starts then. */
  readonly billFrom: EpochMs | null;
  readonly trialEndsAt: EpochMs | null;
  /** Why it ended. */
  readonly reason: string | null;
  /** The second confirmation that billing rests on: the last call in which the customer went on. */
  readonly confirmedIn: string | null;
}

/** How a billing system must see a sale in this status; null: it has not heard of it, and need not. */
export function billingStateOf(status: SaleStatus, heardOf: boolean): BillingState | null {
  switch (status) {
    case 'valid':
    case 'trial':
    case 'billable':
    case 'void':
    case 'cancelled':
      return status;
    case 'recorded':
    case 'held':
    case 'unqualified':
      return heardOf ? 'withheld' : null;
  }
}

const active = new Set<SaleStatus>(['valid', 'trial', 'billable']);

/** Entries for what happened in one step; `after`: the sale as the step left it. */
export function billingEntriesOf(happened: readonly SaleEvent[], after: Sale): BillingEntry[] {
  const trialEndsAt = after.confirmation?.trialEndsAt ?? null;
  const confirmedIn = after.confirmation?.calls.at(-1)?.callId ?? null;
  const billFrom = happened.reduce<EpochMs | null>(
    (from, one) => (one.event === 'billing-started' ? one.from : from),
    null,
  );
  return happened.flatMap((one): BillingEntry[] => {
    if (one.event === 'trial-extended')
      return [{ change: 'extended', billFrom: null, trialEndsAt: one.trialEndsAt, reason: null, confirmedIn: null }];
    if (one.event !== 'moved') return [];
    const change = billingStateOf(one.to, active.has(one.from));
    if (change === null) return [];
    const billed = change === 'billable';
    return [
      {
        ...{ change, trialEndsAt, reason: one.reason },
        ...{ billFrom: billed ? billFrom : null, confirmedIn: billed ? confirmedIn : null },
      },
    ];
  });
}

export interface Replayed {
  readonly state: BillingState | null;
  readonly trialEndsAt: EpochMs | null;
  readonly billFrom: EpochMs | null;
}

/** What a receiver knows after these entries of one sale, in their order. */
export function replayBilling(entries: readonly BillingEntry[]): Replayed {
  return entries.reduce<Replayed>(
    (known, { change, trialEndsAt, billFrom }) => ({
      state: change === 'extended' ? known.state : change,
      trialEndsAt: trialEndsAt ?? known.trialEndsAt,
      billFrom: change === 'billable' ? billFrom : change === 'extended' ? known.billFrom : null,
    }),
    { state: null, trialEndsAt: null, billFrom: null },
  );
}
