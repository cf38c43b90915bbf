/** Offers that agents may not give by themselves and asked for: those that wait for the reader first, and what was decided. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { OfferException } from '../../../contract/offers.ts';
import { api } from '../../api/client.ts';
import { useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { offers } from '../../i18n/offers/index.ts';
import { QueryTable } from '../../shared/query-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { exceptionTones } from '../../shared/offers/exception-tones.ts';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';
import { exceptionsQuery } from './queries.ts';

type Decision = { item: OfferException; approve: boolean };

function Decide({ decision, close }: { decision: Decision | null; close: () => void }) {
  const t = useTexts(offers).exceptions;
  const { locale } = useLocale();
  const { done, refused } = useOutcome();
  const decide = useMutation({
    mutationFn: ({ item: { id }, approve, reason }: Decision & { reason: string }) =>
      api('POST /api/offer-exceptions/:id/decide', { params: { id }, body: { approve, reason } }),
    onSuccess: (_, { approve }) => {
      close();
      return done(approve ? t.approved : t.declined, 'offer-exceptions');
    },
    onError: refused,
  });
  const approve = decision?.approve ?? false;
  return (
    <ReasonDialog
      open={decision !== null}
      title={decision === null ? '' : t.decideTitle[approve ? 'approve' : 'decline'](decision.item.name[locale])}
      hint={approve ? t.approveHint : t.declineHint}
      label={t.reason}
      action={approve ? t.approve : t.decline}
      danger={!approve}
      busy={decide.isPending}
      close={close}
      send={(reason) => {
        if (decision !== null) decide.mutate({ ...decision, reason });
      }}
    />
  );
}

function State({ item }: { item: OfferException }) {
  const t = useTexts(offers);
  return (
    <span className="row">
      <Badge tone={exceptionTones[item.state]}>{t.exceptions.states[item.state]}</Badge>
      {item.state === 'asked' && item.escalated ? <Badge tone="warn">{t.exceptions.escalated}</Badge> : null}
      {item.state === 'asked' && item.overdue ? <Badge tone="bad">{t.exceptions.overdue}</Badge> : null}
    </span>
  );
}

/** What was said of it, and by whom, step by step. */
function Course({ item }: { item: OfferException }) {
  const t = useTexts(offers).exceptions;
  const format = useFormat();
  return (
    <ul className="line-list small">
      {item.events.map(({ at, kind, by }) => (
        <li key={`${kind} ${at}`}>
          {word(t.events, kind)}{' '}
          <span className="muted">{[by?.name ?? '', format.dateTime(at)].filter(Boolean).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}

export default function ExceptionsPage() {
  const t = useTexts(offers);
  const e = t.exceptions;
  const { locale } = useLocale();
  const format = useFormat();
  const [decision, setDecision] = useState<Decision | null>(null);
  const query = useQuery(exceptionsQuery);
  return (
    <Page title={e.title} intro={e.intro}>
      <Decide decision={decision} close={() => setDecision(null)} />
      <Panel title={e.title} quiet>
        <QueryTable
          query={query}
          none={e.none}
          rowKey={({ id }) => id}
          columns={[
            {
              title: e.columns.offer,
              head: true,
              cell: ({ name, campaignName }) => (
                <>
                  {name[locale]}
                  <div className="muted small">{campaignName}</div>
                </>
              ),
            },
            {
              title: e.columns.agent,
              cell: ({ agent, customerMasked }) => (
                <>
                  {agent.name}
                  <div className="muted small">{customerMasked}</div>
                </>
              ),
            },
            { title: e.columns.wish, cell: ({ wish }) => <span className="prewrap">{wish}</span> },
            { title: e.columns.state, cell: (item) => <State item={item} /> },
            {
              title: e.columns.answer,
              cell: ({ state, approver, dueAt, reason, decidedBy }) =>
                state === 'asked'
                  ? t.desk.answerBy(t.approvers[approver], format.moment(dueAt))
                  : [reason, decidedBy?.name ?? ''].filter(Boolean).join(' · '),
            },
            { title: e.columns.course, cell: (item) => <Course item={item} /> },
            {
              title: e.columns.decide,
              quiet: true,
              cell: (item) =>
                item.mine ? (
                  <div className="row">
                    <Button
                      size="small"
                      type="primary"
                      data-testid="approve-exception"
                      onClick={() => setDecision({ item, approve: true })}
                    >
                      {e.approve}
                    </Button>
                    <Button
                      size="small"
                      data-testid="decline-exception"
                      onClick={() => setDecision({ item, approve: false })}
                    >
                      {e.decline}
                    </Button>
                  </div>
                ) : null,
            },
          ]}
        />
      </Panel>
    </Page>
  );
}
