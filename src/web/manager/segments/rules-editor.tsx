/** Rules while they are written: types in order, tried on a client's customers before they are kept as a version. */
import { useMutation } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Segments } from '../../../contract/segments.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field, NumberField } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { differs, useAskBeforeClosing } from '../../shared/unsaved.ts';
import { faultsOf, moved, newType } from './draft.ts';
import { PreviewOf } from './preview.tsx';
import { TypeEditor } from './type-editor.tsx';

const mostTypes = 30;

export function RulesEditor(props: { kept: Segments; clientId: string | null; close: () => void }) {
  const { kept, close } = props;
  const t = useTexts(segments);
  const c = useTexts(common);
  const format = useFormat();
  const { done, refused } = useOutcome();
  // Whoever saves meanwhile makes another version: this one then is refused, not mixed.
  const [{ version, rules: begun }] = useState(kept);
  const [rules, setRules] = useState(begun);
  const [clientId, setClient] = useState(props.clientId);
  const leave = useAskBeforeClosing(differs(begun, rules), close);
  const preview = useMutation({
    mutationFn: async () => {
      const body = { clientId: clientId ?? '', rules };
      return { rules, preview: await api('POST /api/segments/preview', { body }) };
    },
    onError: refused,
  });
  const save = useMutation({
    mutationFn: () => api('PUT /api/segments', { body: { version, rules } }),
    onSuccess: (now) => {
      close();
      return done(t.form.saved(format.number(now.version)), 'segments', 'segment-versions');
    },
    onError: refused,
  });
  const change = (next: typeof rules) => {
    setRules(next);
    preview.reset();
    save.reset();
  };
  const faults = faultsOf(save.error ?? preview.error);
  const { types } = rules;
  const setTypes = (next: typeof types) => change({ ...rules, types: next });
  return (
    <form
      className="column wide-gap"
      data-testid="segment-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Panel title={t.form.title}>
        <div className="column">
          <p className="muted">{t.form.hint}</p>
          <div className="form-grid">
            <NumberField
              label={t.form.restMonths}
              hint={t.form.restHint}
              value={rules.restMonths}
              min={0}
              max={24}
              change={(restMonths) => change({ ...rules, restMonths })}
            />
            <Field label={t.form.previewFor}>
              {(tie) => (
                <Select
                  {...tie}
                  className="full-width"
                  value={clientId}
                  options={kept.clients.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={setClient}
                />
              )}
            </Field>
          </div>
        </div>
      </Panel>
      {types.map((type, place) => (
        <TypeEditor
          key={type.key}
          {...{ type, place, last: place === types.length - 1, faults: faults.get(place) ?? [] }}
          change={(next) => setTypes(types.with(place, next))}
          move={(by) => setTypes(moved(types, place, by))}
          remove={() => setTypes(types.toSpliced(place, 1))}
        />
      ))}
      <div className="row">
        <Button
          disabled={types.length >= mostTypes}
          data-testid="add-segment-type"
          onClick={() =>
            setTypes([
              ...types,
              newType(
                rules,
                begun.types.map(({ key }) => key),
              ),
            ])
          }
        >
          {t.form.addType}
        </Button>
      </div>
      {preview.data === undefined ? null : <PreviewOf {...preview.data} />}
      <div className="row form-save">
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={types.length === 0}
          data-testid="save-segments"
        >
          {t.form.save}
        </Button>
        <Button
          loading={preview.isPending}
          disabled={clientId === null || types.length === 0}
          onClick={() => preview.mutate()}
          data-testid="preview-segments"
        >
          {t.form.preview}
        </Button>
        <Button onClick={leave}>{c.cancel}</Button>
      </div>
    </form>
  );
}
