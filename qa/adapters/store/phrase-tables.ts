/** What centres listen for, in PostgreSQL: versions that stay. */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { TranscriptStore } from '../../ports/transcript-store.ts';

const list = z.array(z.string());
const byKind = z.object({
  consent: list,
  refusal: list,
  unfit: list,
  tariff: list,
  cancel: list,
  identity: list,
});
const phrasesShape = z.object({ en: byKind, zh: byKind });

export function phraseTables(client: PrismaClient): Pick<TranscriptStore, 'phrases' | 'addPhrases'> {
  return {
    async phrases(centreId) {
      const row = await client.phraseTable.findFirst({ where: { centreId }, orderBy: { version: 'desc' } });
      if (row === null) return null;
      const { version, changedAt, changedBy } = row;
      return { version, phrases: phrasesShape.parse(row.phrases), changedAt: changedAt.getTime(), changedBy };
    },

    async addPhrases(centreId, version, phrases, by, at) {
      const added = await client.$executeRaw`
        insert into qa_phrase_table (centre_id, version, phrases, changed_at, changed_by)
        values (${centreId}::uuid, ${version}, ${JSON.stringify(phrases)}::jsonb, ${new Date(at)}, ${by}::uuid) on conflict do nothing`;
      return added > 0;
    },
  };
}
