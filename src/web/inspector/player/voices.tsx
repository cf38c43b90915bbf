/** Who speaks on the agent's side from when on, where it is not one and the same person: a colleague, a supervisor, a guest. */
import { queryOptions } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Voice } from '../../../contract/recordings.ts';
import { api } from '../../api/client.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { listening } from '../../i18n/listening/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';

/** For the inspection's reader no name is told that they must not know. */
export const inspectionVoices = (id: string) =>
  queryOptions({
    queryKey: ['voices', 'inspection', id],
    queryFn: ({ signal }) => api('GET /api/inspections/:id/voices', { params: { id }, signal }),
  });

export const recordingVoices = (id: string) =>
  queryOptions({
    queryKey: ['voices', 'recording', id],
    queryFn: ({ signal }) => api('GET /api/recordings/:id/voices', { params: { id }, signal }),
  });

export function Voices({ voices, seek }: { voices: readonly Voice[]; seek: (seconds: number) => void }) {
  const t = useTexts(listening);
  const { agent } = useTexts(inspector).player;
  const format = useFormat();
  if (voices.length < 2) return null;
  const named = (who: Voice['who'], name: string | null, first: boolean): string => {
    if (first) return name ?? agent;
    return name === null ? t.unnamed[who] : t.voice(name, t.parts[who]);
  };
  return (
    <p className="row note tone-info" data-testid="voices">
      <span>{t.whose}</span>
      {voices.map(({ fromMs, who, person }, index) => (
        <Button key={fromMs} size="small" onClick={() => seek(fromMs / 1000)} data-who={who}>
          {format.clock(fromMs)} {named(who, person?.name ?? null, index === 0)}
        </Button>
      ))}
    </p>
  );
}
