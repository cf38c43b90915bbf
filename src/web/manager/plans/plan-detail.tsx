/** One plan's days: those to come, and those that were laid out. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Plan } from '../../../contract/plans.ts';
import { api } from '../../api/client.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { plans } from '../../i18n/plans/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { PreviewOf } from './plan-preview.tsx';

export function PlanDetail({ plan, close }: { plan: Plan; close: () => void }) {
  const t = useTexts(plans).preview;
  const format = useFormat();
  const query = useQuery({
    queryKey: ['plan-preview', plan.id, plan.version],
    queryFn: ({ signal }) => api('GET /api/plans/:id/preview', { params: { id: plan.id }, signal }),
  });
  return (
    <Panel title={t.title(plan.name)} extra={<Button onClick={close}>{t.close}</Button>}>
      <div className="column wide-gap">
        <QueryView query={query}>{(preview) => <PreviewOf preview={preview} />}</QueryView>
        {plan.days.length === 0 ? null : (
          <DataTable
            caption={t.past}
            rows={plan.days}
            rowKey={({ day }) => day}
            columns={[
              { title: t.day, head: true, cell: ({ day }) => format.day(day) },
              { title: t.number, num: true, cell: ({ laid }) => format.number(laid) },
              { title: t.people, num: true, cell: ({ population }) => format.number(population) },
              { title: t.laidAt, nowrap: true, cell: ({ at }) => format.dateTime(at) },
            ]}
          />
        )}
      </div>
    </Panel>
  );
}
