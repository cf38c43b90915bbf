import '../judge/judge.css';
import { useQuery } from '@tanstack/react-query';
import { PlayerPanel } from './player-panel.tsx';
import { soundQuery } from './sound.ts';
import { usePlayer } from './use-player.ts';
import { recordingVoices } from './voices.tsx';

const noMarks: never[] = [];

/** One recording to listen to; each listening is logged by the server. */
export function Listening({ recordingId }: { recordingId: string }) {
  const sound = useQuery(soundQuery(recordingId));
  const voices = useQuery(recordingVoices(recordingId));
  const player = usePlayer(sound.data, noMarks);
  return <PlayerPanel player={player} failed={sound.isError} voices={voices.data?.voices} />;
}
