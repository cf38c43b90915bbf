import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import type { PageProps } from '../../app/pages.ts';
import { Link } from '../../app/router.tsx';
import { calibrations } from '../../i18n/calibrations/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { CalibrationDetail } from './calibration-detail.tsx';
import { NewCalibration } from './new-calibration.tsx';

function Sessions() {
  const t = useTexts(calibrations);
  const format = useFormat();
  const may = useMay();
  const [opening, open] = useState(false);
  const query = useQuery({
    queryKey: ['calibrations'],
    queryFn: ({ signal }) => api('GET /api/calibrations', { signal }),
  });
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        may('inspection.assign') ? (
          <Button type="primary" onClick={() => open(true)} data-testid="new-calibration">
            {t.open}
          </Button>
        ) : null
      }
    >
      <QueryView query={query}>
        {({ items, people }) => (
          <Panel title={t.title} quiet>
            {opening ? <NewCalibration close={() => open(false)} people={people} /> : null}
            {items.length === 0 ? (
              <Empty title={t.none} hint={t.noneHint} />
            ) : (
              <DataTable
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  {
                    title: t.name,
                    head: true,
                    cell: (row) => <Link to={`/calibrations/${row.id}`}>{row.name}</Link>,
                  },
                  { title: t.expert, cell: (row) => row.expert.name },
                  { title: t.judges, cell: (row) => format.list(row.judges.map(({ name }) => name)) },
                  { title: t.recordings, num: true, cell: (row) => format.number(row.recordings) },
                  {
                    title: t.done,
                    num: true,
                    cell: (row) => `${format.number(row.done)} / ${format.number(row.asked)}`,
                  },
                  {
                    title: t.deadline,
                    cell: (row) => (row.closedAt === null ? format.dateTime(row.deadlineAt) : t.closed),
                  },
                ]}
              />
            )}
          </Panel>
        )}
      </QueryView>
    </Page>
  );
}

/** Sessions in which people and an expert judge the same recordings, each alone. */
export default function CalibrationPage({ id }: PageProps) {
  return id === '' ? <Sessions /> : <CalibrationDetail id={id} />;
}
