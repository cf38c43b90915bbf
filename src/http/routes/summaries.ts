import type { callsBehindRoutes } from '../../contract/calls-behind.ts';
import type { summaryRoutes } from '../../contract/summaries.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';

export function summaryHandlers({
  reports,
  quality,
  audit,
  longJobs,
}: Services): Handlers<keyof typeof summaryRoutes | keyof typeof callsBehindRoutes> {
  const note = (actorId: string, action: string, subjectId: string, detail?: Record<string, string>) =>
    audit.record({
      actorId,
      action,
      subjectType: 'weekly-summary',
      subjectId,
      ...(detail === undefined ? {} : { detail }),
    });
  /** Kept once for a look, however far the reader scrolls. */
  const callsRead = (actorId: string, subjectType: string, subjectId: string, figure: string) =>
    audit.record({ actorId, action: 'calls-read', subjectType, subjectId, detail: { figure } });

  return {
    'GET /api/summaries': async ({ query, viewer }) => ({ items: await reports.list(viewer, query.campaignId) }),
    'GET /api/summaries/:id': ({ params, viewer }) => reports.read(viewer, params.id),

    'GET /api/summaries/:id/csv': async ({ params, viewer }) => {
      const body = await reports.csv(viewer, params.id, viewer.locale);
      await note(viewer.userId, 'exported', params.id, { format: 'csv' });
      return {
        type: 'text/csv; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="weekly-summary.csv"' },
        body,
      };
    },

    'GET /api/summaries/:id/xlsx': async ({ params, viewer }) => {
      const body = await reports.xlsx(viewer, params.id, viewer.locale);
      await note(viewer.userId, 'exported', params.id, { format: 'xlsx' });
      return {
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        headers: { 'content-disposition': 'attachment; filename="weekly-summary.xlsx"' },
        body,
      };
    },

    'GET /api/summaries/:id/calls': async ({ params, query, viewer }) => {
      const page = await reports.callsOfWeek(viewer, params.id, query);
      if (query.after === undefined) await callsRead(viewer.userId, 'weekly-summary', params.id, query.figure);
      return page;
    },
    'GET /api/campaigns/:id/week/calls': async ({ params, query, viewer }) => {
      const page = await reports.callsOfPreview(viewer, params.id, query);
      if (query.after === undefined) await callsRead(viewer.userId, 'campaign', params.id, query.figure);
      return page;
    },
    'GET /api/scorecards/:id/calls': async ({ params, query, viewer }) => {
      const page = await reports.callsOfCard(viewer, params.id, query);
      if (query.after === undefined) await callsRead(viewer.userId, 'scorecard', params.id, query.figure);
      return page;
    },

    'GET /api/campaigns/:id/week': ({ params, query, viewer }) => reports.preview(viewer, params.id, query.day),

    'POST /api/campaigns/:id/week/publish': async ({ params, body, viewer }) => {
      const summary = await longJobs.follow(
        { kind: 'week', subjectId: params.id, about: body.day, userId: viewer.userId },
        () => reports.publish(viewer, params.id, body.day),
      );
      await note(viewer.userId, 'summary-published', summary.id);
      return summary;
    },

    'POST /api/summaries/:id/remarks': async ({ params, body, viewer }) => {
      const { campaignId } = await reports.read(viewer, params.id);
      const file = await quality.cases.open(viewer, {
        kind: 'client-remark',
        channel: 'client',
        words: body.words,
        serious: false,
        department: '',
        attemptId: null,
        number: null,
        campaignId,
        recordingId: body.recordingId,
      });
      await note(viewer.userId, 'remark-made', params.id);
      return { caseId: file.id };
    },
  };
}
