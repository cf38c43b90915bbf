import { useMutation } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import type { ScriptBody } from '../../contract/scripts.ts';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import type { Edited } from '../shared/unsaved.ts';
import { useOutcome } from '../shared/feedback.ts';
import { Panel } from '../shared/page.tsx';

type Spoken = { en: string; zh: string };
const kinds = [
  'tariff',
  'trial-end',
  'how-to-ask',
  'how-to-cancel',
  'how-to-use',
  'function',
  'identity',
  'consent',
  'recording',
  'other',
] as const;
const languages = ['zh', 'en'] as const;

/** A text in both languages, one under the other. */
function SpokenInput(props: { label: string; value: Spoken; rows: number; change: (value: Spoken) => void }) {
  const t = useTexts(admin).scripts.languageOfText;
  return (
    <div className="column tight">
      {languages.map((language) => (
        <Input.TextArea
          key={language}
          aria-label={`${props.label}, ${t[language]}`}
          placeholder={`${props.label} (${t[language]})`}
          lang={language === 'zh' ? 'zh-CN' : 'en'}
          autoSize={{ minRows: props.rows, maxRows: 8 }}
          maxLength={4000}
          value={props.value[language]}
          onChange={(event) => props.change({ ...props.value, [language]: event.target.value })}
        />
      ))}
    </div>
  );
}

/** The first id of a kind that is free: step-1, step-2 … */
function freeId(prefix: string, taken: readonly { id: string }[]): string {
  for (let n = taken.length + 1; ; n++) if (!taken.some(({ id }) => id === `${prefix}-${n}`)) return `${prefix}-${n}`;
}

/** Writes a draft: steps, and what must be said in them. */
export function ScriptEditor({ id, edited }: { id: string; edited: Edited<ScriptBody> }) {
  const t = useTexts(admin).scripts;
  const c = useTexts(common);
  const w = useTexts(words).mustSay;
  const { done, refused } = useOutcome();
  const { draft: body, setDraft: setBody, taken } = edited;
  const { steps, mustSay } = body;
  const setSteps = (next: ScriptBody['steps']) => setBody((known) => ({ ...known, steps: next }));
  const setItems = (next: ScriptBody['mustSay']) => setBody((known) => ({ ...known, mustSay: next }));
  const save = useMutation({
    mutationFn: () => api('PUT /api/script-versions/:id', { params: { id }, body: { body } }),
    onSuccess: () => {
      taken(body);
      return done(c.saved, 'script-version');
    },
    onError: refused,
  });
  const empty = { en: '', zh: '' };
  return (
    <div className="column">
      <div className="grid two">
        <Panel
          title={t.steps}
          extra={
            <Button onClick={() => setSteps([...steps, { id: freeId('step', steps), title: empty, text: empty }])}>
              {t.addStep}
            </Button>
          }
        >
          <ol className="line-list">
            {steps.map((step, index) => (
              <li key={step.id} className="column tight">
                <SpokenInput
                  label={t.stepTitle}
                  rows={1}
                  value={step.title}
                  change={(title) => setSteps(steps.with(index, { ...step, title }))}
                />
                <SpokenInput
                  label={t.stepText}
                  rows={2}
                  value={step.text}
                  change={(text) => setSteps(steps.with(index, { ...step, text }))}
                />
                <div>
                  <Button
                    size="small"
                    disabled={steps.length === 1}
                    onClick={() => setSteps(steps.toSpliced(index, 1))}
                  >
                    {c.remove}
                  </Button>
                </div>
              </li>
            ))}
          </ol>
        </Panel>
        <Panel
          title={t.mustSay}
          extra={
            <Button
              onClick={() =>
                setItems([...mustSay, { id: freeId('say', mustSay), kind: 'other', text: empty, step: null }])
              }
            >
              {t.addItem}
            </Button>
          }
        >
          <ul className="line-list">
            {mustSay.map((item, index) => (
              <li key={item.id} className="column tight">
                <div className="row">
                  <Select
                    aria-label={t.kind}
                    className="wide-select"
                    value={item.kind}
                    options={kinds.map((value) => ({ value, label: w[value] }))}
                    onChange={(kind) => setItems(mustSay.with(index, { ...item, kind }))}
                  />
                  <Select
                    aria-label={t.atStep}
                    className="wide-select"
                    value={item.step ?? ''}
                    options={[
                      { value: '', label: t.anywhere },
                      ...steps.map((step) => ({ value: step.id, label: step.title.zh || step.title.en || step.id })),
                    ]}
                    onChange={(step) => setItems(mustSay.with(index, { ...item, step: step === '' ? null : step }))}
                  />
                  <Button size="small" onClick={() => setItems(mustSay.toSpliced(index, 1))}>
                    {c.remove}
                  </Button>
                </div>
                <SpokenInput
                  label={t.stepText}
                  rows={1}
                  value={item.text}
                  change={(text) => setItems(mustSay.with(index, { ...item, text }))}
                />
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <div>
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
          {c.save}
        </Button>
      </div>
    </div>
  );
}
