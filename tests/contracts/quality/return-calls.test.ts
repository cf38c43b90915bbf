import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { taskReads } from '../../../qa/adapters/store/task-reads.ts';
import { qualityFigures } from '../../../qa/adapters/store/quality-figures.ts';
import { teamThings } from '../../../qa/adapters/store/team-figures.ts';
import type { Viewer } from '../../../qa/ports/viewer.ts';
import { teamCounts } from '../../../qa/rules/team-things.ts';
import { useTestDatabase } from '../../support/database.ts';
import { at, type House, makeHouse } from './cases-house.ts';

describe('return calls of cases that no call of ours stands behind', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let house: House;

  beforeAll(() => {
    client = database().database.client;
  });
  beforeEach(async () => {
    house = await makeHouse(client);
    await client.handoff.deleteMany();
  });
  const letter = { channel: 'letter', number: '+14155550123' } as const;
  const answer = (
    satisfaction: 'satisfied' | 'fairly-satisfied' | 'not-satisfied' | null,
    agentId: string | null = null,
  ) => ({ step: 'return-call', agentId, satisfaction, text: 'Rang' }) as const;

  async function mended(file: { campaignId?: string; number?: string | null } = {}): Promise<string> {
    const { cases, told, people } = house;
    const { manager, supervisor } = people;
    const { id } = await cases.open(manager, told({ ...letter, ...file }));
    await cases.step(manager, id, { step: 'contact', text: 'Wrote back' });
    await judge(id, supervisor);
    return id;
  }
  async function judge(id: string, checker: Viewer): Promise<void> {
    const { step } = house.cases;
    const { manager } = house.people;
    await step(manager, id, { step: 'judge', valid: false, reason: 'not ours', text: 'Looked' });
    await step(manager, id, { step: 'answer', text: 'Explained' });
    await step(checker, id, { step: 'check-correction', held: true, text: 'Right' });
  }
  /** What the cards of the centre, and of the team's people, count. */
  async function onCards() {
    const span = { from: at('2026-11-23T00:00'), to: at('2026-12-14T00:00') };
    const counts = async (agentIds: string[], centreId: string | null) =>
      teamCounts(await teamThings(client)(span, { campaignId: null, agentIds }, centreId));
    return { centre: await counts([], house.centreId), team: await counts([house.people.agent.userId], null) };
  }

  it('are complaints of the centre, which name none of its agents', async () => {
    await mended();
    await mended({ campaignId: house.campaignId, number: '+14155550124' });
    const span = { from: at('2026-11-23T00:00'), to: at('2026-12-14T00:00') };
    const figures = qualityFigures(client);
    expect(await figures.unnamedComplaints(span, null, house.centreId)).toBe(2);
    expect(await figures.unnamedComplaints(span, house.campaignId, house.centreId)).toBe(1);
    const whose = { campaignId: null, agentIds: [house.people.agent.userId] };
    expect((await figures.things(span, whose, house.centreId)).complaints).toHaveLength(2);
    expect((await figures.things(span, whose)).complaints).toEqual([]);
  });

  it('is rung by hand until the customer is satisfied, and each call is on the centre’s card', async () => {
    const { cases, people } = house;
    const id = await mended();
    expect(await house.returnCalls(id)).toMatchObject([{ state: 'asked', campaignId: null, sourceAttemptId: null }]);
    // Nothing for the dialler: it does not know whom to ring.
    expect(await house.wishes('task-call-wanted')).toEqual([]);
    expect((await onCards()).centre).toMatchObject({ toBeCalled: 1, called: 0, satisfied: 0, reported: 1, solved: 0 });
    expect(await cases.step(people.manager, id, answer('not-satisfied'))).toMatchObject({
      state: 'contacted',
      rounds: 2,
    });
    await judge(id, people.supervisor);
    expect((await onCards()).centre).toMatchObject({ toBeCalled: 2, called: 1, satisfied: 0 });
    expect(await cases.step(people.manager, id, answer('fairly-satisfied'))).toMatchObject({ state: 'closed' });
    const { centre, team } = await onCards();
    expect(centre).toMatchObject({
      toBeCalled: 2,
      called: 2,
      satisfied: 0,
      fairlySatisfied: 1,
      reported: 1,
      solved: 1,
    });
    expect(centre.handlingHours).toHaveLength(1);
    expect(team).toMatchObject({ toBeCalled: 0, reported: 0 });
    expect(await house.wishes('task-call-withdrawn')).toEqual([]);
  });

  it('counts for the team of whoever rang', async () => {
    const { cases, people, campaignId } = house;
    const id = await mended({ campaignId });
    await cases.step(people.manager, id, answer('satisfied', people.agent.userId));
    expect((await onCards()).team).toMatchObject({ toBeCalled: 1, called: 1, satisfied: 1 });
  });

  it('asks again where nobody answered, three times, then leaves it to a manager', async () => {
    const { cases, people } = house;
    const id = await mended();
    for (const tries of [1, 2, 3]) {
      await cases.step(people.supervisor, id, answer(null));
      const calls = await house.returnCalls(id);
      expect(calls.filter(({ state, result }) => state === 'overdue' && result === 'unreachable')).toHaveLength(tries);
      expect(calls.filter(({ state }) => state === 'asked')).toHaveLength(tries < 3 ? 1 : 0);
    }
    expect(await cases.read(people.manager, id)).toMatchObject({ state: 'return-call', escalated: true });
    // Somebody tries once more, and the customer is there: a call more that was made.
    await cases.step(people.supervisor, id, answer('satisfied'));
    expect((await onCards()).centre).toMatchObject({ toBeCalled: 4, called: 1, satisfied: 1 });
  });

  it('that nobody makes in time goes to the managers, stays to be made, and is no call without an answer', async () => {
    const { cases, people } = house;
    const id = await mended();
    house.at('2026-11-25T12:00');
    await cases.sweep();
    await cases.sweep();
    const late = await cases.read(people.manager, id);
    expect(late).toMatchObject({ state: 'return-call', escalated: true });
    expect(late.events.filter(({ detail }) => detail.why === 'return-call-late')).toHaveLength(1);
    expect(await house.returnCalls(id)).toMatchObject([{ state: 'overdue', result: null }]);
    await cases.step(people.manager, id, answer('satisfied'));
    expect(await house.returnCalls(id)).toMatchObject([{ state: 'done', result: 'satisfied' }]);
  });

  it('nobody is asked to ring who gave no number; an answer that came in another way counts', async () => {
    const { cases, people } = house;
    const id = await mended({ number: null });
    expect(await house.returnCalls(id)).toEqual([]);
    await cases.step(people.manager, id, answer('satisfied'));
    expect((await onCards()).centre).toMatchObject({ toBeCalled: 1, called: 1, satisfied: 1 });
  });

  it('stands among the follow-up calls of its centre, marked as made by hand, with a masked number', async () => {
    const { people } = house;
    const id = await mended();
    const other = await makeHouse(client);
    const seen = async (viewer: Viewer) =>
      (await taskReads(client).list(viewer, { limit: 10 })).items.filter(({ caseId }) => caseId === id);
    for (const viewer of [people.manager, people.supervisor])
      expect(await seen(viewer)).toMatchObject([
        { byHand: true, campaignId: null, customerMasked: expect.stringContaining('•') },
      ]);
    for (const viewer of [people.agent, people.lead, people.client, ...Object.values(other.people)])
      expect(await seen(viewer)).toEqual([]);
  });
});
