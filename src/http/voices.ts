/** Whose voice a recording has on the agent's side, told by the call's journal. */
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Voice } from '../contract/recordings.ts';
import type { Viewer } from '../contract/quality.ts';
import { peopleOf } from './people.ts';
import { recordOf } from './routes/campaign-shape.ts';

export type JournalEntry = { at: number; kind: string; data: Readonly<Record<string, unknown>> };
export type Speaking = { fromMs: number; who: Voice['who']; userId: string | null };

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * The journal in its order. Every agent who has the customer begins with `connected`; a supervisor with `taken-over`; an agent who
 * moves out without that leaves the customer to an outside number. `startedAt`: where the recording begins.
 */
export function voicesOf(journal: readonly JournalEntry[], startedAt: number): Speaking[] {
  const voices: Speaking[] = [];
  const begin = (at: number, who: Voice['who'], userId: string | null): void => {
    const last = voices.at(-1);
    if (last?.who === who && last.userId === userId) return;
    voices.push({ fromMs: Math.max(0, at - startedAt), who, userId });
  };
  for (const { at, kind, data } of journal) {
    if (kind === 'connected') begin(at, 'agent', text(data.agentId));
    else if (kind === 'taken-over') begin(at, 'supervisor', text(data.by));
    // A take-over moves the agent out as well.
    else if (kind === 'moved-out' && voices.at(-1)?.who === 'agent') begin(at, 'guest', null);
  }
  return voices;
}

/** Of one call. `named`: whether the reader is told who they are. */
export async function readVoices(
  client: PrismaClient,
  viewer: Viewer,
  attemptId: string,
  named = true,
): Promise<{ voices: Voice[] }> {
  const attempt = await client.attempt.findUnique({
    where: { id: attemptId },
    select: {
      answeredAt: true,
      endedAt: true,
      recording: { select: { durationMs: true } },
      events: { where: { kind: { in: ['connected', 'taken-over', 'moved-out'] } }, orderBy: { id: 'asc' } },
    },
  });
  if (attempt === null) return { voices: [] };
  const { answeredAt, endedAt, recording, events } = attempt;
  const length = recording?.durationMs ?? null;
  // Recorded from the answer to the end of the customer's leg. With detection first our answer is later than the carrier's.
  const started =
    endedAt !== null && length !== null ? endedAt.getTime() - length : (answeredAt ?? events[0]?.at)?.getTime();
  const journal = events.map(({ at, kind, data }) => ({ at: at.getTime(), kind, data: recordOf(data) }));
  const spoken = voicesOf(journal, started ?? 0);
  const person = await peopleOf(
    client,
    viewer,
    spoken.map(({ userId }) => userId),
  );
  return {
    voices: spoken.map(({ fromMs, who, userId }) => ({
      fromMs,
      who,
      person: named && userId !== null ? person(userId) : null,
    })),
  };
}
