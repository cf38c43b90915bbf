/** The clock of customers' questions at the agent's desk. Only the agent of the call starts and stops it, while the customer is there. */
import { type QuestionTimes, questionLimitMs, type questionRoutes } from '../../contract/questions.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';

export function questionHandlers({ database, clock }: Services): Handlers<keyof typeof questionRoutes> {
  const { client } = database;

  /** @throws ApiError not-found: of a call that is somebody else's, or of none. */
  const own = async ({ userId }: Viewer, attemptId: string) => {
    const call = await client.attempt.findFirst({
      where: { id: attemptId, agentId: userId, connectedAt: { not: null } },
      select: { endedAt: true },
    });
    if (call === null) throw new ApiError('not-found');
    return call;
  };

  const times = async (attemptId: string): Promise<QuestionTimes> => {
    const rows = await client.callQuestion.findMany({ where: { attemptId }, orderBy: { askedAt: 'asc' } });
    return {
      limitMs: questionLimitMs,
      openSince: rows.find(({ answeredAt }) => answeredAt === null)?.askedAt.getTime() ?? null,
      answered: rows.flatMap(({ askedAt, answeredAt }) =>
        answeredAt === null ? [] : [{ askedAt: askedAt.getTime(), tookMs: answeredAt.getTime() - askedAt.getTime() }],
      ),
    };
  };

  return {
    'GET /api/agent/questions': async ({ query, viewer }) => {
      await own(viewer, query.attemptId);
      return times(query.attemptId);
    },

    'POST /api/agent/questions': async ({ body: { attemptId }, viewer }) => {
      const { endedAt } = await own(viewer, attemptId);
      if (endedAt !== null) throw new ApiError('wrong-state');
      const asked = { attemptId, agentId: viewer.userId, askedAt: new Date(clock.now()) };
      // A second press, or a second window, finds the question that is open: a partial unique index keeps it the only one.
      await client.callQuestion.createMany({ data: [asked], skipDuplicates: true });
      return times(attemptId);
    },

    'POST /api/agent/questions/answered': async ({ body: { attemptId }, viewer }) => {
      const { endedAt } = await own(viewer, attemptId);
      await client.callQuestion.updateMany({
        where: { attemptId, answeredAt: null },
        data: { answeredAt: endedAt ?? new Date(clock.now()) },
      });
      return times(attemptId);
    },
  };
}
