/**
 * What quality's figures count, thing by thing. A figure of a summary is the length of its list here, so that whoever opens a
 * figure finds exactly as many things behind it as it says.
 */
import type { Satisfaction } from './case.ts';
import type { InspectedRecording } from './scorecard.ts';
import type { EpochMs } from './working-days.ts';

/** A sale, an inspected recording, a task call or a complaint, and the call it belongs to; complaints may come by letter. */
export interface Counted {
  readonly id: string;
  readonly attemptId: string | null;
  readonly agentId: string | null;
  readonly at: EpochMs;
  /** How long it took, where the figure is a time. */
  readonly ms?: number;
}
export type CountedSale = Counted & { readonly valid: boolean };
export type CountedInspection = Counted & InspectedRecording;
export type CountedTask = Counted & { readonly done: boolean; readonly confirmed: boolean };
export type CountedComplaint = Counted & {
  readonly valid: boolean;
  readonly closed: boolean;
  readonly overdue: boolean;
  /** The customer's last answer in a return call. */
  readonly satisfaction: Satisfaction | null;
};

export interface CountedThings {
  readonly sales: readonly CountedSale[];
  /** Of the daily draws, forced ones among them. */
  readonly inspected: readonly CountedInspection[];
  /** Corrective and verification calls. */
  readonly tasks: readonly CountedTask[];
  readonly complaints: readonly CountedComplaint[];
  /** Cases of the kind problem: what customers could not get done, of whatever call. */
  readonly problems: readonly Counted[];
}

/** `detail`: for `unqualified` and `unqualified-sales`, the criterion that failed; absent: any. */
type Lister = (things: CountedThings, detail: string | null) => readonly Counted[];

const failed = (rows: readonly CountedInspection[], criterion: string | null) =>
  rows.filter((row) => (criterion === null ? !row.qualified : row.failedFatal.some((each) => each === criterion)));
const sold = ({ inspected }: CountedThings) => inspected.filter(({ sale }) => sale);

const endedAs =
  (answer: Satisfaction) =>
  ({ complaints }: CountedThings) =>
    complaints.filter(({ satisfaction }) => satisfaction === answer);

/** The list behind each of quality's figures, by its name. */
const LISTS = {
  sales: ({ sales }) => sales,
  'valid-sales': ({ sales }) => sales.filter(({ valid }) => valid),
  inspected: ({ inspected }) => inspected,
  'inspected-sales': sold,
  'qualified-sales': (things) => sold(things).filter(({ qualified }) => qualified),
  unqualified: ({ inspected }, criterion) => failed(inspected, criterion),
  'unqualified-sales': (things, criterion) => failed(sold(things), criterion),
  'self-checked': ({ inspected }) => inspected.filter(({ selfCheck }) => selfCheck !== null),
  'self-check-agreed': ({ inspected }) =>
    inspected.filter(({ selfCheck, qualified }) => selfCheck !== null && (selfCheck === 'passed') === qualified),
  'corrective-asked': ({ tasks }) => tasks,
  'corrective-done': ({ tasks }) => tasks.filter(({ done }) => done),
  'corrective-confirmed': ({ tasks }) => tasks.filter(({ confirmed }) => confirmed),
  'corrective-open': ({ tasks }) => tasks.filter(({ done }) => !done),
  complaints: ({ complaints }) => complaints,
  'complaints-valid': ({ complaints }) => complaints.filter(({ valid }) => valid),
  'complaints-closed': ({ complaints }) => complaints.filter(({ closed }) => closed),
  'complaints-overdue': ({ complaints }) => complaints.filter(({ overdue }) => overdue),
  'complaints-satisfied': endedAs('satisfied'),
  'complaints-fairly-satisfied': endedAs('fairly-satisfied'),
  'complaints-not-satisfied': endedAs('not-satisfied'),
  problems: ({ problems }) => problems,
} as const satisfies Record<string, Lister>;

export type QualityFigure = keyof typeof LISTS;

export function isQualityFigure(name: string): name is QualityFigure {
  return Object.hasOwn(LISTS, name);
}

export function thingsBehind(things: CountedThings, figure: QualityFigure, detail: string | null = null) {
  const lister: Lister = LISTS[figure];
  return lister(things, detail);
}

/** Every list of a week that a published summary keeps, by figure and, where there is one, criterion. */
export function listsOf(
  things: CountedThings,
  criteria: readonly string[],
): { figure: QualityFigure; detail: string | null; things: readonly Counted[] }[] {
  const names = Object.keys(LISTS).filter(isQualityFigure);
  const plain = names.map((figure) => ({ figure, detail: null, things: thingsBehind(things, figure) }));
  const each = criteria.map((detail) => ({
    figure: 'unqualified-sales' as const,
    detail,
    things: thingsBehind(things, 'unqualified-sales', detail),
  }));
  return [...plain, ...each].filter((list) => list.things.length > 0);
}
