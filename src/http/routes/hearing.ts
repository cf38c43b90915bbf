/** Who may hear a recording: by whose call it is, or because its judgement was given to this person. Who may hear it may read it. */
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import { scopeOf } from '../scope.ts';
import type { Services } from '../services.ts';
import { inside } from './attempts.ts';

export const include = { attempt: { select: { number: true, disposition: true } } } as const;
export type RecordingRow = Prisma.RecordingGetPayload<{ include: typeof include }>;

export function hearing({ database: { client }, quality }: Pick<Services, 'database' | 'quality'>) {
  return {
    /** @throws ApiError not-found */
    async mustHear(viewer: Viewer, id: string): Promise<RecordingRow> {
      const row = await client.recording.findUnique({ where: { id }, include });
      if (row === null) throw new ApiError('not-found');
      if (await quality.inspections.mayListen(viewer, id)) return row;
      // A call that mends what was found of another tells who is still to judge that one.
      const { follows } = await quality.inspections.hidden(viewer, [row.attemptId]);
      if (inside(await scopeOf(client, viewer), row) && !follows.has(row.attemptId)) return row;
      throw new ApiError('not-found');
    },
  };
}
