/** A plan while it is written: its parts, what it would lay out, and each fault at its field. */
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { Plan } from '../../../contract/plans.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { plans } from '../../i18n/plans/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { differs, useAskBeforeClosing } from '../../shared/unsaved.ts';
import { type Draft, draftOf, emptyDraft, exampleNames, examples, faultsOf, settingsOf } from './draft.ts';
import { OftenFields, WhenFields, WhoFields } from './plan-fields.tsx';
import { PreviewOf } from './plan-preview.tsx';

export function PlanForm(props: { campaign: Campaign; plan: Plan | null; today: string; close: () => void }) {
  const { campaign, plan, today, close } = props;
  const t = useTexts(plans);
  const c = useTexts(common);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const [kept] = useState(() => (plan === null ? emptyDraft(campaign.id, today) : draftOf(plan)));
  const [draft, setDraft] = useState(kept);
  const leave = useAskBeforeClosing(differs(kept, draft), close);
  const preview = useMutation({
    mutationFn: () =>
      api('POST /api/campaigns/:id/plans/preview', {
        params: { id: campaign.id },
        body: { planId: plan?.id ?? null, settings: settingsOf(draft) },
      }),
    onError: refused,
  });
  const save = useMutation({
    mutationFn: () => {
      const body = { name: draft.name, settings: settingsOf(draft) };
      return plan === null
        ? api('POST /api/campaigns/:id/plans', { params: { id: campaign.id }, body })
        : api('PUT /api/plans/:id', { params: { id: plan.id }, body: { ...body, version: plan.version } });
    },
    onSuccess: ({ version }) => {
      close();
      return done(t.saved(format.number(version)), 'plans', 'plan-preview', 'campaign');
    },
    onError: refused,
  });
  const change = (part: Partial<Draft>) => {
    setDraft((known) => ({ ...known, ...part }));
    preview.reset();
    save.reset();
  };
  const faults = faultsOf(save.error ?? preview.error);
  const parts = { campaign, draft, change, faults };
  return (
    <Panel title={plan === null ? t.form.newTitle : t.form.editTitle(plan.name)}>
      <form
        className="column wide-gap"
        data-testid="plan-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {plan === null ? (
          <fieldset className="plain-set">
            <legend>{t.form.examples}</legend>
            <div className="row">
              {exampleNames.map((name) => (
                <Button key={name} onClick={() => change({ ...examples[name], name: t.examples[name] })}>
                  {t.examples[name]}
                </Button>
              ))}
            </div>
          </fieldset>
        ) : null}
        <Field label={t.form.name} fault={faults.name === undefined ? undefined : word(t.faults, faults.name)}>
          {(tie) => (
            <Input
              {...tie}
              maxLength={200}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <WhoFields {...parts} />
        <OftenFields {...parts} />
        <WhenFields {...parts} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-plan">
            {c.save}
          </Button>
          <Button loading={preview.isPending} onClick={() => preview.mutate()} data-testid="preview-plan">
            {t.form.preview}
          </Button>
          <Button onClick={leave}>{c.cancel}</Button>
        </div>
        {preview.data === undefined ? null : (
          <section aria-label={t.preview.draft}>
            <PreviewOf preview={preview.data} />
          </section>
        )}
      </form>
    </Panel>
  );
}
