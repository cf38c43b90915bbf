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
  return (
    <Page title={s.recordings} intro={r.intro}>
      {chosen ? <Listening key={chosen.id} recordingId={chosen.id} /> : null}
      <Panel title={s.recordings} quiet>
        <PagedTable
          name={s.recordings}
          empty={t.noRecordings}
          queryKey={['recordings', 'all']}
          load={(after, signal) => api('GET /api/recordings', { query: { limit: 100, ...after }, signal })}
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
