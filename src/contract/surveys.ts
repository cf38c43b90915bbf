/** Questionnaires of campaigns, the answers of a call, and what came of them. */
import { z } from 'zod';
import { columnCount, count, id, idParams, nothing, rate, time } from './common.ts';
import { questionnaireFaultCodes } from './questionnaire/faults.ts';
import { longestText, meanings, questionKinds } from './questionnaire/types.ts';
import type { Route } from './route.ts';

const wording = z.object({ en: z.string().max(1_000), zh: z.string().max(1_000) });
const label = z.object({ en: z.string().max(200), zh: z.string().max(200) });
/** Whether keys and targets are well formed is said when the draft is looked at: anything may be saved until it is published. */
const key = z.string().max(60);

export const question = z
  .object({
    key,
    kind: z.enum(questionKinds),
    wording,
    required: z.boolean(),
    options: z
      .array(z.object({ key, label, meaning: z.enum(meanings).nullable() }))
      .max(60)
      .readonly(),
    scale: z.object({ from: z.number().int(), to: z.number().int(), low: label, high: label }).nullable(),
    branches: z
      .array(z.object({ answers: z.array(key).max(60).readonly(), goTo: key }))
      .max(60)
      .readonly(),
    otherwise: key,
  })
  .meta({ id: 'SurveyQuestion' });
export const questionnaireBody = z
  .object({ questions: z.array(question).max(100).readonly() })
  .meta({ id: 'Questionnaire' });

const answer = z.union([z.string().max(longestText), z.array(key).max(60).readonly(), z.number()]);
export const surveyAnswers = z
  .record(key, answer)
  .refine((answers) => Object.keys(answers).length <= 100, 'names at most 100 questions')
  .meta({ id: 'SurveyAnswers' });

/** Answers with the version they were given to. */
export const filledSheet = z.object({ versionId: id, answers: surveyAnswers }).meta({ id: 'FilledSheet' });
export type FilledSheet = z.infer<typeof filledSheet>;

const fault = z.object({
  code: z.enum(questionnaireFaultCodes),
  question: count.nullable(),
  key: z.string().nullable(),
});
export const questionnaireVersion = z
  .object({
    id,
    version: count,
    state: z.enum(['draft', 'published']),
    inForce: z.boolean(),
    revision: count,
    body: questionnaireBody,
    createdAt: time,
    publishedAt: time.nullable(),
    publishedBy: z.string().nullable(),
    /** Calls that answered it, finished ones. */
    sheets: count,
    /** What still forbids to publish a draft. */
    faults: z.array(fault),
  })
  .meta({ id: 'QuestionnaireVersion' });
export type QuestionnaireVersion = z.infer<typeof questionnaireVersion>;

/** What the desk of a call is given: the questions, and what was kept of the answers. */
export const callSheet = z
  .object({ versionId: id, body: questionnaireBody, answers: surveyAnswers })
  .meta({ id: 'CallSheet' });
export type CallSheet = z.infer<typeof callSheet>;

/** The answers of a call as they are read afterwards. Whoever has no right to personal data gets no free text. */
export const givenSheet = z
  .object({ version: count, body: questionnaireBody, answers: surveyAnswers, savedAt: time, complete: z.boolean() })
  .meta({ id: 'GivenSheet' });
export type GivenSheet = z.infer<typeof givenSheet>;

export const questionResult = z.object({
  key: z.string(),
  asked: count,
  answered: count,
  shares: z.array(z.object({ answer: z.string(), share: rate })),
  mean: z.number().nullable(),
});
export const surveyResult = z
  .object({
    /** The last sheet of each customer; null: nothing was ever asked. */
    version: questionnaireVersion.nullable(),
    versions: z.array(z.object({ version: count, inForce: z.boolean(), sheets: count })),
    sheets: count,
    complete: count,
    questions: z.array(questionResult),
    /** Call-backs (S4), of the whole campaign and all versions. */
    callBack: z.object({ completion: rate, satisfaction: rate, resolution: rate, recordAccuracy: rate }),
  })
  .meta({ id: 'SurveyResult' });
export type SurveyResult = z.infer<typeof surveyResult>;

const seen = z.object({ revision: columnCount });
const ofCall = z.object({ attemptId: id });

export const surveyRoutes = {
  'GET /api/campaigns/:id/questionnaires': {
    right: 'campaign.read',
    summary: 'Versions of the campaign’s questionnaire, the newest first; clients see published ones',
    params: idParams,
    reply: z.object({ items: z.array(questionnaireVersion) }),
  },
  'POST /api/campaigns/:id/questionnaires': {
    right: 'questionnaire.write',
    summary: 'Begins a draft as a copy of the newest version; refused with `questionnaire-draft-exists`',
    params: idParams,
    reply: questionnaireVersion,
    status: 201,
  },
  'PUT /api/campaigns/:id/questionnaires/draft': {
    right: 'questionnaire.write',
    summary: 'Saves the draft; refused with `questionnaire-draft-changed` where somebody else saved it meanwhile',
    params: idParams,
    body: seen.extend({ body: questionnaireBody }),
    reply: questionnaireVersion,
  },
  'POST /api/campaigns/:id/questionnaires/discard': {
    right: 'questionnaire.write',
    summary: 'Throws the draft away',
    params: idParams,
    body: seen,
    reply: nothing,
  },
  'POST /api/campaigns/:id/questionnaires/publish': {
    right: 'questionnaire.write',
    summary: 'Publishes the draft: calls from now on ask it; refused with `questionnaire-invalid`',
    params: idParams,
    body: seen,
    reply: questionnaireVersion,
  },
  'POST /api/campaigns/:id/questionnaires/stop': {
    right: 'questionnaire.write',
    summary: 'Calls from now on ask nothing; what was answered stays',
    params: idParams,
    reply: nothing,
  },
  'GET /api/campaigns/:id/survey': {
    right: 'campaign.read',
    summary: 'Counts, shares and means of one version, and the call-back figures; no answer of a single customer',
    params: idParams,
    query: z.object({ version: z.coerce.number().pipe(columnCount.min(1)).optional() }),
    reply: surveyResult,
  },
  'GET /api/campaigns/:id/survey/csv': {
    right: 'export',
    summary: 'Answers as CSV, one call a line; clients get neither free text nor agents',
    params: idParams,
    query: z.object({ version: z.coerce.number().pipe(columnCount.min(1)).optional() }),
    reply: 'bytes',
  },
  'GET /api/recordings/:id/answers': {
    right: 'recording.listen',
    summary: 'The answers of a call, for whoever may hear it; clients get no free text',
    params: idParams,
    reply: z.object({ sheet: givenSheet.nullable() }),
  },
  'GET /api/agent/survey': {
    right: 'desk.use',
    summary: 'Questionnaire and kept answers of an own call; null where nothing is asked',
    query: ofCall,
    reply: z.object({ sheet: callSheet.nullable() }),
  },
  'PUT /api/agent/survey': {
    right: 'desk.use',
    summary: 'Keeps the answers of an own call until its outcome is saved',
    body: ofCall.extend(filledSheet.shape),
    reply: nothing,
  },
} as const satisfies Record<string, Route>;
