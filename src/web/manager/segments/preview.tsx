/** What rules that are being written would take, with a few customers of each type, masked. */
import type { SegmentPreview, SegmentRules } from '../../../contract/segments.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Panel } from '../../shared/page.tsx';
import { TypesTable } from './counts.tsx';
import { amountOf, useTypeName } from './words.ts';

export function PreviewOf({ preview, rules }: { preview: SegmentPreview; rules: SegmentRules }) {
  const t = useTexts(segments);
  const format = useFormat();
  const nameOf = useTypeName();
  const { counts, examples, month } = preview;
  const p = t.preview;
  return (
    <Panel title={p.title(format.month(`${month}-01`))}>
      <div className="column" data-testid="segment-preview">
        <p className="muted">{p.hint(format.number(counts.population))}</p>
        <TypesTable rules={rules} counts={counts} />
        <p>
          {t.none}: {t.of(format.number(counts.none), format.number(counts.population))}
        </p>
        {rules.types.map((type) => {
          const items = examples.find(({ key }) => key === type.key)?.items ?? [];
          const name = nameOf(type, t.form.unnamed);
          return (
            <details key={type.key}>
              <summary>
                {p.examples(name)} ({format.number(items.length)})
              </summary>
              {items.length === 0 ? (
                <p className="muted">{p.noExamples}</p>
              ) : (
                <DataTable
                  rows={items.map((item, index) => ({ ...item, place: index }))}
                  rowKey={({ place }) => String(place)}
                  columns={[
                    { title: p.number, head: true, cell: ({ number }) => number },
                    {
                      title: p.bill,
                      num: true,
                      cell: ({ bill }) => (bill === null ? format.number(null) : format.exact(amountOf(bill))),
                    },
                    { title: p.status, cell: ({ status }) => word(t.states, status) },
                  ]}
                />
              )}
            </details>
          );
        })}
      </div>
    </Panel>
  );
}
