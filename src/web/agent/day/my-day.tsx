import { useQuery } from '@tanstack/react-query';
import type { FigureName } from '../../../contract/calls-behind.ts';
import { api } from '../../api/client.ts';
import { agent } from '../../i18n/agent/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { Opens } from '../../shared/behind/opens.tsx';
import { BehindSource, cardSource } from '../../shared/behind/source.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { IntervalBar } from '../../shared/interval-bar.tsx';
import { Badge, Figure, Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { OwnExceptions } from './own-exceptions.tsx';
import { OwnInspections } from './own-inspections.tsx';

function DailyLog() {
  const t = useTexts(agent).log;
  const w = useTexts(words).dispositions;
  const format = useFormat();
  const query = useQuery({
    queryKey: ['own-calls'],
    queryFn: ({ signal }) => api('GET /api/agent/calls', { query: { limit: 100 }, signal }),
  });
  return (
    <Panel title={t.title}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            <DataTable
              rows={items}
              rowKey={({ attemptId }) => attemptId}
              columns={[
                { title: t.time, nowrap: true, cell: ({ connectedAt }) => format.moment(connectedAt) },
                {
                  title: t.customer,
                  cell: ({ contactName, numberMasked }) => (
                    <>
                      {contactName} <span className="muted small">{numberMasked}</span>
                    </>
                  ),
                },
                { title: t.campaign, cell: ({ campaignName }) => campaignName },
                { title: t.talk, num: true, cell: ({ talkMs }) => (talkMs === null ? '' : format.clock(talkMs)) },
                {
                  title: t.outcome,
                  cell: ({ disposition }) =>
                    disposition ? word(w, disposition) : <span className="muted">{t.notWrittenUp}</span>,
                },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  );
}

function OwnCard() {
  const t = useTexts(agent).card;
  const w = useTexts(words).figures;
  const format = useFormat();
  const query = useQuery({
    queryKey: ['own-card'],
    queryFn: ({ signal }) => api('GET /api/scorecards', { query: { period: 'week' }, signal }),
  });
  const opens = (figure: FigureName, count: number, text = format.number(count)) => (
    <Opens figure={figure} count={count}>
      {text}
    </Opens>
  );
  return (
    <Panel title={t.title}>
      <QueryView query={query}>
        {({ items: [card] }) =>
          card === undefined ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            <BehindSource value={cardSource(card, 'agent')}>
              <div className="column">
                <IntervalBar rate={card.effectiveRate} label={w.effectiveRate} />
                <div className="figures small-figures">
                  <Figure label={w.conversations} value={opens('conversations', card.conversations)} />
                  <Figure label={w.sales} value={opens('sales', card.sales)} />
                  <Figure label={w.validSales} value={opens('valid-sales', card.validSales)} />
                  <Figure
                    label={w.talkUtilization}
                    value={opens('talk-time', card.talkMs, format.percent(card.talkUtilization))}
                    note={w.talkTerms}
                  />
                  <Figure label={t.composite} value={format.number(card.composite)} />
                  <Figure label={t.rank} value={format.number(card.rank)} />
                </div>
              </div>
            </BehindSource>
          )
        }
      </QueryView>
    </Panel>
  );
}

function OwnLevel() {
  const t = useTexts(agent).level;
  const query = useQuery({
    queryKey: ['own-level'],
    queryFn: ({ signal }) => api('GET /api/inspection-levels', { signal }),
  });
  const [level] = query.data?.items ?? [];
  if (level === undefined) return null;
  return <Badge tone={level.level === 'normal' ? 'ok' : 'warn'}>{t[level.level]}</Badge>;
}

/** Log of the day, own card, own inspections: only what belongs to the agent. */
export default function MyDay() {
  const t = useTexts(agent);
  return (
    <Page title={t.myDay} actions={<OwnLevel />}>
      <div className="own-grid">
        <DailyLog />
        <div className="column">
          <OwnCard />
          <OwnExceptions />
          <OwnInspections />
        </div>
      </div>
    </Page>
  );
}
