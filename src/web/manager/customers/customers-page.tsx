import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { customers } from '../../i18n/customers/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { shell } from '../../i18n/shell/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { BringMonth } from './bring-month.tsx';
import { MonthsTable } from './customer-months.tsx';
import { MonthTables } from './month-tables.tsx';
import { Values } from './values.tsx';

/** One customer by the number: asked in the body, never in an address. */
function Search({ clientId }: { clientId: string }) {
  const t = useTexts(customers);
  const { refused } = useOutcome();
  const [number, setNumber] = useState('');
  const search = useMutation({
    mutationFn: () => api('POST /api/clients/:id/customers/search', { params: { id: clientId }, body: { number } }),
    onError: refused,
  });
  const [found] = search.data?.items ?? [];
  return (
    <Panel title={t.search}>
      <form
        className="upload-row"
        onSubmit={(event) => {
          event.preventDefault();
          search.mutate();
        }}
      >
        <Field label={t.number}>
          {(tie) => (
            <Input {...tie} value={number} maxLength={40} onChange={(event) => setNumber(event.target.value)} />
          )}
        </Field>
        <Button htmlType="submit" disabled={number.trim() === ''} loading={search.isPending}>
          {t.searchAction}
        </Button>
      </form>
      {search.data === undefined ? null : found === undefined ? (
        <p role="status">{t.notFound}</p>
      ) : (
        <>
          <p role="status">{t.customer(found.numberMasked)}</p>
          <MonthsTable customer={found} />
        </>
      )}
    </Panel>
  );
}

function OfClient({ clientId }: { clientId: string }) {
  const t = useTexts(customers);
  const may = useMay();
  const query = useQuery({
    queryKey: ['customer-months', clientId],
    queryFn: ({ signal }) => api('GET /api/clients/:id/customer-months', { params: { id: clientId }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((table) => table.state === 'importing') ? 1500 : 30_000),
  });
  return (
    <QueryView query={query}>
      {({ months, items }) => (
        <>
          {may('list.import') ? <BringMonth clientId={clientId} months={months} /> : null}
          <Panel title={t.tables}>
            <MonthTables clientId={clientId} items={items} />
          </Panel>
          <Values clientId={clientId} />
          <Search clientId={clientId} />
        </>
      )}
    </QueryView>
  );
}

/** What the clients for whom one calls tell of their customers. */
export default function CustomersPage() {
  const t = useTexts(customers);
  const s = useTexts(shell);
  const [chosen, choose] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['customer-clients'],
    queryFn: ({ signal }) => api('GET /api/customer-clients', { signal }),
  });
  return (
    <Page title={s.pages.customers} intro={t.intro}>
      <QueryView query={query}>
        {({ items }) => {
          const clientId = chosen ?? items[0]?.id;
          if (clientId === undefined) return <Empty title={t.noClients} hint={t.noClientsHint} />;
          return (
            <div className="column">
              {items.length > 1 ? (
                <Field label={t.client}>
                  {(tie) => (
                    <Select
                      {...tie}
                      value={clientId}
                      onChange={choose}
                      options={items.map(({ id, name }) => ({ value: id, label: name }))}
                    />
                  )}
                </Field>
              ) : null}
              <OfClient key={clientId} clientId={clientId} />
            </div>
          );
        }}
      </QueryView>
    </Page>
  );
}
