import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { usePalette } from '../theme/appearance.tsx';
import { fontFamily } from '../theme/antd-theme.ts';
import type { Palette } from '../theme/palette.ts';
import { init } from './echarts.ts';

/** Axes and texts in the colours of the page. */
export function axisLooks(p: Palette) {
  const label = { color: p.muted, fontFamily, fontSize: 12 };
  return {
    category: { axisLine: { lineStyle: { color: p.line } }, axisTick: { show: false }, axisLabel: label },
    value: { splitLine: { lineStyle: { color: p.line } }, axisLabel: label },
    tooltip: {
      backgroundColor: p.surface,
      borderColor: p.line,
      textStyle: { color: p.text, fontFamily, fontSize: 13 },
      appendToBody: true,
    },
    legend: { textStyle: { color: p.muted, fontFamily }, itemHeight: 8, itemWidth: 14 },
  };
}

/**
 * A chart of a fixed height. Its content is also said in words: `label` names it, and the figures stand in a table or
 * text on the same page, because a canvas is a picture to a screen reader.
 */
export default function Chart({
  option,
  label,
  height = 220,
}: {
  option: EChartsCoreOption;
  label: string;
  height?: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const palette = usePalette();
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, null, { renderer: 'canvas' });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(
      { color: [palette.accent, palette.info, palette.warn], animation: false, ...option },
      true,
    );
  }, [option, palette]);
  return <div ref={box} role="img" className="chart" aria-label={label} style={{ height, width: '100%' }} />;
}
