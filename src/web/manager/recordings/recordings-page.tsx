import { Button } from 'antd';
import { useState } from 'react';
import type { Recording } from '../../../contract/recordings.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { admin } from '../../i18n/admin/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { shell } from '../../i18n/shell/index.ts';
import { words } from '../../i18n/words/index.ts';
import { Listening } from '../../inspector/player/listening.tsx';
import { CallFilter, callQuery, type CallSearch } from '../../shared/call-filter.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { PagedTable } from '../../shared/paged-table.tsx';

/** All recordings the reader may see, lost and damaged ones included; each listening is logged. */
export default function RecordingsPage() {
  const s = useTexts(shell).pages;
  const t = useTexts(admin).client;
  const r = useTexts(admin).recordings;
  const w = useTexts(words).dispositions;
  const format = useFormat();
  const may = useMay();
  const [chosen, choose] = useState<Recording | null>(null);
  const [search, setSearch] = useState<CallSearch>({});
  const choices = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));
  return (
    <Page title={s.recordings} intro={r.intro}>
      {chosen ? <Listening key={chosen.id} recordingId={chosen.id} /> : null}
      <CallFilter
        search={search}
        change={setSearch}
        also={[
          { key: 'disposition', label: t.outcome, any: t.anyOutcome, choices: choices(w) },
          { key: 'state', label: r.state, any: r.anyState, choices: choices(r.states) },
        ]}
      />
      <Panel title={s.recordings} quiet>
        <PagedTable
          name={s.recordings}
          empty={Object.keys(search).length === 0 ? t.noRecordings : t.noneSuch}
          queryKey={['recordings', 'all', search]}
          load={(after, signal) =>
            api('GET /api/recordings', { query: { limit: 100, ...callQuery(search), ...after }, signal })
          }
          rowKey={(recording) => recording.id}
          columns={[
            { title: t.columns.at, width: 180, cell: (recording) => format.dateTime(recording.talkStartedAt) },
            { title: t.columns.agent, width: 140, cell: (recording) => recording.agent.name },
            { title: t.columns.campaign, width: 200, cell: (recording) => recording.campaignName },
            {
              title: t.columns.length,
              width: 90,
              number: true,
              cell: (recording) => format.length(recording.durationMs ?? recording.talkMs),
            },
            { title: t.columns.outcome, width: 130, cell: (recording) => word(w, recording.disposition) },
            {
              title: r.state,
              width: 120,
              cell: (recording) => (
                <Badge
                  tone={
                    recording.state === 'stored'
                      ? 'ok'
                      : recording.state === 'lost' || recording.state === 'damaged'
                        ? 'bad'
                        : 'plain'
                  }
                >
                  {r.states[recording.state]}
                </Badge>
              ),
            },
            {
              title: t.listen,
              width: 110,
              cell: (recording) =>
                may('recording.listen') && recording.state === 'stored' ? (
                  <Button size="small" onClick={() => choose(recording)}>
                    {t.listen}
                  </Button>
                ) : (
                  ''
                ),
            },
          ]}
        />
      </Panel>
    </Page>
  );
}
