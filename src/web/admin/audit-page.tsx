import './admin.css';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { address, api } from '../api/client.ts';
import { audit } from '../i18n/audit/index.ts';
import { useFormat, useTexts, word } from '../i18n/locale.tsx';
import { longJobs } from '../i18n/long-jobs/index.ts';
import { daySpan } from '../shared/day-span.ts';
import { useOutcome } from '../shared/feedback.ts';
import { Icon } from '../shared/icons.tsx';
import { JobUnderWay } from '../shared/long-jobs/job-progress.tsx';
import { useLongJobs, useNoticeSoon } from '../shared/long-jobs/queries.ts';
import { Page, Panel } from '../shared/page.tsx';
import { PagedTable } from '../shared/paged-table.tsx';
import { AuditDetails } from './audit-details.tsx';
import { short } from './short-id.ts';
import { AuditFilter, type AuditSearch } from './audit-filter.tsx';

const asked = ({ from, to, ...rest }: AuditSearch) => ({ ...rest, ...daySpan(from, to) });

/** The audit log: searched by what, on what, by whom and when; and a check of its chain. */
export default function AuditPage() {
  const t = useTexts(audit);
  const jobs = useTexts(longJobs);
  const format = useFormat();
  const { refused, done } = useOutcome();
  const [search, setSearch] = useState<AuditSearch>({});
  const { newest } = useLongJobs({ kind: 'audit-check' });
  const { newest: file } = useLongJobs({ kind: 'audit-file' });
  const noticeSoon = useNoticeSoon();
  const verify = useMutation({
    mutationFn: () => api('POST /api/audit/verify', {}),
    onMutate: noticeSoon,
    onSuccess: () => done(null, 'long-jobs'),
    onError: refused,
  });
  const busy = verify.isPending || newest?.state === 'running';
  // Whoever left meanwhile reads here what came of it.
  const verdict = busy ? null : (verify.data ?? newest?.auditCheck ?? null);
  const { columns } = t;
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <>
          <Button icon={<Icon name="download" />} href={address('GET /api/audit/csv', { query: asked(search) })}>
            {t.file}
          </Button>
          <Button loading={busy} onClick={() => verify.mutate()} data-testid="verify-audit">
            {t.verify}
          </Button>
        </>
      }
    >
      <JobUnderWay job={newest} />
      <JobUnderWay job={file} />
      {verdict === null ? null : (
        <p className={`note ${verdict.brokenAt === null ? 'tone-ok' : 'tone-bad'}`} role="status">
          {verdict.brokenAt === null ? t.intact(format.number(verdict.entries)) : t.broken(verdict.brokenAt)}
          {newest?.endedAt ? <span className="small"> · {jobs.at(format.moment(newest.endedAt))}</span> : null}
        </p>
      )}
      <AuditFilter search={search} change={setSearch} />
      <Panel title={t.title} quiet>
        <PagedTable
          name={t.title}
          empty={Object.keys(search).length === 0 ? t.none : t.noneFound}
          queryKey={['audit', search]}
          load={(after, signal) => api('GET /api/audit', { query: { limit: 100, ...asked(search), ...after }, signal })}
          rowKey={(entry) => entry.id}
          columns={[
            { title: columns.at, width: 165, cell: (entry) => format.dateTime(entry.at) },
            { title: columns.actor, width: 110, cell: (entry) => entry.actor?.name ?? t.system },
            { title: columns.action, width: 230, cell: (entry) => word(t.actions, entry.action) },
            {
              title: columns.subject,
              width: 200,
              cell: ({ subjectType, subjectId }) => (
                <Button
                  type="link"
                  size="small"
                  className="in-cell"
                  title={t.onlyThis}
                  onClick={() => setSearch({ subjectType, subjectId })}
                >
                  {word(t.subjects, subjectType)} <span className="muted small">{short(subjectId)}</span>
                </Button>
              ),
            },
            {
              title: columns.detail,
              width: 280,
              cell: (entry) => <AuditDetails detail={entry.detail} />,
            },
          ]}
        />
      </Panel>
    </Page>
  );
}
