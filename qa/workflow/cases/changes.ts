/** Changes of a case: by a person's step, by its return call, by its second judgement, by time. Each under the case's row lock. */
import type { CaseDocument, CaseReads } from '../../ports/case-store.ts';
import type { QualityStore, QualityTx } from '../../ports/quality-store.ts';
import type { ReturnCallResult, TaskRecord } from '../../ports/sale-store.ts';
import type { Clock, QualityEvent } from '../../ports/surroundings.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { shownState } from '../../rules/case-words.ts';
import type { WorkingCalendar } from '../../rules/working-days.ts';
import { eachApart } from '../each-apart.ts';
import { afterUnreached, endDuplicate, give } from './deciding.ts';
import { askJudgement, entry, type Moment } from './granting.ts';
import { refused, stepNotNow } from './refusals.ts';
import { answeredByHand, askReturnCall, unreachedByHand, withdrawReturnCalls } from './return-calls.ts';
import { type CaseStepTaken, planOf } from './steps.ts';

type Deps = {
  store: QualityStore;
  reads: CaseReads;
  clock: Clock;
  /** Reads the campaign on the connection of the unit of work that asks. */
  calendarOf: (file: CaseDocument, of: Pick<QualityTx, 'campaign'>) => Promise<WorkingCalendar>;
  publish: (event: QualityEvent) => void;
};

const sweepAtOnce = 200;

export function createCaseChanges({ store, reads, clock, calendarOf, publish }: Deps) {
  const momentOf = async (tx: QualityTx, file: CaseDocument, by: string | null): Promise<Moment> => ({
    now: clock.now(),
    by,
    calendar: await calendarOf(file, tx),
  });

  const told = ({ life }: CaseDocument): void =>
    publish({ type: 'case-changed', caseId: life.id, state: shownState(life.status) });

  return {
    /** @throws QualityError `step-not-now` and the rules' other refusals. */
    async step(viewer: Viewer, id: string, step: CaseStepTaken): Promise<void> {
      const after = await store.transact(async (tx) => {
        const file = await tx.cases.lock(id);
        if (file === null) throw stepNotNow('gone');
        const moment = await momentOf(tx, file, viewer.userId);
        const plan = await planOf(tx, file, step, viewer);
        const text = 'text' in step ? step.text : '';
        if (plan.after === 'end-duplicate') return endDuplicate(tx, file, text, moment);
        const { change, detail, signal } = plan;
        const agentId = step.step === 'return-call' ? step.agentId : null;
        if (file.life.status === 'mended') {
          if (plan.after === 'withdraw-calls') await withdrawReturnCalls(tx, id, moment.now);
          if (plan.after === 'unreached-by-hand') await unreachedByHand(tx, id, moment.now);
          if (plan.after === 'called-by-hand' && change.satisfaction != null)
            await answeredByHand(tx, file, agentId, change.satisfaction, moment.now);
        }
        if (signal !== null) {
          const given = await give(tx, file, signal, moment, { kind: step.step, text, detail, change });
          if (given.refusal !== null) throw refused(given.refusal);
          if (plan.after === 'unreached-by-hand') await afterUnreached(tx, given.file, moment);
          return given.file;
        }
        const changed = { ...file, ...change };
        if (Object.keys(change).length > 0) await tx.cases.save(changed);
        await tx.cases.append(id, [entry(moment, step.step, text, detail)]);
        if (plan.after === 'call-again') {
          await withdrawReturnCalls(tx, id, moment.now);
          const taskId = await askReturnCall(tx, changed, agentId, moment);
          await tx.cases.append(id, [
            entry(moment, 'return-call-asked', '', { taskId, agentId, round: file.life.round }),
          ]);
        }
        return changed;
      });
      told(after);
    },

    /** The dialler's return call came to its end. Told again, or of a call that was withdrawn, nothing happens. */
    async returnCallClosed(closed: {
      attemptId: string;
      origin: { kind: string; id: string };
      result: ReturnCallResult;
      /** Who talked; else whom the call was meant for. */
      agentId?: string | null;
    }): Promise<void> {
      const after = await store.transact(async (tx) => {
        const file = await tx.cases.lockByTask(closed.origin.id);
        const task = file === null ? null : await tx.tasks.lock(closed.origin.id);
        if (file === null || task === null || task.state === 'done' || task.state === 'withdrawn') return null;
        const reached = closed.result !== 'unreachable';
        if (!reached && task.state === 'overdue') return null;
        await tx.tasks.save({
          ...task,
          state: reached ? 'done' : 'overdue',
          result: closed.result,
          doneAttemptId: reached ? closed.attemptId : null,
        });
        const moment = await momentOf(tx, file, closed.agentId ?? task.agentId);
        const result = closed.result === 'unreachable' ? 'unreached' : closed.result;
        const change = result === 'unreached' ? {} : { satisfaction: result };
        const detail = { result: closed.result, attemptId: closed.attemptId, taskId: task.id };
        const note = { kind: 'return-call', text: '', detail, change };
        const { file: next, refusal } = await give(tx, file, { kind: 'return-call', result }, moment, note);
        if (refusal !== null) return null;
        if (result === 'unreached') await afterUnreached(tx, next, moment);
        else await withdrawReturnCalls(tx, file.life.id, moment.now);
        return next;
      });
      if (after !== null) told(after);
    },

    /** A complaint's second judgement stands: its case says so, once no other judge of the recording could be told by it. */
    async judgedAgain(
      tx: QualityTx,
      verdict: { recordingId: string; inspectionId: string; qualified: boolean; by: string | null; at: number },
    ): Promise<void> {
      const { recordingId, inspectionId, qualified, by, at } = verdict;
      for (const id of await tx.cases.openOn(recordingId))
        await tx.cases.append(id, [entry({ now: at, by }, 'second-judgement', '', { inspectionId, qualified })]);
    },

    /** Lateness told to managers, return calls nobody made in time, second judgements whose recording came later. */
    async sweep(): Promise<number> {
      const now = clock.now();
      const due = await reads.due(now, sweepAtOnce);
      const late = await reads.lateReturnCalls(now, sweepAtOnce);
      const unjudged = await reads.unjudged(sweepAtOnce);
      const steps = [
        ...due.map((id) => () => tellTime(id)),
        ...late.map((taskId) => () => lateCall(taskId)),
        ...unjudged.map((each) => () => judgeLate(each)),
      ];
      await eachApart(steps, (step) => step());
      return due.length + late.length + unjudged.length;
    },
  };

  async function tellTime(id: string): Promise<void> {
    const after = await store.transact(async (tx) => {
      const file = await tx.cases.lock(id);
      if (file === null) return null;
      const given = await give(tx, file, { kind: 'clock' }, await momentOf(tx, file, null), null);
      return given.refusal === null ? given.file : null;
    });
    if (after !== null) told(after);
  }

  async function lateCall(taskId: string): Promise<void> {
    const after = await store.transact(async (tx) => {
      const file = await tx.cases.lockByTask(taskId);
      const task = file === null ? null : await tx.tasks.lock(taskId);
      if (file === null || task === null || task.state !== 'asked') return null;
      const moment = await momentOf(tx, file, null);
      if (task.sourceAttemptId === null) return lateByHand(tx, file, task, moment);
      await tx.tasks.save({ ...task, state: 'overdue', result: 'unreachable' });
      await tx.handoff({ topic: 'task-call-withdrawn', origin: { kind: task.kind, id: taskId } }, moment.now);
      const note = { kind: 'return-call', text: '', detail: { result: 'unreachable', taskId } };
      const given = await give(tx, file, { kind: 'return-call', result: 'unreached' }, moment, note);
      if (given.refusal !== null) return null;
      await afterUnreached(tx, given.file, moment);
      return given.file;
    });
    if (after !== null) told(after);
  }

  /** Nobody rang: managers hear of it, and the call stays to be made. The customer was not tried, so it is no call without an answer. */
  async function lateByHand(
    tx: QualityTx,
    file: CaseDocument,
    task: TaskRecord,
    moment: Moment,
  ): Promise<CaseDocument> {
    await tx.tasks.save({ ...task, state: 'overdue' });
    const told = { ...file, escalatedByHand: true };
    await tx.cases.save(told);
    await tx.cases.append(file.life.id, [entry(moment, 'escalated', '', { why: 'return-call-late', taskId: task.id })]);
    return told;
  }

  async function judgeLate({ caseId, attemptId }: { caseId: string; attemptId: string }): Promise<void> {
    const call = await reads.call(null, { attemptId, recordingId: null, number: null, campaignId: null }, 0);
    await store.transact(async (tx) => {
      const file = await tx.cases.lock(caseId);
      if (file === null || file.life.status === 'closed') return;
      const moment = await momentOf(tx, file, null);
      await askJudgement(tx, attemptId, call, moment);
      await tx.cases.append(caseId, [entry(moment, 'second-judgement-asked', '', { attemptId })]);
    });
  }
}
