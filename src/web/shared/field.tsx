import { InputNumber, Select } from 'antd';
import { type ReactNode, useId } from 'react';

/** A labelled control; hint and fault are tied to it for screen readers. */
export function Field(props: {
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  children: (tie: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => ReactNode;
}) {
  const id = useId();
  const described = props.hint || props.fault;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        ...(described ? { 'aria-describedby': `${id}-note` } : {}),
        ...(props.fault ? { 'aria-invalid': true } : {}),
      })}
      {described ? (
        <p id={`${id}-note`} className={props.fault ? 'field-fault' : 'field-hint'}>
          {props.fault ?? props.hint}
        </p>
      ) : null}
    </div>
  );
}

type NumberFieldProps = {
  label: string;
  hint?: string;
  fault?: string | undefined;
  value: number;
  change: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  suffix?: string;
  disabled?: boolean;
};

export function NumberField({ label, hint, fault, value, change, suffix, ...rest }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(tie) => (
        <InputNumber
          {...tie}
          {...rest}
          className="full-width"
          value={value}
          {...(suffix ? { suffix } : {})}
          onChange={(next) => {
            if (typeof next === 'number') change(next);
          }}
        />
      )}
    </Field>
  );
}

/** A share 0–1 that is entered as per cent. */
export function PercentField({ value, change, min = 0, max = 100, ...rest }: NumberFieldProps) {
  return (
    <NumberField
      {...rest}
      min={min}
      max={max}
      step={rest.step ?? 0.5}
      suffix="%"
      value={Math.round(value * 10_000) / 100}
      change={(percent) => change(Math.round(percent * 100) / 10_000)}
    />
  );
}

/** One of a few words. */
export function ChoiceField<K extends string>(props: {
  label: string;
  hint?: string;
  fault?: string | undefined;
  value: K;
  options: readonly { value: K; label: string }[];
  change: (value: K) => void;
}) {
  const { value, options, change, ...field } = props;
  return (
    <Field {...field}>
      {(tie) => <Select {...tie} className="full-width" value={value} options={[...options]} onChange={change} />}
    </Field>
  );
}
