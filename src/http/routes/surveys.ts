/** Questionnaires: written at the campaign, answered at the desk, counted for everybody who sees the campaign. */
import type { Viewer } from '../../contract/quality.ts';
import { countedAnswers, missingAnswer } from '../../contract/questionnaire/path.ts';
import type { GivenSheet, surveyRoutes } from '../../contract/surveys.ts';
import { questionnaireBody, surveyAnswers } from '../../contract/surveys.ts';
import { surveyFigures } from '../../reports/survey/index.ts';
import { callSheets } from '../call-sheets.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { questionnaireVersions, written } from '../questionnaire-versions.ts';
import type { Services } from '../services.ts';
import { surveyPieces, withoutTexts } from '../survey-file.ts';
import { mustSee } from './campaign-shape.ts';
import { hearing } from './hearing.ts';

export function surveyHandlers(services: Services): Handlers<keyof typeof surveyRoutes> {
  const { audit, clock, longJobs, quality } = services;
  const { client } = services.database;
  const versions = questionnaireVersions(client);
  const sheets = callSheets(client);
  const { mustHear } = hearing(services);
  const note = (actorId: string, action: string, subjectId: string, detail: Record<string, string | number> = {}) =>
    audit.record({ actorId, action, subjectType: 'campaign', subjectId, detail });

  /** What is kept of a call whose outcome is saved; a draft is its agent's. */
  const given = async (viewer: Viewer, attemptId: string): Promise<GivenSheet | null> => {
    const row = await client.surveySheet.findFirst({ where: { attemptId, ...written }, include: { version: true } });
    if (row === null) return null;
    const body = questionnaireBody.parse(row.version.body);
    const answers = countedAnswers(body, surveyAnswers.parse(row.answers));
    const shown = viewer.role === 'client' ? { questions: withoutTexts(body.questions) } : body;
    return {
      version: row.version.version,
      body: questionnaireBody.parse(shown),
      answers: surveyAnswers.parse(
        Object.fromEntries(Object.entries(answers).filter(([key]) => shown.questions.some((one) => one.key === key))),
      ),
      savedAt: row.savedAt.getTime(),
      complete: missingAnswer(body, answers) === null,
    };
  };

  return {
    'GET /api/campaigns/:id/questionnaires': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      return { items: await versions.list(params.id, viewer.role === 'client') };
    },
    'POST /api/campaigns/:id/questionnaires': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      const draft = await versions.begin(params.id, viewer.userId, clock.now());
      await note(viewer.userId, 'questionnaire-drafted', params.id, { version: draft.version });
      return draft;
    },
    'PUT /api/campaigns/:id/questionnaires/draft': async ({ params, body, viewer }) => {
      await mustSee(client, viewer, params.id);
      const { version, revision, ...draft } = await versions.save(params.id, body.revision, body.body);
      await note(viewer.userId, 'questionnaire-draft-saved', params.id, { version, revision });
      return { ...draft, version, revision };
    },
    'POST /api/campaigns/:id/questionnaires/discard': async ({ params, body, viewer }) => {
      await mustSee(client, viewer, params.id);
      await versions.discard(params.id, body.revision);
      await note(viewer.userId, 'questionnaire-draft-discarded', params.id, { revision: body.revision });
      return {};
    },
    'POST /api/campaigns/:id/questionnaires/publish': async ({ params, body, viewer }) => {
      await mustSee(client, viewer, params.id);
      const published = await versions.publish(params.id, body.revision, viewer.userId, clock.now());
      await note(viewer.userId, 'questionnaire-published', params.id, { version: published.version });
      return published;
    },
    'POST /api/campaigns/:id/questionnaires/stop': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      if (!(await versions.stop(params.id))) throw new ApiError('wrong-state');
      await note(viewer.userId, 'questionnaire-stopped', params.id);
      return {};
    },

    'GET /api/campaigns/:id/survey': async ({ params, query, viewer }) => {
      await mustSee(client, viewer, params.id);
      const version = await versions.published(params.id, query.version);
      const records = await quality.records(viewer, params.id);
      return { version, ...(await surveyFigures(client, params.id, version?.version ?? null, records)) };
    },

    'GET /api/campaigns/:id/survey/csv': async ({ params, query, viewer }) => {
      await mustSee(client, viewer, params.id);
      const version = await versions.published(params.id, query.version);
      if (version === null) throw new ApiError('not-found');
      const { sheets: total } = version;
      const { name } = await client.campaign.findUniqueOrThrow({ where: { id: params.id }, select: { name: true } });
      await audit.record({
        actorId: viewer.userId,
        action: 'exported',
        subjectType: 'campaign',
        subjectId: params.id,
        detail: { what: 'survey-answers', version: version.version, rows: total },
      });
      const taken = `${viewer.username}, ${new Date(clock.now()).toISOString()}`;
      const { body } = await longJobs.file(
        { kind: 'survey-file', subjectId: params.id, about: name, userId: viewer.userId, total },
        async () => version,
        (ready) => surveyPieces(client, viewer, ready, taken),
      );
      return {
        type: 'text/csv; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="answers.csv"' },
        body,
      };
    },

    'GET /api/recordings/:id/answers': async ({ params, viewer }) => {
      const { attemptId } = await mustHear(viewer, params.id);
      const sheet = await given(viewer, attemptId);
      if (sheet === null) return { sheet };
      await audit.record({
        actorId: viewer.userId,
        action: 'answers-read',
        subjectType: 'recording',
        subjectId: params.id,
      });
      return { sheet };
    },

    'GET /api/agent/survey': async ({ query, viewer }) => ({
      sheet: await sheets.read(viewer.userId, query.attemptId),
    }),
    'PUT /api/agent/survey': async ({ body: { attemptId, ...filled }, viewer }) => {
      await sheets.keep(viewer.userId, attemptId, filled, clock.now());
      return {};
    },
  };
}
