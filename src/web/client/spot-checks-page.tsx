import '../inspector/judge/judge.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Recording } from '../../contract/recordings.ts';
import { api } from '../api/client.ts';
import type { PageProps } from '../app/pages.ts';
import { admin } from '../i18n/admin/index.ts';
import { useFormat, useTexts, word } from '../i18n/locale.tsx';
import { results } from '../i18n/results/index.ts';
import { words } from '../i18n/words/index.ts';
import { PlayerPanel } from '../inspector/player/player-panel.tsx';
import { soundQuery } from '../inspector/player/sound.ts';
import { usePlayer } from '../inspector/player/use-player.ts';
import { DataTable } from '../shared/data-table.tsx';
import { useOutcome } from '../shared/feedback.ts';
import { Page, Panel } from '../shared/page.tsx';
import { Empty, QueryView } from '../shared/states.tsx';

function Listening({ recording, summaryId }: { recording: Recording; summaryId: string | null }) {
  const t = useTexts(results).summaries;
  const id = useId();
  const { done, refused } = useOutcome();
  const [text, setText] = useState('');
  const sound = useQuery(soundQuery(recording.id));
  const player = usePlayer(sound.data, noMarks);
  const send = useMutation({
    mutationFn: async () => {
      const remark = text.trim();
      // A remark on a published week stays with that week; any other becomes a case of its own.
      if (summaryId)
        await api('POST /api/summaries/:id/remarks', {
          params: { id: summaryId },
          body: { words: remark, recordingId: recording.id },
        });
      else
        await api('POST /api/cases', {
          body: {
            kind: 'client-remark',
            channel: 'client',
            words: remark,
            recordingId: recording.id,
            campaignId: recording.campaignId,
          },
        });
    },
    onSuccess: () => {
      setText('');
      return done(t.remarkSent, 'cases');
    },
    onError: refused,
  });
  return (
    <>
      <PlayerPanel player={player} failed={sound.isError} />
      <Panel title={t.remark}>
        <form
          className="column"
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate();
          }}
        >
          <div className="field">
            <label htmlFor={id}>{t.remark}</label>
            <Input.TextArea
              id={id}
              rows={3}
              maxLength={4000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          <div>
            <Button type="primary" htmlType="submit" disabled={text.trim() === ''} loading={send.isPending}>
              {t.sendRemark}
            </Button>
          </div>
        </form>
      </Panel>
    </>
  );
}

const noMarks: never[] = [];

/** Recordings the client may hear: those put forward by a summary (its id in the address), or the newest. */
export default function SpotChecksPage({ id }: PageProps) {
  const t = useTexts(admin).client;
  const w = useTexts(words).dispositions;
  const format = useFormat();
  const [chosen, choose] = useState<Recording | null>(null);
  const query = useQuery({
    queryKey: ['recordings', 'stored'],
    queryFn: ({ signal }) => api('GET /api/recordings', { query: { limit: 100, state: 'stored' }, signal }),
  });
  const summary = useQuery({
    queryKey: ['summary', id],
    queryFn: ({ signal }) => api('GET /api/summaries/:id', { params: { id }, signal }),
    enabled: id !== '',
  });
  const put = summary.data?.content.spotCheck;
  return (
    <Page title={t.spotChecks} intro={t.spotIntro}>
      {chosen ? <Listening key={chosen.id} recording={chosen} summaryId={id === '' ? null : id} /> : null}
      <Panel title={t.spotChecks} quiet>
        <QueryView query={query}>
          {({ items }) => {
            const shown = put
              ? [...items].sort((a, b) => Number(put.includes(b.id)) - Number(put.includes(a.id)))
              : items;
            return shown.length === 0 ? (
              <Empty title={t.noRecordings} />
            ) : (
              <DataTable
                rows={shown}
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
          }}
        </QueryView>
      </Panel>
    </Page>
  );
}
