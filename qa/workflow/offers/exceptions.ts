/**
 * Exceptions to offers: asked for beside a call, decided by whoever's turn it is, moved on by time, and brought back to the customer by
 * a call of the agent's. Each change under the request's row lock, with its lines in the journal.
 */
import { randomUUID } from 'node:crypto';
import { QualityError } from '../../errors.ts';
import type { ExceptionEntry, ExceptionFile, ExceptionReads, ExceptionView } from '../../ports/exception-store.ts';
import type { OfferStore, OfferUses } from '../../ports/offer-store.ts';
import type { QualityStore, QualityTx } from '../../ports/quality-store.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { Viewer } from '../../ports/viewer.ts';
import {
  askException,
  decideException,
  type ExceptionContext,
  type ExceptionEvent,
  type ExceptionRefusal,
  type ExceptionSignal,
  mayBeAsked,
  wantsAnswerCall,
} from '../../rules/offer.ts';
import { boundsOfDay } from '../../rules/sampling.ts';
import { eachApart } from '../each-apart.ts';
import type { Giving } from './giving.ts';

type Deps = {
  store: QualityStore;
  offers: Pick<OfferStore, 'one'>;
  uses: OfferUses;
  reads: ExceptionReads;
  giving: Pick<Giving, 'refusalOf'>;
  clock: Clock;
};
export type ExceptionWish = { attemptId: string; offerId: string; version: number; wish: string };

const sweepAtOnce = 200;
const shownAtOnce = 200;
/** Working days in which a customer hears that it was declined. */
const declineWithinDays = 1;

const refusals: Record<ExceptionRefusal, [code: string, sentence: string]> = {
  over: ['step-not-now', 'This request is over.'],
  'not-the-approver': ['exception-not-allowed', 'It is not your turn to decide this request.'],
  'own-request': ['exception-not-allowed', 'Nobody decides their own request.'],
  'not-the-asker': ['exception-not-allowed', 'Only who asked takes a request back.'],
  'reason-missing': ['reason-missing', 'Give a reason.'],
};

export function createExceptions({ store, offers, uses, reads, giving, clock }: Deps) {
  const contextOf = async (tx: QualityTx, campaignId: string): Promise<ExceptionContext> => {
    const campaign = await tx.campaign(campaignId);
    if (campaign === null) throw new QualityError('campaign-unknown', 'There is no such campaign.');
    return { now: clock.now(), calendar: campaign.calendar, timeZone: campaign.timeZone };
  };
  /** @throws QualityError exception-unknown, also for requests of others */
  const read = async (viewer: Viewer, id: string): Promise<ExceptionView> => {
    const [found] = await reads.list(viewer, { id, limit: 1 });
    if (found === undefined)
      throw new QualityError('exception-unknown', 'There is no such request, or it is not yours to see.');
    return found;
  };

  async function give(id: string, signal: ExceptionSignal, by: string | null): Promise<ExceptionRefusal | null> {
    return store.transact(async (tx) => {
      const file = await tx.exceptions.lock(id);
      if (file === null) return 'over';
      const context = await contextOf(tx, file.campaignId);
      const { record, happened, refusal } = decideException(file.life, signal, context);
      if (refusal !== null) return refusal;
      const after = { ...file, life: record };
      const entries = happened.map((event) => entryOf(event, context.now, by));
      if (happened.length > 0) await answer(tx, after, entries, context);
      return null;
    });
  }

  /** Decided, it goes back to the customer: in the very call where that is still on, else by one that is asked for. */
  async function answer(
    tx: QualityTx,
    file: ExceptionFile,
    entries: ExceptionEntry[],
    { now, calendar }: ExceptionContext,
  ): Promise<void> {
    const { life, attemptId, agentId } = file;
    const outcome =
      life.state === 'asked' || file.answerCall !== 'open' ? null : await tx.exceptions.outcome(attemptId);
    if (outcome === null) return tx.exceptions.save(file, entries);
    const wanted = wantsAnswerCall(life.state, outcome.disposition);
    if (wanted) {
      const deadlineAt = life.holdsUntil ?? calendar.addWorkingDays(now, declineWithinDays);
      const origin = { kind: 'offer-answer', id: life.id } as const;
      await tx.handoff({ topic: 'task-call-wanted', origin, attemptId, agentId, notBefore: now, deadlineAt }, now);
    }
    const kind = wanted ? 'answer-call-asked' : 'answer-call-not-needed';
    const line = { at: now, by: null, kind, text: '', detail: { disposition: outcome.disposition } };
    await tx.exceptions.save({ ...file, answerCall: wanted ? 'asked' : 'none' }, [...entries, line]);
  }

  return {
    /** Of a person's own calls, their team's or their centre's: those that wait first. */
    list: (viewer: Viewer) => reads.list(viewer, { limit: shownAtOnce }),
    read,

    /** @throws QualityError offer-unknown, attempt-unknown, exception-not-needed, exception-asked */
    async ask(viewer: Viewer, { attemptId, offerId, version, wish }: ExceptionWish): Promise<ExceptionView> {
      const [offer, asker] = await Promise.all([offers.one(offerId), uses.asker(viewer.userId, attemptId)]);
      if (asker === null) throw new QualityError('attempt-unknown', 'There is no such call, or it is not yours.');
      if (offer === null || offer.campaignId !== asker.campaignId || offer.version !== version)
        throw new QualityError('offer-unknown', 'There is no such offer.');
      const { terms } = offer;
      const refusal = await giving.refusalOf(offer, asker, { agentId: viewer.userId, attemptId });
      if (terms.exceptions === null || !mayBeAsked(terms, refusal))
        throw new QualityError('exception-not-needed', 'Nobody has to be asked about this offer.');
      const exceptions = terms.exceptions;
      const id = randomUUID();
      const { campaignId, contactId, timeZone } = asker;
      const endsAt = terms.until === null ? null : boundsOfDay(terms.until, timeZone).until;
      const made = await store.transact(async (tx) => {
        const context = await contextOf(tx, campaignId);
        const life = askException({ id, terms: exceptions, askedBy: viewer.userId, endsAt }, context);
        const file = { life, offerId, version, campaignId, attemptId, contactId, agentId: viewer.userId, wish };
        const detail = { to: life.terms.approvers[0], dueAt: life.dueAt, refusal };
        return tx.exceptions.insert(
          { ...file, answerCall: 'open' },
          { at: context.now, by: viewer.userId, kind: 'asked', text: wish, detail },
        );
      });
      if (!made) throw new QualityError('exception-asked', 'This was asked for already.');
      return read(viewer, id);
    },

    async decide(viewer: Viewer, id: string, sent: { approve: boolean; reason: string }): Promise<ExceptionView> {
      await read(viewer, id);
      const { userId: by, role } = viewer;
      mustHave(await give(id, { kind: 'decided', by, role, ...sent }, by));
      return read(viewer, id);
    },

    async withdraw(viewer: Viewer, id: string): Promise<ExceptionView> {
      await read(viewer, id);
      mustHave(await give(id, { kind: 'withdrawn', by: viewer.userId }, viewer.userId));
      return read(viewer, id);
    },

    /** Deadlines that have passed, and decisions whose call has ended since. */
    async sweep(): Promise<number> {
      const due = await reads.due(clock.now(), sweepAtOnce);
      const unanswered = await reads.unanswered(sweepAtOnce);
      await eachApart(
        [...due.map((id) => () => give(id, { kind: 'clock' }, null)), ...unanswered.map((id) => () => answerLater(id))],
        (step) => step(),
      );
      return due.length + unanswered.length;
    },
  };

  async function answerLater(id: string): Promise<void> {
    await store.transact(async (tx) => {
      const file = await tx.exceptions.lock(id);
      if (file !== null) await answer(tx, file, [], await contextOf(tx, file.campaignId));
    });
  }
}

function entryOf({ event, ...detail }: ExceptionEvent, at: number, by: string | null): ExceptionEntry {
  return { at, by, kind: event, text: 'reason' in detail ? detail.reason : '', detail: { ...detail } };
}

function mustHave(refusal: ExceptionRefusal | null): void {
  if (refusal === null) return;
  const [code, sentence] = refusals[refusal];
  throw new QualityError(code, sentence);
}
