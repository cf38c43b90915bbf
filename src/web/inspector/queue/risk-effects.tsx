/** Beside the order by risk: how often each factor went with a fault here, so that nobody takes an assumption for a measurement. */
import { useQuery } from '@tanstack/react-query';
import type { RiskEffect } from '../../../contract/transcripts.ts';
import { api } from '../../api/client.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { transcript } from '../../i18n/transcript/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';

export function RiskEffects() {
  const t = useTexts(transcript).effects;
  const { risks } = useTexts(inspector);
  const format = useFormat();
  const query = useQuery({
    queryKey: ['recheck-effects'],
    queryFn: ({ signal }) => api('GET /api/recheck-effects', { signal }),
  });
  const share = (faulty: number, good: number) => t.of(format.number(faulty), format.number(faulty + good));
  /** Two digits are as much as such counts give. */
  const rounded = (value: number) => format.exact(Number(value.toPrecision(2)));
  const times = ({ times: found }: RiskEffect) =>
    found === null ? '' : t.times(rounded(found.value), rounded(found.low), rounded(found.high));
  return (
    <Panel title={t.title}>
      <QueryView query={query}>
        {({ judged, effects }) => (
          <>
            <p className="muted">{t.intro(format.number(judged))}</p>
            <DataTable
              rows={effects}
              rowKey={({ factor }) => factor}
              columns={[
                { title: t.factor, head: true, cell: ({ factor }) => word(risks, factor) },
                { title: t.with, num: true, cell: (row) => share(row.faultyWith, row.goodWith) },
                { title: t.without, num: true, cell: (row) => share(row.faultyWithout, row.goodWithout) },
                { title: t.ratio, num: true, cell: times },
                { title: t.assumed, num: true, cell: ({ assumed }) => `× ${format.exact(assumed)}` },
              ]}
            />
          </>
        )}
      </QueryView>
    </Panel>
  );
}
