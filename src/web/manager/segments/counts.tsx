/** How many customers each type takes, and how many it lost to earlier ones. */
import type { SegmentCounts, SegmentRules } from '../../../contract/segments.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { type DataColumn, DataTable } from '../../shared/data-table.tsx';
import { useRuleWords, useTypeName } from './words.ts';

type Row = SegmentRules['types'][number] & { place: number };

/** `counts` null: nobody was sorted yet. */
export function TypesTable({
  rules,
  counts,
  caption,
}: {
  rules: SegmentRules;
  counts: SegmentCounts | null;
  caption?: string;
}) {
  const t = useTexts(segments);
  const format = useFormat();
  const inWords = useRuleWords();
  const nameOf = useTypeName();
  const name = (key: string) =>
    nameOf(
      rules.types.find((type) => type.key === key),
      key,
    );
  const of = (key: string) => counts?.types.find((count) => count.key === key);
  const figures: DataColumn<Row>[] = [
    {
      title: t.columns.taken,
      num: true,
      cell: ({ key }) => {
        const count = of(key);
        if (count === undefined || counts === null) return format.number(null);
        return (
          <>
            {t.of(format.number(count.taken), format.number(counts.population))}
            {count.held === 0 ? null : <div className="muted small">{t.held(format.number(count.held))}</div>}
          </>
        );
      },
    },
    {
      title: t.columns.lost,
      num: true,
      cell: ({ key }) => {
        const count = of(key);
        const to = Object.entries(count?.lostTo ?? {}).sort(([, a], [, b]) => b - a);
        return (
          <>
            {format.number(count?.lost)}
            {to.length === 0 ? null : (
              <div className="muted small wraps">
                {format.list(to.map(([other, lost]) => t.lostTo(format.number(lost), name(other))))}
              </div>
            )}
          </>
        );
      },
    },
  ];
  return (
    <DataTable
      {...(caption === undefined ? {} : { caption })}
      rows={rules.types.map((type, index) => ({ ...type, place: index + 1 }))}
      rowKey={({ key }) => key}
      columns={[
        { title: t.columns.place, num: true, cell: ({ place }) => format.number(place) },
        {
          title: t.columns.type,
          head: true,
          cell: (type) => (
            <>
              {nameOf(type, type.key)}
              <div className="muted small">{inWords(type)}</div>
            </>
          ),
        },
        ...(counts === null ? [] : figures),
      ]}
    />
  );
}
