/** One condition of a type: what is looked at, and the fields that this needs. */
import { Button, InputNumber, Select } from 'antd';
import type { SegmentCondition } from '../../../contract/segments.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { Icon } from '../../shared/icons.tsx';
import { blankOf, conditionKinds } from './draft.ts';
import { amountOf } from './words.ts';

type Props = {
  condition: SegmentCondition;
  /** Said to readers aloud: which condition of which type. */
  name: string;
  change: (condition: SegmentCondition) => void;
};

function Choice<K extends string>(props: {
  label: string;
  value: K;
  words: Record<K, string>;
  keys: readonly K[];
  change: (key: K) => void;
}) {
  const { label, value, words, keys, change } = props;
  return (
    <Select
      aria-label={label}
      popupMatchSelectWidth={false}
      value={value}
      options={keys.map((key) => ({ value: key, label: words[key] }))}
      onChange={change}
    />
  );
}

function Whole(props: { label: string; value: number; min: number; max: number; change: (value: number) => void }) {
  const { label, value, min, max, change } = props;
  return (
    <InputNumber
      {...{ min, max, value, 'aria-label': label, prefix: label, precision: 0 }}
      onChange={(next) => (typeof next === 'number' ? change(next) : undefined)}
    />
  );
}

function Amount({ label, value, change }: { label: string; value: number; change: (value: number) => void }) {
  return (
    <InputNumber
      {...{ min: 0, max: 10_000_000_000, precision: 2, 'aria-label': label, prefix: label }}
      value={amountOf(value)}
      onChange={(next) => (typeof next === 'number' ? change(Math.round(next * 100)) : undefined)}
    />
  );
}

const measures = ['each', 'any', 'mean', 'sum'] as const;
const comparisons = ['over', 'at-least', 'at-most', 'under'] as const;
const changes = ['more-than-times', 'less-than-part'] as const;
const states = ['in-service', 'lost', 'suspended', 'arrears', 'pre-cancelled', 'cancelled'] as const;

function Fields({ condition, name, change }: Props) {
  const t = useTexts(segments);
  const f = t.fields;
  const label = (field: string) => `${name}: ${field}`;
  switch (condition.kind) {
    case 'bill':
    case 'bill-between':
      return (
        <>
          <Choice
            {...{ label: label(f.of), value: condition.of, words: t.measures, keys: measures }}
            change={(of) => change({ ...condition, of })}
          />
          <Whole
            {...{ label: f.months, value: condition.months, min: 1, max: 24 }}
            change={(months) => change({ ...condition, months })}
          />
          {condition.kind === 'bill' ? (
            <>
              <Choice
                {...{ label: label(f.is), value: condition.is, words: t.comparisons, keys: comparisons }}
                change={(is) => change({ ...condition, is })}
              />
              <Amount label={f.amount} value={condition.amount} change={(amount) => change({ ...condition, amount })} />
            </>
          ) : (
            <>
              <Amount label={f.from} value={condition.from} change={(from) => change({ ...condition, from })} />
              <Amount label={f.to} value={condition.to} change={(to) => change({ ...condition, to })} />
            </>
          )}
        </>
      );
    case 'bill-change':
      return (
        <>
          <Choice
            {...{ label: label(f.is), value: condition.is, words: t.changes, keys: changes }}
            change={(is) => change({ ...condition, is })}
          />
          <Whole
            {...{ label: f.factor, value: condition.factor, min: 2, max: 100 }}
            change={(factor) => change({ ...condition, factor })}
          />
          <Whole
            {...{ label: f.monthsBefore, value: condition.months, min: 1, max: 24 }}
            change={(months) => change({ ...condition, months })}
          />
        </>
      );
    case 'status':
      return (
        <>
          <Choice
            {...{ label: label(f.is), value: condition.is, words: t.statusIs, keys: ['one-of', 'none-of'] as const }}
            change={(is) => change({ ...condition, is })}
          />
          <Select
            mode="multiple"
            className="segment-states"
            aria-label={label(f.states)}
            value={condition.states}
            options={states.map((value) => ({ value, label: t.states[value] }))}
            onChange={(chosen) => change({ ...condition, states: chosen })}
          />
        </>
      );
    case 'tenure':
    case 'services':
      return (
        <>
          <Choice
            {...{ label: label(f.is), value: condition.is, words: t.comparisons, keys: comparisons }}
            change={(is) => change({ ...condition, is })}
          />
          <Whole
            {...{ label: f.count, value: condition.count, min: 0, max: 1000 }}
            change={(count) => change({ ...condition, count })}
          />
        </>
      );
    case 'important-change':
      return (
        <Whole
          {...{ label: f.months, value: condition.months, min: 1, max: 24 }}
          change={(months) => change({ ...condition, months })}
        />
      );
    case 'contract-end':
      return (
        <Whole
          {...{ label: f.days, value: condition.days, min: 1, max: 3_660 }}
          change={(days) => change({ ...condition, days })}
        />
      );
    case 'complaint-open':
      return null;
  }
}

export function ConditionEditor(props: Props & { place: string; remove: (() => void) | null }) {
  const t = useTexts(segments);
  const { condition, name, change, remove, place } = props;
  return (
    <li className="row segment-condition">
      <Choice
        {...{ label: `${name}: ${t.form.kind}`, value: condition.kind, words: t.kinds, keys: conditionKinds }}
        change={(kind) => change(blankOf(kind))}
      />
      <Fields {...{ condition, name, change }} />
      {remove === null ? null : (
        <Button
          type="text"
          aria-label={`${name}: ${t.form.removeCondition(place)}`}
          icon={<Icon name="cross" size={16} />}
          onClick={remove}
        />
      )}
    </li>
  );
}
