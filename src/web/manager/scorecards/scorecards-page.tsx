import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import type { Scorecard } from '../../../contract/scorecards.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import type { PageProps } from '../../app/pages.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { DateField } from '../../shared/date-fields.tsx';
import { Field } from '../../shared/field.tsx';
import { Folding } from '../../shared/folding.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import type { CardSubject } from './card-figure.tsx';
import { CardHistory } from './card-history.tsx';
import { CardTable } from './card-table.tsx';
import { usePeriodWords } from './period-words.ts';
import { Streaks } from './streaks.tsx';
import { Weights } from './weights.tsx';

type Period = Scorecard['period'];

function Cards() {
  const t = useTexts(results).cards;
  const may = useMay();
  const { whole } = usePeriodWords();
  const [period, setPeriod] = useState<Period>('week');
  const [subject, setSubject] = useState<CardSubject>('agent');
  const [day, setDay] = useState('');
  const query = useQuery({
    queryKey: ['scorecards', period, subject, day],
    queryFn: ({ signal }) =>
      api('GET /api/scorecards', { query: { period, subject, ...(day === '' ? {} : { day }) }, signal }),
  });
  const sorted = (cards: Scorecard[]) => [...cards].sort((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9));
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <div className="toolbar">
          <Field label={t.day}>{(tie) => <DateField {...tie} value={day} change={setDay} />}</Field>
          <Segmented
            aria-label={t.period}
            value={period}
            options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t.periods[value] }))}
            onChange={setPeriod}
          />
          <Segmented
            aria-label={t.subject}
            value={subject}
            options={(['agent', 'team', 'centre'] as const).map((value) => ({ value, label: t.subjects[value] }))}
            onChange={setSubject}
          />
        </div>
      }
    >
      <Folding>
        {may('inspection.decide') ? <p className="note small">{t.notYetTold}</p> : null}
        <Panel title={t.title} quiet>
          <QueryView query={query}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={t.none} hint={t.noneHint} />
              ) : (
                <>
                  <p className="strong" data-testid="period-shown">
                    {items[0] ? whole(items[0]) : ''}
                  </p>
                  <CardTable cards={sorted(items)} linked={subject === 'agent'} subject={subject} />
                  {subject === 'agent' ? <p className="figure-note">{t.rankHint}</p> : null}
                </>
              )
            }
          </QueryView>
        </Panel>
        <Streaks />
        {may('scorecard.weigh') ? <Weights /> : null}
      </Folding>
    </Page>
  );
}

export default function ScorecardsPage({ id }: PageProps) {
  return id === '' ? <Cards /> : <CardHistory id={id} />;
}
