import '../judge/judge.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CallAnswers } from '../../shared/survey/call-answers.tsx';
import { PlayerPanel } from './player-panel.tsx';
import { soundQuery } from './sound.ts';
import { findingMarks, TranscriptPanel, transcriptQuery } from './transcript.tsx';
import { usePlayer } from './use-player.ts';
import { recordingVoices } from './voices.tsx';

/** One recording to listen to; each listening is logged by the server. */
export function Listening({ recordingId }: { recordingId: string }) {
  const sound = useQuery(soundQuery(recordingId));
  const voices = useQuery(recordingVoices(recordingId));
  const transcript = useQuery(transcriptQuery(recordingId));
  const marks = useMemo(() => findingMarks(transcript.data), [transcript.data]);
  const player = usePlayer(sound.data, marks);
  return (
    <>
      <PlayerPanel player={player} failed={sound.isError} voices={voices.data?.voices} />
      <CallAnswers recordingId={recordingId} />
      <TranscriptPanel query={transcript} player={player} />
    </>
  );
}
