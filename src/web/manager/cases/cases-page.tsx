import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import type { PageProps } from '../../app/pages.ts';
import { Link } from '../../app/router.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { QueryTable } from '../../shared/query-table.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { CaseFlags } from './case-flags.tsx';
import { CasePage } from './case-page.tsx';
import { NewCase } from './new-case.tsx';

function Cases() {
  const t = useTexts(work).cases;
  const format = useFormat();
  const may = useMay();
  const [overdue, setOverdue] = useState(false);
  const [making, make] = useState(false);
  const query = useQuery({
    queryKey: ['cases', overdue],
    queryFn: ({ signal }) => api('GET /api/cases', { query: { limit: 200, ...(overdue ? { overdue } : {}) }, signal }),
  });
  const { columns } = t;
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <>
          <Checkbox checked={overdue} onChange={(event) => setOverdue(event.target.checked)}>
            {t.overdueOnly}
          </Checkbox>
          {may('case.file') ? (
            <Button type="primary" onClick={() => make(true)} data-testid="new-case">
              {t.new}
            </Button>
          ) : null}
        </>
      }
    >
      {making ? <NewCase close={() => make(false)} /> : null}
      <Panel title={t.title} quiet>
        <QueryTable
          query={query}
          none={t.none}
          rowKey={(file) => file.id}
          columns={[
            {
              title: columns.number,
              head: true,
              cell: (file) => <Link to={`/cases/${file.id}`}>{file.number}</Link>,
            },
            { title: columns.kind, cell: (file) => t.kinds[file.kind] },
            {
              title: columns.state,
              cell: (file) => (
                <span className="row">
                  <Badge tone={file.state === 'closed' ? 'ok' : 'info'}>{t.states[file.state]}</Badge>
                  <CaseFlags file={file} />
                </span>
              ),
            },
            { title: columns.words, cell: (file) => <span className="clamp">{file.words}</span> },
            { title: columns.department, cell: (file) => file.department },
            { title: columns.opened, cell: (file) => format.moment(file.openedAt) },
            {
              title: columns.deadline,
              cell: (file) => (file.deadlineAt === null ? '' : format.moment(file.deadlineAt)),
            },
          ]}
        />
      </Panel>
    </Page>
  );
}

export default function CasesPage({ id }: PageProps) {
  return id === '' ? <Cases /> : <CasePage id={id} />;
}
