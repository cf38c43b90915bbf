/**
 * A questionnaire is data: questions in order, each saying where an answer leads. Apart from the shapes in `surveys.ts`, because
 * the desk walks it during a call and a page loads no validator.
 */
export type Words = { readonly en: string; readonly zh: string };

export const questionKinds = ['single', 'multiple', 'scale', 'text'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What an option says for the figures of call-backs (S4); most options say nothing. */
export const meanings = ['satisfied', 'fairly-satisfied', 'not-satisfied', 'solved', 'unsolved'] as const;
export type Meaning = (typeof meanings)[number];

/** Where an answer leads besides to a question's key. No key looks like these. */
export const THEN_NEXT = '@next';
export const THEN_END = '@end';

export type Option = { readonly key: string; readonly label: Words; readonly meaning: Meaning | null };
/** Where any of these answers leads: keys of options, or points of a scale as text. */
export type Branch = { readonly answers: readonly string[]; readonly goTo: string };
/** From low to high, both ends named. */
export type Scale = { readonly from: number; readonly to: number; readonly low: Words; readonly high: Words };

export type Question = {
  readonly key: string;
  readonly kind: QuestionKind;
  readonly wording: Words;
  readonly required: boolean;
  /** Of choices; empty otherwise. */
  readonly options: readonly Option[];
  /** Of scales; null otherwise. */
  readonly scale: Scale | null;
  /** The first one that holds an answer given decides. A text branches nowhere. */
  readonly branches: readonly Branch[];
  /** Where everything else leads, and where no answer was given. */
  readonly otherwise: string;
};

export type Questionnaire = { readonly questions: readonly Question[] };

/** An option's key or words; keys of options; a point of a scale, or the length of words that were erased. */
export type Answer = string | readonly string[] | number;
export type Answers = Readonly<Record<string, Answer>>;

export const mostQuestions = 60;
export const mostOptions = 30;
/** A scale of more points than this is not answered by telephone. */
export const widestScale = 10;
export const longestText = 2_000;
export const keyShape = /^[a-z0-9][a-z0-9-]{0,39}$/;
