import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { conversationIntake } from '../../../qa/adapters/store/conversations.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './cases-house.ts';

describe('what time does to complaints', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let house: House;

  beforeAll(() => {
    client = database().database.client;
  });
  beforeEach(async () => {
    house = await makeHouse(client);
  });
  const kinds = (file: { events: { kind: string }[] }) => file.events.map(({ kind }) => kind);

  it('rings three times, then leaves it to a manager to close with a reason', async () => {
    const { cases, call, told, people } = house;
    const { attemptId } = await call();
    const { id } = await cases.open(people.manager, told({ attemptId }));
    await house.mend(id);
    const close = { step: 'close', text: 'Moved abroad' } as const;
    await expect(cases.step(people.manager, id, close)).rejects.toMatchObject({ code: 'not-tried-often-enough' });
    for (const day of ['2026-11-26T12:00', '2026-11-28T12:00', '2026-12-02T12:00', '2026-12-05T12:00']) {
      house.at(day);
      await cases.sweep();
    }
    expect((await house.returnCalls(id)).map(({ state, result }) => [state, result])).toEqual(
      [1, 2, 3].map(() => ['overdue', 'unreachable']),
    );
    expect(await cases.read(people.manager, id)).toMatchObject({ state: 'return-call', escalated: true });
    await expect(cases.step(people.lead, id, close)).rejects.toMatchObject({ code: 'no-right' });
    expect(await cases.step(people.manager, id, close)).toMatchObject({ state: 'closed', satisfaction: null });
  });

  it('tells lateness once: no first contact within half an hour, then overdue', async () => {
    const { cases, call, told, people } = house;
    const { attemptId } = await call();
    const { id } = await cases.open(people.manager, told({ attemptId }));
    await cases.sweep();
    expect(await cases.read(people.manager, id)).toMatchObject({ escalated: false });
    house.at('2026-11-23T10:30');
    await cases.sweep();
    await cases.sweep();
    house.at('2026-11-27T00:00');
    await cases.sweep();
    await cases.sweep();
    const file = await cases.read(people.manager, id);
    expect(file.events.filter(({ kind }) => kind === 'escalated').map(({ detail }) => detail.why)).toEqual([
      'no-first-contact',
      'overdue',
    ]);
    house.at('2026-11-27T00:01');
    expect((await cases.list(people.manager, { limit: 10, overdue: true })).items).toHaveLength(1);
    expect((await cases.list(people.manager, { limit: 10, overdue: false })).items).toHaveLength(0);
  });

  it.each([
    [true, '2026-11-24T10:00'],
    [false, '2026-11-25T10:00'],
  ])(
    'a visit (service agreement: %s) is due by hours of the clock, %s, and late in the very minute',
    async (agreementCustomer, due) => {
      const { cases, told, people } = house;
      const visit = told({ kind: 'service-visit', campaignId: house.campaignId, words: 'No line', agreementCustomer });
      const { id } = await cases.open(people.manager, visit);
      await cases.step(people.manager, id, { step: 'contact', text: 'Rang the customer' });
      const late = async () =>
        (await cases.list(people.manager, { limit: 10, overdue: true })).items.map((file) => file.id);
      house.at(due);
      const dueAt = house.now();
      expect(await cases.read(people.manager, id)).toMatchObject({ kind: 'service-visit', deadlineAt: dueAt });
      await cases.sweep();
      house.at(due.replace(':00', ':01'));
      expect(await late()).toContain(id);
      expect(await cases.read(people.manager, id)).toMatchObject({ escalated: true });
    },
  );

  it('asks for the second judgement later where quality did not know the conversation yet', async () => {
    const { cases, call, told, people } = house;
    const { attemptId, recordingId, facts } = await call({ closed: false });
    const { id } = await cases.open(people.manager, told({ attemptId }));
    expect(await house.inspectionsOf(recordingId)).toEqual([]);
    await cases.sweep();
    expect(await house.inspectionsOf(recordingId)).toEqual([]);
    await cases.complaint(facts); // the agent told of it, too
    await closeConversation(facts);
    await cases.sweep();
    await cases.sweep();
    expect(await house.inspectionsOf(recordingId)).toHaveLength(1);
    expect(kinds(await cases.read(people.manager, id))).toContain('second-judgement-asked');
  });
  const closeConversation = async (facts: Parameters<House['cases']['complaint']>[0]) => {
    await conversationIntake(client).close({ ...facts, day: '2026-11-23' });
  };
});
