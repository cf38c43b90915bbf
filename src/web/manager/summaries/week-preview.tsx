import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo, useState } from 'react';
import { api } from '../../api/client.ts';
import { Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { BehindSource, previewSource } from '../../shared/behind/source.ts';
import { DateField } from '../../shared/date-fields.tsx';
import { Field } from '../../shared/field.tsx';
import { Page } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { SummaryBody } from './summary-page.tsx';

/** A week as it stands at this moment, before it is published: the same figures, which open down to the same calls. */
export function WeekPreview() {
  const t = useTexts(results).summaries;
  const c = useTexts(common);
  const format = useFormat();
  const [chosen, choose] = useState<string | null>(null);
  const [day, setDay] = useState('');
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
  });
  const items = (campaigns.data?.items ?? []).filter(({ state }) => state !== 'draft');
  const campaignId = chosen ?? items[0]?.id ?? null;
  const query = useQuery({
    queryKey: ['summary-preview', campaignId, day],
    queryFn: ({ signal }) =>
      api('GET /api/campaigns/:id/week', {
        params: { id: campaignId ?? '' },
        query: day === '' ? {} : { day },
        signal,
      }),
    enabled: campaignId !== null,
  });
  const source = useMemo(() => previewSource(campaignId ?? '', day), [campaignId, day]);
  return (
    <Page
      title={t.preview}
      intro={query.data ? `${format.days(query.data.from, query.data.to)} · ${t.previewIntro}` : t.previewIntro}
      actions={
        <div className="toolbar">
          <Link to="/summaries">{c.back}</Link>
          <Field label={t.columns.campaign}>
            {(tie) => (
              <Select
                {...tie}
                className="full-width"
                value={campaignId}
                options={items.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={choose}
              />
            )}
          </Field>
          <Field label={t.publishDay}>{(tie) => <DateField {...tie} value={day} change={setDay} />}</Field>
        </div>
      }
    >
      {campaignId === null ? (
        <QueryView query={campaigns}>{() => <Empty title={t.none} hint={t.noneHint} />}</QueryView>
      ) : (
        <QueryView query={query}>
          {(content) => (
            <BehindSource value={source}>
              <SummaryBody content={content} />
            </BehindSource>
          )}
        </QueryView>
      )}
    </Page>
  );
}
