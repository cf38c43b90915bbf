import type { CarrierCall } from '../ports.ts';
import type { CallSignal, CarrierEnd } from '../rules/call.ts';

/** An end that was learnt by asking. `found`: the call as the carrier shows it; null: it knows none. */
export function endFound(carrierCallId: string, how: CarrierEnd, found: CarrierCall | null): CallSignal {
  const { lastedMs = null, endedAt = null, detection = null } = found ?? {};
  return {
    kind: 'over',
    how,
    sequence: null,
    carrierCallId,
    networkCode: null,
    told: { lastedMs, endedAt, detection },
  };
}
