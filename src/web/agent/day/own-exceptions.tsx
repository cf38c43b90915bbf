/** What the agent asked for beyond their own offers, what became of it, and taking it back. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { OfferException } from '../../../contract/offers.ts';
import { api } from '../../api/client.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { offers } from '../../i18n/offers/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { exceptionTones } from '../../shared/offers/exception-tones.ts';
import { Badge, Panel } from '../../shared/page.tsx';

function TakeBack({ id }: Pick<OfferException, 'id'>) {
  const t = useTexts(offers).exceptions;
  const { done, refused } = useOutcome();
  const take = useMutation({
    mutationFn: () => api('POST /api/agent/offer-exceptions/:id/withdraw', { params: { id } }),
    onSuccess: () => done(t.takenBack, 'own-exceptions', 'desk-offers'),
    onError: refused,
  });
  return (
    <Button size="small" loading={take.isPending} onClick={() => take.mutate()}>
      {t.takeBack}
    </Button>
  );
}

/** Nothing where nothing was asked. */
export function OwnExceptions() {
  const t = useTexts(offers);
  const { locale } = useLocale();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['own-exceptions'],
    queryFn: ({ signal }) => api('GET /api/agent/offer-exceptions', { signal }),
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  const { columns } = t.exceptions;
  return (
    <Panel title={t.exceptions.own}>
      <DataTable
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          { title: columns.offer, head: true, cell: ({ name }) => name[locale] },
          { title: columns.customer, cell: ({ customerMasked }) => customerMasked },
          { title: columns.wish, cell: ({ wish }) => <span className="clamp">{wish}</span> },
          {
            title: columns.state,
            cell: ({ state }) => <Badge tone={exceptionTones[state]}>{t.exceptions.states[state]}</Badge>,
          },
          {
            title: columns.answer,
            cell: ({ state, approver, dueAt, reason }) =>
              state === 'asked' ? t.desk.answerBy(t.approvers[approver], format.moment(dueAt)) : reason,
          },
          {
            title: columns.decide,
            quiet: true,
            cell: ({ id, state }) => (state === 'asked' ? <TakeBack id={id} /> : null),
          },
        ]}
      />
    </Panel>
  );
}
