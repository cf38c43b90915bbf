import { useMutation } from '@tanstack/react-query';
import { Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import type { CaseDetail, CaseStep, Satisfaction } from '../../../contract/cases.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { work } from '../../i18n/work/index.ts';
import { differs, useUnsaved } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { PersonField } from '../../shared/person-field.tsx';
import { nextStep, type StepName, steps, stepsAfter } from './steps.ts';

const answers = ['satisfied', 'fairly-satisfied', 'not-satisfied'] as const;
const causes = ['agent', 'script', 'list', 'product', 'system', 'none'] as const;

type Draft = {
  step: StepName;
  text: string;
  reason: string;
  yes: boolean | null;
  answer: Satisfaction | 'not-reached' | null;
  cause: (typeof causes)[number];
  /** To whom the case is given, or whose fault it was. */
  person: string | undefined;
  department: string;
};

/** The step as the server takes it, or null while something it needs is missing. */
function stepOf({ step, text: raw, reason, yes, answer, cause, person, department }: Draft): CaseStep | null {
  const text = raw.trim();
  if (step === 'assign') return person === undefined ? null : { step, ownerId: person, department: department.trim() };
  if (text === '') return null;
  switch (step) {
    case 'judge':
      return yes === null || reason.trim() === '' ? null : { step, valid: yes, reason: reason.trim(), text };
    case 'cause':
      return { step, cause, responsibleId: person ?? null, text };
    case 'check-correction':
      return yes === null ? null : { step, held: yes, text };
    case 'return-call':
      if (answer === null) return null;
      return { step, agentId: null, satisfaction: answer === 'not-reached' ? null : answer, text };
    default:
      return { step, text };
  }
}

const fresh: Draft = {
  step: 'contact',
  text: '',
  reason: '',
  yes: null,
  answer: null,
  cause: 'agent',
  person: undefined,
  department: '',
};

/** One step of work on a case; the server refuses what does not apply now. */
export function CaseStepForm({ file }: { file: CaseDetail }) {
  const { id } = file;
  const closed = file.state === 'closed';
  const t = useTexts(work).cases;
  const c = useTexts(common);
  const w = useTexts(words).results;
  const { done, refused } = useOutcome();
  const [draft, setDraft] = useState<Draft>(() => ({ ...fresh, step: nextStep(file) }));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const ready = stepOf(draft);
  useUnsaved(differs(draft, { ...fresh, step: draft.step }));
  const save = useMutation({
    mutationFn: (body: CaseStep) => api('POST /api/cases/:id/steps', { params: { id }, body }),
    onSuccess: (after) => {
      setDraft({ ...fresh, step: nextStep(after) });
      return done(t.saved, 'case', 'cases');
    },
    onError: refused,
  });
  const choice = (
    legend: string,
    options: { value: boolean | string; label: string }[],
    field: 'yes' | 'answer' = 'yes',
  ) => (
    <fieldset className="plain-set">
      <legend>{legend}</legend>
      <Radio.Group value={draft[field]} onChange={(event) => change({ [field]: event.target.value })}>
        {options.map(({ value, label }) => (
          <Radio key={label} value={value}>
            {label}
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
  return (
    <Panel title={t.nextStep}>
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) save.mutate(ready);
        }}
      >
        <Field label={t.step}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={draft.step}
              options={(closed ? stepsAfter : steps).map((value) => ({ value, label: t.steps[value] }))}
              onChange={(step) => change({ step, yes: null, answer: null, person: undefined })}
            />
          )}
        </Field>
        {draft.step === 'judge' ? (
          <>
            {choice(t.valid, [
              { value: true, label: t.validYes },
              { value: false, label: t.validNo },
            ])}
            <Field label={t.reason}>
              {(tie) => (
                <Input
                  {...tie}
                  value={draft.reason}
                  maxLength={200}
                  onChange={(event) => change({ reason: event.target.value })}
                />
              )}
            </Field>
          </>
        ) : null}
        {draft.step === 'cause' ? (
          <>
            <Field label={t.cause}>
              {(tie) => (
                <Select
                  {...tie}
                  className="full-width"
                  value={draft.cause}
                  options={causes.map((value) => ({ value, label: t.causes[value] }))}
                  onChange={(cause) => change({ cause })}
                />
              )}
            </Field>
            <PersonField
              label={t.responsible}
              placeholder={t.nobody}
              value={draft.person}
              choose={(person) => change({ person })}
            />
          </>
        ) : null}
        {draft.step === 'assign' ? (
          <>
            <PersonField
              label={t.owner}
              placeholder={t.nobody}
              value={draft.person}
              choose={(person) => change({ person })}
            />
            <Field label={t.department}>
              {(tie) => (
                <Input
                  {...tie}
                  value={draft.department}
                  maxLength={100}
                  onChange={(event) => change({ department: event.target.value })}
                />
              )}
            </Field>
          </>
        ) : null}
        {draft.step === 'check-correction'
          ? choice(t.held, [
              { value: true, label: c.yes },
              { value: false, label: c.no },
            ])
          : null}
        {draft.step === 'return-call'
          ? choice(
              t.satisfied,
              [...answers.map((value) => ({ value, label: w[value] })), { value: 'not-reached', label: t.notReached }],
              'answer',
            )
          : null}
        {draft.step === 'assign' ? null : (
          <Field label={t.text}>
            {(tie) => (
              <Input.TextArea
                {...tie}
                rows={4}
                maxLength={4000}
                value={draft.text}
                onChange={(event) => change({ text: event.target.value })}
              />
            )}
          </Field>
        )}
        <div>
          <Button
            type="primary"
            htmlType="submit"
            disabled={ready === null}
            loading={save.isPending}
            data-testid="save-step"
          >
            {t.save}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
