import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/contract/quality.ts';
import { useTestDatabase } from '../../support/database.ts';
import { answers, type JudgingHouse, makeJudgingHouse } from './judging-house.ts';

const roles = {
  agent: 'agent',
  ann: 'inspector',
  ben: 'inspector',
  supervisor: 'supervisor',
  supervisor2: 'supervisor',
  manager: 'manager',
} as const;

describe('the life of an inspection', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<keyof typeof roles>;

  const open = async (settings: object = {}) => {
    house = await makeJudgingHouse(database().database, {
      roles,
      now: '2026-11-23T15:00',
      settings: { quality: { weeklyOverlap: 0, weeklyRate: 0, ...settings } },
    });
  };
  const agent = () => house.person('agent');
  const row = (id: string) => house.client.inspection.findUniqueOrThrow({ where: { id }, include: { register: true } });
  const leave = (userId: string) => house.client.user.update({ where: { id: userId }, data: { active: false } });
  const other = (judge: { userId: string }) =>
    house.person(judge.userId === house.person('ann').userId ? 'ben' : 'ann');
  async function handedOut() {
    await house.conversation(agent());
    house.clock.now = house.at('2026-11-24T00:01');
    return house.drawn('daily');
  }

  describe('and its deadline', () => {
    beforeEach(() => open());

    it('reminds who has it two hours before, shows that it expired, and gives it to somebody else', async () => {
      const { judge, detail } = await handedOut();
      // Handed out on Tuesday, one working day: until the end of Wednesday.
      expect(detail).toMatchObject({ deadlineAt: house.at('2026-11-26T00:00'), reminded: false });
      house.clock.now = house.at('2026-11-25T22:00') - 1;
      await house.quality.sweep();
      expect(await house.quality.inspections.read(judge, detail.id)).toMatchObject({ reminded: false });
      house.clock.now += 1;
      await house.quality.sweep();
      const waiting = { limit: 50, order: 'deadline', waiting: true } as const;
      const queue = await house.quality.inspections.list(judge, { ...waiting, mine: true });
      expect(queue.items).toMatchObject([{ id: detail.id, state: 'opened', reminded: true }]);
      const { version } = await row(detail.id);
      await house.quality.sweep();
      expect((await row(detail.id)).version).toBe(version);

      await leave(other(judge).userId);
      house.clock.now = house.at('2026-11-26T00:00');
      await house.quality.sweep();
      await house.quality.sweep();
      // Nobody else may have it now: everyone concerned sees that it is late, and the register keeps it.
      expect((await house.quality.inspections.list(house.person('manager'), waiting)).items).toMatchObject([
        { id: detail.id, state: 'expired' },
      ]);
      expect((await row(detail.id)).register.map(({ entry }) => entry)).toEqual(['expired']);
      await expect(house.score(judge, detail, null)).rejects.toMatchObject({ code: 'not-in-this-status' });
      await house.client.user.update({ where: { id: other(judge).userId }, data: { active: true } });
      await house.quality.sweep();
      expect(await row(detail.id)).toMatchObject({ state: 'assigned', assignedTo: other(judge).userId });
    });

    it('of a dispute is told once, and does not stand in the way of others for ever after', async () => {
      const { judge, detail } = await handedOut();
      await house.score(judge, detail, 'understood');
      await house.quality.inspections.dispute(agent(), detail.id, 'It is said at 0:50.');
      house.clock.now += 30 * 86_400_000;
      await house.quality.sweep();
      const told = await row(detail.id);
      expect(told.state).toBe('disputed');
      await house.quality.sweep();
      expect((await row(detail.id)).version).toBe(told.version);
      const decision = { answers: answers(detail, null), note: '', listenedSeconds: 9, why: 'It is.' };
      await house.quality.inspections.decide(other(judge), detail.id, decision);
      expect(await row(detail.id)).toMatchObject({ state: 'closed', qualified: true });
    });
  });

  it('is given to somebody else at once when who had it leaves, and its draft answers are not theirs to send', async () => {
    await open();
    const { judge, detail } = await handedOut();
    await house.quality.inspections.draft(judge, detail.id, [], 'A voice in the background');
    expect(await house.quality.inspections.read(judge, detail.id)).toMatchObject({
      draftNote: 'A voice in the background',
    });
    await leave(judge.userId);
    await house.quality.sweep();
    await house.quality.sweep();
    expect(await row(detail.id)).toMatchObject({ state: 'assigned', assignedTo: other(judge).userId });
    // Whoever has it now begins by themselves.
    expect(await house.quality.inspections.read(other(judge), detail.id)).toMatchObject({ draft: [], draftNote: '' });
    await expect(house.score(judge, detail, null)).rejects.toMatchObject({ code: 'not-yours' });
    const { items } = await house.quality.inspections.register(house.person('manager'), { limit: 10 });
    expect(items).toMatchObject([{ entry: 'released', inspectionId: detail.id, about: { name: 'inspector' } }]);
  });

  it('two at once: one verdict counts, and the other person is told that it is not theirs any more', async () => {
    await open();
    const { judge, detail } = await handedOut();
    const twice = await Promise.allSettled([
      house.score(judge, detail, null),
      house.score(judge, detail, 'understood'),
    ]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(twice.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'not-in-this-status' } });
    expect((await row(detail.id)).register).toHaveLength(1);
  });

  it('two at once: what a manager gives to another is taken from the first, whichever comes first', async () => {
    await open();
    const { judge, detail } = await handedOut();
    const second = other(judge);
    const [, scored] = await Promise.allSettled([
      house.quality.inspections.assign(house.person('manager'), detail.id, { userId: second.userId, why: 'Ill today' }),
      house.score(judge, detail, null),
    ]);
    const { state, assignedTo, register } = await row(detail.id);
    const entries = register.map(({ entry }) => entry);
    if (scored.status === 'fulfilled')
      expect([state, assignedTo, entries]).toEqual(['scored', judge.userId, ['scored']]);
    else {
      expect(scored).toMatchObject({ reason: { code: 'not-yours' } });
      expect([state, assignedTo, entries]).toEqual(['assigned', second.userId, ['reassigned']]);
      await expect(house.quality.inspections.draft(judge, detail.id, [], '')).rejects.toMatchObject({
        code: 'not-yours',
      });
      await house.score(second, detail, null);
    }
  });

  it.each(['supervisor', 'manager'] as const)(
    'a %s sees it and gives it to another judge, with the reason',
    async (role) => {
      await open();
      const { judge, detail } = await handedOut();
      const giver = house.person(role);
      const waiting = { limit: 50, order: 'deadline', waiting: true } as const;
      const seen = { id: detail.id, state: 'opened', assignedTo: { id: judge.userId } };
      expect((await house.quality.inspections.list(giver, waiting)).items).toMatchObject([seen]);
      const judges = await house.quality.inspections.judges(giver, detail.id);
      expect(judges).toHaveLength(4);
      expect(judges.find(({ id }) => id === judge.userId)).toMatchObject({ role: 'inspector', load: 1 });
      const given = { userId: other(judge).userId, why: 'Ill since this morning' };
      expect(await house.quality.inspections.assign(giver, detail.id, given)).toMatchObject({
        state: 'assigned',
        assignedTo: { id: given.userId },
      });
      const { items } = await house.quality.inspections.register(house.person('manager'), { limit: 10 });
      expect(items).toMatchObject([
        { entry: 'reassigned', by: { id: giver.userId }, about: { id: given.userId }, text: given.why },
      ]);
      await house.score(other(judge), detail, null);
      expect(await row(detail.id)).toMatchObject({ state: 'scored', scoredBy: given.userId });
    },
  );

  it('is given to nobody who is no judge there, has left, or has to judge the recording in another inspection', async () => {
    await open({ weeklyOverlap: 1 });
    await house.conversation(agent());
    house.clock.now = house.at('2026-11-30T00:01');
    const { detail } = await house.drawn('daily');
    const { judge: second, detail: overlap } = await house.drawn('overlap');
    const spare = house.person(second.userId === house.person('supervisor').userId ? 'supervisor2' : 'supervisor');
    const give = (id: string, { userId }: { userId: string }) =>
      house.quality.inspections.assign(house.person('manager'), id, { userId, why: 'because' });
    await leave(house.person('ben').userId);
    for (const nobody of [agent(), house.person('manager'), house.person('ben'), second, { userId: randomUUID() }])
      await expect(give(detail.id, nobody)).rejects.toMatchObject({ code: 'not-a-judge-of-this' });
    // The second judgement is the supervisors', and not of an inspector's.
    await expect(give(overlap.id, house.person('ann'))).rejects.toMatchObject({ code: 'not-a-judge-of-this' });
    await give(overlap.id, spare);
    await give(detail.id, house.person('ann'));
    await house.client.user.update({ where: { id: house.person('ben').userId }, data: { active: true } });
  });

  it('a supervisor sees every inspection of the centre, and of none an answer that somebody has yet to give blind', async () => {
    await open({ weeklyOverlap: 1 });
    await house.conversation(agent());
    house.clock.now = house.at('2026-11-24T00:01');
    const { judge, detail } = await house.drawn('daily');
    await house.score(judge, detail, 'understood');
    const supervisors = [house.person('supervisor'), house.person('supervisor2')];
    const all = { limit: 50, order: 'deadline' } as const;
    const look = async (viewer: Viewer, id: string) => {
      const { items } = await house.quality.inspections.list(viewer, all);
      const { register } = await house.quality.inspections.read(viewer, id);
      return [items.find((item) => item.id === id)?.qualified, register.length];
    };
    // The week's own draw and overlap may still fall on it.
    for (const supervisor of supervisors) expect(await look(supervisor, detail.id)).toEqual([null, 0]);
    expect(await look(house.person('manager'), detail.id)).toEqual([false, 1]);
    expect(await look(judge, detail.id)).toEqual([false, 1]);

    house.clock.now = house.at('2026-11-30T00:01');
    const { judge: second, detail: overlap } = await house.drawn('overlap');
    for (const viewer of [...supervisors, agent()]) expect(await look(viewer, detail.id)).toEqual([null, 0]);
    // Whose call it is, the second judge must not learn from the first one's inspection either.
    const { items } = await house.quality.inspections.list(second, all);
    expect(items.map(({ agent: of }) => of)).toEqual([null, null]);
    await house.score(second, overlap, null);
    for (const viewer of [...supervisors, agent()]) expect(await look(viewer, detail.id)).toEqual([false, 1]);
  });

  it('handed out by two processes at once has one inspector, and keeps them', async () => {
    await open();
    for (let index = 0; index < 5; index += 1) await house.conversation(agent());
    house.clock.now = house.at('2026-11-24T00:01');
    await house.quality.drawDue();
    await Promise.all([house.quality.sweep(), house.quality.sweep(), house.quality.drawDue()]);
    const lives = await house.client.inspection.findMany({ where: { campaignId: house.world.campaignId } });
    for (const { state, life } of lives) expect([state, life]).toMatchObject(['assigned', { pastInspectorIds: [] }]);
  });

  describe('whose recording is missing', () => {
    beforeEach(() => open({ holdForQuality: true }));

    it('is not handed out before there is something to hear', async () => {
      const facts = await house.conversation(agent(), {}, { stored: false });
      await house.quality.sweep();
      const asked = { where: { attemptId: facts.attemptId } };
      expect(await house.client.inspection.findFirst(asked)).toMatchObject({ state: 'drawn', assignedTo: null });
      await house.quality.intake.recordingStored(house.recordingOf(facts, 'stored'));
      await house.quality.sweep();
      expect(await house.client.inspection.findFirst(asked)).toMatchObject({ state: 'assigned' });
    });

    it('is closed without a verdict when it is lost; a sale that needed it is in doubt, and the customer is called again', async () => {
      const facts = await house.conversation(agent(), {}, { stored: false });
      expect(await house.saleOf(facts)).toMatchObject({ state: 'held' });
      const lost = house.recordingOf(facts, 'lost');
      await house.quality.intake.recordingLost(lost);
      await house.quality.intake.recordingLost(lost);
      const inspection = await house.client.inspection.findFirstOrThrow({ where: { attemptId: facts.attemptId } });
      expect(await row(inspection.id)).toMatchObject({
        state: 'closed',
        qualified: null,
        register: [{ entry: 'recording-lost' }],
      });
      expect(await house.saleOf(facts)).toMatchObject({ state: 'to-verify', inspected: false, qualified: false });
      const tasks = await house.client.taskCall.findMany({ where: { sourceAttemptId: facts.attemptId } });
      expect(tasks).toMatchObject([{ kind: 'verification', state: 'asked' }]);
      // The verification call is recorded and inspected in its place.
      const call = await house.conversation(agent(), {
        ...{ disposition: 'task', purpose: 'verification', detail: { kind: 'task', result: 'confirmed' } },
        origin: { kind: 'verification', id: tasks[0]?.id ?? '' },
      });
      await house.quality.intake.taskCallClosed(call);
      const { judge, detail } = await house.drawn('corrective');
      await house.score(judge, detail, null);
      expect(await house.saleOf(facts)).toMatchObject({ state: 'billable', qualified: true });
    });
  });

  it('of a sale that stands by its self-check, a lost recording takes it out of the frame and nothing else', async () => {
    await open();
    const facts = await house.conversation(agent(), {}, { stored: false });
    await house.quality.intake.recordingLost(house.recordingOf(facts, 'lost'));
    expect(await house.saleOf(facts)).toMatchObject({ state: 'billable' });
    house.clock.now = house.at('2026-11-24T00:01');
    const { made } = await house.quality.drawDue();
    expect(made.filter(({ campaignId }) => campaignId === house.world.campaignId)).toEqual([]);
  });

  it('a floor patrol is proposed when it is due, of who is at work, and is done once somebody noted it', async () => {
    await open();
    const inspector = house.person('ann');
    const proposal = () => house.quality.inspections.patrolProposal(inspector);
    house.clock.now = house.at('2026-11-23T20:30');
    expect(await proposal()).toBeNull();
    const desk = {
      userId: agent().userId,
      presence: 'signed-in',
      room: 'room',
      restSince: new Date(0),
      since: new Date(0),
      seenAt: new Date(0),
    };
    await house.client.agentDesk.create({ data: desk });
    const due = await proposal();
    expect(due).toMatchObject({ round: 4, rounds: 4, done: false, agents: [{ id: agent().userId }] });
    house.clock.now = (due?.since ?? 0) - 1;
    expect(await proposal()).toMatchObject({ round: 3 });
    house.clock.now = house.at('2026-11-23T08:59');
    expect(await proposal()).toBeNull();
    house.clock.now = house.at('2026-11-23T20:30');
    await house.quality.inspections.addPatrol(inspector, {
      ...{ agentId: agent().userId, attemptId: null, observation: 'Calm and clear.', marks: {} },
    });
    expect(await proposal()).toMatchObject({ since: due?.since, done: true });

    // The campaign's hours, days and number of rounds, the centre's holidays: the Monday after is worked, this Tuesday is not.
    const calling = { windows: [{ days: [1, 2], from: '10:00', to: '11:00' }], workingDaysOnly: true };
    await house.client.campaign.update({
      where: { id: house.world.campaignId },
      data: { settings: { calling, quality: { patrolRounds: 2 } } },
    });
    await house.client.calendarDay.create({
      data: { centreId: house.world.centreId, date: new Date('2026-11-24'), label: 'Holiday', working: false },
    });
    house.clock.now = house.at('2026-11-24T11:00');
    expect(await proposal()).toBeNull();
    house.clock.now = house.at('2026-11-30T11:00');
    const next = await proposal();
    expect(next).toMatchObject({ round: 2, rounds: 2, done: false });
    expect(next?.since).toBeGreaterThanOrEqual(house.at('2026-11-30T10:30'));
    await house.client.campaign.update({ where: { id: house.world.campaignId }, data: { state: 'paused' } });
    expect(await proposal()).toBeNull();
  });
});
