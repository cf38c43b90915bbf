/**
 * The sound of a recording and its levels, kept for the next few minutes so that the next recording of the queue is
 * there at once. Both come from one place, so that preloading and playing cannot disagree.
 */
import { queryOptions } from '@tanstack/react-query';
import { address, api } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';

export type Sound = { url: string; peaks: number[][] | null; durationSeconds: number | null };

const points = 2000;

async function levels(id: string, signal: AbortSignal): Promise<Pick<Sound, 'peaks' | 'durationSeconds'>> {
  try {
    const { agent, customer, durationMs } = await api('GET /api/recordings/:id/peaks', {
      params: { id },
      query: { points },
      signal,
    });
    return { peaks: [agent, customer], durationSeconds: durationMs / 1000 };
  } catch {
    // The player then works them out from the sound.
    return { peaks: null, durationSeconds: null };
  }
}

export const soundQuery = (recordingId: string) =>
  queryOptions({
    queryKey: ['sound', recordingId],
    queryFn: async ({ signal }): Promise<Sound> => {
      const url = address('GET /api/recordings/:id/media', { params: { id: recordingId }, query: { channel: 'both' } });
      const [response, picture] = await Promise.all([
        fetch(url, { signal, credentials: 'same-origin' }),
        levels(recordingId, signal),
      ]);
      if (!response.ok) throw await problemOf(response);
      return { url: URL.createObjectURL(await response.blob()), ...picture };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
    retry: 1,
  });
