/** Offers beside a call: which of them its agent may give, and the one a sale is made with. */
import { QualityError } from '../../errors.ts';
import type { OfferAsker, OfferRecord, OfferStore, OfferUses } from '../../ports/offer-store.ts';
import type { Clock } from '../../ports/surroundings.ts';
import { type Asking, countedSince, mayBeAsked, type OfferTerms, offerRefusal } from '../../rules/offer.ts';
import { centreDateOf } from '../../rules/sampling.ts';

type Deps = { store: Pick<OfferStore, 'list'>; uses: OfferUses; clock: Clock };
/** What is said of the outcome of a call, as far as offers go. */
type Outcome = {
  attemptId: string;
  disposition: { kind: string; offer?: { id: string; version: number } | undefined };
};

export function createGiving({ store, uses, clock }: Deps) {
  const askingOf = (asker: OfferAsker, used: number): Asking => {
    const { teamId, level, attributes, timeZone } = asker;
    return { teamId, level, attributes, used, day: centreDateOf(clock.now(), timeZone), approved: false };
  };
  const sinceIn = (timeZone: string) => (limit: NonNullable<OfferTerms['limit']>) =>
    countedSince(limit, clock.now(), timeZone);

  return {
    /** @throws QualityError attempt-unknown: no call of this agent's */
    async ofCall(agentId: string, attemptId: string) {
      const asker = await uses.asker(agentId, attemptId);
      if (asker === null) throw unknownCall();
      const { saleAttemptId, campaignId, timeZone } = asker;
      if (saleAttemptId !== null)
        return { items: [], sold: (await uses.sold([saleAttemptId])).get(saleAttemptId) ?? null };
      const shown = async ({ id, version, state, terms }: OfferRecord) => {
        const { limit, name, text, until } = terms;
        const used =
          limit === null
            ? 0
            : await uses.used({ offerId: id, limit, since: sinceIn(timeZone)(limit) }, { agentId, attemptId });
        const refusal = offerRefusal(terms, state, askingOf(asker, used));
        return { id, version, name, text, until, refusal, askable: mayBeAsked(terms, refusal) };
      };
      const items = await Promise.all((await store.list(campaignId)).map(shown));
      return { items: items.filter(({ refusal, askable }) => refusal === null || askable), sold: null };
    },

    /**
     * Before an outcome is saved: the offer its sale is made with is kept, if the agent may give it. What was changed during the call holds
     * as it was when the customer answered. Calls of others, and those that are over, are the dialler's to refuse.
     * @throws QualityError offer-not-allowed
     */
    async keep(agentId: string, { attemptId, disposition: { kind, offer } }: Outcome): Promise<void> {
      // What another outcome leaves behind counts for nothing, and costs most calls no look-up.
      if (kind !== 'sale') return;
      if (offer === undefined) return uses.forget(agentId, attemptId);
      const asker = await uses.asker(agentId, attemptId);
      if (asker === null || asker.over) return;
      const { campaignId, timeZone, connectedAt } = asker;
      const use = { attemptId, offerId: offer.id, version: offer.version, agentId, at: clock.now() };
      await uses.keep(use, campaignId, sinceIn(timeZone), (told) => {
        const stale = told !== null && told.replacedAt !== null && told.replacedAt <= (connectedAt ?? clock.now());
        const refusal =
          told === null || stale ? 'unknown' : offerRefusal(told.terms, told.state, askingOf(asker, told.used));
        if (refusal !== null)
          throw new QualityError('offer-not-allowed', `This offer is not yours to give: ${refusal}.`);
      });
    },
  };
}

function unknownCall(): QualityError {
  return new QualityError('attempt-unknown', 'There is no such call, or it is not yours.');
}
