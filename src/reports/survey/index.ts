/** What came of a campaign's questionnaire: the last sheet of each customer counts, a page of customers at a time. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import { callBackCard, wireRate } from '../../../qa/index.ts';
import { questionnaireBody, type SurveyResult, surveyAnswers } from '../../contract/surveys.ts';
import type { Meaning } from '../../contract/questionnaire/types.ts';
import { addSheet, emptyTally, questionResult, type Tally } from './tally.ts';

type Records = { checked: number; accurate: number };
type Found = Pick<SurveyResult, 'versions' | 'sheets' | 'complete' | 'questions' | 'callBack'>;

const customersAtOnce = 5_000;
/** Whoever was reached by these was not the customer. */
const notReached = ['wrong-person', 'wrong-number', 'machine'];

/** `records`: what inspections found of the campaign's records, as far as the reader may know it. */
export async function surveyFigures(
  client: PrismaClient,
  campaignId: string,
  shown: number | null,
  records: Records,
): Promise<Found> {
  const versions = await client.questionnaireVersion.findMany({
    where: { campaignId, state: 'published' },
    orderBy: { version: 'desc' },
  });
  const tallies = new Map(
    versions.map(({ id, version, inForce, body }) => [
      id,
      { version, inForce, body: questionnaireBody.parse(body), tally: emptyTally() },
    ]),
  );
  for await (const { versionId, answers } of lastSheets(client, campaignId)) {
    const known = tallies.get(versionId);
    if (known !== undefined) addSheet(known.tally, known.body, surveyAnswers.parse(answers));
  }
  const each = [...tallies.values()];
  const chosen = each.find(({ version }) => version === shown);
  return {
    versions: each.map(({ version, inForce, tally }) => ({ version, inForce, sheets: tally.sheets })),
    sheets: chosen?.tally.sheets ?? 0,
    complete: chosen?.tally.complete ?? 0,
    questions: chosen?.body.questions.map((question) => questionResult(chosen.tally, question)) ?? [],
    callBack: await callBackFigures(
      client,
      campaignId,
      each.map(({ tally }) => tally),
      records,
    ),
  };
}

type Sheet = { contactId: string; versionId: string; answers: unknown };

async function* lastSheets(client: PrismaClient, campaignId: string): AsyncGenerator<Sheet> {
  for (let after = Prisma.empty; ; ) {
    const rows = await client.$queryRaw<Sheet[]>`
      SELECT DISTINCT ON (s.contact_id) s.contact_id AS "contactId", s.version_id AS "versionId", s.answers
        FROM survey_sheet s JOIN attempt a ON a.id = s.attempt_id AND a.outcome_at IS NOT NULL
       WHERE s.campaign_id = ${campaignId}::uuid ${after}
       ORDER BY s.contact_id, s.saved_at DESC LIMIT ${customersAtOnce}`;
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < customersAtOnce) return;
    after = Prisma.sql`AND s.contact_id > ${last.contactId}::uuid`;
  }
}

/** S4, with the customers of the campaign's lists as those to be called. Calls that quality asked for are counted on its cards. */
async function callBackFigures(
  client: PrismaClient,
  campaignId: string,
  tallies: readonly Tally[],
  records: Records,
): Promise<SurveyResult['callBack']> {
  const said = (meaning: Meaning) => tallies.reduce((sum, { meanings }) => sum + (meanings.get(meaning) ?? 0), 0);
  const [calls] = await client.$queryRaw<{ wanted: number; called: number }[]>`
    SELECT count(*)::int AS wanted, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM attempt a WHERE a.contact_id = c.id AND a.outcome = 'connected' AND a.disposition IS NOT NULL
           AND a.disposition <> ALL (${notReached}::text[])))::int AS called
      FROM contact c JOIN contact_list l ON l.id = c.list_id AND l.state = 'ready'
     WHERE c.campaign_id = ${campaignId}::uuid AND (c.origin IS NULL OR c.origin ->> 'kind' = 'appointment')`;
  const card = callBackCard({
    toBeCalled: calls?.wanted ?? 0,
    called: calls?.called ?? 0,
    satisfied: said('satisfied'),
    fairlySatisfied: said('fairly-satisfied'),
    solved: said('solved'),
    reported: said('solved') + said('unsolved'),
    recordsChecked: records.checked,
    recordsAccurate: records.accurate,
  });
  return {
    completion: wireRate(card.completion),
    satisfaction: wireRate(card.satisfaction),
    resolution: wireRate(card.resolution),
    recordAccuracy: wireRate(card.recordAccuracy),
  };
}
