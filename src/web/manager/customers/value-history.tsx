/** What the thresholds and strategies were when, who changed them, and what each change was. */
import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { ValueSettings } from '../../../contract/customer-values.ts';
import { api } from '../../api/client.ts';
import { customers } from '../../i18n/customers/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useFocusBack } from '../../shared/focus-back.ts';
import { QueryTable } from '../../shared/query-table.tsx';
import { levels, measures, unit, valueClasses } from './value-steps.ts';

type Line = { label: string; value: string };

/** Every setting as a line of its own, in the words of the form that changes it. */
function useLines(): (settings: ValueSettings) => Line[] {
  const t = useTexts(customers).value;
  const format = useFormat();
  return ({ measures: steps, points, groupServices, change, strategies }) => [
    ...measures.flatMap((measure) =>
      levels.map((level) => ({
        label: t.from(t.measures[measure], t.points[level]),
        value: format.number(steps[measure][level] / unit[measure]),
      })),
    ),
    ...levels.map((level) => ({ label: t.pointsFor(t.classes[level]), value: format.number(points[level]) })),
    { label: t.groupServices, value: format.number(groupServices) },
    { label: t.times, value: format.number(change.times) },
    { label: t.part, value: format.number(change.part) },
    ...valueClasses.map((of) => ({ label: t.strategyFor(t.classes[of]), value: strategies[of] || t.noStrategy })),
  ];
}

function Changes({ before, after }: { before: ValueSettings | undefined; after: ValueSettings }) {
  const lines = useLines();
  const known = new Map((before === undefined ? [] : lines(before)).map(({ label, value }) => [label, value]));
  const changed = lines(after).filter(({ label, value }) => known.get(label) !== value);
  return (
    <dl className="form-diff">
      {changed.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {known.has(label) ? <del>{known.get(label)}</del> : null} <ins>{value}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function ValueHistory({ clientId, close }: { clientId: string; close: () => void }) {
  useFocusBack();
  const t = useTexts(customers).value;
  const format = useFormat();
  const query = useQuery({
    queryKey: ['customer-values', clientId, 'versions'],
    queryFn: ({ signal }) => api('GET /api/clients/:id/values/versions', { params: { id: clientId }, signal }),
  });
  const items = query.data?.items ?? [];
  return (
    <Modal title={t.history.title} open onCancel={close} width={760} footer={null}>
      <QueryTable
        query={query}
        rowKey={({ version }) => String(version)}
        none={t.history.none}
        columns={[
          { title: t.history.version, head: true, cell: ({ version }) => format.number(version) },
          {
            title: t.history.at,
            nowrap: true,
            cell: ({ changedAt }) => (changedAt === null ? '' : format.dateTime(changedAt)),
          },
          { title: t.history.by, cell: ({ changedBy }) => changedBy ?? '' },
          {
            title: t.history.changes,
            cell: ({ version, settings }) => (
              <Changes before={items.find((one) => one.version < version)?.settings} after={settings} />
            ),
          },
        ]}
      />
    </Modal>
  );
}
