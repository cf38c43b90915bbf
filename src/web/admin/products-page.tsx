import './admin.css';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Product } from '../../contract/organisation.ts';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useFormat, useLocale, useTexts } from '../i18n/locale.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { Badge, Page, Panel } from '../shared/page.tsx';
import { Empty, QueryView } from '../shared/states.tsx';
import { ProductDialog } from './product-dialog.tsx';

/** What is sold, on whose behalf, at which price: what agents read out and inspectors judge by. */
export default function ProductsPage() {
  const t = useTexts(admin).products;
  const c = useTexts(common);
  const format = useFormat();
  const { locale } = useLocale();
  const may = useMay()('organisation.manage');
  const [shown, show] = useState<Product | 'new' | null>(null);
  const query = useQuery({ queryKey: ['products'], queryFn: ({ signal }) => api('GET /api/products', { signal }) });
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        may ? (
          <Button type="primary" onClick={() => show('new')} data-testid="new-product">
            {t.new}
          </Button>
        ) : null
      }
    >
      <Panel title={t.title} quiet>
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.none} hint={t.noneHint} />
            ) : (
              <DataTable
                rows={items}
                rowKey={(product) => product.id}
                columns={[
                  { title: t.name, head: true, cell: (product) => <span className="short-name">{product.name}</span> },
                  { title: t.client, cell: (product) => <span className="short-name">{product.clientName}</span> },
                  { title: t.line, cell: (product) => product.line },
                  { title: t.tariff, cell: (product) => product.tariffText },
                  {
                    title: t.trial,
                    cell: (product) =>
                      product.trialDays > 0 ? (
                        <Badge tone="info">{t.trialDays(format.number(product.trialDays))}</Badge>
                      ) : (
                        t.noTrial
                      ),
                  },
                  {
                    title: t.options,
                    cell: (product) =>
                      product.options.map(({ label }) => label[locale]).join(locale === 'zh' ? '、' : ', '),
                  },
                  ...(may
                    ? [
                        {
                          title: c.actions,
                          num: true,
                          cell: (product: Product) => (
                            <Button
                              size="small"
                              aria-label={`${c.change}: ${product.name}`}
                              onClick={() => show(product)}
                            >
                              {c.change}
                            </Button>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            )
          }
        </QueryView>
      </Panel>
      {shown ? <ProductDialog product={shown === 'new' ? null : shown} close={() => show(null)} /> : null}
    </Page>
  );
}
