import './summaries.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { SummaryHead } from '../../../contract/summaries.ts';
import { useMay, useMe } from '../../app/me.tsx';
import type { PageProps } from '../../app/pages.ts';
import { go, Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { longJobs } from '../../i18n/long-jobs/index.ts';
import { results } from '../../i18n/results/index.ts';
import { DateField } from '../../shared/date-fields.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { SummaryPage } from './summary-page.tsx';
import { WeekPreview } from './week-preview.tsx';
import { focusFirstField } from '../../shared/first-field.ts';

function Publish({ open, close }: { open: boolean; close: () => void }) {
  const t = useTexts(results).summaries;
  const c = useTexts(common);
  const j = useTexts(longJobs);
  const { done, refused } = useOutcome();
  const [campaignId, setCampaign] = useState<string | null>(null);
  const [day, setDay] = useState('');
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
    enabled: open,
  });
  const publish = useMutation({
    mutationFn: (id: string) => api('POST /api/campaigns/:id/week/publish', { params: { id }, body: { day } }),
    onSuccess: () => done(t.published, 'summaries', 'long-jobs'),
    onError: refused,
  });
  return (
    <Modal
      title={t.publish}
      open={open}
      afterOpenChange={focusFirstField}
      okText={t.publish}
      cancelText={c.cancel}
      okButtonProps={{ disabled: campaignId === null || day === '', loading: publish.isPending }}
      onCancel={close}
      onOk={() => {
        if (campaignId === null) return;
        // Who has left meanwhile is told, and stays where they are.
        publish.mutate(campaignId, {
          onSuccess: ({ id }) => {
            close();
            go(`/summaries/${id}`);
          },
        });
      }}
    >
      <p>{t.publishHint}</p>
      <div className="column">
        <Field label={t.columns.campaign}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={campaignId}
              options={(campaigns.data?.items ?? []).map((item) => ({ value: item.id, label: item.name }))}
              onChange={setCampaign}
            />
          )}
        </Field>
        <Field label={t.publishDay}>{(tie) => <DateField {...tie} value={day} change={setDay} />}</Field>
        {publish.isPending ? <p className="muted small">{j.mayLeave}</p> : null}
      </div>
    </Modal>
  );
}

/** What a client sees first: the newest week waits for its own listening. */
function Invitation({ newest }: { newest: SummaryHead | undefined }) {
  const t = useTexts(results).summaries;
  const format = useFormat();
  const may = useMay();
  const me = useMe();
  if (me.role !== 'client' || newest === undefined || !may('recording.listen')) return null;
  return (
    <Panel title={t.spotCheck}>
      <p>{t.spotCheckHint}</p>
      <Link to={`/spot-checks/${newest.id}`}>
        {format.named(t.toSpotChecks, format.list([newest.campaignName, format.days(newest.from, newest.to)]))}
      </Link>
    </Panel>
  );
}

function Summaries() {
  const t = useTexts(results).summaries;
  const format = useFormat();
  const may = useMay();
  const [publishing, publish] = useState(false);
  const query = useQuery({
    queryKey: ['summaries'],
    queryFn: ({ signal }) => api('GET /api/summaries', { query: {}, signal }),
  });
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        may('summary.publish') ? (
          <>
            <Link to="/summaries/preview">{t.preview}</Link>
            <Button onClick={() => publish(true)}>{t.publish}</Button>
          </>
        ) : null
      }
    >
      <Publish open={publishing} close={() => publish(false)} />
      <Invitation newest={query.data?.items[0]} />
      <Panel title={t.title} quiet>
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.none} hint={t.noneHint} />
            ) : (
              <DataTable
                rows={items}
                rowKey={(item) => item.id}
                columns={[
                  {
                    title: t.columns.week,
                    head: true,
                    cell: (item) => <Link to={`/summaries/${item.id}`}>{format.days(item.from, item.to)}</Link>,
                  },
                  { title: t.columns.campaign, cell: (item) => item.campaignName },
                  { title: t.columns.client, cell: (item) => item.clientName },
                  { title: t.columns.published, cell: (item) => format.dateTime(item.publishedAt) },
                ]}
              />
            )
          }
        </QueryView>
      </Panel>
    </Page>
  );
}

export default function SummariesPage({ id }: PageProps) {
  if (id === 'preview') return <WeekPreview />;
  return id === '' ? <Summaries /> : <SummaryPage id={id} />;
}
