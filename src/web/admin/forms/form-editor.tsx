import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { FormBody, FormVersion } from '../../../contract/forms.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { forms } from '../../i18n/forms/index.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { useUnsaved } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field, NumberField } from '../../shared/field.tsx';
import { Badge, Panel } from '../../shared/page.tsx';
import { CheckEditor } from './check-editor.tsx';
import { bodyOf, type Criterion, decidesSales, movedBy, newCheck, newCriterion, publishedKeys } from './draft.ts';
import { BothLanguages, CodeInput, PlaceButtons } from './editor-parts.tsx';

type Props = { version: FormVersion; before: FormBody; dirty: boolean; setDirty: (dirty: boolean) => void };

/** Writes a draft. The four criteria of a sale stay as they are; their checks, words and reasons do not. */
export function FormEditor({ version, before, dirty, setDirty }: Props) {
  const t = useTexts(forms);
  const c = useTexts(common);
  const format = useFormat();
  const { locale } = useLocale();
  const { done, refused } = useOutcome();
  const [body, setBody] = useState(() => bodyOf(version));
  const [note, setNote] = useState(version.note);
  useUnsaved(dirty);
  const keys = publishedKeys(before);
  const sale = decidesSales(version.formId);
  const theFour = version.formId === 'valid-marketing';
  const write = (next: FormBody) => {
    setBody(next);
    setDirty(true);
  };
  const setCriteria = (criteria: Criterion[]) => write({ ...body, criteria });
  const save = useMutation({
    mutationFn: () =>
      api('PUT /api/form-drafts/:id', {
        params: { id: version.formId },
        body: { revision: version.revision, note: note.trim(), body },
      }),
    onSuccess: () => {
      setDirty(false);
      return done(t.saved, 'form-versions', 'form-version', 'form-changes');
    },
    onError: refused,
  });
  const points = body.criteria.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <div className="column">
      <Panel
        title={t.titleOfForm}
        extra={sale ? null : <Badge tone="info">{t.totalPoints(format.number(points))}</Badge>}
      >
        <div className="column tight">
          <BothLanguages label={t.titleOfForm} value={body.title} change={(title) => write({ ...body, title })} />
          <Field label={t.note} hint={t.noteHint}>
            {(tie) => (
              <Input.TextArea
                {...tie}
                autoSize={{ minRows: 1, maxRows: 4 }}
                maxLength={1000}
                value={note}
                onChange={(event) => {
                  setNote(event.target.value);
                  setDirty(true);
                }}
              />
            )}
          </Field>
        </div>
      </Panel>
      {body.criteria.map((criterion, index) => {
        const set = (next: Criterion) => setCriteria(body.criteria.with(index, next));
        const name = criterion.title[locale] || criterion.id;
        const fixed = keys.has(criterion.id);
        const setChecks = (checks: Criterion['checks']) => set({ ...criterion, checks });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the code is being written while the criterion is new.
          <Panel key={index} title={name} extra={criterion.fatal ? <Badge tone="bad">{t.fatal}</Badge> : null}>
            <div className="column tight">
              <div className="row spread">
                <CodeInput
                  label={t.criterion}
                  value={criterion.id}
                  fixed={fixed}
                  change={(id) => set({ ...criterion, id })}
                />
                {theFour ? null : (
                  <PlaceButtons
                    name={name}
                    first={index === 0}
                    last={index === body.criteria.length - 1}
                    move={(by) => setCriteria(movedBy(body.criteria, index, by))}
                    remove={fixed ? null : () => setCriteria(body.criteria.toSpliced(index, 1))}
                    retired={criterion.checks.every(({ retired }) => retired)}
                    retire={(retired) => setChecks(criterion.checks.map((check) => ({ ...check, retired })))}
                  />
                )}
              </div>
              <BothLanguages
                label={t.criterion}
                value={criterion.title}
                change={(title) => set({ ...criterion, title })}
              />
              {sale ? null : (
                <NumberField
                  label={t.points}
                  value={criterion.weight}
                  min={0}
                  max={100}
                  change={(weight) => set({ ...criterion, weight })}
                />
              )}
              <ul className="plain-list column tight">
                {criterion.checks.map((check, at) => (
                  <CheckEditor
                    // biome-ignore lint/suspicious/noArrayIndexKey: the code is being written while the check is new.
                    key={at}
                    check={check}
                    keys={keys}
                    first={at === 0}
                    last={at === criterion.checks.length - 1}
                    change={(next) => setChecks(criterion.checks.with(at, next))}
                    move={(by) => setChecks(movedBy(criterion.checks, at, by))}
                    remove={() => setChecks(criterion.checks.toSpliced(at, 1))}
                  />
                ))}
              </ul>
              <div>
                <Button
                  onClick={() => setChecks([...criterion.checks, newCheck(body)])}
                  data-testid={`add-check-${criterion.id}`}
                >
                  {t.addCheck}
                </Button>
              </div>
            </div>
          </Panel>
        );
      })}
      <div className="row form-save">
        {theFour ? null : (
          <Button onClick={() => setCriteria([...body.criteria, newCriterion(body, sale)])}>{t.addCriterion}</Button>
        )}
        <Button
          type="primary"
          disabled={!dirty}
          loading={save.isPending}
          onClick={() => save.mutate()}
          data-testid="save-form"
        >
          {c.save}
        </Button>
        {dirty ? <span className="muted small">{t.unsaved}</span> : null}
      </div>
    </div>
  );
}
