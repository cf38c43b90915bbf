/** The team's agents: who takes part, what each is there for, and how many contacts each has and would have. */
import { useMutation } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import type { Allocation, SegmentRules } from '../../../contract/segments.ts';
import { api } from '../../api/client.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { useTypeName } from './words.ts';

type Row = Allocation['agents'][number];

/** Kept as soon as it is chosen. */
function Skills(props: {
  row: Row;
  rules: SegmentRules;
  regions: string[];
  writes: boolean;
  of: 'types' | 'regions';
  kept: () => void;
}) {
  const { row, rules, regions, writes, of, kept } = props;
  const t = useTexts(segments).allocation;
  const format = useFormat();
  const nameOf = useTypeName();
  const { done, refused } = useOutcome();
  const keep = useMutation({
    mutationFn: (chosen: string[]) =>
      api('PUT /api/agents/:id/skills', {
        params: { id: row.agent.id },
        body: { types: row.types, regions: row.regions, [of]: chosen },
      }),
    onSuccess: () => {
      kept();
      return done(t.saved, 'allocation');
    },
    onError: refused,
  });
  const types = rules.types.map((type) => ({ value: type.key, label: nameOf(type, type.key) }));
  const said = (value: string) => types.find((type) => type.value === value)?.label ?? value;
  if (!writes)
    return <span className="muted small">{row[of].length === 0 ? t.everything : format.list(row[of].map(said))}</span>;
  return (
    <Select
      mode={of === 'types' ? 'multiple' : 'tags'}
      className="segment-states"
      aria-label={format.named(row.agent.name, t[of])}
      placeholder={t.everything}
      loading={keep.isPending}
      value={row[of]}
      options={of === 'types' ? types : regions.map((value) => ({ value, label: value }))}
      onChange={(chosen) => keep.mutate(chosen)}
    />
  );
}

export function AgentsTable(props: {
  allocation: Allocation;
  rules: SegmentRules;
  writes: boolean;
  /** How many each would have, by agent; null: not foreseen yet. */
  foreseen: Map<string, number> | null;
  chosen: readonly string[];
  choose: (agentIds: string[]) => void;
  /** Skills were changed: what was foreseen is not so any more. */
  kept: () => void;
}) {
  const { allocation, rules, writes, foreseen, chosen, choose, kept } = props;
  const t = useTexts(segments).allocation;
  const format = useFormat();
  const regions = allocation.regions.map(({ region }) => region).filter((region) => region !== '');
  return (
    <DataTable
      rows={allocation.agents}
      rowKey={({ agent }) => agent.id}
      columns={[
        {
          title: t.agent,
          head: true,
          cell: ({ agent }) =>
            writes ? (
              <Checkbox
                aria-label={t.takesPart(agent.name)}
                checked={chosen.includes(agent.id)}
                onChange={({ target }) =>
                  choose(target.checked ? [...chosen, agent.id] : chosen.filter((id) => id !== agent.id))
                }
              >
                {agent.name}
              </Checkbox>
            ) : (
              agent.name
            ),
        },
        { title: t.types, cell: (row) => <Skills {...{ row, rules, regions, writes, kept }} of="types" /> },
        { title: t.regions, cell: (row) => <Skills {...{ row, rules, regions, writes, kept }} of="regions" /> },
        { title: t.now, num: true, cell: ({ contacts }) => format.number(contacts) },
        ...(foreseen === null
          ? []
          : [
              {
                title: t.would,
                num: true,
                cell: ({ agent }: Row) => format.number(foreseen.get(agent.id) ?? 0),
              },
            ]),
      ]}
    />
  );
}
