import { beforeAll, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { qualityStore } from '../../../qa/adapters/store/quality-store.ts';
import type { InspectionEvent } from '../../../qa/rules/inspection.ts';
import { holdWhileDisputed } from '../../../qa/workflow/retention.ts';
import { useTestDatabase } from '../../support/database.ts';
import { makeHouse } from './cases-house.ts';

describe('recordings on hold', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  beforeAll(() => {
    client = database().database.client;
  });

  it('stay held until the dispute is decided and the case is closed, whichever ends first', async () => {
    const house = await makeHouse(client);
    const { cases, call, told, people } = house;
    const { attemptId, recordingId } = await call();
    const happens = (event: InspectionEvent) =>
      qualityStore(client, () => async () => null).transact((tx) =>
        holdWhileDisputed(tx, recordingId, [event], house.now()),
      );
    const held = async () =>
      (await house.wishes('recording-held'))
        .filter((wish) => wish.recordingId === recordingId)
        .reduce((sum, { change }) => sum + Number(change), 0);

    const dispute = { by: people.agent.userId, reason: 'Owner confirmed', at: house.now(), decision: null };
    await happens({ event: 'assigned', inspectorId: people.inspector.userId, dueAt: 0 });
    expect(await held()).toBe(0);
    await happens({ event: 'disputed', dispute, dueAt: 0 });
    const { id } = await cases.open(people.manager, told({ attemptId }));
    expect(await held()).toBe(2);
    await happens({ event: 'dispute-overdue', dueAt: 0 });
    expect(await held()).toBe(2);
    await happens({ event: 'dispute-decided', upheld: true });
    expect(await held()).toBe(1);
    await house.mend(id);
    const satisfied = { step: 'return-call', agentId: null, satisfaction: 'satisfied', text: 'Content' } as const;
    await cases.step(people.manager, id, satisfied);
    expect(await held()).toBe(0);
  });
});
