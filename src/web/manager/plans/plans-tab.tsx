/** The plans that call from a campaign: what each lays out, what came of its period, and who may change it does so here. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { Plan } from '../../../contract/plans.ts';
import { api } from '../../api/client.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { plans } from '../../i18n/plans/index.ts';
import { useConfirm } from '../../shared/confirm.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { type OpenOne, WrittenList } from '../campaigns/written-list.tsx';
import { PlanDetail } from './plan-detail.tsx';
import { PlanForm } from './plan-form.tsx';
import { usePlanWords } from './plan-words.ts';

function PlanSwitch({ plan }: { plan: Plan }) {
  const t = useTexts(plans);
  const confirm = useConfirm();
  const { done, refused } = useOutcome();
  const params = { id: plan.id };
  const pause = useMutation({
    mutationFn: () => api('POST /api/plans/:id/pause', { params }),
    onSuccess: () => done(t.paused, 'plans'),
    onError: refused,
  });
  const resume = useMutation({
    mutationFn: () => api('POST /api/plans/:id/resume', { params }),
    onSuccess: () => done(t.resumed, 'plans'),
    onError: refused,
  });
  if (plan.state === 'paused')
    return (
      <Button size="small" loading={resume.isPending} onClick={() => resume.mutate()}>
        {t.resume}
      </Button>
    );
  const ask = { title: t.pauseTitle(plan.name), consequence: t.pauseHint, action: t.pause };
  return (
    <Button size="small" data-testid="pause-plan" onClick={() => confirm({ ...ask, act: () => pause.mutateAsync() })}>
      {t.pause}
    </Button>
  );
}

function PlanTable(props: { items: Plan[]; writes: boolean; open: OpenOne }) {
  const { items, writes, open } = props;
  const t = useTexts(plans);
  const format = useFormat();
  const inWords = usePlanWords();
  return (
    <DataTable
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        {
          title: t.columns.plan,
          head: true,
          cell: ({ name, settings }) => (
            <>
              {name}
              <div className="muted small">{inWords(settings)}</div>
            </>
          ),
        },
        {
          title: t.columns.state,
          cell: ({ state }) => <Badge tone={state === 'active' ? 'ok' : 'warn'}>{t.states[state]}</Badge>,
        },
        {
          title: t.columns.period,
          cell: ({ period, settings }) =>
            period === null
              ? t.since(format.shortDay(settings.startsOn))
              : format.days(period.from, lastDay(period.until)),
        },
        { title: t.columns.laid, num: true, cell: ({ progress }) => format.number(progress.laid) },
        { title: t.columns.waiting, num: true, cell: ({ progress }) => format.number(progress.waiting) },
        { title: t.columns.reached, num: true, cell: ({ progress }) => format.number(progress.reached) },
        { title: t.columns.answered, num: true, cell: ({ progress }) => format.number(progress.answered) },
        {
          title: t.columns.actions,
          quiet: true,
          cell: (plan) => (
            <div className="row">
              <Button size="small" data-testid="show-plan" onClick={() => open({ what: 'show', id: plan.id })}>
                {t.preview.show}
              </Button>
              {writes ? (
                <>
                  <Button size="small" data-testid="edit-plan" onClick={() => open({ what: 'edit', id: plan.id })}>
                    {t.edit}
                  </Button>
                  <PlanSwitch plan={plan} />
                </>
              ) : null}
            </div>
          ),
        },
      ]}
    />
  );
}

/** The day before one. */
function lastDay(until: string): string {
  return new Date(Date.parse(until) - 86_400_000).toISOString().slice(0, 10);
}

export default function PlansTab({ campaign }: { campaign: Campaign }) {
  const t = useTexts(plans);
  const { id } = campaign;
  const query = useQuery({
    queryKey: ['plans', id],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id/plans', { params: { id }, signal }),
    refetchInterval: 60_000,
  });
  return (
    <QueryView query={query}>
      {({ items, today }) => (
        <WrittenList
          campaign={campaign}
          items={items}
          texts={t}
          newTestId="new-plan"
          note={campaign.state === 'running' ? null : <p className="note tone-warn">{t.rests}</p>}
          table={(open, writes) => <PlanTable items={items} writes={writes} open={open} />}
          form={(plan, close) => <PlanForm key={plan?.id} {...{ campaign, plan, today, close }} />}
          detail={(plan, close) => <PlanDetail key={plan.id} plan={plan} close={close} />}
        />
      )}
    </QueryView>
  );
}
