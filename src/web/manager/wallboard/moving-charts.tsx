import { memo, useMemo } from 'react';
import type { CoursePoint } from '../../../contract/wallboard.ts';
import { LazyChart } from '../../charts/lazy-chart.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { Panel } from '../../shared/page.tsx';
import { fontFamily } from '../../theme/antd-theme.ts';
import { usePalette } from '../../theme/appearance.tsx';
import type { Palette } from '../../theme/palette.ts';

function looks(p: Palette, clock: (at: number) => string) {
  const text = { color: p.muted, fontFamily, fontSize: 12 };
  return {
    grid: { left: 46, right: 12, top: 28, bottom: 24 },
    legend: { top: 0, left: 0, textStyle: text, icon: 'roundRect', itemHeight: 3, itemWidth: 16 },
    xAxis: {
      type: 'time',
      minInterval: 60_000,
      // Few enough to stand side by side: dropped ones would leave uneven gaps.
      splitNumber: 3,
      axisLine: { lineStyle: { color: p.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...text, hideOverlap: true, formatter: clock },
    },
    value: { type: 'value', axisLabel: text, splitLine: { lineStyle: { color: p.line } } },
  };
}

/** Utilization with its band, abandonment with its cap, lines and calls: the last half hour, growing while the page is open. */
export const MovingCharts = memo(function MovingCharts(props: {
  points: readonly CoursePoint[];
  /** Edges of the band as numbers: a new object each second would draw everything anew. */
  bandMin: number | null;
  bandMax: number | null;
  cap: number;
}) {
  const { points, bandMin, bandMax, cap } = props;
  const t = useTexts(wallboard).charts;
  const format = useFormat();
  const p = usePalette();
  const looksOf = useMemo(() => looks(p, (at) => format.time(at)), [p, format]);
  const [from, to] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  // At least five minutes wide, so that the first points do not jump about.
  const base = { ...looksOf, xAxis: { ...looksOf.xAxis, min: from, max: Math.max(to, from + 300_000) } };
  const line = (name: string, value: (point: CoursePoint) => number | null) => ({
    name,
    type: 'line',
    showSymbol: false,
    lineStyle: { width: 2 },
    data: points.map((point) => [point.at, value(point)]),
  });
  const percentAxis = {
    ...base.value,
    axisLabel: { ...base.value.axisLabel, formatter: (share: number) => format.percent(share, 0) },
  };
  const utilization = {
    ...base,
    legend: { show: false },
    grid: { ...base.grid, top: 10 },
    yAxis: { ...percentAxis, min: 0.4, max: 1 },
    series: [
      {
        ...line(t.utilization, (point) => point.utilization),
        markArea:
          bandMin !== null && bandMax !== null
            ? {
                silent: true,
                itemStyle: { color: p.ok, opacity: 0.18 },
                data: [[{ yAxis: bandMin }, { yAxis: bandMax }]],
              }
            : undefined,
      },
    ],
  };
  const abandon = {
    ...base,
    legend: { show: false },
    grid: { ...base.grid, top: 10 },
    yAxis: {
      ...percentAxis,
      min: 0,
      // The cap is always in sight, and so is the worst of what was measured.
      max: Math.max(cap * 1.4, 0.01, ...points.map((point) => (point.abandon ?? 0) * 1.1)),
      axisLabel: { ...percentAxis.axisLabel, formatter: (share: number) => format.percent(share, 1) },
    },
    series: [
      {
        ...line(t.abandon, (point) => point.abandon),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: p.bad, width: 2 },
          data: [{ yAxis: cap }],
        },
      },
    ],
  };
  const lines = {
    ...base,
    yAxis: { ...base.value, minInterval: 1 },
    series: [
      line(t.inUse, (point) => point.inUse),
      line(t.talking, (point) => point.talking),
      line(t.ready, (point) => point.ready),
    ],
  };
  return (
    <div className="grid three">
      <Panel title={t.utilization}>
        <LazyChart label={t.utilization} option={utilization} height={180} />
      </Panel>
      <Panel title={t.abandon}>
        <LazyChart label={t.abandon} option={abandon} height={180} />
      </Panel>
      <Panel title={t.lines}>
        <LazyChart label={t.lines} option={lines} height={180} />
      </Panel>
    </div>
  );
});
