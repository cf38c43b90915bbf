/** The answers of a call while it is written up: kept as they come, fixed with its outcome. */
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { SaveOutcome } from '../contract/agent-desk.ts';
import { answerFaults } from '../contract/questionnaire/answer-faults.ts';
import { needsAnswers } from '../contract/questionnaire/outcomes.ts';
import { missingAnswer } from '../contract/questionnaire/path.ts';
import type { Questionnaire } from '../contract/questionnaire/types.ts';
import { type CallSheet, type FilledSheet, questionnaireBody, surveyAnswers } from '../contract/surveys.ts';
import { ApiError } from './errors.ts';

/** Calls that quality asked for are about a sale or a case, and ask nothing besides. */
const asksItself = (origin: unknown): boolean =>
  typeof origin === 'object' && origin !== null && 'kind' in origin && origin.kind !== 'appointment';

export function callSheets(client: PrismaClient) {
  /** The questions of an own conversation and what is kept; null: nothing is asked, or the call is not this agent's. */
  const of = async (userId: string, attemptId: string) => {
    const call = await client.attempt.findFirst({
      where: { id: attemptId, agentId: userId, connectedAt: { not: null } },
      select: {
        campaignId: true,
        outcomeAt: true,
        contact: { select: { origin: true } },
        survey: { include: { version: true } },
      },
    });
    if (call === null || asksItself(call.contact.origin)) return null;
    // A call stays with the version it began to answer, whatever is published meanwhile.
    const version =
      call.survey?.version ??
      (await client.questionnaireVersion.findFirst({ where: { campaignId: call.campaignId, inForce: true } }));
    if (version === null) return null;
    return {
      campaignId: call.campaignId,
      over: call.outcomeAt !== null,
      sheet: {
        versionId: version.id,
        body: questionnaireBody.parse(version.body),
        answers: surveyAnswers.parse(call.survey?.answers ?? {}),
      },
    };
  };

  /** @throws ApiError answers-invalid, naming the question */
  const mustFit = (questionnaire: Questionnaire, answers: FilledSheet['answers']): void => {
    const [fault] = answerFaults(questionnaire, answers);
    if (fault !== undefined)
      throw new ApiError('answers-invalid', {
        field: `answers.${fault.field}`,
        detail: `${fault.field}: ${fault.code}.`,
      });
  };
  /** The desk may have begun with a version that is no more in force; a foreign one is nobody's. */
  const versionOf = async (campaignId: string, versionId: string): Promise<Questionnaire> => {
    const row = await client.questionnaireVersion.findFirst({
      where: { id: versionId, campaignId, state: 'published' },
    });
    if (row === null) throw new ApiError('unknown-reference', { field: 'body.versionId' });
    return questionnaireBody.parse(row.body);
  };

  /** The call's row is held meanwhile, so that nothing is written behind a saved outcome. @throws ApiError wrong-state */
  const write = async (attemptId: string, { versionId, answers }: FilledSheet, now: number): Promise<void> => {
    const done = await client.$executeRaw`
      WITH call AS (SELECT id, campaign_id, contact_id FROM attempt WHERE id = ${attemptId}::uuid AND outcome_at IS NULL FOR SHARE)
      INSERT INTO survey_sheet (attempt_id, version_id, campaign_id, contact_id, answers, saved_at)
      SELECT id, ${versionId}::uuid, campaign_id, contact_id, ${JSON.stringify(answers)}::jsonb, ${new Date(now)} FROM call
      ON CONFLICT (attempt_id) DO UPDATE SET version_id = excluded.version_id, answers = excluded.answers, saved_at = excluded.saved_at`;
    if (done === 0) throw new ApiError('wrong-state');
  };

  return {
    async read(userId: string, attemptId: string): Promise<CallSheet | null> {
      return (await of(userId, attemptId))?.sheet ?? null;
    },

    async keep(userId: string, attemptId: string, filled: FilledSheet, now: number): Promise<void> {
      const known = await of(userId, attemptId);
      if (known === null) throw new ApiError('not-found');
      mustFit(await versionOf(known.campaignId, filled.versionId), filled.answers);
      await write(attemptId, filled, now);
    },

    /**
     * Before an outcome is saved: its answers are kept, and none that is required is missing, unless the conversation broke off.
     * What was saved already, and other people's calls, are the dialler's to refuse. @throws ApiError answers-missing, answers-invalid
     */
    async finish(userId: string, { attemptId, disposition, survey }: SaveOutcome, now: number): Promise<void> {
      const known = await of(userId, attemptId);
      if (known?.over === true) return;
      if (known === null) {
        if (disposition.kind === 'surveyed') throw new ApiError('nothing-asked');
        return;
      }
      const filled = survey ?? known.sheet;
      const questionnaire =
        survey === undefined ? known.sheet.body : await versionOf(known.campaignId, survey.versionId);
      mustFit(questionnaire, filled.answers);
      const missing = needsAnswers(disposition.kind) ? missingAnswer(questionnaire, filled.answers) : null;
      if (missing !== null) throw new ApiError('answers-missing', { field: `answers.${missing}` });
      // A call that broke off before the first answer has no sheet.
      if (survey !== undefined && Object.keys(survey.answers).length > 0) await write(attemptId, survey, now);
    },
  };
}
