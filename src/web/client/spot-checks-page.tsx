import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Recording } from '../../contract/recordings.ts';
import { api } from '../api/client.ts';
import { ApiError } from '../api/problem.ts';
import type { PageProps } from '../app/pages.ts';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { DateField } from '../shared/date-fields.tsx';
import { daySpan } from '../shared/day-span.ts';
import { Field } from '../shared/field.tsx';
import { Page, Panel } from '../shared/page.tsx';
import { Empty, QueryView } from '../shared/states.tsx';
import { Listening } from './spot-check-listening.tsx';

type Choice = { chosen: Recording | null; choose: (recording: Recording) => void };
/** A phone shows each row as a card: more at once would be a long way to scroll. */
const atOnce = 25;

function Recordings({ rows, chosen, choose }: Choice & { rows: readonly Recording[] }) {
  const t = useTexts(admin).client;
  const w = useTexts(words).dispositions;
  const format = useFormat();
  return (
    <DataTable
      rows={rows}
      rowKey={(recording) => recording.id}
      columns={[
        { title: t.columns.at, head: true, cell: (recording) => format.dateTime(recording.talkStartedAt) },
        { title: t.columns.campaign, cell: (recording) => recording.campaignName },
        {
          title: t.columns.length,
          num: true,
          cell: (recording) => format.length(recording.durationMs ?? recording.talkMs),
        },
        { title: t.columns.outcome, cell: (recording) => word(w, recording.disposition) },
        {
          title: t.listen,
          quiet: true,
          num: true,
          cell: (recording) => (
            <Button
              size="small"
              type={chosen?.id === recording.id ? 'primary' : 'default'}
              onClick={() => choose(recording)}
            >
              {t.listen}
            </Button>
          ),
        },
      ]}
    />
  );
}

/** A recording that was put forward and has been erased since is no more to be heard; the others are. */
async function stillThere(id: string, signal: AbortSignal): Promise<Recording[]> {
  try {
    const recording = await api('GET /api/recordings/:id', { params: { id }, signal });
    return recording.state === 'stored' ? [recording] : [];
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

/** What the summary of a week put forward, however long ago that was. */
function PutForward({ summaryId, ...choice }: Choice & { summaryId: string }) {
  const t = useTexts(admin).client;
  const query = useQuery({
    queryKey: ['spot-check', summaryId],
    queryFn: async ({ signal }) => {
      const { content } = await api('GET /api/summaries/:id', { params: { id: summaryId }, signal });
      return (await Promise.all(content.spotCheck.map((id) => stillThere(id, signal)))).flat();
    },
  });
  return (
    <Panel title={t.put}>
      <p className="muted small">{t.putHint}</p>
      <QueryView query={query}>
        {(rows) => (rows.length === 0 ? <Empty title={t.noRecordings} /> : <Recordings rows={rows} {...choice} />)}
      </QueryView>
    </Panel>
  );
}

/** All recordings of the client's campaigns, by outcome and day. */
function AllRecordings(choice: Choice) {
  const t = useTexts(admin).client;
  const c = useTexts(common);
  const w = useTexts(words).dispositions;
  const [disposition, setDisposition] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const filter = {
    ...(disposition === '' ? {} : { disposition }),
    ...daySpan(from, to),
  };
  const query = useInfiniteQuery({
    queryKey: ['recordings', 'stored', filter],
    queryFn: ({ pageParam, signal }) =>
      api('GET /api/recordings', {
        query: { limit: atOnce, state: 'stored', ...filter, ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  return (
    <Panel title={t.all}>
      <div className="toolbar">
        <Field label={t.outcome}>
          {(tie) => (
            <Select
              {...tie}
              className="wide-select"
              value={disposition}
              options={[
                { value: '', label: t.anyOutcome },
                ...Object.entries(w).map(([value, label]) => ({ value, label })),
              ]}
              onChange={setDisposition}
            />
          )}
        </Field>
        <Field label={t.from}>{(tie) => <DateField {...tie} value={from} change={setFrom} />}</Field>
        <Field label={t.to}>{(tie) => <DateField {...tie} value={to} change={setTo} notBefore={from} />}</Field>
      </div>
      <QueryView query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0)
            return <Empty title={Object.keys(filter).length === 0 ? t.noRecordings : t.noneSuch} />;
          return (
            <>
              <Recordings rows={rows} {...choice} />
              {query.hasNextPage ? (
                <div className="row table-foot">
                  <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {c.more}
                  </Button>
                </div>
              ) : null}
            </>
          );
        }}
      </QueryView>
    </Panel>
  );
}

/** Recordings the client may hear: those put forward by a summary (its id in the address), and all others. */
export default function SpotChecksPage({ id }: PageProps) {
  const t = useTexts(admin).client;
  const [chosen, choose] = useState<Recording | null>(null);
  const pick = (recording: Recording) => {
    choose(recording);
    // The player stands above the lists.
    window.scrollTo(0, 0);
  };
  return (
    <Page title={t.spotChecks} intro={t.spotIntro}>
      {chosen ? <Listening key={chosen.id} recording={chosen} summaryId={id === '' ? null : id} /> : null}
      {id === '' ? null : <PutForward summaryId={id} chosen={chosen} choose={pick} />}
      <AllRecordings chosen={chosen} choose={pick} />
    </Page>
  );
}
