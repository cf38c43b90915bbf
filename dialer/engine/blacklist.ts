/** Numbers that are not called: added from any channel, removed by a manager with a reason, kept in the history. */
import type { BlacklistCommands } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { BlacklistStore } from '../ports/contact-store.ts';
import { parseNumber } from '../rules/phone-number.ts';

type Deps = {
  store: BlacklistStore;
  clock: { now(): number };
  country: string;
  publish: (event: { type: 'contacts-changed'; campaignId: string }) => void;
};

export function createBlacklist({ store, clock, country, publish }: Deps): BlacklistCommands {
  const announce = (campaignIds: readonly string[]): void => {
    for (const campaignId of campaignIds) publish({ type: 'contacts-changed', campaignId });
  };
  return {
    async add({ number, by, ...entry }) {
      const parsed = parseNumber(number, country);
      if (!parsed.ok)
        throw new DialerError('number-invalid', 'This is not a telephone number.', {
          faults: [{ code: 'number-invalid', field: 'number' }],
        });
      if (entry.scope !== 'all' && entry.scopeId === null) {
        throw new DialerError('scope-missing', 'The campaign or product line of the entry is missing.', {
          faults: [{ code: 'scope-missing', field: 'scopeId' }],
        });
      }
      const { id, added, campaignIds } = await store.add({
        ...entry,
        number: parsed.number,
        addedBy: by.userId,
        now: clock.now(),
      });
      announce(campaignIds);
      return { id, added };
    },

    async remove(id, why, by) {
      if (why.trim() === '')
        throw new DialerError('reason-missing', 'A removal needs its reason.', {
          faults: [{ code: 'reason-missing', field: 'why' }],
        });
      const removed = await store.remove(id, { by: by.userId, why, now: clock.now() });
      if (removed === null)
        throw new DialerError('entry-unknown', 'There is no such entry in force.', {
          faults: [{ code: 'entry-unknown', field: 'id' }],
        });
      announce(removed.campaignIds);
    },
  };
}
