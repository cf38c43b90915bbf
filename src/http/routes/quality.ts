/** Inspections, draws, sales, task calls, cases and scorecards: the quality side does the work and knows who may see what. */
import type { caseRoutes } from '../../contract/cases.ts';
import type { causeRoutes } from '../../contract/causes.ts';
import type { correctiveCallRoutes } from '../../contract/corrective-calls.ts';
import type { drawRoutes } from '../../contract/draws.ts';
import type { saleRoutes } from '../../contract/sales.ts';
import type { scorecardRoutes } from '../../contract/scorecards.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';

type Keys =
  | keyof typeof drawRoutes
  | keyof typeof saleRoutes
  | keyof typeof correctiveCallRoutes
  | keyof typeof caseRoutes
  | keyof typeof causeRoutes
  | keyof typeof scorecardRoutes;

export function qualityHandlers({ dialer, quality, reports, audit, longJobs }: Services): Handlers<Keys> {
  const { draws, sales, tasks, cases, causes, scorecards } = quality;
  const note = (actorId: string, action: string, subjectType: string, subjectId: string) =>
    audit.record({ actorId, action, subjectType, subjectId });

  return {
    'GET /api/draws': ({ query, viewer }) => draws.list(viewer, query),
    'GET /api/draw-promises': async ({ viewer }) => ({ items: await draws.promised(viewer) }),
    'GET /api/draws/:id': ({ params, viewer }) => draws.read(viewer, params.id),
    'GET /api/draws/:id/items': ({ params, query, viewer }) => draws.items(viewer, params.id, query),
    'POST /api/draws/:id/verify': async ({ params, viewer }) => {
      const { id, frameSize } = await draws.read(viewer, params.id);
      return longJobs.follow(
        { kind: 'draw-check', subjectId: id, about: '', userId: viewer.userId, total: frameSize },
        (progress) => draws.verify(viewer, id, progress),
        (verdict) => verdict,
      );
    },

    'GET /api/sales': ({ query, viewer }) => sales.list(viewer, query),
    'GET /api/sales/:id': async ({ params, viewer }) => {
      const sale = await sales.read(viewer, params.id);
      await note(viewer.userId, 'sale-read', 'sale', sale.id);
      return sale;
    },
    'POST /api/sales/:id/void': async ({ params, body, viewer }) => {
      const sale = await sales.void(viewer, params.id, body.why);
      await note(viewer.userId, 'sale-voided', 'sale', sale.id);
      return sale;
    },

    'GET /api/task-calls': ({ query, viewer }) => tasks.list(viewer, query),
    'POST /api/task-calls/:id/assign': async ({ params, body, viewer }) => {
      const task = await tasks.assign(viewer, params.id, body.agentId);
      await note(viewer.userId, 'task-call-assigned', 'task-call', task.id);
      return task;
    },
    'POST /api/task-calls/:id/withdraw': async ({ params, body, viewer }) => {
      const task = await tasks.withdraw(viewer, params.id, body.why);
      await note(viewer.userId, 'task-call-withdrawn', 'task-call', task.id);
      return task;
    },

    'GET /api/cases': ({ query, viewer }) => cases.list(viewer, query),
    'GET /api/agent/return-case': async ({ query, viewer }) => {
      // Only while that very call is on the agent's own desk.
      const { call } = await dialer.agents.view(viewer.userId);
      if (call?.attemptId !== query.attemptId || call.origin?.kind !== 'return-call') throw new ApiError('not-found');
      const { caseId, ...file } = await cases.forReturnCall(viewer, call.origin.id);
      await note(viewer.userId, 'case-read', 'case', caseId);
      return file;
    },
    'POST /api/cases': async ({ body, viewer }) => {
      const file = await cases.open(viewer, body);
      await note(viewer.userId, 'case-opened', 'case', file.id);
      return file;
    },
    'GET /api/cases/:id': async ({ params, viewer }) => {
      const file = await cases.read(viewer, params.id);
      await note(viewer.userId, 'case-read', 'case', file.id);
      return file;
    },
    'POST /api/cases/:id/steps': async ({ params, body, viewer }) => {
      const file = await cases.step(viewer, params.id, body);
      await note(viewer.userId, `case-${body.step}`, 'case', file.id);
      return file;
    },

    'GET /api/causes': ({ query, viewer }) => causes.table(viewer, query),
    'GET /api/causes/csv': async ({ query, viewer }) => {
      const body = await reports.causesCsv(viewer, query, viewer.locale);
      await note(viewer.userId, 'exported', 'centre', viewer.centreId ?? 'all');
      return {
        type: 'text/csv; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="causes.csv"' },
        body,
      };
    },
    'GET /api/study-meetings': async ({ viewer }) => ({ items: await causes.meetings(viewer) }),
    'POST /api/study-meetings': async ({ body, viewer }) => {
      const id = await causes.record(viewer, body);
      await note(viewer.userId, 'study-meeting-recorded', 'study-meeting', id);
      return { id };
    },
    'POST /api/study-measures/:id/check': async ({ params, body, viewer }) => {
      await causes.check(viewer, params.id, body);
      await note(viewer.userId, 'study-measure-checked', 'study-measure', params.id);
      return { id: params.id };
    },

    'GET /api/scorecards': async ({ query, viewer }) => ({ items: await scorecards.cards(viewer, query) }),
    'GET /api/scorecards/:id': async ({ params, query, viewer }) => ({
      items: await scorecards.history(viewer, params.id, query.period, query.count),
    }),
    'GET /api/scorecard-streaks': async ({ viewer }) => ({ items: await scorecards.streaks(viewer) }),
    'GET /api/scorecard-weights': ({ viewer }) => scorecards.weights(viewer),
    'PUT /api/scorecard-weights': async ({ body, viewer }) => {
      const items = await scorecards.setWeights(viewer, body.weights, body.preview);
      if (!body.preview) await note(viewer.userId, 'card-weights-changed', 'centre', viewer.centreId ?? 'all');
      return { items };
    },
  };
}
