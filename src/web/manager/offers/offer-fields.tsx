/** The parts of an offer's form: its words, when and for whom, how often, and exceptions. Each control bears its own fault. */
import { Checkbox, Input, Select } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import { tagOf, useTexts, word } from '../../i18n/locale.tsx';
import { offers } from '../../i18n/offers/index.ts';
import { DateField, TimeField } from '../../shared/date-fields.tsx';
import { ChoiceField, Field, NumberField } from '../../shared/field.tsx';
import { chains, type Draft, levels } from './draft.ts';

export type PartProps = {
  campaign: Campaign;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  faults: Record<string, string>;
};

function useFault(faults: PartProps['faults']) {
  const t = useTexts(offers).faults;
  /** Of the field, or of anything below it. */
  return (field: string) => {
    const code = faults[field] ?? Object.entries(faults).find(([path]) => path.startsWith(`${field}.`))?.[1];
    return code === undefined ? undefined : word(t, code);
  };
}

export function WordFields({ draft, change, faults }: PartProps) {
  const t = useTexts(offers).form;
  const fault = useFault(faults);
  return (
    <fieldset className="plain-set">
      <legend>{t.words}</legend>
      <div className="form-grid">
        {(['en', 'zh'] as const).map((language) => (
          <Field key={language} label={t.name[language]} fault={fault(`name.${language}`)}>
            {(tie) => (
              <Input
                {...tie}
                lang={tagOf(language)}
                maxLength={100}
                value={draft.name[language]}
                onChange={(event) => change({ name: { ...draft.name, [language]: event.target.value } })}
              />
            )}
          </Field>
        ))}
        {(['en', 'zh'] as const).map((language) => (
          <Field key={language} label={t.text[language]} hint={t.textHint} fault={fault(`text.${language}`)}>
            {(tie) => (
              <Input.TextArea
                {...tie}
                lang={tagOf(language)}
                autoSize={{ minRows: 2, maxRows: 8 }}
                maxLength={2000}
                value={draft.text[language]}
                onChange={(event) => change({ text: { ...draft.text, [language]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

export function WhoFields({ campaign, draft, change, faults }: PartProps) {
  const t = useTexts(offers);
  const fault = useFault(faults);
  const { mayUse } = draft;
  const set = (part: Partial<Draft['mayUse']>) => change({ mayUse: { ...mayUse, ...part } });
  return (
    <>
      <fieldset className="plain-set">
        <legend>{t.form.when}</legend>
        <div className="form-grid">
          <Field label={t.form.from} fault={fault('from')}>
            {(tie) => <DateField {...tie} value={draft.from} change={(from) => change({ from })} />}
          </Field>
          <Field label={t.form.until} hint={t.form.untilHint} fault={fault('until')}>
            {(tie) => <DateField {...tie} value={draft.until} change={(until) => change({ until })} />}
          </Field>
        </div>
      </fieldset>
      <fieldset className="plain-set">
        <legend>{t.form.who}</legend>
        <div className="column">
          <Checkbox checked={mayUse.agents} onChange={(event) => set({ agents: event.target.checked })}>
            {t.form.agents}
          </Checkbox>
          {faults.mayUse === undefined ? null : (
            <p className="field-fault" role="alert">
              {word(t.faults, faults.mayUse)}
            </p>
          )}
          <div className="form-grid">
            <Field label={t.form.teams} hint={t.form.teamsHint} fault={fault('mayUse.teamIds')}>
              {(tie) => (
                <Select
                  {...tie}
                  mode="multiple"
                  className="full-width"
                  disabled={!mayUse.agents}
                  value={mayUse.teamIds}
                  optionFilterProp="label"
                  options={campaign.teams.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={(teamIds) => set({ teamIds })}
                />
              )}
            </Field>
            <Field label={t.form.levels} fault={fault('mayUse.levels')}>
              {(tie) => (
                <Select
                  {...tie}
                  mode="multiple"
                  className="full-width"
                  disabled={!mayUse.agents}
                  value={mayUse.levels}
                  options={levels.map((level) => ({ value: level, label: t.levels[level] }))}
                  onChange={(chosen) => set({ levels: chosen })}
                />
              )}
            </Field>
            <Field label={t.form.column} hint={t.form.columnHint} fault={fault('customers')}>
              {(tie) => (
                <Input
                  {...tie}
                  maxLength={60}
                  value={draft.column}
                  onChange={(event) => change({ column: event.target.value })}
                />
              )}
            </Field>
            <Field label={t.form.values} hint={t.form.valuesHint}>
              {(tie) => (
                <Input {...tie} value={draft.values} onChange={(event) => change({ values: event.target.value })} />
              )}
            </Field>
          </div>
        </div>
      </fieldset>
    </>
  );
}

export function LimitFields({ draft, change, faults }: PartProps) {
  const t = useTexts(offers).form;
  const fault = useFault(faults);
  return (
    <fieldset className="plain-set">
      <legend>{t.limit}</legend>
      <div className="form-grid">
        <NumberField
          label={t.count}
          hint={t.countHint}
          fault={fault('limit')}
          value={draft.count}
          min={0}
          max={1_000_000}
          change={(count) => change({ count })}
        />
        {draft.count === 0 ? null : (
          <>
            <ChoiceField
              label={t.of}
              value={draft.of}
              options={(['agent', 'campaign'] as const).map((value) => ({ value, label: t.ofs[value] }))}
              change={(of) => change({ of })}
            />
            <ChoiceField
              label={t.per}
              value={draft.per}
              options={(['day', 'month', 'ever'] as const).map((value) => ({ value, label: t.pers[value] }))}
              change={(per) => change({ per })}
            />
          </>
        )}
      </div>
    </fieldset>
  );
}

export function ExceptionFields({ draft, change, faults }: PartProps) {
  const t = useTexts(offers).form;
  const fault = useFault(faults);
  const { office } = draft;
  return (
    <fieldset className="plain-set">
      <legend>{t.exceptions}</legend>
      <div className="form-grid">
        <ChoiceField
          label={t.approvers}
          fault={fault('exceptions.approvers')}
          value={draft.chain}
          options={chains.map((value) => ({ value, label: t.approverChains[value] }))}
          change={(chain) => change({ chain })}
        />
        {draft.chain === 'none' ? null : (
          <>
            <NumberField
              label={t.withinHours}
              hint={t.withinHoursHint}
              fault={fault('exceptions.withinHours')}
              value={draft.withinHours}
              min={1}
              max={200}
              change={(withinHours) => change({ withinHours })}
            />
            <Field label={t.officeFrom} fault={fault('exceptions.office')}>
              {(tie) => (
                <TimeField {...tie} value={office.from} change={(from) => change({ office: { ...office, from } })} />
              )}
            </Field>
            <Field label={t.officeTo}>
              {(tie) => <TimeField {...tie} value={office.to} change={(to) => change({ office: { ...office, to } })} />}
            </Field>
            <NumberField
              label={t.holdsDays}
              fault={fault('exceptions.holdsDays')}
              value={draft.holdsDays}
              min={0}
              max={60}
              change={(holdsDays) => change({ holdsDays })}
            />
          </>
        )}
      </div>
    </fieldset>
  );
}
