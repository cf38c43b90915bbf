import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { PacingRecord } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { pacing } from '../../i18n/pacing/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Field, NumberField } from '../../shared/field.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { type Foretold, sumOfRows, usualRange, verdictOf } from './usual-range.ts';

type Row = Foretold & { name: string };

const tones = { few: 'muted', fits: 'note tone-ok', more: 'note tone-warn', fewer: 'note tone-warn' } as const;

function Calibration({ record }: { record: PacingRecord }) {
  const t = useTexts(pacing);
  const format = useFormat();
  const bins = record.calibration;
  const edge = (share: number): string => format.percent(share, share < 0.01 ? 1 : 0);
  const rows: Row[] = bins
    .map((row, i) => {
      const below = bins[i - 1]?.upTo;
      return { ...row, name: below === undefined ? t.upTo(edge(row.upTo)) : t.between(edge(below), edge(row.upTo)) };
    })
    .filter(({ calls }) => calls > 0);
  if (rows.length === 0) return <Empty title={t.none} hint={t.noneHint} />;
  const all = { ...sumOfRows(rows), name: t.all };
  const { decisions, p50, p95 } = record.reaction;
  const range = (row: Row): string => {
    const { low, high } = usualRange(row);
    return t.calls(format.number(low), format.number(high));
  };
  return (
    <div className="column">
      <p className={tones[verdictOf(all)]} role="status">
        {t.verdict[verdictOf(all)]}
      </p>
      <DataTable
        rows={[...rows, all]}
        rowKey={({ name }) => name}
        columns={[
          { title: t.columns.foretold, head: true, cell: ({ name }) => name },
          { title: t.columns.calls, num: true, cell: ({ calls }) => format.number(calls) },
          { title: t.columns.expected, num: true, cell: ({ foretold }) => format.tenths(foretold) },
          { title: t.columns.counted, num: true, cell: ({ foundNobody }) => format.number(foundNobody) },
          { title: t.columns.share, num: true, cell: (row) => format.percent(row.foundNobody / row.calls, 1) },
          { title: t.columns.likely, num: true, cell: range },
        ]}
      />
      {p50 === null || p95 === null ? null : (
        <p className="muted">
          {t.reaction(format.number(decisions), format.number(Math.round(p50)), format.number(Math.round(p95)))}
        </p>
      )}
    </div>
  );
}

/** "Of the calls foretold to find nobody with 2 %, how many did?" for one campaign. */
export default function CalibrationPage() {
  const t = useTexts(pacing);
  const [chosen, choose] = useState<string | null>(null);
  const [days, setDays] = useState(7);
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
  });
  const items = campaigns.data?.items ?? [];
  const id = chosen ?? items.find(({ state }) => state === 'running')?.id ?? items[0]?.id;
  const record = useQuery({
    queryKey: ['calibration', id, days],
    queryFn: ({ signal }) =>
      api('GET /api/campaigns/:id/calibration', { params: { id: id ?? '' }, query: { days }, signal }),
    enabled: id !== undefined,
    refetchInterval: 30_000,
  });
  return (
    <Page title={t.title} intro={t.intro}>
      <Panel title={t.title} quiet>
        <QueryView query={campaigns}>
          {() =>
            id === undefined ? (
              <Empty title={t.noCampaign} />
            ) : (
              <div className="column">
                <div className="form-grid">
                  <Field label={t.campaign}>
                    {(tie) => (
                      <Select
                        {...tie}
                        className="full-width"
                        value={id}
                        options={items.map((item) => ({ value: item.id, label: item.name }))}
                        onChange={choose}
                      />
                    )}
                  </Field>
                  <NumberField label={t.days} value={days} min={1} max={366} suffix={t.daysUnit} change={setDays} />
                </div>
                <QueryView query={record}>{(found) => <Calibration record={found} />}</QueryView>
              </div>
            )
          }
        </QueryView>
      </Panel>
    </Page>
  );
}
