import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import type { Scorecard } from '../../../contract/scorecards.ts';
import { api } from '../../api/client.ts';
import { Link } from '../../app/router.tsx';
import { LazyChart } from '../../charts/lazy-chart.tsx';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { fontFamily } from '../../theme/antd-theme.ts';
import { usePalette } from '../../theme/appearance.tsx';
import { CardTable } from './card-table.tsx';
import { usePeriodWords } from './period-words.ts';

type IntervalApi = {
  value: (index: number) => number;
  coord: (point: [number, number]) => [number, number];
};

/** The effective rate of each period with its interval drawn as a bar through the point. */
function Trend({ cards }: { cards: Scorecard[] }) {
  const t = useTexts(results).cards;
  const format = useFormat();
  const { short } = usePeriodWords();
  const p = usePalette();
  const inOrder = [...cards].reverse().filter(({ effectiveRate }) => effectiveRate.value !== null);
  const text = { color: p.muted, fontFamily, fontSize: 12 };
  const interval = (_: unknown, at: IntervalApi) => {
    const index = at.value(0);
    const [x, top] = at.coord([index, at.value(2)]);
    const [, bottom] = at.coord([index, at.value(1)]);
    return {
      type: 'line',
      shape: { x1: x, y1: top, x2: x, y2: bottom },
      style: { stroke: p.accent, lineWidth: 7, opacity: 0.35, lineCap: 'round' },
    };
  };
  return (
    <LazyChart
      label={t.trend}
      height={260}
      option={{
        grid: { left: 50, right: 20, top: 16, bottom: 28 },
        xAxis: { type: 'category', data: inOrder.map(short), axisLabel: text, axisTick: { show: false } },
        yAxis: {
          type: 'value',
          min: 0,
          max: 1,
          axisLabel: { ...text, formatter: (share: number) => format.percent(share, 0) },
          splitLine: { lineStyle: { color: p.line } },
        },
        series: [
          {
            type: 'custom',
            renderItem: interval,
            data: inOrder.map(({ effectiveRate }, index) => [index, effectiveRate.low, effectiveRate.high]),
          },
          { type: 'line', symbolSize: 9, data: inOrder.map(({ effectiveRate }) => effectiveRate.value) },
        ],
      }}
    />
  );
}

/** The cards of one agent, newest first, and how the effective rate went. */
export function CardHistory({ id }: { id: string }) {
  const t = useTexts(results).cards;
  const c = useTexts(common);
  const { whole } = usePeriodWords();
  const [period, setPeriod] = useState<Scorecard['period']>('week');
  const query = useQuery({
    queryKey: ['scorecards', 'of', id, period],
    queryFn: ({ signal }) => api('GET /api/scorecards/:id', { params: { id }, query: { period, count: 12 }, signal }),
  });
  return (
    <QueryView query={query}>
      {({ items }) => (
        <Page
          title={items[0]?.subject.name ?? t.title}
          actions={
            <div className="row">
              <Link to="/scorecards">{c.back}</Link>
              <Segmented
                aria-label={t.period}
                value={period}
                options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t.periods[value] }))}
                onChange={setPeriod}
              />
            </div>
          }
        >
          {items.length === 0 ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            <>
              <Panel title={t.trend}>
                <Trend cards={items} />
              </Panel>
              <Panel title={t.trendOf(items[0]?.subject.name ?? '')}>
                <CardTable
                  cards={items.map((card) => ({ ...card, subject: { ...card.subject, name: whole(card) } }))}
                  linked={false}
                  byPeriod
                />
              </Panel>
            </>
          )}
        </Page>
      )}
    </QueryView>
  );
}
