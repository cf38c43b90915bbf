import { useQuery } from '@tanstack/react-query';
import type { FormVersionHead } from '../../../contract/forms.ts';
import { api } from '../../api/client.ts';
import { Link } from '../../app/router.tsx';
import { forms } from '../../i18n/forms/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Badge, Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { kinds } from './draft.ts';

/** Every kind of form with the version in force and the draft there may be. */
export function FormList() {
  const t = useTexts(forms);
  const format = useFormat();
  const query = useQuery({
    queryKey: ['form-versions'],
    queryFn: ({ signal }) => api('GET /api/form-versions', { signal }),
  });
  const since = ({ publishedAt, publishedBy }: FormVersionHead) =>
    publishedBy === null || publishedAt === null
      ? t.comesWith
      : t.publishedBy(publishedBy, format.dateTime(publishedAt));
  return (
    <Panel title={t.forms}>
      <QueryView query={query}>
        {({ items }) => {
          const rows = kinds.map((kind) => {
            const versions = items.filter(({ formId }) => formId === kind);
            return {
              kind,
              inForce: versions.find(({ state }) => state === 'published'),
              draft: versions.find(({ state }) => state === 'draft'),
            };
          });
          return (
            <DataTable
              rows={rows}
              rowKey={({ kind }) => kind}
              columns={[
                {
                  title: t.columns.form,
                  head: true,
                  cell: ({ kind }) => <Link to={`/forms/${kind}`}>{t.names[kind]}</Link>,
                },
                {
                  title: t.columns.inForce,
                  cell: ({ inForce }) => (inForce ? t.version(format.number(inForce.version)) : t.none),
                },
                {
                  title: t.columns.since,
                  cell: ({ inForce }) => <span className="muted small">{inForce ? since(inForce) : ''}</span>,
                },
                {
                  title: t.columns.draft,
                  cell: ({ draft }) =>
                    draft ? (
                      <Badge tone="warn">{t.version(format.number(draft.version))}</Badge>
                    ) : (
                      <span className="muted">{t.noDraft}</span>
                    ),
                },
              ]}
            />
          );
        }}
      </QueryView>
    </Panel>
  );
}
