/** The answers of a campaign as a file, call by call. Options stand by their keys: what reads such files counts by them. */
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Viewer } from '../contract/quality.ts';
import { answerTo, countedAnswers, isGiven, missingAnswer, wordsErased } from '../contract/questionnaire/path.ts';
import type { Answer, Question } from '../contract/questionnaire/types.ts';
import { type QuestionnaireVersion, surveyAnswers } from '../contract/surveys.ts';
import type { Piece } from '../platform/long-jobs.ts';
import { csvLine } from './csv.ts';
import { peopleOf } from './people.ts';
import { written } from './questionnaire-versions.ts';

const rowsAtOnce = 1_000;

/** What a customer said in own words is personal data: a client has no right to it, nor to who asked. */
export const withoutTexts = (questions: readonly Question[]): Question[] =>
  questions.filter(({ kind }) => kind !== 'text');

export async function* surveyPieces(
  client: PrismaClient,
  viewer: Viewer,
  { id: versionId, body }: QuestionnaireVersion,
  taken: string,
): AsyncGenerator<Piece> {
  const outside = viewer.role === 'client';
  const columns = outside ? withoutTexts(body.questions) : body.questions;
  const head = ['call', 'at', ...(outside ? [] : ['agent']), 'outcome', 'complete'];
  // The mark tells spreadsheets that this is UTF-8.
  yield { text: `\uFEFF${csvLine([...head, ...columns.map(({ key }) => key)])}`, rows: 0 };
  for (let after: string | undefined; ; ) {
    const rows = await client.surveySheet.findMany({
      where: { versionId, ...written, ...(after === undefined ? {} : { attemptId: { gt: after } }) },
      orderBy: { attemptId: 'asc' },
      take: rowsAtOnce,
      include: { attempt: { select: { agentId: true, connectedAt: true, disposition: true } } },
    });
    const person = await peopleOf(
      client,
      viewer,
      rows.map(({ attempt }) => attempt.agentId),
    );
    const lines = rows.map(({ attemptId, attempt, answers: kept }) => {
      const answers = surveyAnswers.parse(kept);
      const given = countedAnswers(body, answers);
      const agent = attempt.agentId === null ? '' : person(attempt.agentId).name;
      return csvLine([
        ...[attemptId, attempt.connectedAt?.toISOString() ?? '', ...(outside ? [] : [agent])],
        ...[attempt.disposition ?? '', missingAnswer(body, answers) === null ? 'yes' : 'no'],
        ...columns.map((question) => cellOf(question, answerTo(given, question.key))),
      ]);
    });
    if (rows.length > 0) yield { text: lines.join(''), rows: rows.length };
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) break;
    after = last.attemptId;
  }
  yield { text: `\r\n${csvLine([taken])}`, rows: 0 };
}

function cellOf(question: Question, answer: Answer | undefined): string | number | null {
  if (!isGiven(answer)) return null;
  if (wordsErased(question, answer)) return '[erased]';
  return typeof answer === 'object' ? answer.join(' ') : answer;
}
