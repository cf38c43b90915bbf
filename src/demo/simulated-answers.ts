/** What a simulated customer answers to whatever questionnaire: the same for the same call. */
import type { Disposition } from '../contract/agent-desk.ts';
import { answersOf } from '../contract/questionnaire/faults.ts';
import { needsAnswers } from '../contract/questionnaire/outcomes.ts';
import { pathOf } from '../contract/questionnaire/path.ts';
import type { Answer, Question, Questionnaire } from '../contract/questionnaire/types.ts';
import type { FilledSheet } from '../contract/surveys.ts';
import type { ApiClient } from './api-client.ts';
import type { World } from './world.ts';

/** How often somebody answers what may be left out. */
const answersAnyway = 0.85;
/** The agent of the simulation writes down nothing personal. */
const words = 'As said in the call.';

export function simulatedAnswers(
  questionnaire: Questionnaire,
  world: Pick<World, 'chance'>,
  attemptId: string,
): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  const met = new Set<string>();
  // Each answer may open the way to further questions; none is met twice, so this ends.
  for (;;) {
    const next = pathOf(questionnaire, answers).questions.find(({ key }) => !met.has(key));
    if (next === undefined) return answers;
    met.add(next.key);
    const answer = answerTo(next, (label) => world.chance(`answer:${label}:${next.key}:${attemptId}`));
    if (answer !== null) answers[next.key] = answer;
  }
}

function answerTo(question: Question, chance: (label: string) => number): Answer | null {
  const { kind, required } = question;
  if (!required && chance('leaves-out') > answersAnyway) return null;
  const possible = answersOf(question);
  switch (kind) {
    case 'text':
      return words;
    case 'single':
      // What stands first is said most often.
      return possible[Math.floor(chance('one') ** 1.5 * possible.length)] ?? null;
    case 'multiple':
      return possible.filter((one, place) => place === 0 || chance(`also:${one}`) < 0.3);
    case 'scale':
      // Towards the upper end.
      return Number(possible[Math.floor((1 - chance('point') ** 2) * possible.length)] ?? possible.at(-1));
    default:
      return kind satisfies never;
  }
}

type Asker = { api: ApiClient; world: World; onFault: (fault: string) => void };

/** What the customer answered to the campaign's questionnaire, as a part of the outcome; empty where it has none, or the call broke off. */
export async function sheetFor(
  { api, world, onFault }: Asker,
  attemptId: string,
  kind: Disposition['kind'],
): Promise<{ survey?: FilledSheet }> {
  if (!needsAnswers(kind)) return {};
  try {
    const { sheet } = await api.call('GET /api/agent/survey', { query: { attemptId } });
    if (sheet === null) return {};
    return { survey: { versionId: sheet.versionId, answers: simulatedAnswers(sheet.body, world, attemptId) } };
  } catch (error) {
    onFault(`survey: ${error instanceof Error ? error.message : String(error)}`);
    return {};
  }
}
