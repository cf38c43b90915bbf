import { Button, Checkbox, Input, Radio } from 'antd';
import { type ReactNode, useId } from 'react';
import type { DeskCampaign } from '../../../contract/agent-desk.ts';
import type { DeskOffer } from '../../../contract/offers.ts';
import { agent } from '../../i18n/agent/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useLocale, useTexts } from '../../i18n/locale.tsx';
import { offers as offerTexts } from '../../i18n/offers/index.ts';
import { words } from '../../i18n/words/index.ts';
import type { ChangeDraft, Draft } from '../call/draft.ts';
import { AppointmentField } from './appointment-field.tsx';
import type { Missing } from './disposition.ts';
import { SelfCheckFields } from './self-check.tsx';

type Props = {
  draft: Draft;
  change: ChangeDraft;
  campaign: DeskCampaign | null;
  missing: Missing[];
  now: number;
  /** A return call on a case asks how satisfied the customer is. */
  returns: boolean;
  /** How much of what must be said is not ticked. */
  unsaid: number;
  offers: readonly DeskOffer[];
};

const decisions = ['confirmed', 'declined', 'wants-to-think', 'unresolved'] as const;
const answers = ['satisfied', 'fairly-satisfied', 'not-satisfied'] as const;

function Choice<V extends string>(props: {
  legend: string;
  value: V | null;
  options: { value: V; label: string }[];
  choose: (value: V) => void;
  fault: boolean;
}) {
  const c = useTexts(common);
  return (
    <fieldset className="plain-set" data-missing={props.fault}>
      <legend>{props.legend}</legend>
      <Radio.Group
        className="radio-column"
        value={props.value}
        options={props.options}
        onChange={(event) => props.choose(event.target.value)}
      />
      {props.fault ? <p className="field-fault">{c.required}</p> : null}
    </fieldset>
  );
}

function Words(props: {
  label: string;
  value: string;
  change: (value: string) => void;
  fault: boolean;
  hint?: string;
  quick?: readonly string[];
}) {
  const c = useTexts(common);
  const id = useId();
  return (
    <div className="field" data-missing={props.fault}>
      <label htmlFor={id}>{props.label}</label>
      {props.quick ? (
        <div className="quick">
          {props.quick.map((text) => (
            <Button key={text} size="small" onClick={() => props.change(text)}>
              {text}
            </Button>
          ))}
        </div>
      ) : null}
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={2000}
        status={props.fault ? 'error' : ''}
        aria-invalid={props.fault}
        value={props.value}
        onChange={(event) => props.change(event.target.value)}
      />
      {props.hint ? <p className="field-hint">{props.hint}</p> : null}
      {props.fault ? <p className="field-fault">{c.required}</p> : null}
    </div>
  );
}

function SaleFields({ draft, change, campaign, missing, unsaid, offers }: Props) {
  const t = useTexts(agent).outcome;
  const o = useTexts(offerTexts).desk;
  const mine = offers.filter(({ refusal }) => refusal === null);
  const { locale } = useLocale();
  const options = campaign?.product.options ?? [];
  return (
    <>
      <Choice
        legend={t.role}
        value={draft.role}
        options={[
          { value: 'owner', label: t.roles.owner },
          { value: 'family-decider', label: t.roles['family-decider'] },
        ]}
        choose={(role) => change({ role })}
        fault={missing.includes('role')}
      />
      <Words
        label={t.identityCheck}
        quick={t.identityQuick}
        value={draft.identityCheck}
        change={(identityCheck) => change({ identityCheck })}
        fault={missing.includes('identityCheck')}
      />
      <Words
        label={t.consentWords}
        hint={t.consentHint}
        value={draft.consentWords}
        change={(consentWords) => change({ consentWords })}
        fault={missing.includes('consentWords')}
      />
      {options.length > 0 ? (
        <fieldset className="plain-set">
          <legend>{t.options}</legend>
          <Checkbox.Group
            value={draft.options}
            options={options.map(({ code, label }) => ({ value: code, label: label[locale] }))}
            onChange={(chosen) => change({ options: chosen.map(String) })}
          />
        </fieldset>
      ) : null}
      {mine.length > 0 ? (
        <Choice
          legend={o.withSale}
          value={draft.offer?.id ?? ''}
          options={[{ value: '', label: o.none }, ...mine.map(({ id, name }) => ({ value: id, label: name[locale] }))]}
          choose={(chosen) => {
            const offer = mine.find(({ id }) => id === chosen);
            change({ offer: offer === undefined ? null : { id: offer.id, version: offer.version } });
          }}
          fault={false}
        />
      ) : null}
      <SelfCheckFields draft={draft} change={change} fault={missing.includes('selfCheck')} unsaid={unsaid} />
    </>
  );
}

/** Exactly the fields that the chosen outcome needs. */
export function OutcomeFields(props: Props): ReactNode {
  const t = useTexts(agent).outcome;
  const w = useTexts(words).results;
  const { locale } = useLocale();
  const { draft, change, campaign, missing, now, returns, unsaid } = props;
  const said = (
    <Words
      label={t.words}
      value={draft.words}
      change={(value) => change({ words: value })}
      fault={missing.includes('words')}
    />
  );
  switch (draft.kind) {
    case 'sale':
      return <SaleFields {...props} />;
    case 'refused':
      return (
        <Choice
          legend={t.reason}
          value={draft.reason === '' ? null : draft.reason}
          options={(campaign?.refusalReasons ?? []).map(({ code, label }) => ({ value: code, label: label[locale] }))}
          choose={(reason) => change({ reason })}
          fault={missing.includes('reason')}
        />
      );
    case 'appointment':
      return <AppointmentField draft={draft} change={change} fault={missing.includes('at')} now={now} />;
    case 'opt-out':
    case 'complaint':
    case 'question':
      return said;
    case 'task':
      return (
        <>
          <Choice
            legend={returns ? t.answer : t.result}
            value={draft.result}
            options={(returns ? answers : decisions).map((value) => ({
              value,
              label: w[value],
            }))}
            choose={(result) => change({ result })}
            fault={missing.includes('result')}
          />
          {said}
          {draft.result === 'confirmed' ? (
            <SelfCheckFields draft={draft} change={change} fault={missing.includes('selfCheck')} unsaid={unsaid} />
          ) : null}
        </>
      );
    case null:
    case 'undecided':
    case 'surveyed':
    case 'wrong-person':
    case 'wrong-number':
    case 'machine':
      return null;
    default:
      return draft.kind satisfies never;
  }
}
