/** Where a client is told outside the product, and what became of the messages. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import type { NoticeAddress } from '../../../contract/notices.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { notices } from '../../i18n/notices/index.ts';
import { useConfirm } from '../../shared/confirm.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { LastError } from '../../shared/last-error.tsx';
import { Badge } from '../../shared/page.tsx';
import { useEdited } from '../../shared/unsaved.ts';
import { QueryView } from '../../shared/states.tsx';
import { RenewSecret } from './renew-secret.tsx';

export const noticeTones = { waiting: 'warn', delivered: 'ok', 'given-up': 'bad', withdrawn: 'plain' } as const;
const entered = (text: string) => (text.trim() === '' ? null : text.trim());

function Address({ set }: { set: NoticeAddress }) {
  const t = useTexts(notices);
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const confirm = useConfirm();
  const { draft, setDraft, taken } = useEdited({
    webhook: set.webhook ?? '',
    email: set.email ?? '',
    locale: set.locale,
  });
  const { webhook, email, locale } = draft;
  const change = (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part }));
  const params = { id: set.clientId };
  const save = useMutation({
    mutationFn: () =>
      api('PUT /api/notices/:id', { params, body: { webhook: entered(webhook), email: entered(email), locale } }),
    onSuccess: () => {
      taken(draft);
      return done(c.saved, 'notices');
    },
    onError: refused,
  });
  const stops = (set.webhook !== null && entered(webhook) === null) || (set.email !== null && entered(email) === null);
  return (
    <form
      className="toolbar"
      onSubmit={(event) => {
        event.preventDefault();
        if (stops)
          confirm({
            title: t.stopTitle(set.clientName),
            consequence: t.stopHint,
            action: c.save,
            act: () => save.mutateAsync(),
          });
        else save.mutate();
      }}
    >
      <Field label={t.webhook}>
        {(tie) => <Input {...tie} value={webhook} onChange={(event) => change({ webhook: event.target.value })} />}
      </Field>
      <Field label={t.email}>
        {(tie) => (
          <Input
            {...tie}
            type="email"
            disabled={!set.mailServer && set.email === null}
            value={email}
            onChange={(event) => change({ email: event.target.value })}
          />
        )}
      </Field>
      <Field label={t.locale}>
        {(tie) => (
          <Select
            {...tie}
            value={locale}
            options={[
              { value: 'en' as const, label: t.languages.en },
              { value: 'zh' as const, label: t.languages.zh },
            ]}
            onChange={(to) => change({ locale: to })}
          />
        )}
      </Field>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {c.save}
      </Button>
      <RenewSecret
        texts={{
          action: t.secret,
          question: t.renewTitle(set.clientName),
          consequence: t.secretHint,
          title: t.secretTitle,
          once: t.secretHint,
        }}
        renew={() => api('POST /api/notices/:id/secret', { params })}
      />
    </form>
  );
}

function Sent({ set }: { set: NoticeAddress }) {
  const t = useTexts(notices);
  const c = useTexts(common);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const retry = useMutation({
    mutationFn: () => api('POST /api/notices/:id/retry', { params: { id: set.clientId } }),
    onSuccess: () => done(c.saved, 'notices'),
    onError: refused,
  });
  const when = (at: number | null) => (at === null ? '' : format.dateTime(at));
  if (set.notices.length === 0) return <p className="muted">{t.none}</p>;
  const stuck = set.notices.some(({ state, lastError }) => state === 'given-up' || (state === 'waiting' && lastError));
  return (
    <>
      <DataTable
        caption={t.sent}
        rows={set.notices}
        rowKey={({ id }) => id}
        columns={[
          { title: t.columns.what, head: true, cell: ({ kind }) => t.kinds[kind] },
          { title: t.columns.channel, cell: ({ channel }) => t.channels[channel] },
          {
            title: t.columns.state,
            cell: ({ state }) => <Badge tone={noticeTones[state]}>{t.states[state]}</Badge>,
          },
          { title: t.columns.tries, num: true, cell: ({ tries }) => format.number(tries) },
          { title: t.columns.made, cell: ({ createdAt }) => when(createdAt) },
          { title: t.columns.done, cell: ({ deliveredAt, nextTryAt }) => when(deliveredAt ?? nextTryAt) },
          { title: t.columns.error, cell: ({ lastError }) => <LastError raw={lastError} /> },
        ]}
      />
      {stuck ? (
        <Button onClick={() => retry.mutate()} loading={retry.isPending}>
          {t.retry}
        </Button>
      ) : null}
    </>
  );
}

export function ClientNotices({ clientId }: { clientId: string }) {
  const t = useTexts(notices);
  const query = useQuery({ queryKey: ['notices'], queryFn: ({ signal }) => api('GET /api/notices', { signal }) });
  return (
    <section className="spaced-top">
      <h3>{t.title}</h3>
      <p className="muted small">{t.hint}</p>
      <QueryView query={query}>
        {({ items }) => {
          const set = items.find((one) => one.clientId === clientId);
          if (set === undefined) return null;
          return (
            <>
              {set.webhook === null && set.email === null ? <p className="note tone-warn">{t.nobody}</p> : null}
              <Address set={set} />
              {set.mailServer ? null : <p className="muted small">{t.noMailServer}</p>}
              <Sent set={set} />
            </>
          );
        }}
      </QueryView>
    </section>
  );
}
