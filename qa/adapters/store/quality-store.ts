/** The unit of work on PostgreSQL. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { billingTable } from './billing.ts';
import { exceptionTable } from './exceptions.ts';
import { caseTable } from './cases.ts';
import { type FormCache, formReads } from './forms.ts';
import { levelTable } from './levels.ts';
import { askInspection, saleTable, taskTable } from './sales.ts';
import type { CampaignIn } from '../../ports/surroundings.ts';
import type { QualityStore } from '../../ports/quality-store.ts';
import {
  scoredOthers,
  dueInspections,
  heldByWhoLeft,
  inspectorsOnDuty,
  lockInspection,
  openOf,
  possibleJudges,
  saveInspection,
  waitingInspections,
} from './inspections.ts';

export function qualityStore(
  client: PrismaClient,
  campaignIn: CampaignIn,
  formCache: FormCache = new Map(),
): QualityStore {
  return {
    transact: (work) =>
      client.$transaction((tx) =>
        work({
          inspections: {
            lock: (id) => lockInspection(tx, id),
            save: (decision) => saveInspection(tx, decision),
            scoredOthers: (recordingId, except) => scoredOthers(tx, recordingId, except),
          },
          sales: saleTable(tx),
          tasks: taskTable(tx),
          levels: levelTable(tx),
          cases: caseTable(tx),
          exceptions: exceptionTable(tx),
          billing: billingTable(tx),
          forms: formReads(tx, formCache),
          campaign: campaignIn((text, ...values) => tx.$queryRawUnsafe(text, ...values)),
          askInspection: (asked) => askInspection(tx, asked),
          async handoff({ topic, ...payload }, now) {
            await tx.handoff.create({ data: { topic, payload, createdAt: new Date(now) } });
          },
        }),
      ),
    async keepDraft(id, by, answers, draftNote) {
      const changed = await client.inspection.updateMany({
        where: { id, assignedTo: by, state: { in: ['assigned', 'opened'] } },
        data: { draft: JSON.parse(JSON.stringify(answers)), draftNote },
      });
      return changed.count > 0;
    },
    waitingInspections: (limit) => waitingInspections(client, limit),
    inspectorsOnDuty: () => inspectorsOnDuty(client),
    async dueSales(before, limit) {
      const rows = await client.$queryRaw<
        { id: string }[]
      >`select id from qa_sale where deadline_at <= ${new Date(before)} order by deadline_at limit ${limit}`;
      return rows.map(({ id }) => id);
    },
    dueInspections: (now, remindBeforeMs, limit) => dueInspections(client, now, remindBeforeMs, limit),
    possibleJudges: (id) => possibleJudges(client, id),
    heldByWhoLeft: (limit) => heldByWhoLeft(client, limit),
    openOf: (recordingId) => openOf(client, recordingId),
  };
}
