import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { qualityStore } from '../../../qa/adapters/store/quality-store.ts';
import type { CaseKindTold } from '../../../qa/rules/case-words.ts';
import type { Viewer } from '../../../qa/ports/viewer.ts';
import type { QualityApi } from '../../../src/contract/quality.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './cases-house.ts';

describe('who sees and works cases', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let house: House;
  let other: House;

  beforeAll(async () => {
    client = database().database.client;
    other = await makeHouse(client);
  });
  beforeEach(async () => {
    house = await makeHouse(client);
  });
  const unseen = { code: 'case-unknown' };

  it('shows a case by whose call and campaign it is, and to nobody elsewhere', async () => {
    const { call, told, people } = house;
    // What the server asks of cases, held by the compiler.
    const cases: QualityApi['cases'] = house.cases;
    const { attemptId } = await call();
    const { id } = await cases.open(people.supervisor, told({ attemptId }));
    for (const viewer of [people.manager, people.lead, people.supervisor, people.client])
      expect((await cases.list(viewer, { limit: 10 })).items.map((file) => file.id)).toEqual([id]);
    // Who had nothing to do with it may be given its second judgement.
    expect((await cases.list(people.inspector, { limit: 10 })).items).toEqual([]);
    // The client reads which of their customers it is about, not which agent.
    expect((await cases.read(people.supervisor, id)).agent).toMatchObject({ id: people.agent.userId });
    expect((await cases.read(people.client, id)).agent).toBeNull();
    // The agent complained about does not read the file.
    for (const viewer of [people.agent, people.otherAgent, ...Object.values(other.people)]) {
      await expect(cases.read(viewer, id)).rejects.toMatchObject(unseen);
      await expect(cases.step(viewer, id, { step: 'note', text: 'x' })).rejects.toMatchObject(unseen);
      expect((await cases.list(viewer, { limit: 10 })).items).toEqual([]);
    }
  });

  it('takes a case only about calls and campaigns that its teller may see', async () => {
    const { cases, call, told, people, campaignId } = house;
    const { attemptId, recordingId, number } = await call();
    const { otherAgent, agent, client: customer } = people;
    const code = (wanted: string) => expect.objectContaining({ code: wanted });
    await expect(cases.open(otherAgent, told({ attemptId }))).rejects.toEqual(code('attempt-unknown'));
    await expect(cases.open(other.people.manager, told({ recordingId }))).rejects.toEqual(code('recording-unknown'));
    await expect(cases.open(other.people.manager, told({ campaignId }))).rejects.toEqual(code('campaign-unknown'));
    await expect(cases.open(customer, told({ kind: 'client-remark' }))).rejects.toEqual(code('campaign-missing'));
    // Another's customer by number: the number is blocked, but the call stays with who may see it.
    expect(await cases.open(otherAgent, told({ number }))).toMatchObject({ attemptId: null, agent: null });
    expect(await cases.open(agent, told({ attemptId, kind: 'problem' }))).toMatchObject({ attemptId });
    expect(await cases.open(customer, told({ campaignId, kind: 'client-remark' }))).toMatchObject({ campaignId });
  });

  it('keeps a complaint from who judges its recording blind, until that is done', async () => {
    const { cases, call, told, people } = house;
    const { attemptId, recordingId } = await call();
    const { id } = await cases.open(people.manager, told({ attemptId }));
    const judge = people.inspector;
    await client.inspection.updateMany({
      where: { recordingId },
      data: { state: 'assigned', assignedTo: judge.userId },
    });
    await expect(cases.read(judge, id)).rejects.toMatchObject(unseen);
    await client.inspection.updateMany({ where: { recordingId }, data: { state: 'scored', scoredBy: judge.userId } });
    expect((await cases.read(judge, id)).inspectionIds).toHaveLength(1);
    const inspectionId = (await house.inspectionsOf(recordingId))[0]?.id ?? '';
    await qualityStore(client, () => async () => null).transact((tx) =>
      cases.judgedAgain(tx, {
        recordingId,
        inspectionId,
        qualified: false,
        by: judge.userId,
        at: house.now(),
      }),
    );
    const { events } = await cases.read(people.manager, id);
    expect(events.at(-1)).toMatchObject({ kind: 'second-judgement', detail: { inspectionId, qualified: false } });
  });

  it('blocks and holds nothing for cases that are no complaints, and tracks them to their end', async () => {
    const { cases, call, told, people, campaignId } = house;
    await client.handoff.deleteMany();
    for (const kind of ['problem', 'question', 'suggestion', 'client-remark'] satisfies CaseKindTold[]) {
      const about = kind === 'client-remark' ? { campaignId } : { attemptId: (await call()).attemptId };
      const file = await cases.open(people.manager, told({ kind, department: 'Network', ...about }));
      expect(file).toMatchObject({ kind, department: 'Network', repeated: false });
      const { lead, manager, supervisor } = people;
      const worker: Viewer = kind === 'client-remark' ? supervisor : lead;
      await cases.step(manager, file.id, { step: 'assign', ownerId: worker.userId, department: 'Billing' });
      await cases.step(worker, file.id, { step: 'contact', text: 'Rang' });
      await cases.step(worker, file.id, { step: 'judge', valid: false, reason: 'no fault', text: 'Looked into' });
      await cases.step(worker, file.id, { step: 'answer', text: 'Explained' });
      const mended = await cases.step(manager, file.id, { step: 'check-correction', held: true, text: 'Right' });
      expect(mended).toMatchObject({ state: 'return-call', owner: { id: worker.userId }, department: 'Billing' });
      const end =
        kind === 'client-remark'
          ? ({ step: 'close', text: 'Told the client' } as const)
          : ({ step: 'return-call', agentId: null, satisfaction: 'satisfied', text: 'Content' } as const);
      expect(await cases.step(worker, file.id, end)).toMatchObject({ state: 'closed' });
    }
    expect(await house.wishes('number-blocked')).toEqual([]);
    expect(await house.wishes('recording-held')).toEqual([]);
    expect(await house.wishes('task-call-wanted')).toHaveLength(3);
    expect(await house.wishes('task-call-withdrawn')).toHaveLength(3);
  });

  it('gives a return call to the agent who was named, and a case only to people of its centre', async () => {
    const { cases, call, told, people } = house;
    const { id } = await cases.open(people.manager, told({ attemptId: (await call()).attemptId }));
    const assign = { step: 'assign', department: '' } as const;
    for (const ownerId of [other.people.manager.userId, randomUUID()])
      await expect(cases.step(people.manager, id, { ...assign, ownerId })).rejects.toMatchObject({
        code: 'user-unknown',
      });
    const agentId = people.otherAgent.userId;
    const retry = { step: 'return-call', agentId, satisfaction: null, text: 'A calmer voice' } as const;
    await expect(cases.step(people.manager, id, retry)).rejects.toMatchObject({ code: 'step-not-now' });
    await house.mend(id);
    await cases.step(people.manager, id, retry);
    const calls = await house.returnCalls(id);
    expect(calls.map(({ state }) => state).sort()).toEqual(['asked', 'withdrawn']);
    expect(calls.find(({ state }) => state === 'asked')?.agentId).toBe(people.otherAgent.userId);
  });

  it('takes each of several steps at the same moment once', async () => {
    const { cases, call, told, people } = house;
    const { id } = await cases.open(people.manager, told({ attemptId: (await call()).attemptId }));
    const steps = [1, 2, 3, 4].map(() => cases.step(people.manager, id, { step: 'contact', text: 'Rang' }));
    const results = await Promise.allSettled(steps);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { events } = await cases.read(people.manager, id);
    expect(events.filter(({ kind }) => kind === 'contact')).toMatchObject([
      { detail: { from: 'open', to: 'contacted' } },
    ]);
  });
});
