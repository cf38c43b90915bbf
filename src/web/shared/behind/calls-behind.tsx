import { Button } from 'antd';
import { useState } from 'react';
import type { CallBehind, FigureName } from '../../../contract/calls-behind.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { behind } from '../../i18n/behind/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { Listening } from '../../inspector/player/listening.tsx';
import { PagedTable } from '../paged-table.tsx';
import type { Asked, Source } from './source.ts';

const isCase = (figure: FigureName) => /^(complaints|problems|client-remarks|cases-)/.test(figure);
const isSale = (figure: FigureName) => ['sales', 'valid-sales', 'void-sales'].includes(figure);
const isTime = (figure: FigureName) => figure.endsWith('-time') || figure === 'complaints-handled';
const isDay = (figure: FigureName) => figure === 'working-days' || figure === 'days-attended';

/** The things behind one figure, page by page. */
export function CallsBehind({ source, asked }: { source: Source; asked: Asked }) {
  const t = useTexts(behind);
  const w = useTexts(words);
  const format = useFormat();
  const may = useMay();
  const [heard, hear] = useState<string | null>(null);
  const result = ({ call }: CallBehind) =>
    call === null ? '' : call.disposition ? word(w.dispositions, call.disposition) : word(w.outcomes, call.outcome);
  const links = ({ id, call }: CallBehind) => {
    const recordingId = call?.recordingId ?? null;
    return (
      <span className="row">
        {recordingId !== null && may('recording.listen') ? (
          <Button size="small" onClick={() => hear(recordingId)}>
            {t.listen}
          </Button>
        ) : null}
        {isCase(asked.figure) && may('case.read') ? <Link to={`/cases/${id}`}>{t.toCase}</Link> : null}
        {isSale(asked.figure) && may('sale.read') ? <Link to={`/sales/${id}`}>{t.toSale}</Link> : null}
      </span>
    );
  };
  return (
    <div className="column">
      <p className="muted">{t.intro}</p>
      {heard === null ? null : <Listening key={heard} recordingId={heard} />}
      <PagedTable
        name={t.figures[asked.figure]}
        empty={t.none}
        queryKey={['behind', ...source.key, asked]}
        load={(after, signal) => source.load(asked, after, signal)}
        rowKey={({ id }) => id}
        columns={[
          {
            title: t.columns.at,
            width: 170,
            cell: ({ at }) => (isDay(asked.figure) ? format.date(at) : format.dateTime(at)),
          },
          ...(isTime(asked.figure)
            ? [
                {
                  title: t.columns.counts,
                  width: 110,
                  number: true,
                  cell: ({ ms }: CallBehind) => (ms === null ? '' : format.clock(ms)),
                },
              ]
            : []),
          {
            title: t.columns.number,
            width: 130,
            cell: ({ call }) =>
              call?.numberMasked ??
              (isTime(asked.figure) || isDay(asked.figure) ? '' : <span className="muted">{t.noCall}</span>),
          },
          { title: t.columns.agent, width: 120, cell: ({ call, agent }) => (agent ?? call?.agent)?.name ?? '' },
          { title: t.columns.result, width: 130, cell: result },
          {
            title: t.columns.talk,
            width: 100,
            number: true,
            cell: ({ call }) =>
              call?.connectedAt && call.endedAt ? format.clock(call.endedAt - call.connectedAt) : '',
          },
          { title: t.columns.more, width: 150, cell: links },
        ]}
      />
    </div>
  );
}
