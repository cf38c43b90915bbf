import { maskNumber } from '../../../dialer/index.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { Attempt, listRoutes } from '../../contract/lists.ts';
import type { Person } from '../../contract/common.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut, readTimeKey, timeKey } from '../page.ts';
import { NOT_TOLD, peopleOf } from '../people.ts';
import { type Scope, scopeOf, within } from '../scope.ts';
import type { Services } from '../services.ts';
import { recordOf } from './campaign-shape.ts';

type Row = Prisma.AttemptGetPayload<{ include: { recording: { select: { id: true } } } }>;
type Keys = Extract<keyof typeof listRoutes, `GET /api/attempts${string}`>;

/** The calls behind a figure. */
export function attemptHandlers({ database, quality, audit }: Services): Handlers<Keys> {
  const { client } = database;
  /** Which of them this person has still to judge blind, and which would tell what was found of one of these. */
  const hiddenOf = (viewer: Viewer, rows: readonly Row[]) =>
    quality.inspections.hidden(
      viewer,
      rows.map(({ id }) => id),
    );
  const include = { recording: { select: { id: true } } };

  return {
    'GET /api/attempts': async ({ query, viewer }) => {
      const scope = await scopeOf(client, viewer);
      const after = readTimeKey(query.after);
      const { campaignId, agentId, contactId, outcome, disposition, from, to } = query;
      const rows = await client.attempt.findMany({
        where: {
          AND: [
            within(scope),
            {
              ...(campaignId === undefined ? {} : { campaignId }),
              ...(agentId === undefined ? {} : { agentId }),
              ...(contactId === undefined ? {} : { contactId }),
              ...(outcome === undefined ? {} : { outcome }),
              ...(disposition === undefined ? {} : { disposition }),
              intendedAt: { gte: new Date(from ?? 0), lt: new Date(to ?? 8.64e15) },
            },
            after === undefined
              ? {}
              : {
                  // Said twice so that the index is entered at the place.
                  intendedAt: { lte: after.at },
                  OR: [{ intendedAt: { lt: after.at } }, { intendedAt: after.at, id: { lt: after.id } }],
                },
          ],
        },
        orderBy: [{ intendedAt: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
        include,
      });
      const person = await peopleOf(
        client,
        viewer,
        rows.map((row) => row.agentId),
      );
      const { agent: blind, follows } = await hiddenOf(viewer, rows);
      const page = cut(
        rows,
        query.limit,
        (row) => timeKey(row.intendedAt, row.id),
        (row) => show(row, blind.has(row.id) ? () => NOT_TOLD : person),
      );
      // Nor is it found by asking for one agent after the other.
      return {
        ...page,
        items: page.items.filter(({ id, agent }) => !follows.has(id) && (agentId === undefined || agent !== NOT_TOLD)),
      };
    },

    'GET /api/attempts/:id': async ({ params, viewer }) => {
      const row = await client.attempt.findUnique({
        where: { id: params.id },
        include: { ...include, events: { orderBy: { id: 'asc' }, take: 1000 } },
      });
      if (row === null || !inside(await scopeOf(client, viewer), row)) throw new ApiError('not-found');
      // The journal of a call is its agent's at every step: who is to judge it blind reads it afterwards.
      const { agent, follows } = await hiddenOf(viewer, [row]);
      if (agent.has(row.id) || follows.has(row.id)) throw new ApiError('not-found');
      await audit.record({
        actorId: viewer.userId,
        action: 'call-read',
        subjectType: 'attempt',
        subjectId: row.id,
      });
      return {
        ...show(row, await peopleOf(client, viewer, [row.agentId])),
        settingsVersion: row.settingsVersion,
        scriptVersionId: row.scriptVersionId,
        detection: row.detection,
        error: row.error,
        outcomeDetail: row.outcomeDetail === null ? null : recordOf(row.outcomeDetail),
        decisionId: row.decisionId === null ? null : String(row.decisionId),
        events: row.events.map(({ at, kind, data }) => ({ at: at.getTime(), kind, data: recordOf(data) })),
      };
    },
  };
}

export function inside(scope: Scope, row: { campaignId: string; agentId: string | null }): boolean {
  if (scope.campaignIds !== null && !scope.campaignIds.includes(row.campaignId)) return false;
  return scope.agentIds === null || (row.agentId !== null && scope.agentIds.includes(row.agentId));
}

function show(row: Row, person: (id: string) => Person): Attempt {
  return {
    id: row.id,
    campaignId: row.campaignId,
    contactId: row.contactId,
    numberMasked: maskNumber(row.number),
    mode: row.mode,
    state: row.state,
    agent: row.agentId === null ? null : person(row.agentId),
    intendedAt: row.intendedAt.getTime(),
    answeredAt: row.answeredAt?.getTime() ?? null,
    connectedAt: row.connectedAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
    outcome: row.outcome,
    disposition: row.disposition,
    recordingId: row.recording?.id ?? null,
  };
}
