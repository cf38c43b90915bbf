/** Thresholds and strategies of the four classes; saving makes a new version. */
import { useMutation } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { CustomerValues, ValueSettings } from '../../../contract/customer-values.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { customers } from '../../i18n/customers/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field, NumberField } from '../../shared/field.tsx';
import { focusFirstField } from '../../shared/first-field.ts';
import { useFocusBack } from '../../shared/focus-back.ts';
import { differs, useAskBeforeClosing } from '../../shared/unsaved.ts';
import { levels, measures, unit, valueClasses } from './value-steps.ts';

type Part = Partial<ValueSettings>;

export function ValueForm({ clientId, kept, close }: { clientId: string; kept: CustomerValues; close: () => void }) {
  useFocusBack();
  const t = useTexts(customers).value;
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const [draft, setDraft] = useState(kept.settings);
  const set = (part: Part) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: () => {
      const body = { version: kept.version, settings: draft };
      return api('PUT /api/clients/:id/values/settings', { params: { id: clientId }, body });
    },
    onSuccess: ({ version }) => {
      close();
      return done(t.saved(String(version)), 'customer-values', 'value-customers');
    },
    onError: refused,
  });
  const rising = [draft.points, ...measures.map((measure) => draft.measures[measure])].every(
    ({ middle, high }) => middle < high,
  );
  const leave = useAskBeforeClosing(!save.isPending && differs(draft, kept.settings), close);
  return (
    <Modal
      title={t.change}
      open
      width={760}
      afterOpenChange={focusFirstField}
      okText={c.save}
      cancelText={c.cancel}
      okButtonProps={{ disabled: !rising || !differs(draft, kept.settings), loading: save.isPending }}
      onCancel={leave}
      onOk={() => save.mutate()}
    >
      <div className="column">
        {measures.map((measure) => (
          <div key={measure} className="row">
            {levels.map((level) => (
              <NumberField
                key={level}
                label={t.from(t.measures[measure], t.points[level])}
                value={draft.measures[measure][level] / unit[measure]}
                min={0}
                max={10_000_000}
                change={(value) => {
                  const steps = { ...draft.measures[measure], [level]: Math.round(value * unit[measure]) };
                  set({ measures: { ...draft.measures, [measure]: steps } });
                }}
              />
            ))}
          </div>
        ))}
        <div className="row">
          {levels.map((level) => (
            <NumberField
              key={level}
              label={t.pointsFor(t.classes[level])}
              value={draft.points[level]}
              min={1}
              max={8}
              change={(value) => set({ points: { ...draft.points, [level]: value } })}
            />
          ))}
          <NumberField
            label={t.groupServices}
            value={draft.groupServices}
            min={2}
            max={9_999}
            change={(groupServices) => set({ groupServices })}
          />
        </div>
        <div className="row">
          <NumberField
            label={t.times}
            value={draft.change.times}
            min={1.1}
            max={100}
            step={0.1}
            change={(times) => set({ change: { ...draft.change, times } })}
          />
          <NumberField
            label={t.part}
            value={draft.change.part}
            min={0.01}
            max={0.9}
            step={0.01}
            change={(part) => set({ change: { ...draft.change, part } })}
          />
        </div>
        {rising ? null : <p className="field-fault">{t.mustRise}</p>}
        {valueClasses.map((of) => (
          <Field key={of} label={t.strategyFor(t.classes[of])}>
            {(tie) => (
              <Input.TextArea
                {...tie}
                rows={2}
                maxLength={2_000}
                value={draft.strategies[of]}
                onChange={(event) => set({ strategies: { ...draft.strategies, [of]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
    </Modal>
  );
}
