import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useState } from 'react';
import type { ContactList } from '../../../contract/lists.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useWallboard } from '../../live/wallboard.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { RejectedLines } from './rejected-lines.tsx';
import { Upload } from './upload.tsx';
import { TableScroll } from '../../shared/table-scroll.tsx';

const tones = { importing: 'info', ready: 'ok', failed: 'bad' } as const;

function ListRow({ list, lines, show }: { list: ContactList; lines: number | null; show: () => void }) {
  const t = useTexts(campaigns).lists;
  const format = useFormat();
  return (
    <tr>
      <th scope="row">
        {list.name}
        <div className="muted small">{list.fileName}</div>
        {list.state === 'importing' ? (
          <>
            <Progress percent={100} showInfo={false} status="active" size="small" aria-label={t.states.importing} />
            <span className="small muted">
              {t.reading(format.number(lines ?? list.linesRead ?? 0))} {t.mayLeave}
            </span>
          </>
        ) : null}
        {list.failure ? (
          <p className="field-fault">
            {t.failed(word(t.reasons, list.failure.code))}
            {list.failure.field === '' ? '' : ` (${word(t.reasons, list.failure.field)})`}
            {list.failure.line === null ? '' : `, ${t.atLine(format.number(list.failure.line))}`}
          </p>
        ) : null}
      </th>
      <td>
        <Badge tone={tones[list.state]}>{t.states[list.state]}</Badge>
      </td>
      <td className="num">{format.number(list.total)}</td>
      <td className="num">{format.number(list.accepted)}</td>
      <td className="num">
        {list.rejected > 0 ? (
          <button
            type="button"
            className="link-button"
            onClick={show}
            aria-label={t.showRejected(format.number(list.rejected))}
          >
            {format.number(list.rejected)}
          </button>
        ) : (
          format.number(0)
        )}
      </td>
      <td>{list.encoding}</td>
      <td className="nowrap">
        {format.dateTime(list.importedAt)}
        {list.importedBy ? <div className="muted small">{list.importedBy}</div> : null}
      </td>
    </tr>
  );
}

/** Lists of a campaign: import with progress, what was taken, and every line that was not, with its reason. */
export function Lists({ campaignId }: { campaignId: string }) {
  const t = useTexts(campaigns).lists;
  const may = useMay();
  const [shown, show] = useState<ContactList | null>(null);
  const { imports } = useWallboard();
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
              <Empty title={t.none} hint={t.noneHint} />
            ) : (
              <TableScroll>
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th scope="col">{t.columns.name}</th>
                      <th scope="col">{t.columns.state}</th>
                      <th scope="col" className="num">
                        {t.columns.total}
                      </th>
                      <th scope="col" className="num">
                        {t.columns.accepted}
                      </th>
                      <th scope="col" className="num">
                        {t.columns.rejected}
                      </th>
                      <th scope="col">{t.columns.encoding}</th>
                      <th scope="col">{t.columns.at}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((list) => (
                      <ListRow key={list.id} list={list} lines={imports.get(list.id) ?? null} show={() => show(list)} />
                    ))}
                  </tbody>
                </table>
              </TableScroll>
            )
          }
        </QueryView>
      </Panel>
      {shown ? <RejectedLines list={shown} close={() => show(null)} /> : null}
    </div>
  );
}
