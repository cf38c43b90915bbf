import { useQuery } from '@tanstack/react-query';
import type { FigureName } from '../../../contract/calls-behind.ts';
import type { SummaryContent } from '../../../contract/summaries.ts';
import { LazyChart } from '../../charts/lazy-chart.tsx';
import { useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { Opens } from '../../shared/behind/opens.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Panel } from '../../shared/page.tsx';
import { reasonsQuery } from '../../shared/reason-lists.ts';
import { fontFamily } from '../../theme/antd-theme.ts';
import { usePalette } from '../../theme/appearance.tsx';

/** A topic's words: refusals carry their reason after a colon. */
function useTopic() {
  const t = useTexts(results).summaries;
  const w = useTexts(words).dispositions;
  const format = useFormat();
  const { locale } = useLocale();
  const own = useQuery(reasonsQuery('refusal-reasons')).data?.items ?? [];
  const refusal = (code: string) => own.find((reason) => reason.code === code)?.label[locale] ?? word(t.refusals, code);
  return (topic: string) => {
    const [head = '', reason] = topic.split(':');
    return reason === undefined
      ? word({ ...w, ...t.refusals, ...t.topics }, head)
      : format.named(word(t.topics, head), refusal(reason));
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
                <Opens figure="voice" detail={said.topic} count={said.count}>
                  {format.number(said.count)}
                </Opens>
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
  const format = useFormat();
  const opens = (figure: FigureName, count: number, day: string) => (
    <Opens figure={figure} day={day} count={count}>
      {format.number(count)}
    </Opens>
  );
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
            data: days.map(({ day }) => format.shortDay(day)),
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
      <DataTable
        beside={2}
        rows={days}
        rowKey={(row) => row.day}
        columns={[
          { title: t.day, head: true, cell: (row) => format.day(row.day) },
          { title: w.attempts, num: true, cell: (row) => opens('attempts', row.attempts, row.day) },
          { title: w.conversations, num: true, cell: (row) => opens('conversations', row.conversations, row.day) },
          { title: w.sales, num: true, cell: (row) => opens('sales', row.sales, row.day) },
          {
            title: w.talkUtilization,
            num: true,
            cell: (row) => (
              <Opens figure="talk-time" day={row.day} count={row.talkUtilization}>
                {format.percent(row.talkUtilization)}
              </Opens>
            ),
          },
        ]}
      />
    </Panel>
  );
}

export function ByAgent({ agents }: { agents: SummaryContent['byAgent'] }) {
  const t = useTexts(results).summaries;
  const w = useTexts(words).figures;
  const format = useFormat();
  const opens = (figure: FigureName, count: number, agentId: string) => (
    <Opens figure={figure} agentId={agentId} count={count}>
      {format.number(count)}
    </Opens>
  );
  return (
    <Panel title={t.byAgent}>
      <DataTable
        beside={2}
        rows={agents}
        rowKey={(row) => row.agentId}
        columns={[
          { title: t.agent, head: true, cell: (row) => row.name },
          { title: w.conversations, num: true, cell: (row) => opens('conversations', row.conversations, row.agentId) },
          { title: w.sales, num: true, cell: (row) => opens('sales', row.sales, row.agentId) },
          { title: w.inspected, num: true, cell: (row) => opens('inspected-sales', row.inspected, row.agentId) },
          { title: w.validSales, num: true, cell: (row) => opens('valid-sales', row.validSales, row.agentId) },
          {
            title: w.talkUtilization,
            num: true,
            cell: (row) => (
              <Opens figure="talk-time" agentId={row.agentId} count={row.talkUtilization}>
                {format.percent(row.talkUtilization)}
              </Opens>
            ),
          },
        ]}
      />
    </Panel>
  );
}

export function Counts({
  title,
  figure,
  counts,
  names,
}: {
  title: string;
  figure: FigureName;
  counts: Record<string, number>;
  names: Record<string, string>;
}) {
  const format = useFormat();
  const t = useTexts(results).summaries;
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return (
    <Panel title={title}>
      {rows.length === 0 ? <p className="muted">{t.noCounts}</p> : null}
      <dl className="count-list">
        {rows.map(([code, count]) => (
          <div key={code} className="row spread">
            <dt>{word(names, code)}</dt>
            <dd>
              <Opens figure={figure} detail={code} count={count}>
                {format.number(count)}
              </Opens>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
