import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { TaskCall } from '../../../contract/corrective-calls.ts';
import { api } from '../../api/client.ts';
import { Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { work } from '../../i18n/work/index.ts';
import { QueryTable } from '../../shared/query-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';

const tones = { planned: 'plain', asked: 'info', done: 'ok', overdue: 'bad', withdrawn: 'plain' } as const;

/** Calls that quality asked for, by deadline. */
export default function TaskCallsPage() {
  const t = useTexts(work).tasks;
  const s = useTexts(work).sales;
  const c = useTexts(common);
  const w = useTexts(words);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const [asking, ask] = useState<TaskCall | null>(null);
  const query = useQuery({
    queryKey: ['task-calls'],
    queryFn: ({ signal }) => api('GET /api/task-calls', { query: { limit: 200 }, signal }),
    refetchInterval: 30_000,
  });
  const withdraw = useMutation({
    mutationFn: ({ id, why }: { id: string; why: string }) =>
      api('POST /api/task-calls/:id/withdraw', { params: { id }, body: { why } }),
    onSuccess: () => {
      ask(null);
      return done(t.withdrawn, 'task-calls');
    },
    onError: refused,
  });
  const { columns } = t;
  return (
    <Page title={t.title} intro={t.intro}>
      <Panel title={t.title} quiet>
        <QueryTable
          query={query}
          none={t.none}
          rowKey={(call) => call.id}
          columns={[
            { title: columns.deadline, head: true, cell: (call) => format.moment(call.deadlineAt) },
            {
              title: columns.kind,
              cell: (call) =>
                call.caseId === null ? (
                  word(w.taskKinds, call.kind)
                ) : (
                  <Link to={`/cases/${call.caseId}`}>{word(w.taskKinds, call.kind)}</Link>
                ),
            },
            { title: columns.customer, cell: (call) => call.customerMasked },
            { title: columns.campaign, cell: (call) => call.campaignName },
            { title: columns.agent, cell: (call) => call.agent?.name ?? (call.byHand ? t.byHand : t.anyAgent) },
            {
              title: columns.state,
              cell: (call) => <Badge tone={tones[call.state]}>{t.states[call.state]}</Badge>,
            },
            { title: columns.result, cell: (call) => word(w.results, call.result) },
            {
              title: c.actions,
              num: true,
              cell: (call) =>
                call.state === 'done' || call.state === 'withdrawn' ? (
                  ''
                ) : (
                  <Button size="small" onClick={() => ask(call)}>
                    {t.withdraw}
                  </Button>
                ),
            },
          ]}
        />
      </Panel>
      <ReasonDialog
        open={asking !== null}
        title={t.withdrawTitle}
        hint={t.withdrawHint}
        label={s.why}
        action={t.withdraw}
        danger
        busy={withdraw.isPending}
        close={() => ask(null)}
        send={(why) => {
          if (asking) withdraw.mutate({ id: asking.id, why });
        }}
      />
    </Page>
  );
}
