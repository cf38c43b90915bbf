import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { BillingFeed } from '../../../contract/billing.ts';
import { address, api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { billing } from '../../i18n/billing/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { shell } from '../../i18n/shell/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Icon } from '../../shared/icons.tsx';
import { JobUnderWay } from '../../shared/long-jobs/job-progress.tsx';
import { useLongJobs, useNoticeSoon } from '../../shared/long-jobs/queries.ts';
import { LastError } from '../../shared/last-error.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { ClientNotices } from './notices.tsx';
import { RenewSecret } from './renew-secret.tsx';
import { useEdited } from '../../shared/unsaved.ts';
import { Empty, QueryView } from '../../shared/states.tsx';

/** Where messages go, and the secret they are signed with. */
function Endpoint({ feed }: { feed: BillingFeed }) {
  const t = useTexts(billing);
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const confirm = useConfirm();
  const { draft: endpoint, setDraft: setEndpoint, taken } = useEdited(feed.endpoint ?? '');
  const params = { id: feed.clientId };
  const save = useMutation({
    mutationFn: () =>
      api('PUT /api/billing/feeds/:id', {
        params,
        body: { endpoint: endpoint.trim() === '' ? null : endpoint.trim() },
      }),
    onSuccess: () => {
      taken(endpoint);
      return done(c.saved, 'billing');
    },
    onError: refused,
  });
  return (
    <form
      className="toolbar"
      onSubmit={(event) => {
        event.preventDefault();
        if (feed.endpoint !== null && endpoint.trim() === '')
          confirm({
            title: t.noEndpointTitle(feed.clientName),
            consequence: t.noEndpointHint,
            action: c.save,
            act: () => save.mutateAsync(),
          });
        else save.mutate();
      }}
    >
      <Field label={t.endpoint}>
        {(tie) => <Input {...tie} value={endpoint} onChange={(event) => setEndpoint(event.target.value)} />}
      </Field>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {c.save}
      </Button>
      <RenewSecret
        texts={{
          action: t.secret,
          question: t.renewTitle(feed.clientName),
          consequence: t.renewHint,
          title: t.secretTitle,
          once: t.secretHint,
        }}
        renew={() => api('POST /api/billing/feeds/:id/secret', { params })}
      />
    </form>
  );
}

function Feed({ feed }: { feed: BillingFeed }) {
  const t = useTexts(billing);
  const format = useFormat();
  const may = useMay();
  const { newest } = useLongJobs({ kind: 'billing-file', subjectId: feed.clientId });
  const noticeSoon = useNoticeSoon();
  const when = (at: number | null) => (at === null ? '' : format.dateTime(at));
  return (
    <Panel
      title={feed.clientName}
      extra={
        <Button
          size="small"
          icon={<Icon name="download" />}
          href={address('GET /api/billing/feeds/:id/entries', {
            params: { id: feed.clientId },
            query: { after: 0, format: 'csv' },
          })}
          onClick={noticeSoon}
        >
          {t.file}
        </Button>
      }
    >
      <JobUnderWay job={newest} />
      <dl className="facts">
        <dt>{t.entries}</dt>
        <dd>{format.number(feed.lastSeq)}</dd>
        <dt>{t.delivered}</dt>
        <dd>{format.number(feed.deliveredSeq)}</dd>
      </dl>
      {may('sale.manage') ? <Endpoint feed={feed} /> : null}
      {feed.deliveries.length === 0 ? (
        <p className="muted">{t.noDeliveries}</p>
      ) : (
        <DataTable
          caption={t.deliveries}
          rows={feed.deliveries}
          rowKey={({ id }) => id}
          columns={[
            { title: t.columns.entries, head: true, cell: ({ fromSeq, toSeq }) => `${fromSeq} – ${toSeq}` },
            {
              title: t.columns.state,
              cell: ({ state }) => <Badge tone={state === 'delivered' ? 'ok' : 'warn'}>{t.states[state]}</Badge>,
            },
            { title: t.columns.tries, num: true, cell: ({ tries }) => format.number(tries) },
            { title: t.columns.created, cell: ({ createdAt }) => when(createdAt) },
            { title: t.columns.done, cell: ({ deliveredAt, nextTryAt }) => when(deliveredAt ?? nextTryAt) },
            { title: t.columns.error, cell: ({ lastError }) => <LastError raw={lastError} /> },
          ]}
        />
      )}
      {may('sale.manage') ? <ClientNotices clientId={feed.clientId} /> : null}
    </Panel>
  );
}

/** Feeds of clients' billing systems: what they were told and whether it arrived. */
export default function BillingPage() {
  const t = useTexts(billing);
  const s = useTexts(shell).pages;
  const query = useQuery({ queryKey: ['billing'], queryFn: ({ signal }) => api('GET /api/billing/feeds', { signal }) });
  return (
    <Page title={s.billing} intro={t.intro}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            items.map((feed) => <Feed key={feed.clientId} feed={feed} />)
          )
        }
      </QueryView>
    </Page>
  );
}
