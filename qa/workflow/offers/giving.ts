/** Offers beside a call: which of them its agent may give, what was asked for, and the one a sale is made with. */
import { QualityError } from '../../errors.ts';
import type { ExceptionFile, ExceptionReads } from '../../ports/exception-store.ts';
import type { OfferAsker, OfferRecord, OfferStore, OfferUses } from '../../ports/offer-store.ts';
import type { Clock } from '../../ports/surroundings.ts';
import {
  type Asking,
  countedSince,
  mayBeAsked,
  type OfferRefusal,
  type OfferTerms,
  offerRefusal,
} from '../../rules/offer.ts';
import { centreDateOf } from '../../rules/sampling.ts';

type Deps = {
  store: Pick<OfferStore, 'list'>;
  uses: OfferUses;
  exceptions: Pick<ExceptionReads, 'ofCall'>;
  clock: Clock;
};
/** What is said of the outcome of a call, as far as offers go. */
type Outcome = {
  attemptId: string;
  disposition: { kind: string; offer?: { id: string; version: number } | undefined };
};
type Of = { agentId: string; attemptId: string };

export function createGiving({ store, uses, exceptions, clock }: Deps) {
  const askingOf = (asker: OfferAsker, used: number, approved: boolean): Asking => {
    const { teamId, level, attributes, timeZone } = asker;
    return { teamId, level, attributes, used, day: centreDateOf(clock.now(), timeZone), approved };
  };
  const sinceIn = (timeZone: string) => (limit: NonNullable<OfferTerms['limit']>) =>
    countedSince(limit, clock.now(), timeZone);
  const holds = ({ life }: ExceptionFile): boolean =>
    life.state === 'approved' && life.holdsUntil !== null && clock.now() < life.holdsUntil;

  /** Without what may have been approved. */
  async function refusalOf(offer: OfferRecord, asker: OfferAsker, of: Of): Promise<OfferRefusal | null> {
    const { id, state, terms } = offer;
    const { limit } = terms;
    const used =
      limit === null ? 0 : await uses.used({ offerId: id, limit, since: sinceIn(asker.timeZone)(limit) }, of);
    return offerRefusal(terms, state, askingOf(asker, used, false));
  }

  return {
    refusalOf,

    /** @throws QualityError attempt-unknown: no call of this agent's */
    async ofCall(agentId: string, attemptId: string) {
      const asker = await uses.asker(agentId, attemptId);
      if (asker === null) throw new QualityError('attempt-unknown', 'There is no such call, or it is not yours.');
      const { saleAttemptId, campaignId } = asker;
      if (saleAttemptId !== null)
        return { items: [], sold: (await uses.sold([saleAttemptId])).get(saleAttemptId) ?? null };
      const [offers, files] = await Promise.all([store.list(campaignId), exceptions.ofCall(asker)]);
      const shown = async (offer: OfferRecord) => {
        const { id, version, terms } = offer;
        const file = files.find(({ offerId }) => offerId === id) ?? null;
        const alone = await refusalOf(offer, asker, { agentId, attemptId });
        const open = mayBeAsked(terms, alone);
        const { name, text, until } = terms;
        const refusal = open && file !== null && holds(file) ? null : alone;
        const askable = open && refusal !== null && file?.life.state !== 'asked';
        return {
          id,
          version,
          name,
          text,
          until,
          refusal,
          askable,
          asked: open && file !== null ? askedOf(file) : null,
        };
      };
      const items = await Promise.all(offers.map(shown));
      return {
        items: items.filter(({ refusal, askable, asked }) => refusal === null || askable || asked !== null),
        sold: null,
      };
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
      const files = await exceptions.ofCall(asker);
      const approved = files.find((file) => file.offerId === offer.id && holds(file)) ?? null;
      const use = { attemptId, offerId: offer.id, version: offer.version, agentId, at: clock.now() };
      await uses.keep(use, campaignId, sinceIn(timeZone), (told) => {
        // What was approved was approved in the words that were asked for.
        const asAsked = approved?.version === offer.version;
        const stale =
          told !== null && told.replacedAt !== null && told.replacedAt <= (connectedAt ?? clock.now()) && !asAsked;
        if (told === null || stale) throw notAllowed('unknown');
        const alone = offerRefusal(told.terms, told.state, askingOf(asker, told.used, false));
        if (alone === null) return null;
        const refusal = offerRefusal(told.terms, told.state, askingOf(asker, told.used, approved !== null));
        if (refusal !== null) throw notAllowed(refusal);
        return approved?.life.id ?? null;
      });
    },
  };
}
export type Giving = ReturnType<typeof createGiving>;

const notAllowed = (why: string) => new QualityError('offer-not-allowed', `This offer is not yours to give: ${why}.`);

const askedOf = ({ life, wish }: ExceptionFile) => ({
  ...{ id: life.id, state: life.state, wish, askedAt: life.askedAt, dueAt: life.dueAt },
  ...{ approver: life.terms.approvers[life.step] ?? 'manager', overdue: life.overdue, holdsUntil: life.holdsUntil },
  reason: life.decision?.reason ?? '',
});
