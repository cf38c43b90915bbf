/** The answers of a call while it is written up: kept as they come, fixed with its outcome. */
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { SaveOutcome } from '../contract/agent-desk.ts';
import { answerFaults } from '../contract/questionnaire/answer-faults.ts';
import { needsAnswers } from '../contract/questionnaire/outcomes.ts';
import { missingAnswer } from '../contract/questionnaire/path.ts';
import type { Questionnaire } from '../contract/questionnaire/types.ts';
import { type CallSheet, type FilledSheet, questionnaireBody, surveyAnswers } from '../contract/surveys.ts';
import { ApiError } from './errors.ts';

type Asked = { campaignId: string; over: boolean; versionId: string | null; body: unknown; answers: unknown };

export function callSheets(client: PrismaClient) {
  /**
   * The questions of an own conversation and what is kept, in one read; null: not a call of this agent's that could ask. A
   * call stays with the version it began to answer, whatever is published meanwhile.
   */
  const of = async (userId: string, attemptId: string) => {
    const [call] = await client.$queryRaw<Asked[]>`
      SELECT a.campaign_id AS "campaignId", a.outcome_at IS NOT NULL AS over, v.id AS "versionId", v.body, s.answers
        FROM attempt a JOIN contact c ON c.id = a.contact_id
        LEFT JOIN survey_sheet s ON s.attempt_id = a.id
        LEFT JOIN questionnaire_version v ON v.campaign_id = a.campaign_id
         AND CASE WHEN s.version_id IS NULL THEN v.in_force ELSE v.id = s.version_id END
       WHERE a.id = ${attemptId}::uuid AND a.agent_id = ${userId}::uuid AND a.connected_at IS NOT NULL
         -- Calls that quality asked for are about a sale or a case, and ask nothing besides.
         AND (c.origin IS NULL OR c.origin ->> 'kind' = 'appointment')`;
    if (call === undefined) return null;
    const { campaignId, over, versionId } = call;
    if (versionId === null) return { campaignId, over, sheet: null };
    const answers = surveyAnswers.parse(call.answers ?? {});
    return { campaignId, over, sheet: { versionId, body: questionnaireBody.parse(call.body), answers } };
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
  const versionOf = async (campaignId: string, sheet: CallSheet | null, versionId: string) => {
    if (sheet?.versionId === versionId) return sheet.body;
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
      mustFit(await versionOf(known.campaignId, known.sheet, filled.versionId), filled.answers);
      await write(attemptId, filled, now);
    },

    /**
     * Before an outcome is saved: its answers are kept, and none that is required is missing, unless the conversation broke off.
     * What was saved already, and other people's calls, are the dialler's to refuse. @throws ApiError answers-missing, answers-invalid
     */
    async finish(userId: string, { attemptId, disposition, survey }: SaveOutcome, now: number): Promise<void> {
      const known = await of(userId, attemptId);
      if (known?.over === true) return;
      const filled = survey ?? known?.sheet;
      if (known === null || filled == null) {
        if (disposition.kind === 'surveyed') throw new ApiError('nothing-asked');
        return;
      }
      const questionnaire = await versionOf(known.campaignId, known.sheet, filled.versionId);
      mustFit(questionnaire, filled.answers);
      const missing = needsAnswers(disposition.kind) ? missingAnswer(questionnaire, filled.answers) : null;
      if (missing !== null) throw new ApiError('answers-missing', { field: `answers.${missing}` });
      // A call that broke off before the first answer has no sheet.
      if (survey !== undefined && Object.keys(survey.answers).length > 0) await write(attemptId, survey, now);
    },
  };
}
