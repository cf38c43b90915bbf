/** One question with its control: at the desk, and where a questionnaire is tried. */
import { Checkbox, Input, Radio } from 'antd';
import type { KeyboardEvent } from 'react';
import { answersOf } from '../../../contract/questionnaire/faults.ts';
import { isGiven } from '../../../contract/questionnaire/path.ts';
import { type Answer, longestText, type Question, type Words } from '../../../contract/questionnaire/types.ts';
import { type Locale, useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { survey } from '../../i18n/survey/index.ts';
import { Key } from '../key.tsx';
import { Said, saidIn } from '../said.tsx';
import './survey.css';

/** The reader's language, or the other one where it was written in one only. */
export function useSpoken(): (words: Words) => string {
  const { locale } = useLocale();
  return (words) => saidIn(words, locale).text;
}

/** What an answer is called: an option's words, a point of a scale with what it means. */
export function useAnswerWords(): (question: Question, answer: string) => string {
  const format = useFormat();
  const say = useSpoken();
  return ({ options, scale }, answer) => {
    if (scale === null) {
      const option = options.find(({ key }) => key === answer);
      return option === undefined ? answer : say(option.label);
    }
    const point = format.number(Number(answer));
    const end = answer === String(scale.from) ? say(scale.low) : answer === String(scale.to) ? say(scale.high) : '';
    return end === '' ? point : format.named(point, end);
  };
}

/** The same as it is read to the customer. */
function AnswerSaid({ question, answer, language }: { question: Question; answer: string; language: Locale }) {
  const format = useFormat();
  const { options, scale } = question;
  const option = options.find(({ key }) => key === answer);
  if (option !== undefined) return <Said words={option.label} language={language} />;
  const end =
    scale === null ? null : answer === String(scale.from) ? scale.low : answer === String(scale.to) ? scale.high : null;
  const point = format.number(Number(answer));
  if (end === null || saidIn(end, language).text.trim() === '') return point;
  return (
    <>
      {format.named(point, '')}
      <Said words={end} language={language} />
    </>
  );
}

export type FieldProps = {
  question: Question;
  /** Counts the questions that are asked, from 1. */
  place: number;
  answer: Answer | undefined;
  change: (answer: Answer) => void;
  fault?: boolean;
  /** Shows the digits that choose. */
  digits?: boolean;
  /** In which the customer is asked, where that is not the page's. */
  language?: Locale;
};

export function QuestionField({
  question,
  place,
  answer,
  change,
  fault = false,
  digits = false,
  language,
}: FieldProps) {
  const t = useTexts(survey).desk;
  const format = useFormat();
  const { locale } = useLocale();
  const spoken = language ?? locale;
  const { key, kind, wording, required } = question;
  const possible = answersOf(question);
  const many = typeof answer === 'object' ? answer : [];
  const choose = (one: string) => {
    if (kind === 'scale') change(Number(one));
    else if (kind === 'single') change(one);
    else change(many.includes(one) ? many.filter((known) => known !== one) : [...many, one]);
  };
  // A digit names an answer while the question has the focus; the desk's own digits wait meanwhile.
  const press = (event: KeyboardEvent) => {
    if (kind === 'text' || event.ctrlKey || event.altKey || event.metaKey || !/^\d$/.test(event.key)) return;
    const digit = Number(event.key);
    const chosen = kind === 'scale' ? possible.find((one) => one === event.key) : possible[digit === 0 ? 9 : digit - 1];
    event.preventDefault();
    event.stopPropagation();
    if (chosen !== undefined) choose(chosen);
  };
  const choices = possible.map((one, index) => ({
    value: one,
    label: (
      <>
        {digits && kind !== 'scale' && index < 10 ? <Key>{(index + 1) % 10}</Key> : null}{' '}
        <AnswerSaid question={question} answer={one} language={spoken} />
      </>
    ),
  }));
  return (
    <fieldset
      className="plain-set survey-question"
      data-question={key}
      data-open={required && !isGiven(answer)}
      data-missing={fault}
      onKeyDown={press}
    >
      <legend>
        <span className="muted">{format.number(place)}</span> <Said words={wording} language={spoken} />{' '}
        {required ? null : <span className="muted small">{t.optional}</span>}
      </legend>
      {kind === 'text' ? (
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 5 }}
          maxLength={longestText}
          aria-label={t.words}
          placeholder={t.words}
          value={typeof answer === 'string' ? answer : ''}
          onChange={(event) => change(event.target.value)}
        />
      ) : kind === 'multiple' ? (
        <Checkbox.Group
          className="survey-choices"
          value={[...many]}
          options={choices}
          onChange={(chosen) => change(chosen.map(String))}
        />
      ) : (
        <Radio.Group
          className={kind === 'scale' ? 'survey-scale' : 'survey-choices'}
          value={isGiven(answer) ? String(answer) : null}
          options={choices}
          onChange={(event) => choose(String(event.target.value))}
        />
      )}
    </fieldset>
  );
}
