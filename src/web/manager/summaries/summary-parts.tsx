import { useQuery } from '@tanstack/react-query';
import type { SummaryContent } from '../../../contract/summaries.ts';
import { LazyChart } from '../../charts/lazy-chart.tsx';
import { useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Badge, Panel } from '../../shared/page.tsx';
import { reasonsQuery } from '../../shared/reason-lists.ts';
import { fontFamily } from '../../theme/antd-theme.ts';
import { usePalette } from '../../theme/appearance.tsx';

const tones = { info: 'info', warning: 'warn', serious: 'bad' } as const;

export function Problems({ problems }: { problems: SummaryContent['problems'] }) {
  const t = useTexts(results).summaries;
  const w = useTexts(words);
  const codes: Record<string, (values: Record<string, string>) => string> = t.codes;
  const said = (code: string, values: Record<string, string | number>) => {
    const text = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        name === 'criterion' ? word(w.criteria, String(value)) : String(value),
      ]),
    );
    return codes[code]?.(text) ?? `${code} ${Object.values(text).join(', ')}`;
  };
  return (
    <Panel title={t.problems}>
      {problems.length === 0 ? (
        <p className="muted">{t.noProblems}</p>
      ) : (
        <ul className="line-list">
          {problems.map(({ code, severity, values }) => (
            <li key={`${code} ${JSON.stringify(values)}`} className="row">
              <Badge tone={tones[severity]}>{t.severity[severity]}</Badge>
              <span className="grow">{said(code, values)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** A topic's words: refusals carry their reason after a colon. */
function useTopic() {
  const t = useTexts(results).summaries;
  const w = useTexts(words).dispositions;
  const { locale } = useLocale();
  const own = useQuery(reasonsQuery('refusal-reasons')).data?.items ?? [];
  const refusal = (code: string) => own.find((reason) => reason.code === code)?.label[locale] ?? word(t.refusals, code);
  return (topic: string) => {
    const [head = '', reason] = topic.split(':');
    return reason === undefined
      ? word({ ...w, ...t.refusals, ...t.topics }, head)
      : `${word(t.topics, head)}: ${refusal(reason)}`;
  };
}

export function Voice({ voice }: { voice: SummaryContent['voice'] }) {
  const t = useTexts(results).summaries;
  const topic = useTopic();
  const format = useFormat();
  return (
    <Panel title={t.voice}>
      {voice.length === 0 ? (
        <p className="muted">{t.noVoice}</p>
      ) : (
        <ul className="line-list">
          {voice.map((said) => (
            <li key={said.topic}>
              <div className="row spread">
                <span className="strong">{topic(said.topic)}</span>
                <span>{format.number(said.count)}</span>
              </div>
              {said.words.map(({ attemptId, text }) => (
                <p key={attemptId} className="quote">
                  {text}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function ByDay({ days }: { days: SummaryContent['byDay'] }) {
  const t = useTexts(results).summaries;
  const w = useTexts(words).figures;
  const p = usePalette();
  const text = { color: p.muted, fontFamily, fontSize: 12 };
  const bar = (name: string, data: number[]) => ({ name, type: 'bar', data, barMaxWidth: 26 });
  return (
    <Panel title={t.byDay}>
      <LazyChart
        label={t.byDay}
        height={230}
        option={{
          grid: { left: 50, right: 40, top: 34, bottom: 26 },
          legend: { top: 0, left: 0, textStyle: text, itemHeight: 8, itemWidth: 14 },
          tooltip: { trigger: 'axis', backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.text } },
          xAxis: {
            type: 'category',
            data: days.map(({ day }) => day.slice(5)),
            axisLabel: text,
            axisTick: { show: false },
          },
          yAxis: [
            { type: 'value', axisLabel: text, splitLine: { lineStyle: { color: p.line } } },
            { type: 'value', axisLabel: text, splitLine: { show: false } },
          ],
          series: [
            bar(
              w.conversations,
              days.map(({ conversations }) => conversations),
            ),
            { name: w.sales, type: 'line', yAxisIndex: 1, symbolSize: 7, data: days.map(({ sales }) => sales) },
          ],
        }}
      />
    </Panel>
  );
}

export function ByAgent({ agents }: { agents: SummaryContent['byAgent'] }) {
  const t = useTexts(results).summaries;
  const w = useTexts(words).figures;
  const format = useFormat();
  return (
    <Panel title={t.byAgent}>
      <DataTable
        rows={agents}
        rowKey={(row) => row.agentId}
        columns={[
          { title: t.agent, head: true, cell: (row) => row.name },
          { title: w.conversations, num: true, cell: (row) => format.number(row.conversations) },
          { title: w.sales, num: true, cell: (row) => format.number(row.sales) },
          { title: w.inspected, num: true, cell: (row) => format.number(row.inspected) },
          { title: w.validSales, num: true, cell: (row) => format.number(row.validSales) },
          { title: w.talkUtilization, num: true, cell: (row) => format.percent(row.talkUtilization) },
        ]}
      />
    </Panel>
  );
}

export function Counts({
  title,
  counts,
  names,
}: {
  title: string;
  counts: Record<string, number>;
  names: Record<string, string>;
}) {
  const format = useFormat();
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return (
    <Panel title={title}>
      <dl className="count-list">
        {rows.map(([code, count]) => (
          <div key={code} className="row spread">
            <dt>{word(names, code)}</dt>
            <dd>{format.number(count)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
