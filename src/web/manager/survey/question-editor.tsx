import { Button, Checkbox, InputNumber, Select } from 'antd';
import { answersOf, type QuestionnaireFault } from '../../../contract/questionnaire/faults.ts';
import {
  type Meaning,
  meanings,
  mostOptions,
  type Question,
  type QuestionKind,
  questionKinds,
  THEN_END,
  THEN_NEXT,
} from '../../../contract/questionnaire/types.ts';
import '../../admin/forms/forms.css';
import { BothLanguages, CodeInput, PlaceButtons } from '../../admin/forms/editor-parts.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { survey } from '../../i18n/survey/index.ts';
import { Field } from '../../shared/field.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';
import { useAnswerWords, useSpoken } from '../../shared/survey/question-field.tsx';
import { asKind, branchOf, newOption, withBranch, withoutLost } from './draft.ts';

type Props = {
  question: Question;
  place: number;
  last: boolean;
  /** Of all questions, by which one says where an answer leads. */
  all: readonly Question[];
  faults: readonly QuestionnaireFault[];
  change: (question: Question) => void;
  rename: (key: string) => void;
  move: (by: -1 | 1) => void;
  remove: () => void;
};

/** Where an answer leads, said by the place and words of the question it leads to. */
function useTargets(all: readonly Question[], place: number, chosen: string) {
  const t = useTexts(survey);
  const format = useFormat();
  const say = useSpoken();
  const targets = [
    { value: THEN_NEXT, label: t.next },
    { value: THEN_END, label: t.end },
    ...all.flatMap((question, index) =>
      index === place ? [] : [{ value: question.key, label: `${format.number(index + 1)} ${say(question.wording)}` }],
    ),
  ];
  // A question may be gone, or stand nowhere but here: its key says which one it was.
  const known = chosen === '' || targets.some(({ value }) => value === chosen);
  return known ? targets : [{ value: chosen, label: t.nowhere(chosen) }, ...targets];
}

/** One answer's way, chosen where the answer stands. */
function LeadsTo(props: {
  question: Question;
  answer: string;
  place: number;
  all: readonly Question[];
  change: (next: Question) => void;
}) {
  const { question, answer, place, all, change } = props;
  const t = useTexts(survey);
  const name = useAnswerWords();
  const goesTo = branchOf(question, answer) ?? '';
  const targets = useTargets(all, place, goesTo);
  return (
    <Select
      className="survey-target"
      aria-label={t.leadsTo(name(question, answer) || answer)}
      popupMatchSelectWidth={false}
      value={goesTo}
      options={[{ value: '', label: t.asOtherwise }, ...targets]}
      onChange={(goTo) => change(withBranch(question, answer, goTo === '' ? null : goTo))}
    />
  );
}

function Options({ question, place, all, change }: Pick<Props, 'question' | 'place' | 'all' | 'change'>) {
  const t = useTexts(survey);
  const format = useFormat();
  const { options, kind } = question;
  return (
    <>
      <ul className="survey-list column tight" aria-label={t.options}>
        {options.map((option, index) => {
          const number = format.number(index + 1);
          const set = (part: Partial<typeof option>) =>
            change({ ...question, options: options.with(index, { ...option, ...part }) });
          return (
            <li key={option.key} className="survey-option">
              <BothLanguages label={t.option(number)} value={option.label} change={(label) => set({ label })} />
              <span className="row">
                {kind === 'single' ? (
                  <Select<Meaning | 'none'>
                    className="survey-target"
                    aria-label={t.meaning(number)}
                    prefix={<span className="muted small">{t.countsFor}</span>}
                    popupMatchSelectWidth={false}
                    value={option.meaning ?? 'none'}
                    options={(['none', ...meanings] as const).map((value) => ({ value, label: t.meanings[value] }))}
                    onChange={(meaning) => set({ meaning: meaning === 'none' ? null : meaning })}
                  />
                ) : null}
                <LeadsTo question={question} answer={option.key} place={place} all={all} change={change} />
                <Button
                  type="text"
                  aria-label={t.removeOption(number)}
                  icon={<Icon name="cross" size={16} />}
                  onClick={() => change(withoutLost({ ...question, options: options.toSpliced(index, 1) }))}
                />
              </span>
            </li>
          );
        })}
      </ul>
      <div>
        <Button
          size="small"
          disabled={options.length >= mostOptions}
          onClick={() => change({ ...question, options: [...options, newOption(options.map(({ key }) => key))] })}
        >
          {t.addOption}
        </Button>
      </div>
    </>
  );
}

function ScaleFields({ question, place, all, change }: Pick<Props, 'question' | 'place' | 'all' | 'change'>) {
  const t = useTexts(survey);
  const format = useFormat();
  const { scale } = question;
  if (scale === null) return null;
  const set = (part: Partial<typeof scale>) => change(withoutLost({ ...question, scale: { ...scale, ...part } }));
  const end = (name: 'from' | 'to') => (
    <InputNumber
      aria-label={t[name]}
      prefix={t[name]}
      min={0}
      max={10}
      precision={0}
      value={scale[name]}
      onChange={(value) => (typeof value === 'number' ? set({ [name]: value }) : undefined)}
    />
  );
  return (
    <>
      <div className="row">
        {end('from')} {end('to')}
      </div>
      <BothLanguages label={t.lowEnd} value={scale.low} change={(low) => set({ low })} />
      <BothLanguages label={t.highEnd} value={scale.high} change={(high) => set({ high })} />
      <ul className="survey-list survey-points" aria-label={t.options}>
        {answersOf(question).map((answer) => (
          <li key={answer}>
            <span className="strong">{format.number(Number(answer))}</span>
            <LeadsTo question={question} answer={answer} place={place} all={all} change={change} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** A question with its words, its answers, and where each of them leads. */
export function QuestionEditor({ question, place, last, all, faults, change, rename, move, remove }: Props) {
  const t = useTexts(survey);
  const format = useFormat();
  const title = t.question(format.number(place + 1));
  const targets = useTargets(all, place, question.otherwise);
  const { kind, branches } = question;
  return (
    <Panel
      title={title}
      extra={
        <PlaceButtons {...{ name: title, first: place === 0, last, move, remove }} retired={false} retire={() => {}} />
      }
    >
      <div className="column tight" data-testid={`question-${place}`}>
        {faults.map(({ code }) => (
          <p key={code} className="note tone-warn">
            <Icon name="alert" /> {t.faults[code]}
          </p>
        ))}
        <BothLanguages
          label={t.wording}
          value={question.wording}
          change={(wording) => change({ ...question, wording })}
        />
        <div className="row survey-head">
          <Select<QuestionKind>
            aria-label={t.kind}
            className="survey-kind"
            value={kind}
            options={questionKinds.map((value) => ({ value, label: t.kinds[value] }))}
            onChange={(next) => change(asKind(question, next))}
          />
          <Checkbox
            checked={question.required}
            onChange={(event) => change({ ...question, required: event.target.checked })}
          >
            {t.required}
          </Checkbox>
          <span className="row survey-key">
            <CodeInput label={title} name={t.key} value={question.key} fixed={false} change={rename} />
          </span>
        </div>
        {kind === 'single' || kind === 'multiple' ? <Options {...{ question, place, all, change }} /> : null}
        {kind === 'scale' ? <ScaleFields {...{ question, place, all, change }} /> : null}
        <Field label={branches.length > 0 ? t.otherwiseBranched : t.otherwise}>
          {(tie) => (
            <Select
              {...tie}
              className="survey-target"
              popupMatchSelectWidth={false}
              value={question.otherwise}
              options={targets}
              onChange={(otherwise) => change({ ...question, otherwise })}
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}
