import '../inspector/judge/judge.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Recording } from '../../contract/recordings.ts';
import { api } from '../api/client.ts';
import { useTexts } from '../i18n/locale.tsx';
import { results } from '../i18n/results/index.ts';
import { PlayerPanel } from '../inspector/player/player-panel.tsx';
import { soundQuery } from '../inspector/player/sound.ts';
import { usePlayer } from '../inspector/player/use-player.ts';
import { useOutcome } from '../shared/feedback.ts';
import { Panel } from '../shared/page.tsx';
import { RemarkForm } from '../shared/remark-form.tsx';

const noMarks: never[] = [];

/** One recording with what the client finds in it. */
export function Listening({ recording, summaryId }: { recording: Recording; summaryId: string | null }) {
  const t = useTexts(results).summaries;
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
        <RemarkForm
          className="column"
          text={text}
          sending={send.isPending}
          change={setText}
          send={() => send.mutate()}
        />
      </Panel>
    </>
  );
}
