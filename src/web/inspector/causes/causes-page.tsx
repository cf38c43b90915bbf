import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { CauseRow } from '../../../contract/causes.ts';
import { address, api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { causes } from '../../i18n/causes/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { shell } from '../../i18n/shell/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Field } from '../../shared/field.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { type CauseOf, keyOf, useCauseName } from './cause-name.ts';
import { Meetings } from './meetings.tsx';

/** A case or a judged recording that shows the cause, where the reader may open it. */
function Examples({ examples }: { examples: CauseRow['examples'] }) {
  const t = useTexts(causes);
  const may = useMay();
  return (
    <span className="row">
      {examples.map(({ caseId, inspectionId }, index) => {
        const name = t.example(String(index + 1));
        if (caseId !== null)
          return may('case.read') ? (
            <Link key={caseId} to={`/cases/${caseId}`}>
              {name}
            </Link>
          ) : null;
        return inspectionId !== null && may('inspection.judge') ? (
          <Link key={inspectionId} to={`/inspections/${inspectionId}`}>
            {name}
          </Link>
        ) : null;
      })}
    </span>
  );
}

const splits = ['none', 'team', 'person', 'product', 'script'] as const;
type Split = (typeof splits)[number];

/** What goes wrong again and again, and what was decided about it. */
export default function CausesPage() {
  const t = useTexts(causes);
  const s = useTexts(shell).pages;
  const format = useFormat();
  const may = useMay();
  const name = useCauseName();
  const [period, setPeriod] = useState<'week' | 'month'>('week');
  const [split, setSplit] = useState<Split>('none');
  const [chosen, choose] = useState<CauseOf[]>([]);
  const query = useQuery({
    queryKey: ['causes', period, split],
    queryFn: ({ signal }) => api('GET /api/causes', { query: { period, split, periods: 8 }, signal }),
  });
  const toggle = ({ source, cause, reason }: CauseOf, on: boolean) =>
    choose((known) => {
      const others = known.filter((each) => keyOf(each) !== keyOf({ source, cause, reason }));
      return on ? [...others, { source, cause, reason }] : others;
    });
  return (
    <Page
      title={s.causes}
      intro={t.intro}
      actions={
        <div className="toolbar">
          <Segmented
            aria-label={t.period}
            value={period}
            options={(['week', 'month'] as const).map((value) => ({ value, label: t.periods[value] }))}
            onChange={setPeriod}
          />
          <Field label={t.split}>
            {(tie) => (
              <Select
                {...tie}
                value={split}
                options={splits.map((value) => ({
                  value,
                  label: t.splits[value],
                }))}
                onChange={setSplit}
              />
            )}
          </Field>
          {may('export') ? (
            <Button
              icon={<Icon name="download" />}
              href={address('GET /api/causes/csv', { query: { period, split, periods: 8 } })}
            >
              {t.file}
            </Button>
          ) : null}
        </div>
      }
    >
      <Panel title={t.table} quiet>
        <QueryView query={query}>
          {({ periods, rows }) =>
            rows.length === 0 ? (
              <Empty title={t.none} />
            ) : (
              <DataTable
                rows={rows}
                rowKey={(row) => `${keyOf(row)} ${row.part}`}
                columns={[
                  ...(may('inspection.assign')
                    ? [
                        {
                          title: t.discuss,
                          cell: (row: CauseRow) => (
                            <Checkbox
                              aria-label={`${t.discuss}: ${name(row)}`}
                              checked={chosen.some((each) => keyOf(each) === keyOf(row))}
                              onChange={(event) => toggle(row, event.target.checked)}
                            />
                          ),
                        },
                      ]
                    : []),
                  { title: t.cause, head: true, cell: name },
                  ...(split === 'none' ? [] : [{ title: t.part, cell: (row: CauseRow) => row.part ?? '–' }]),
                  ...periods.map(({ from }, index) => ({
                    title: period === 'month' ? format.month(from) : format.shortDay(from),
                    num: true,
                    cell: (row: CauseRow) => format.number(row.counts[index] ?? 0),
                  })),
                  { title: t.total, num: true, cell: (row) => format.number(row.total) },
                  { title: t.examples, nowrap: true, cell: (row) => <Examples examples={row.examples} /> },
                ]}
              />
            )
          }
        </QueryView>
      </Panel>
      <Meetings chosen={chosen} clear={() => choose([])} />
    </Page>
  );
}
