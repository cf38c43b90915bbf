/**
 * What only a card counts, thing by thing: of an agent the patrols, of a team or a centre besides them what it answers for.
 * Counts, rates and times of the card are made of these lists, so that each opens down to as many things as it says.
 */
import type { Satisfaction } from './case.ts';
import type { Counted } from './counted-things.ts';
import type { CallBackCounts, TeamCounts } from './scorecard.ts';

const HOUR_MS = 3_600_000;
/** A5: an ordinary question is answered within so long; a longer one goes to the problem desk. */
export const QUESTION_LIMIT_MS = 5 * 60_000;

export type CountedRemark = Counted & { readonly inTime: boolean };
export type CountedReturnCall = Counted & { readonly done: boolean; readonly satisfaction: Satisfaction | null };
/** Of a judged conversation whether outcome and notes say what was said. */
export type CountedRecord = Counted & { readonly accurate: boolean };
export type CountedCase = Counted & { readonly solved: boolean };
/** `ms`: from intake to close. */
export type CountedHandling = Counted & { readonly ms: number };

/** `ms`: until it was answered, at the latest by the end of the call. */
export type CountedQuestion = Counted & { readonly ms: number; readonly handedOver: boolean };

export interface TeamThings {
  readonly voidSales: readonly Counted[];
  /** Complaints closed in the span. */
  readonly handled: readonly CountedHandling[];
  readonly remarks: readonly CountedRemark[];
  /** Complaints and problems. */
  readonly reported: readonly CountedCase[];
  /** Not withdrawn. */
  readonly returnCalls: readonly CountedReturnCall[];
  readonly records: readonly CountedRecord[];
  readonly patrols: readonly Counted[];
  readonly questions: readonly CountedQuestion[];
}

const answered =
  (...wanted: readonly Satisfaction[]) =>
  ({ returnCalls }: TeamThings) =>
    returnCalls.filter(({ done, satisfaction }) => done && satisfaction !== null && wanted.includes(satisfaction));

const LISTS = {
  'void-sales': ({ voidSales }) => voidSales,
  'complaints-handled': ({ handled }) => handled,
  'client-remarks': ({ remarks }) => remarks,
  'client-remarks-in-time': ({ remarks }) => remarks.filter(({ inTime }) => inTime),
  'cases-reported': ({ reported }) => reported,
  'cases-solved': ({ reported }) => reported.filter(({ solved }) => solved),
  'return-calls': ({ returnCalls }) => returnCalls,
  'return-calls-done': ({ returnCalls }) => returnCalls.filter(({ done }) => done),
  'return-calls-satisfied': answered('satisfied'),
  'return-calls-fairly-satisfied': answered('fairly-satisfied'),
  'return-calls-not-satisfied': answered('not-satisfied'),
  // The numerator of S4's share of content customers.
  'return-calls-content': answered('satisfied', 'fairly-satisfied'),
  'records-checked': ({ records }) => records,
  'records-accurate': ({ records }) => records.filter(({ accurate }) => accurate),
  patrols: ({ patrols }) => patrols,
  'questions-answered': ({ questions }) => questions.filter(({ handedOver }) => !handedOver),
  'questions-in-time': ({ questions }) =>
    questions.filter(({ handedOver, ms }) => !handedOver && ms <= QUESTION_LIMIT_MS),
  'questions-handed-over': ({ questions }) => questions.filter(({ handedOver }) => handedOver),
} as const satisfies Record<string, (things: TeamThings) => readonly Counted[]>;

export type TeamFigure = keyof typeof LISTS;

export function isTeamFigure(name: string): name is TeamFigure {
  return Object.hasOwn(LISTS, name);
}

export function teamThingsBehind(things: TeamThings, figure: TeamFigure): readonly Counted[] {
  return LISTS[figure](things);
}

/** The counts of a card are the lengths of its lists. */
export function teamCounts(
  things: TeamThings,
): Pick<TeamCounts, 'voidSales' | 'handlingHours' | 'clientRemarks' | 'clientRemarksAnsweredInTime'> &
  Pick<
    CallBackCounts,
    | 'toBeCalled'
    | 'called'
    | 'satisfied'
    | 'fairlySatisfied'
    | 'reported'
    | 'solved'
    | 'recordsChecked'
    | 'recordsAccurate'
  > {
  const count = (figure: TeamFigure) => teamThingsBehind(things, figure).length;
  return {
    voidSales: count('void-sales'),
    handlingHours: things.handled.map(({ ms }) => ms / HOUR_MS),
    clientRemarks: count('client-remarks'),
    clientRemarksAnsweredInTime: count('client-remarks-in-time'),
    toBeCalled: count('return-calls'),
    called: count('return-calls-done'),
    satisfied: count('return-calls-satisfied'),
    fairlySatisfied: count('return-calls-fairly-satisfied'),
    reported: count('cases-reported'),
    solved: count('cases-solved'),
    recordsChecked: count('records-checked'),
    recordsAccurate: count('records-accurate'),
  };
}
