import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContactList } from '../../../contract/lists.ts';
import { address, api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useWallboard } from '../../live/wallboard.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { EndlessBar } from '../../shared/endless-bar.tsx';
import { Badge, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { type ImportedTable, RejectedLines } from './rejected-lines.tsx';
import { Upload } from './upload.tsx';

const tones = { importing: 'info', ready: 'ok', failed: 'bad' } as const;

/** The name of a list with how far its import is, or why it was not taken. */
function ListName({ list, lines }: { list: ContactList; lines: number | null }) {
  const t = useTexts(campaigns).lists;
  const format = useFormat();
  const whyFailed = ({ code, field, line }: NonNullable<ContactList['failure']>) => {
    const why = word(t.reasons, code);
    const where = field === '' ? why : t.where(why, word(t.reasons, field));
    return line === null ? where : t.atLine(where, format.number(line));
  };
  return (
    <>
      {list.name}
      <div className="muted small">{list.fileName}</div>
      {list.state === 'importing' ? (
        <>
          <EndlessBar label={t.states.importing} />
          <span className="small muted">
            {t.reading(format.number(lines ?? list.linesRead ?? 0))} {t.mayLeave}
          </span>
        </>
      ) : null}
      {list.failure ? <p className="field-fault">{t.failed(whyFailed(list.failure))}</p> : null}
    </>
  );
}

const tableOf = ({ id, name, campaignId }: ContactList): ImportedTable => ({
  ...{ id, name, of: campaignId },
  file: address('GET /api/lists/:id/rejected.csv', { params: { id } }),
  load: (after, signal) =>
    api('GET /api/lists/:id/rejected', { params: { id }, query: { limit: 100, ...after }, signal }),
});

/** Lists of a campaign: import with progress, what was taken, and every line that was not, with its reason. */
export function Lists({ campaignId }: { campaignId: string }) {
  const t = useTexts(campaigns).lists;
  const format = useFormat();
  const may = useMay();
  const [shown, show] = useState<ContactList | null>(null);
  const { imports } = useWallboard();
  /** Known once the file has been read through: before, a nought would contradict the lines read so far. */
  const counted = ({ state }: ContactList, count: number) => (state === 'ready' ? format.number(count) : '');
  const query = useQuery({
    queryKey: ['lists', campaignId],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id/lists', { params: { id: campaignId }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((list) => list.state === 'importing') ? 1500 : 15_000),
  });
  return (
    <div className="column">
      {may('list.import') ? <Upload campaignId={campaignId} /> : null}
      <Panel title={t.title}>
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.none} />
            ) : (
              <DataTable
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  {
                    title: t.columns.name,
                    head: true,
                    cell: (list) => <ListName list={list} lines={imports.get(list.id) ?? null} />,
                  },
                  {
                    title: t.columns.state,
                    cell: ({ state }) => <Badge tone={tones[state]}>{t.states[state]}</Badge>,
                  },
                  { title: t.columns.total, num: true, cell: (list) => counted(list, list.total) },
                  { title: t.columns.accepted, num: true, cell: (list) => counted(list, list.accepted) },
                  {
                    title: t.columns.rejected,
                    num: true,
                    cell: (list) =>
                      list.rejected === 0 ? (
                        counted(list, 0)
                      ) : (
                        <button
                          type="button"
                          className="link-button"
                          onClick={() => show(list)}
                          aria-label={t.showRejected(format.number(list.rejected))}
                        >
                          {format.number(list.rejected)}
                        </button>
                      ),
                  },
                  { title: t.columns.encoding, cell: ({ encoding }) => encoding.toUpperCase() },
                  {
                    title: t.columns.at,
                    nowrap: true,
                    cell: ({ importedAt, importedBy }) => (
                      <>
                        {format.dateTime(importedAt)}
                        {importedBy ? <div className="muted small">{importedBy}</div> : null}
                      </>
                    ),
                  },
                ]}
              />
            )
          }
        </QueryView>
      </Panel>
      {shown ? <RejectedLines table={tableOf(shown)} close={() => show(null)} /> : null}
    </div>
  );
}
