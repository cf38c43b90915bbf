/** The unit of work on PostgreSQL. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { QualityStore } from '../../ports/quality-store.ts';
import {
  scoredOthers,
  dueInspections,
  inspectorsOnDuty,
  lockInspection,
  saveInspection,
  waitingInspections,
} from './inspections.ts';

export function qualityStore(client: PrismaClient): QualityStore {
  return {
    transact: (work) =>
      client.$transaction((tx) =>
        work({
          inspections: {
            lock: (id) => lockInspection(tx, id),
            save: (decision) => saveInspection(tx, decision),
            scoredOthers: (recordingId, except) => scoredOthers(tx, recordingId, except),
          },
        }),
      ),
    async keepDraft(id, by, answers) {
      const changed = await client.inspection.updateMany({
        where: { id, assignedTo: by, state: { in: ['assigned', 'opened'] } },
        data: { draft: JSON.parse(JSON.stringify(answers)) },
      });
      return changed.count > 0;
    },
    waitingInspections: (limit) => waitingInspections(client, limit),
    inspectorsOnDuty: () => inspectorsOnDuty(client),
    dueInspections: (before, limit) => dueInspections(client, before, limit),
  };
}
