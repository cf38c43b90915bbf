import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { ExternalBlacklist } from '../../../contract/blacklist.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { JobProgress } from '../../shared/long-jobs/job-progress.tsx';
import { running, useLongJobs } from '../../shared/long-jobs/queries.ts';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { ImportExternal } from './import-external.tsx';

function Line({ list, withdraw }: { list: ExternalBlacklist; withdraw: (() => void) | null }) {
  const t = useTexts(work).blacklist;
  const format = useFormat();
  const state =
    list.replacedAt !== null
      ? {
          tone: 'info' as const,
          text: list.withdrawal === null ? t.replaced(format.date(list.replacedAt)) : t.withdrawn,
        }
      : list.stale
        ? { tone: 'bad' as const, text: t.stale(format.number(list.staleDays)) }
        : { tone: 'ok' as const, text: t.fresh };
  return (
    <li>
      <div className="row spread">
        <span className="strong">{list.name}</span>
        <Badge tone={state.tone}>{state.text}</Badge>
      </div>
      <div className="row spread">
        <span className="muted small">
          {t.asOf(format.date(list.asOf))} · {list.source} · {t.scopes[list.scope]} ·{' '}
          {t.entries(format.number(list.entries))}
          {list.rejected > 0 ? ` · ${t.rejected(format.number(list.rejected))}` : ''}
        </span>
        {withdraw === null ? null : (
          <Button size="small" onClick={withdraw}>
            {t.remove}
          </Button>
        )}
      </div>
      {list.withdrawal === null ? null : <p className="muted small">{list.withdrawal}</p>}
    </li>
  );
}

/** Lists of others, with their date: stale ones first, what was replaced last. */
export function ExternalLists() {
  const t = useTexts(work).blacklist;
  const may = useMay();
  const { done, refused } = useOutcome();
  const { items: jobs } = useLongJobs({ kind: 'external-list' }, 'external-lists');
  const [importing, show] = useState(false);
  const [asking, ask] = useState<ExternalBlacklist | null>(null);
  const query = useQuery({
    queryKey: ['external-lists'],
    queryFn: ({ signal }) => api('GET /api/blacklist/external', { signal }),
  });
  const withdraw = useMutation({
    mutationFn: ({ id, why }: { id: string; why: string }) =>
      api('POST /api/blacklist/external/:id/withdraw', { params: { id }, body: { why } }),
    onSuccess: () => {
      ask(null);
      return done(t.takenBack, 'external-lists');
    },
    onError: refused,
  });
  return (
    <Panel
      title={t.external}
      extra={
        may('blacklist.remove') ? (
          <Button onClick={() => show(true)} data-testid="import-external">
            {t.importExternal}
          </Button>
        ) : null
      }
    >
      {jobs.filter(running).map((job) => (
        <div key={job.id}>
          <p className="strong">{job.about}</p>
          <JobProgress job={job} />
        </div>
      ))}
      {importing ? <ImportExternal close={() => show(false)} /> : null}
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.noExternal} hint={t.noExternalHint} />
          ) : (
            <ul className="line-list">
              {items.map((list) => (
                <Line
                  key={list.id}
                  list={list}
                  withdraw={list.replacedAt === null && may('blacklist.remove') ? () => ask(list) : null}
                />
              ))}
            </ul>
          )
        }
      </QueryView>
      <ReasonDialog
        open={asking !== null}
        title={t.withdrawTitle(asking?.name ?? '')}
        hint={t.withdrawHint}
        label={t.why}
        action={t.remove}
        danger
        busy={withdraw.isPending}
        close={() => ask(null)}
        send={(why) => {
          if (asking) withdraw.mutate({ id: asking.id, why });
        }}
      />
    </Panel>
  );
}
