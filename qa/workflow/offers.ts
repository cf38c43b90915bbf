/** Offers of a campaign (L7): written and withdrawn in versions. Who may see and write them the caller makes sure of. */
import { QualityError } from '../errors.ts';
import type { ExceptionReads } from '../ports/exception-store.ts';
import type { QualityStore } from '../ports/quality-store.ts';
import type { OfferRecord, OfferStore, OfferUses } from '../ports/offer-store.ts';
import type { Clock } from '../ports/surroundings.ts';
import { centreDateOf } from '../rules/sampling.ts';
import { createExceptions } from './offers/exceptions.ts';
import { createGiving } from './offers/giving.ts';
import { type OfferState, type OfferTerms, offerFaults } from '../rules/offer.ts';

type Deps = {
  store: OfferStore;
  uses: OfferUses;
  exceptions: ExceptionReads;
  /** The unit of work over everything quality keeps. */
  work: QualityStore;
  names: (ids: Iterable<string | null>) => Promise<(id: string | null) => { id: string; name: string } | null>;
  clock: Clock;
};

export function createOffers({ store, uses, exceptions: reads, work, names, clock }: Deps) {
  const giving = createGiving({ store, uses, exceptions: reads, clock });
  const load = async (id: string): Promise<OfferRecord> => {
    const found = await store.one(id);
    if (found === null) throw new QualityError('offer-unknown', 'There is no such offer.');
    return found;
  };
  /** @throws QualityError offer-invalid, each fault at its field */
  const mustHold = async (campaignId: string, terms: OfferTerms): Promise<void> => {
    const faults = offerFaults(terms, await store.teamsOf(campaignId));
    if (faults.length > 0) throw new QualityError('offer-invalid', 'The offer cannot be made as it is.', { faults });
  };
  /** The next version. @throws QualityError offer-changed where another was kept meanwhile */
  const next = async (id: string, seen: number, state: OfferState, terms: OfferTerms, by: string) => {
    if (!(await store.change(id, seen, { state, terms, by, now: clock.now() })))
      throw new QualityError('offer-changed', 'Somebody else has changed this offer meanwhile.');
    return load(id);
  };

  return {
    ofCall: giving.ofCall,
    keep: giving.keep,
    exceptions: createExceptions({ store: work, offers: store, uses, reads, giving, clock }),
    load,

    async list(campaignId: string) {
      const [items, timeZone] = await Promise.all([store.list(campaignId), store.timeZoneOf(campaignId)]);
      return { today: centreDateOf(clock.now(), timeZone), items };
    },

    async versions(id: string) {
      const rows = await store.versions(id);
      const name = await names(rows.map(({ changedBy }) => changedBy));
      return rows.map((row) => ({ ...row, changedBy: name(row.changedBy)?.name ?? null }));
    },

    async create(campaignId: string, terms: OfferTerms, by: string): Promise<OfferRecord> {
      await mustHold(campaignId, terms);
      return load(await store.create(campaignId, { state: 'offered', terms, by, now: clock.now() }));
    },

    async change(id: string, sent: { version: number; terms: OfferTerms }, by: string): Promise<OfferRecord> {
      const { campaignId, state } = await load(id);
      await mustHold(campaignId, sent.terms);
      return next(id, sent.version, state, sent.terms, by);
    },

    /** Withdrawn, it is given no more; what was sold with it stays. Null: it was so already. */
    async put(id: string, state: OfferState, by: string): Promise<OfferRecord | null> {
      const found = await load(id);
      if (found.state === state) return null;
      if (state === 'offered') await mustHold(found.campaignId, found.terms);
      return next(id, found.version, state, found.terms, by);
    },
  };
}

export type Offers = ReturnType<typeof createOffers>;
