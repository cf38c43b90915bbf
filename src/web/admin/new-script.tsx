import { useMutation, useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { go } from '../app/router.tsx';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { useAskBeforeClosing } from '../shared/unsaved.ts';
import { useOutcome } from '../shared/feedback.ts';
import { FormDialog } from '../shared/form-dialog.tsx';
import { Field } from '../shared/field.tsx';

/** Name and product; the first draft begins with one empty step and is written on its own page. */
export function NewScript({ close }: { close: () => void }) {
  const t = useTexts(admin).scripts;
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const [name, setName] = useState('');
  const [productId, setProduct] = useState<string | null>(null);
  const products = useQuery({
    queryKey: ['products'],
    queryFn: ({ signal }) => api('GET /api/products', { signal }),
  });
  const leave = useAskBeforeClosing(name.trim() !== '' || productId !== null, close);
  const make = useMutation({
    mutationFn: (id: string) =>
      api('POST /api/scripts', {
        body: {
          productId: id,
          name: name.trim(),
          body: { steps: [{ id: 'step-1', title: { en: '', zh: '' }, text: { en: '', zh: '' } }], mustSay: [] },
        },
      }),
    onSuccess: async (version) => {
      close();
      await done(t.done, 'scripts');
      go(`/scripts/${version.id}`);
    },
    onError: refused,
  });
  return (
    <FormDialog
      title={t.newScript}
      action={c.add}
      ready={name.trim() !== '' && productId !== null}
      busy={make.isPending}
      leave={leave}
      send={() => {
        if (productId !== null) make.mutate(productId);
      }}
    >
      <div className="column">
        <Field label={t.name}>
          {(tie) => <Input {...tie} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t.product}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={productId}
              options={(products.data?.items ?? []).map((product) => ({ value: product.id, label: product.name }))}
              onChange={setProduct}
            />
          )}
        </Field>
      </div>
    </FormDialog>
  );
}
