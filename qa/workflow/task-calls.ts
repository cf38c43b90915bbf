/** Calls that quality asked for, given to another agent or taken back by a manager. */
import { QualityError } from '../errors.ts';
import type { QualityStore } from '../ports/quality-store.ts';
import type { Clock } from '../ports/surroundings.ts';

export function createTaskCalls({ store, clock }: { store: QualityStore; clock: Clock }) {
  return {
    /** Another agent, or any (null), is to make the call: the same wish, told once more. */
    async reassign(taskId: string, agentId: string | null): Promise<void> {
      await store.transact(async (tx) => {
        const task = await tx.tasks.lock(taskId);
        if (task === null || task.state !== 'asked')
          throw new QualityError('task-over', 'This call is done or withdrawn.');
        const { kind, id, sourceAttemptId: attemptId, notBefore, deadlineAt } = task;
        await tx.tasks.save({ ...task, agentId });
        // Made by hand: the dialler knows nothing of it.
        if (attemptId === null) return;
        await tx.handoff(
          { topic: 'task-call-wanted', origin: { kind, id }, attemptId, agentId, notBefore, deadlineAt },
          clock.now(),
        );
      });
    },

    async withdrawTask(taskId: string, why: string): Promise<void> {
      await store.transact(async (tx) => {
        const task = await tx.tasks.lock(taskId);
        if (task === null || task.state === 'done') throw new QualityError('task-over', 'This call is done already.');
        await tx.tasks.save({ ...task, state: 'withdrawn', why });
        if (task.sourceAttemptId === null) return;
        await tx.handoff({ topic: 'task-call-withdrawn', origin: { kind: task.kind, id: task.id } }, clock.now());
      });
    },
  };
}
