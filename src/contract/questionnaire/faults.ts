/** What forbids to use a questionnaire; each fault names its question. */
import { placeOf, targetsOf } from './path.ts';
import {
  keyShape,
  type Meaning,
  mostOptions,
  mostQuestions,
  type Question,
  type Questionnaire,
  widestScale,
  type Words,
} from './types.ts';

export const questionnaireFaultCodes = [
  'no-questions',
  'too-many-questions',
  'bad-key',
  'key-twice',
  'wordless',
  'too-few-options',
  'too-many-options',
  'option-bad-key',
  'option-twice',
  'option-wordless',
  'options-out-of-place',
  'bad-scale',
  'scale-out-of-place',
  'text-branches',
  'branch-empty',
  'branch-unknown-answer',
  'branch-answer-twice',
  'unknown-target',
  'unreachable',
  'circle',
  'meaning-out-of-place',
  'meaning-mixed',
  'meaning-asked-twice',
] as const;
export type QuestionnaireFault = {
  readonly code: (typeof questionnaireFaultCodes)[number];
  /** `question 3 (how-fast)` as a page says it: the place counts from 0; null: of the whole. */
  readonly question: number | null;
  readonly key: string | null;
};
type Code = QuestionnaireFault['code'];

/** Which figure of call-backs an option speaks for. */
export const figureOf = (meaning: Meaning): 'satisfaction' | 'resolution' =>
  meaning === 'solved' || meaning === 'unsolved' ? 'resolution' : 'satisfaction';

const wordless = ({ en, zh }: Words) => en.trim() === '' && zh.trim() === '';

export function questionnaireFaults(questionnaire: Questionnaire): QuestionnaireFault[] {
  const { questions } = questionnaire;
  if (questions.length === 0) return [{ code: 'no-questions', question: null, key: null }];
  const faults: QuestionnaireFault[] = [];
  if (questions.length > mostQuestions) faults.push({ code: 'too-many-questions', question: null, key: null });
  const reached = reachable(questionnaire);
  const circling = circles(questionnaire);
  const figures = new Set<string>();
  const keys = new Set<string>();
  questions.forEach((question, place) => {
    const say = (wrong: boolean, code: Code) => {
      if (wrong) faults.push({ code, question: place, key: question.key });
    };
    const own = figuresOf(question);
    say(!keyShape.test(question.key), 'bad-key');
    say(keys.has(question.key), 'key-twice');
    say(wordless(question.wording), 'wordless');
    for (const code of [...optionFaults(question), ...scaleFaults(question), ...branchFaults(question)])
      say(true, code);
    say(
      targetsOf(question).some((target) => placeOf(questionnaire, place, target) === undefined),
      'unknown-target',
    );
    say(!reached.has(place), 'unreachable');
    say(circling.has(place), 'circle');
    say(own.size > 0 && question.kind !== 'single', 'meaning-out-of-place');
    say(own.size > 1, 'meaning-mixed');
    say(
      [...own].some((figure) => figures.has(figure)),
      'meaning-asked-twice',
    );
    keys.add(question.key);
    for (const figure of own) figures.add(figure);
  });
  return faults;
}

const figuresOf = ({ options }: Question) =>
  new Set(options.flatMap(({ meaning }) => (meaning === null ? [] : [figureOf(meaning)])));

function optionFaults({ kind, options }: Question): Code[] {
  if (kind !== 'single' && kind !== 'multiple') return options.length > 0 ? ['options-out-of-place'] : [];
  const faults: Code[] = [];
  if (options.length < 2) faults.push('too-few-options');
  if (options.length > mostOptions) faults.push('too-many-options');
  if (options.some(({ key }) => !keyShape.test(key))) faults.push('option-bad-key');
  if (new Set(options.map(({ key }) => key)).size < options.length) faults.push('option-twice');
  if (options.some(({ label }) => wordless(label))) faults.push('option-wordless');
  return faults;
}

function scaleFaults({ kind, scale }: Question): Code[] {
  if (kind !== 'scale') return scale === null ? [] : ['scale-out-of-place'];
  if (scale === null || !Number.isInteger(scale.from) || !Number.isInteger(scale.to)) return ['bad-scale'];
  return scale.to <= scale.from || scale.to - scale.from > widestScale ? ['bad-scale'] : [];
}

/** What can be answered, as branches name it. */
export function answersOf({ kind, options, scale }: Question): string[] {
  if (kind === 'text') return [];
  if (kind !== 'scale') return options.map(({ key }) => key);
  if (scale === null || !(scale.to - scale.from <= widestScale)) return [];
  return Array.from({ length: Math.max(0, scale.to - scale.from + 1) }, (_, step) => String(scale.from + step));
}

function branchFaults(question: Question): Code[] {
  const { kind, branches } = question;
  if (kind === 'text') return branches.length > 0 ? ['text-branches'] : [];
  const faults: Code[] = [];
  const named = branches.flatMap(({ answers }) => answers);
  const possible = new Set(answersOf(question));
  if (branches.some(({ answers }) => answers.length === 0)) faults.push('branch-empty');
  if (named.some((answer) => !possible.has(answer))) faults.push('branch-unknown-answer');
  if (new Set(named).size < named.length) faults.push('branch-answer-twice');
  return faults;
}

/** Places a question leads to. What no answer takes is no way: where every answer has its branch, only who may leave it out goes on. */
function waysFrom(questionnaire: Questionnaire, place: number): number[] {
  const question = questionnaire.questions[place];
  if (question === undefined) return [];
  const named = new Set(question.branches.flatMap(({ answers }) => answers));
  const possible = answersOf(question);
  const allBranch = possible.length > 0 && possible.every((answer) => named.has(answer));
  const targets = targetsOf(question);
  const taken = allBranch && question.required ? targets.slice(0, -1) : targets;
  return taken.flatMap((target) => placeOf(questionnaire, place, target) ?? []);
}

function reachable(questionnaire: Questionnaire): Set<number> {
  const reached = new Set<number>();
  const open = [0];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (reached.has(place)) continue;
    reached.add(place);
    open.push(...waysFrom(questionnaire, place));
  }
  return reached;
}

/** Questions from which a walk comes back to themselves. */
function circles(questionnaire: Questionnaire): Set<number> {
  const found = new Set<number>();
  questionnaire.questions.forEach((_, start) => {
    const seen = new Set<number>();
    const open = waysFrom(questionnaire, start);
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (place === start) found.add(start);
      if (seen.has(place)) continue;
      seen.add(place);
      open.push(...waysFrom(questionnaire, place));
    }
  });
  return found;
}
