/** Draws as pages read them. What is not a person's to see answers as if it were not there. */
import { createHash } from 'node:crypto';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { drawReads } from '../../qa/adapters/store/draw-reads.ts';
import type { samplingStore } from '../../qa/adapters/store/draws.ts';
import type { taskReads } from '../../qa/adapters/store/task-reads.ts';
import { type createTaskCalls, QualityError, recomputeDraw, toldDifference } from '../../qa/index.ts';
import type { QualityApi, Viewer } from '../contract/quality.ts';
import type { Clock } from '../platform/clock.ts';

export function strange(code: string): QualityError {
  return new QualityError(code, 'There is none, or it is not yours to see.');
}

export function found<T>(value: T | null, code: string): T {
  if (value === null) throw strange(code);
  return value;
}

/** Ties between inspectors are settled by a hash of the pair: the same for everybody, and nobody's to choose. */
export function chance(label: string): number {
  return createHash('sha256').update(label).digest().readUInt32BE(0) / 2 ** 32;
}

/** Enough to see what was done; a draw of a million may differ in each. */
const DIFFERENCES_TOLD = 100;

type DrawDeps = {
  client: PrismaClient;
  stored: ReturnType<typeof samplingStore>['stored'];
  clock: Pick<Clock, 'now'>;
};

export function drawPages({ client, stored, clock }: DrawDeps): QualityApi['draws'] {
  const draws = drawReads(client);
  return {
    list: draws.list,
    promised: draws.promised,
    read: async (viewer, id) => found(await draws.one(viewer, id), 'draw-unknown'),
    async items(viewer, id, page) {
      found(await draws.one(viewer, id), 'draw-unknown');
      return draws.items(viewer, id, page);
    },
    async verify(viewer, id, progress = () => {}) {
      found(await draws.one(viewer, id), 'draw-unknown');
      const draw = found(await stored(id), 'draw-unknown');
      const { same, differences } = await recomputeDraw({ ...draw, keyCommitment: draw.commitment }, progress);
      const of = (fault: string) => [
        ...new Set(
          differences.flatMap((each) => (each.fault === fault && 'recordingId' in each ? [each.recordingId] : [])),
        ),
      ];
      return {
        same,
        frameHashSame: !differences.some(({ fault }) => fault === 'frame-changed'),
        commitmentSame: !differences.some(
          ({ fault }) => fault === 'key-differs-from-commitment' || fault === 'promise-not-kept',
        ),
        missing: of('not-stored'),
        unexpected: [...of('not-drawn'), ...of('stored-twice')],
        changed: of('differs'),
        differences: differences.slice(0, DIFFERENCES_TOLD).map(toldDifference),
        recomputedAt: clock.now(),
      };
    },
  };
}

/** Follow-up calls: what somebody changes must be theirs to see. */
export function taskPages(
  tasks: ReturnType<typeof taskReads>,
  calls: ReturnType<typeof createTaskCalls>,
): QualityApi['tasks'] {
  const one = async (viewer: Viewer, id: string) => found(await tasks.one(viewer, id), 'task-unknown');
  return {
    list: tasks.list,
    async assign(viewer, id, agentId) {
      await one(viewer, id);
      await calls.reassign(id, agentId);
      return one(viewer, id);
    },
    async withdraw(viewer, id, why) {
      await one(viewer, id);
      await calls.withdrawTask(id, why);
      return one(viewer, id);
    },
  };
}
