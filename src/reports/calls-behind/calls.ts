/** The calls of a page of things: masked numbers, and agents as the reader may see them. */
import { maskNumber } from '../../../dialer/index.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { CallBehind } from '../../contract/calls-behind.ts';
import type { Viewer } from '../../contract/quality.ts';
import { NOT_TOLD, peopleOf } from '../../http/people.ts';
import type { Ref } from './dialled.ts';

export async function withCalls(
  client: PrismaClient,
  viewer: Viewer,
  refs: readonly Ref[],
  blind: ReadonlySet<string>,
): Promise<CallBehind[]> {
  const attempts = await client.attempt.findMany({
    where: { id: { in: refs.flatMap(({ attemptId }) => attemptId ?? []) } },
    include: { recording: { select: { id: true, state: true } } },
  });
  const person = await peopleOf(
    client,
    viewer,
    [...attempts, ...refs].map(({ agentId }) => agentId ?? null),
  );
  const calls = new Map(
    attempts.map((row) => [
      row.id,
      {
        attemptId: row.id,
        numberMasked: maskNumber(row.number),
        agent: row.agentId === null ? null : blind.has(row.id) ? NOT_TOLD : person(row.agentId),
        intendedAt: row.intendedAt.getTime(),
        connectedAt: row.connectedAt?.getTime() ?? null,
        endedAt: row.endedAt?.getTime() ?? null,
        outcome: row.outcome,
        disposition: row.disposition,
        recordingId: row.recording?.state === 'stored' ? row.recording.id : null,
      },
    ]),
  );
  return refs.map(({ id, at, attemptId, agentId, ms }) => ({
    id,
    at,
    agent: agentId == null ? null : attemptId !== null && blind.has(attemptId) ? NOT_TOLD : person(agentId),
    ms: ms ?? null,
    call: attemptId === null ? null : (calls.get(attemptId) ?? null),
  }));
}
