/**
 * Judging: who gets which recording, what was found, disputes. The life of an inspection is rules/inspection; here each step
 * is taken under a row lock, entered in the register, and its consequences follow in the same transaction.
 */
import { QualityError } from '../errors.ts';
import type { RegisterLine } from '../ports/inspection-store.ts';
import type { LockedInspection, QualityStore, QualityTx } from '../ports/quality-store.ts';
import type { Clock, QualityEvent } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import { answersOf, type WireAnswer } from '../rules/answers-on-the-wire.ts';
import type { Heard } from '../rules/form.ts';
import {
  DEFAULT_INSPECTION_TERMS,
  decideInspection,
  type FilledIn,
  type InspectionSignal,
  type InspectionStep,
  isDone,
  standingScore,
} from '../rules/inspection.ts';
import { eachApart } from './each-apart.ts';
import { publishedForm } from './forms.ts';
import { entry } from './register-line.ts';
import { holdWhileDisputed } from './retention.ts';

export type WireVerdict = { answers: WireAnswer[]; note: string; listenedSeconds: number };
/** Told of every new or changed verdict, inside the transaction that stores it. */
export type AfterVerdict = (
  tx: QualityTx,
  record: LockedInspection,
  step: InspectionStep,
  now: number,
) => Promise<void>;

type Deps = {
  store: QualityStore;
  clock: Clock;
  afterVerdict: AfterVerdict;
  publish: (event: QualityEvent) => void;
};

const sweepAtOnce = 500;

export function createInspections({ store, clock, afterVerdict, publish }: Deps) {
  /** One step of one inspection, under its lock. Nothing happens where `signalOf` finds that nothing is to be said any more. */
  async function take(
    id: string,
    signalOf: (record: LockedInspection, tx: QualityTx) => InspectionSignal | null | Promise<InspectionSignal | null>,
    entriesOf: (step: InspectionStep, record: LockedInspection, now: number) => RegisterLine[],
  ): Promise<void> {
    const now = clock.now();
    const changed = await store.transact(async (tx) => {
      const record = await tx.inspections.lock(id);
      if (record === null) throw new QualityError('inspection-unknown', 'There is no such inspection.');
      const campaign = await tx.campaign(record.campaignId);
      if (campaign === null) throw new QualityError('campaign-unknown', 'The campaign of the inspection is unknown.');
      const context = { now, terms: DEFAULT_INSPECTION_TERMS, calendar: campaign.calendar };
      const signal = await signalOf(record, tx);
      if (signal === null) return null;
      const step = decideInspection(record.life, signal, context);
      if (step.refusal !== null) throw refused(step.refusal);
      if (step.inspection === record.life) return null;
      await tx.inspections.save({
        life: step.inspection,
        happened: step.happened,
        register: entriesOf(step, record, now),
      });
      await holdWhileDisputed(tx, record.life.recordingId, step.happened, now);
      if (step.happened.some(({ event }) => event === 'scored')) {
        await afterVerdict(tx, record, step, now);
        if (!record.heard.othersUndone) await showOthers(tx, record, context);
      }
      return step.inspection;
    });
    if (changed !== null) publish({ type: 'inspection-changed', inspectionId: id, assignedTo: changed.inspectorId });
  }

  /** The last of a recording's judges is done: the others' answers are shown now, and the time to dispute them begins. */
  async function showOthers(
    tx: QualityTx,
    { life }: LockedInspection,
    context: Parameters<typeof decideInspection>[2],
  ): Promise<void> {
    for (const id of await tx.inspections.scoredOthers(life.recordingId, life.id)) {
      const other = await tx.inspections.lock(id);
      if (other === null) continue;
      const step = decideInspection(other.life, { kind: 'shown' }, context);
      if (step.refusal === null)
        await tx.inspections.save({ life: step.inspection, happened: step.happened, register: [] });
    }
  }

  /** Judged by the version it was made with, whatever was published since. */
  const filledIn = async (tx: QualityTx, record: LockedInspection, verdict: WireVerdict): Promise<FilledIn> => {
    const form = publishedForm(await tx.forms.published(record.life.formId, record.life.formVersion));
    const heard = heardOf(record);
    return { form, heard, answers: answersOf(form, verdict.answers, verdict.note, heard) };
  };

  const giveBack = ({ inspectionId, inspectorId }: { inspectionId: string; inspectorId: string }) =>
    take(
      inspectionId,
      ({ life }) =>
        life.inspectorId === inspectorId && (life.status === 'assigned' || life.status === 'opened')
          ? { kind: 'release', reason: 'left' }
          : null,
      (step, record, now) => [{ ...entry(step, record, now, 'released', null, '', null), about: inspectorId }],
    );

  const tellTime = (id: string) =>
    take(
      id,
      (record) => ({ kind: 'clock', hidden: record.heard.othersUndone }),
      (step, record, now) =>
        step.happened.some(({ event }) => event === 'expired')
          ? [entry(step, record, now, 'expired', null, '', null)]
          : [],
    );

  return {
    open: (viewer: Viewer, id: string) =>
      take(
        id,
        () => ({ kind: 'open', by: viewer.userId }),
        () => [],
      ),

    async draft(viewer: Viewer, id: string, answers: WireAnswer[], note: string): Promise<void> {
      const kept = await store.keepDraft(id, viewer.userId, answers, note);
      if (!kept) throw new QualityError('not-yours', 'This inspection is not yours to judge.');
    },

    score: (viewer: Viewer, id: string, verdict: WireVerdict) =>
      take(
        id,
        async (record, tx) => ({
          kind: 'score',
          by: viewer.userId,
          filledIn: await filledIn(tx, record, verdict),
        }),
        (step, record, now) => [
          entry(step, record, now, 'scored', viewer.userId, verdict.note, verdict.listenedSeconds),
        ],
      ),

    correct: (viewer: Viewer, id: string, verdict: WireVerdict & { why: string }) =>
      take(
        id,
        async (record, tx) => ({
          kind: 'correct',
          by: viewer.userId,
          reason: verdict.why,
          filledIn: await filledIn(tx, record, verdict),
        }),
        (step, record, now) => [
          entry(step, record, now, 'corrected', viewer.userId, verdict.why, verdict.listenedSeconds),
        ],
      ),

    agree: (viewer: Viewer, id: string) =>
      take(
        id,
        () => ({ kind: 'agree', by: viewer.userId }),
        (step, record, now) => [entry(step, record, now, 'agreed', viewer.userId, '', null)],
      ),

    dispute: (viewer: Viewer, id: string, reason: string) =>
      take(
        id,
        () => ({ kind: 'dispute', by: viewer.userId, reason }),
        (step, record, now) => [entry(step, record, now, 'disputed', viewer.userId, reason, null)],
      ),

    /** The dispute is upheld where the new verdict differs from the standing one. */
    decide: (viewer: Viewer, id: string, verdict: WireVerdict & { why: string }) =>
      take(
        id,
        async (record, tx) => {
          const filled = await filledIn(tx, record, verdict);
          const failsNow = filled.answers.criteria.some(({ outcome }) => outcome === 'failed');
          const failedBefore = standingScore(record.life)?.verdict.result === 'unqualified';
          return {
            kind: 'decide',
            by: viewer.userId,
            reason: verdict.why,
            upheld: failsNow === failedBefore ? null : filled,
          };
        },
        (step, record, now) => [
          entry(step, record, now, 'decided', viewer.userId, verdict.why, verdict.listenedSeconds),
        ],
      ),

    /** By hand, to somebody who may judge it, with the reason. */
    async assign(viewer: Viewer, id: string, { userId, why }: { userId: string; why: string }): Promise<void> {
      const judges = await store.possibleJudges(id);
      if (!judges.some((judge) => judge.id === userId))
        throw new QualityError('not-a-judge-of-this', 'This person may not judge this recording in this inspection.');
      await take(
        id,
        () => ({ kind: 'assign', inspectorId: userId }),
        (step, record, now) => [{ ...entry(step, record, now, 'reassigned', viewer.userId, why, null), about: userId }],
      );
    },

    take,

    /** Reminders, expiry, the end of the time to dispute; and what somebody has who has left is given back at once. */
    async sweep(): Promise<number> {
      const left = await store.heldByWhoLeft(sweepAtOnce);
      const due = await store.dueInspections(clock.now(), DEFAULT_INSPECTION_TERMS.remindBeforeMs, sweepAtOnce);
      const steps = [...left.map((one) => () => giveBack(one)), ...due.map((id) => () => tellTime(id))];
      await eachApart(steps, (step) => step());
      return left.length + due.length;
    },

    /** The recording is lost: whoever had it in the queue need not wait for it. */
    async unheard(recordingId: string): Promise<void> {
      for (const id of await store.openOf(recordingId)) {
        await take(
          id,
          ({ life }) => (isDone(life) ? null : { kind: 'unheard' }),
          (step, record, now) => [entry(step, record, now, 'recording-lost', null, '', null)],
        );
      }
    },
  };
}

function heardOf({ heard }: LockedInspection): Heard {
  return { outcome: heard.sale ? 'sale' : 'no-sale', seconds: heard.durationMs / 1000 };
}

function refused(refusal: NonNullable<InspectionStep['refusal']>): QualityError {
  if (refusal.refused !== 'answers-faulty')
    return new QualityError(refusal.refused, `The step does not apply: ${refusal.refused}.`);
  const faults = refusal.faults.map(({ fault, field }) => ({ code: fault, field }));
  return new QualityError('answers-faulty', 'The form is not filled in rightly.', { faults });
}
