import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { useFormat, useTexts, word } from '../i18n/locale.tsx';
import { useOutcome } from '../shared/feedback.ts';
import { Field } from '../shared/field.tsx';
import { Page, Panel } from '../shared/page.tsx';
import { PagedTable } from '../shared/paged-table.tsx';

/** The audit log, by action or kind of subject, and a check of its chain. */
export default function AuditPage() {
  const t = useTexts(admin).audit;
  const format = useFormat();
  const { refused } = useOutcome();
  const [action, setAction] = useState('');
  const [subjectType, setSubject] = useState('');
  const verify = useMutation({ mutationFn: () => api('POST /api/audit/verify', {}), onError: refused });
  const { columns } = t;
  const filter = { ...(action === '' ? {} : { action }), ...(subjectType === '' ? {} : { subjectType }) };
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <div className="toolbar">
          <Field label={t.action}>
            {(tie) => (
              <Input {...tie} allowClear value={action} onChange={(event) => setAction(event.target.value.trim())} />
            )}
          </Field>
          <Field label={t.subject}>
            {(tie) => (
              <Input
                {...tie}
                allowClear
                value={subjectType}
                onChange={(event) => setSubject(event.target.value.trim())}
              />
            )}
          </Field>
          <Button loading={verify.isPending} onClick={() => verify.mutate()}>
            {t.verify}
          </Button>
        </div>
      }
    >
      {verify.data ? (
        <p className={`note ${verify.data.brokenAt === null ? 'tone-ok' : 'tone-bad'}`} role="status">
          {verify.data.brokenAt === null
            ? t.intact(format.number(verify.data.entries))
            : t.broken(verify.data.brokenAt)}
        </p>
      ) : null}
      <Panel title={t.title} quiet>
        <PagedTable
          name={t.title}
          empty={t.none}
          queryKey={['audit', action, subjectType]}
          load={(after, signal) => api('GET /api/audit', { query: { limit: 100, ...filter, ...after }, signal })}
          rowKey={(entry) => entry.id}
          columns={[
            { title: columns.at, width: 170, cell: (entry) => format.dateTime(entry.at) },
            { title: columns.actor, width: 140, cell: (entry) => entry.actor?.name ?? t.system },
            { title: columns.action, width: 200, cell: (entry) => word(t.actions, entry.action) },
            { title: columns.subject, width: 130, cell: (entry) => entry.subjectType },
            {
              title: columns.detail,
              width: 400,
              cell: (entry) =>
                Object.keys(entry.detail).length === 0 ? (
                  ''
                ) : (
                  <code className="small">{JSON.stringify(entry.detail)}</code>
                ),
            },
          ]}
        />
      </Panel>
    </Page>
  );
}
