/** Versions of a campaign's questionnaire: drafted, published, never changed again. */
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { questionnaireFaults } from '../contract/questionnaire/faults.ts';
import type { Questionnaire } from '../contract/questionnaire/types.ts';
import { type QuestionnaireVersion, questionnaireBody } from '../contract/surveys.ts';
import { ApiError } from './errors.ts';

type Row = Prisma.QuestionnaireVersionGetPayload<object>;

/** Only sheets of calls with an outcome count: the others are still being written. */
export const written = { attempt: { outcomeAt: { not: null } } } as const satisfies Prisma.SurveySheetWhereInput;

export function questionnaireVersions(client: PrismaClient) {
  const show = async (rows: readonly Row[]): Promise<QuestionnaireVersion[]> => {
    const publishers = rows.flatMap(({ publishedBy }) => (publishedBy === null ? [] : [publishedBy]));
    const people = await client.user.findMany({
      where: { id: { in: publishers } },
      select: { id: true, displayName: true },
    });
    const counts = await client.surveySheet.groupBy({
      by: ['versionId'],
      where: { versionId: { in: rows.map(({ id }) => id) }, ...written },
      _count: { _all: true },
    });
    return rows.map((row) => {
      const body = questionnaireBody.parse(row.body);
      return {
        id: row.id,
        version: row.version,
        state: row.state === 'published' ? 'published' : 'draft',
        inForce: row.inForce,
        revision: row.revision,
        body,
        createdAt: row.createdAt.getTime(),
        publishedAt: row.publishedAt?.getTime() ?? null,
        publishedBy: people.find(({ id }) => id === row.publishedBy)?.displayName ?? null,
        sheets: counts.find(({ versionId }) => versionId === row.id)?._count._all ?? 0,
        faults: row.state === 'draft' ? questionnaireFaults(body) : [],
      };
    });
  };
  const one = async (row: Row): Promise<QuestionnaireVersion> => {
    const [shown] = await show([row]);
    if (shown === undefined) throw new ApiError('not-found');
    return shown;
  };
  const draftOf = async (campaignId: string): Promise<Row> => {
    const row = await client.questionnaireVersion.findFirst({ where: { campaignId, state: 'draft' } });
    if (row === null) throw new ApiError('not-found');
    return row;
  };
  /** The draft as it was seen, or the refusal that says somebody was faster. */
  const asSeen = async (campaignId: string, revision: number) => {
    const draft = await draftOf(campaignId);
    if (draft.revision !== revision) throw new ApiError('questionnaire-draft-changed');
    return { draft, where: { id: draft.id, state: 'draft', revision } };
  };

  return {
    async list(campaignId: string, publishedOnly: boolean): Promise<QuestionnaireVersion[]> {
      return show(
        await client.questionnaireVersion.findMany({
          where: { campaignId, ...(publishedOnly ? { state: 'published' } : {}) },
          orderBy: { version: 'desc' },
        }),
      );
    },

    /** The version asked for; else the one in force, else the newest that was. */
    async published(campaignId: string, version: number | undefined): Promise<QuestionnaireVersion | null> {
      const row = await client.questionnaireVersion.findFirst({
        where: { campaignId, state: 'published', ...(version === undefined ? {} : { version }) },
        orderBy: [{ inForce: 'desc' }, { version: 'desc' }],
      });
      if (row === null && version !== undefined) throw new ApiError('not-found');
      return row === null ? null : one(row);
    },

    async begin(campaignId: string, userId: string, now: number): Promise<QuestionnaireVersion> {
      const newest = await client.questionnaireVersion.findFirst({
        where: { campaignId },
        orderBy: { version: 'desc' },
      });
      if (newest?.state === 'draft') throw new ApiError('questionnaire-draft-exists');
      const row = await client.questionnaireVersion
        .create({
          data: {
            campaignId,
            version: (newest?.version ?? 0) + 1,
            state: 'draft',
            body: newest === null ? { questions: [] } : questionnaireBody.parse(newest.body),
            createdAt: new Date(now),
            createdBy: userId,
          },
        })
        .catch((error: unknown) => {
          // Two began at once.
          const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
          throw taken ? new ApiError('questionnaire-draft-exists') : error;
        });
      return one(row);
    },

    async save(campaignId: string, revision: number, body: Questionnaire): Promise<QuestionnaireVersion> {
      const { draft, where } = await asSeen(campaignId, revision);
      const { count } = await client.questionnaireVersion.updateMany({
        where,
        data: { body: questionnaireBody.parse(body), revision: { increment: 1 } },
      });
      if (count === 0) throw new ApiError('questionnaire-draft-changed');
      return one(await client.questionnaireVersion.findUniqueOrThrow({ where: { id: draft.id } }));
    },

    async discard(campaignId: string, revision: number): Promise<void> {
      const { where } = await asSeen(campaignId, revision);
      const { count } = await client.questionnaireVersion.deleteMany({ where });
      if (count === 0) throw new ApiError('questionnaire-draft-changed');
    },

    async publish(campaignId: string, revision: number, userId: string, now: number): Promise<QuestionnaireVersion> {
      const { draft, where } = await asSeen(campaignId, revision);
      const [fault] = questionnaireFaults(questionnaireBody.parse(draft.body));
      if (fault !== undefined)
        throw new ApiError('questionnaire-invalid', {
          field: fault.question === null ? 'questions' : `questions.${fault.question}`,
          detail: `${fault.key ?? 'The questionnaire'}: ${fault.code}.`,
        });
      await client.$transaction(async (tx) => {
        await tx.questionnaireVersion.updateMany({ where: { campaignId, inForce: true }, data: { inForce: false } });
        const { count } = await tx.questionnaireVersion.updateMany({
          where,
          data: { state: 'published', inForce: true, publishedAt: new Date(now), publishedBy: userId },
        });
        if (count === 0) throw new ApiError('questionnaire-draft-changed');
      });
      const row = await client.questionnaireVersion.findUniqueOrThrow({ where: { id: draft.id } });
      return one(row);
    },

    /** False: nothing was asked. */
    async stop(campaignId: string): Promise<boolean> {
      const { count } = await client.questionnaireVersion.updateMany({
        where: { campaignId, inForce: true },
        data: { inForce: false },
      });
      return count > 0;
    },
  };
}
