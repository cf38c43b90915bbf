import { useMutation, useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMe } from '../../app/me.tsx';
import { go } from '../../app/router.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { useAskBeforeClosing } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { FormDialog } from '../../shared/form-dialog.tsx';
import { Field } from '../../shared/field.tsx';

/** A draft needs a name and a product; the rest is asked on its own page, where the checks say what is missing. */
export function NewCampaign({ close }: { close: () => void }) {
  const t = useTexts(campaigns);
  const me = useMe();
  const { done, refused } = useOutcome();
  const [name, setName] = useState('');
  const [productId, setProduct] = useState<string | null>(null);
  const [centreId, setCentre] = useState<string | null>(me.centre?.id ?? null);
  const products = useQuery({
    queryKey: ['products'],
    queryFn: ({ signal }) => api('GET /api/products', { signal }),
  });
  const centres = useQuery({
    queryKey: ['centres'],
    queryFn: ({ signal }) => api('GET /api/centres', { signal }),
  });
  const centre = centreId ?? centres.data?.items[0]?.id ?? null;
  const leave = useAskBeforeClosing(name.trim() !== '' || productId !== null, close);
  const create = useMutation({
    mutationFn: (body: { centreId: string; productId: string; name: string }) => api('POST /api/campaigns', { body }),
    onSuccess: async (made) => {
      close();
      await done(t.setup.created, 'campaigns');
      go(`/campaigns/${made.id}`);
    },
    onError: refused,
  });
  return (
    <FormDialog
      title={t.new}
      action={t.setup.create}
      ready={name.trim() !== '' && productId !== null && centre !== null}
      busy={create.isPending}
      leave={leave}
      send={() => {
        if (productId !== null && centre !== null) create.mutate({ centreId: centre, productId, name: name.trim() });
      }}
    >
      <div className="column">
        <Field label={t.setup.name}>
          {(tie) => <Input {...tie} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t.setup.product}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={productId}
              loading={products.isPending}
              options={(products.data?.items ?? []).map((item) => ({
                value: item.id,
                label: `${item.name} · ${item.clientName}`,
              }))}
              onChange={setProduct}
            />
          )}
        </Field>
        <Field label={t.setup.centre}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={centre}
              options={(centres.data?.items ?? []).map((item) => ({ value: item.id, label: item.name }))}
              onChange={setCentre}
            />
          )}
        </Field>
      </div>
    </FormDialog>
  );
}
