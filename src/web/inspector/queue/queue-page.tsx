import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Segmented } from 'antd';
import { useState } from 'react';
import type { Inspection } from '../../../contract/inspections.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import type { PageProps } from '../../app/pages.ts';
import { go, Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useHeardAt, useServerNow, aboutQuery } from '../../live/clock.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { JudgePage } from '../judge/judge-page.tsx';
import { type Order, queueQuery } from '../judge/inspection-queries.ts';
import { GiveDialog } from './give-dialog.tsx';
import { RiskEffects } from './risk-effects.tsx';

function Risk({ risk }: { risk: NonNullable<Inspection['risk']> }) {
  const t = useTexts(inspector).risks;
  const format = useFormat();
  return (
    <div className="risk">
      <span className="strong">{format.percent(risk.score, 0)}</span>
      <span className="muted small">{format.list(risk.raisedBy.map(({ code }) => word(t, code)))}</span>
    </div>
  );
}

function Queue() {
  const t = useTexts(inspector);
  const c = useTexts(common);
  const format = useFormat();
  const [order, setOrder] = useState<Order>('deadline');
  const may = useMay();
  const judges = may('inspection.judge');
  const gives = may('inspection.assign');
  const [mine, setMine] = useState(judges);
  const [giving, give] = useState<Inspection | null>(null);
  const { refused } = useOutcome();
  const query = useQuery(queueQuery(order, mine));
  const about = useQuery(aboutQuery);
  const now = useServerNow(useHeardAt(about.data?.now));
  const take = useMutation({
    mutationFn: () => api('POST /api/inspections/next', { body: {} }),
    onSuccess: ({ inspection }) => go(inspection ? `/inspections/${inspection.id}` : '/inspections/done'),
    onError: refused,
  });
  const { columns } = t.queue;
  const giveButton = (item: Inspection) =>
    item.kind === 'calibration' ? null : (
      <Button size="small" onClick={() => give(item)} data-testid="give-inspection">
        {t.give.action}
      </Button>
    );
  return (
    <Page
      title={t.queue.title}
      intro={judges ? t.queue.intro : t.queue.introOfCentre}
      actions={
        <>
          {judges ? (
            <Checkbox checked={mine} onChange={(event) => setMine(event.target.checked)}>
              {t.queue.mine}
            </Checkbox>
          ) : null}
          <Segmented
            aria-label={t.queue.order}
            value={order}
            options={(['deadline', 'risk', 'newest'] as const).map((value) => ({
              value,
              label: t.queue.orders[value],
            }))}
            onChange={setOrder}
          />
          {judges ? (
            <Button type="primary" loading={take.isPending} onClick={() => take.mutate()} data-testid="judge-next">
              {t.queue.start}
            </Button>
          ) : null}
        </>
      }
    >
      <Panel title={t.queue.title} quiet>
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.queue.none} hint={t.queue.noneHint} />
            ) : (
              <div data-testid="queue">
                <DataTable
                  rows={items}
                  rowKey={({ id }) => id}
                  columns={[
                    {
                      title: columns.deadline,
                      head: true,
                      cell: (item) => (
                        <>
                          <Link to={`/inspections/${item.id}`}>{format.moment(item.deadlineAt)}</Link>{' '}
                          {item.deadlineAt < now ? (
                            <Badge tone="bad">{t.queue.overdue}</Badge>
                          ) : item.reminded ? (
                            <Badge tone="warn">{t.queue.reminder}</Badge>
                          ) : null}
                        </>
                      ),
                    },
                    { title: columns.kind, cell: ({ kind }) => word(t.kinds, kind) },
                    { title: columns.why, cell: ({ reason }) => word(t.reasons, reason) },
                    { title: columns.risk, cell: ({ risk }) => (risk ? <Risk risk={risk} /> : '') },
                    {
                      title: columns.agent,
                      cell: (item) => (
                        <>
                          {item.agent?.name ?? <span className="muted">{t.queue.hiddenAgent}</span>}{' '}
                          {item.blind ? <Badge tone="info">{t.queue.blind}</Badge> : null}
                        </>
                      ),
                    },
                    {
                      title: columns.campaign,
                      cell: ({ campaignName }) => <span className="short-name">{campaignName}</span>,
                    },
                    {
                      title: columns.length,
                      num: true,
                      cell: ({ durationMs }) => (durationMs === null ? '' : format.clock(durationMs)),
                    },
                    {
                      title: columns.state,
                      cell: ({ state }) =>
                        state === 'expired' ? <Badge tone="bad">{t.states.expired}</Badge> : t.states[state],
                    },
                    ...(mine
                      ? []
                      : [{ title: t.queue.assignedTo, cell: ({ assignedTo }: Inspection) => assignedTo?.name ?? '' }]),
                    ...(gives ? [{ title: c.actions, cell: giveButton }] : []),
                  ]}
                />
              </div>
            )
          }
        </QueryView>
      </Panel>
      {gives && order === 'risk' ? <RiskEffects /> : null}
      {giving ? <GiveDialog inspection={giving} close={() => give(null)} /> : null}
    </Page>
  );
}

export default function QueuePage({ id }: PageProps) {
  return id === '' ? <Queue /> : <JudgePage id={id} />;
}
