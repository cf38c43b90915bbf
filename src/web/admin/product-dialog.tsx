import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { Product } from '../../contract/organisation.ts';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { differs, useAskBeforeClosing } from '../shared/unsaved.ts';
import { useOutcome } from '../shared/feedback.ts';
import { FormDialog } from '../shared/form-dialog.tsx';
import { Field, NumberField } from '../shared/field.tsx';

type Option = Product['options'][number];

function Options({ options, change }: { options: Option[]; change: (options: Option[]) => void }) {
  const t = useTexts(admin).products;
  const c = useTexts(common);
  const set = (index: number, part: Partial<Option>) =>
    change(options.map((known, at) => (at === index ? { ...known, ...part } : known)));
  return (
    <fieldset className="plain-set">
      <legend>{t.options}</legend>
      <div className="column tight">
        {options.map((option, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity before it is saved.
            key={index}
            className="option-row"
          >
            <Input
              aria-label={t.code}
              placeholder={t.code}
              value={option.code}
              maxLength={50}
              onChange={(event) => set(index, { code: event.target.value.trim() })}
            />
            <Input
              aria-label={t.labelIn.en}
              placeholder={t.labelIn.en}
              value={option.label.en}
              onChange={(event) => set(index, { label: { ...option.label, en: event.target.value } })}
            />
            <Input
              aria-label={t.labelIn.zh}
              placeholder={t.labelIn.zh}
              value={option.label.zh}
              onChange={(event) => set(index, { label: { ...option.label, zh: event.target.value } })}
            />
            <Button onClick={() => change(options.toSpliced(index, 1))}>{c.remove}</Button>
          </div>
        ))}
        <div>
          <Button onClick={() => change([...options, { code: '', label: { en: '', zh: '' } }])}>{t.addOption}</Button>
        </div>
      </div>
    </fieldset>
  );
}

/** Makes a product, or changes one. Whose product it is stays as it was made. */
export function ProductDialog({ product, close }: { product: Product | null; close: () => void }) {
  const t = useTexts(admin).products;
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const [kept] = useState(() => ({
    clientId: product?.clientId ?? null,
    name: product?.name ?? '',
    line: product?.line ?? '',
    tariffText: product?.tariffText ?? '',
    trialDays: product?.trialDays ?? 0,
    options: product?.options ?? [],
  }));
  const [draft, setDraft] = useState(kept);
  const { clientId, name, line, tariffText, trialDays, options } = draft;
  const change = (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part }));
  const leave = useAskBeforeClosing(differs(draft, kept), close);
  const clients = useQuery({ queryKey: ['clients'], queryFn: ({ signal }) => api('GET /api/clients', { signal }) });
  const save = useMutation({
    mutationFn: async (owner: string) => {
      const body = {
        name: name.trim(),
        line: line.trim(),
        tariffText: tariffText.trim(),
        trialDays,
        options: options.filter(({ code }) => code !== ''),
      };
      if (product) await api('PATCH /api/products/:id', { params: { id: product.id }, body });
      else await api('POST /api/products', { body: { ...body, clientId: owner } });
    },
    onSuccess: () => {
      close();
      return done(t.saved, 'products');
    },
    onError: refused,
  });
  const ready = clientId !== null && name.trim() !== '' && tariffText.trim() !== '';
  return (
    <FormDialog
      title={product ? t.edit(product.name) : t.new}
      action={c.save}
      width={640}
      ready={ready}
      busy={save.isPending}
      leave={leave}
      send={() => {
        if (clientId !== null) save.mutate(clientId);
      }}
    >
      <div className="column">
        <Field label={t.client}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={clientId}
              disabled={product !== null}
              options={(clients.data?.items ?? []).map((client) => ({ value: client.id, label: client.name }))}
              onChange={(chosen) => change({ clientId: chosen })}
            />
          )}
        </Field>
        <Field label={t.name}>
          {(tie) => (
            <Input {...tie} value={name} maxLength={200} onChange={(event) => change({ name: event.target.value })} />
          )}
        </Field>
        <Field label={t.line} hint={t.lineHint}>
          {(tie) => (
            <Input {...tie} value={line} maxLength={100} onChange={(event) => change({ line: event.target.value })} />
          )}
        </Field>
        <Field label={t.tariff} hint={t.tariffHint}>
          {(tie) => (
            <Input.TextArea
              {...tie}
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={4000}
              value={tariffText}
              onChange={(event) => change({ tariffText: event.target.value })}
            />
          )}
        </Field>
        <NumberField
          label={t.trial}
          hint={t.trialHint}
          value={trialDays}
          min={0}
          max={365}
          suffix={t.days}
          change={(days) => change({ trialDays: days })}
        />
        <Options options={options} change={(next) => change({ options: next })} />
      </div>
    </FormDialog>
  );
}
