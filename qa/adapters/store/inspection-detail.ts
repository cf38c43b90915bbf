/** One inspection with everything its reader may see: form, conversation, register. */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { QualityError } from '../../errors.ts';
import type { FormReads } from '../../ports/form-store.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { wireForm } from '../../rules/answers-on-the-wire.ts';
import { isDone } from '../../rules/inspection.ts';
import { hiddenCalls } from './blind-rows.ts';
import { offersOfInspections } from './sold-offers.ts';
import { inspectionReads, type RegisterFilter } from './inspection-reads.ts';

const wireAnswer = z.object({
  criterion: z.string(),
  verdict: z.enum(['pass', 'fail']),
  reason: z.string().nullable(),
  atSecond: z.number().nullable(),
  checks: z.array(z.object({ check: z.string(), answer: z.enum(['pass', 'fail', 'not-applicable']) })),
  note: z.string(),
});
const wireAnswers = z.array(wireAnswer).catch([]);
const entryKind = z.enum([
  'scored',
  'corrected',
  'disputed',
  'agreed',
  'decided',
  'expired',
  'reassigned',
  'released',
  'recording-lost',
  'note',
]);
const personId = z.guid();
const word = z.enum(['yes', 'doubt']);
const selfCheck = z
  .object({ rightPerson: word, understood: word, approvedScript: word, explicitConsent: word })
  .nullable()
  .catch(null);

/** Of a campaign's settings, which are the dialler's. */
const spokenIn = z.object({ messages: z.object({ language: z.string() }) }).catch({ messages: { language: '' } });

export function inspectionDetail(client: PrismaClient, forms: Pick<FormReads, 'published'>) {
  const reads = inspectionReads(client);

  async function entries(rows: Awaited<ReturnType<typeof reads.register>>) {
    // Entries of before kept by id in their text to whom it was given, or who gave it back.
    const inText = (row: { entry: string; text: string }) =>
      (row.entry === 'reassigned' || row.entry === 'released') && personId.safeParse(row.text).success
        ? row.text
        : null;
    const name = await reads.names(rows.flatMap((row) => [row.by, row.about, inText(row)]));
    return rows.map((row) => ({
      id: row.id.toString(),
      inspectionId: row.inspectionId,
      at: row.at.getTime(),
      by: name(row.by),
      entry: entryKind.parse(row.entry),
      qualified: row.qualified,
      answers: wireAnswers.parse(row.answers),
      about: name(row.about ?? inText(row)),
      text: inText(row) === null ? row.text : '',
    }));
  }

  return {
    reads,
    entries,
    hidden: (viewer: Viewer, attemptIds: readonly string[]) => hiddenCalls(client, viewer, attemptIds),

    async read(viewer: Viewer, id: string) {
      const found = await reads.one(viewer, id);
      if (found === null)
        throw new QualityError('inspection-unknown', 'There is no such inspection, or it is not yours to see.');
      const { view, record, mayRead: may } = found;
      const form = await forms.published(record.life.formId, record.life.formVersion);
      if (form === null) throw new QualityError('form-unknown', 'The form of this inspection is missing.');
      const [conversation, row, register, offers, campaign] = await Promise.all([
        reads.conversation(record.attemptId),
        client.inspection.findUniqueOrThrow({ where: { id }, select: { draft: true, draftNote: true } }),
        reads.register([id]),
        offersOfInspections(client, [id]),
        client.campaign.findUnique({ where: { id: view.campaignId }, select: { settings: true } }),
      ]);
      const own = record.life.inspectorId === viewer.userId;
      return {
        ...view,
        formContent: wireForm(form, outcomeOf(record, conversation.disposition)),
        scriptVersionId: conversation.scriptVersionId,
        language: spokenIn.parse(campaign?.settings).messages.language,
        conversation: {
          attemptId: record.attemptId,
          disposition: conversation.disposition,
          detail: view.blind
            ? null
            : z.record(z.string(), z.unknown()).nullable().catch(null).parse(conversation.detail),
          note: view.blind ? '' : conversation.note,
          mustSayTicked: conversation.mustSayTicked,
          selfCheck: view.blind ? null : selfCheck.parse(conversation.selfCheck),
        },
        saleId: record.saleId,
        offer: offers.get(id) ?? null,
        draft: own ? wireAnswers.parse(row.draft) : [],
        draftNote: own ? row.draftNote : '',
        register: may ? await entries(register) : [],
        canDispute:
          viewer.userId === record.life.agentId &&
          record.life.status === 'scored' &&
          record.life.dispute === null &&
          may &&
          isDone(record.life),
      };
    },

    async registerPage(viewer: Viewer, filter: RegisterFilter) {
      const found = await reads.registerOf(viewer, filter);
      const page = found.slice(0, filter.limit);
      const name = await reads.names(page.map(({ place }) => place.agent_id));
      const lines = await entries(page.map(({ row }) => row));
      const offers = await offersOfInspections(
        client,
        lines.map(({ inspectionId }) => inspectionId),
      );
      return {
        items: page.flatMap(({ place }, at) => {
          const line = lines[at];
          const campaign = { id: place.campaign_id, name: place.campaign_name };
          return line === undefined
            ? []
            : [{ ...line, campaign, agent: name(place.agent_id), offer: offers.get(line.inspectionId) ?? null }];
        }),
        next: found.length > filter.limit ? (page.at(-1)?.row.id.toString() ?? null) : null,
        total: null,
      };
    },
  };
}

/** Calls that mend or confirm a sale are judged as sales, whatever the agent noted of them. */
function outcomeOf({ kind }: { kind: string }, disposition: string | null): 'sale' | 'no-sale' {
  return kind === 'corrective' || kind === 'confirmation' || disposition === 'sale' ? 'sale' : 'no-sale';
}
