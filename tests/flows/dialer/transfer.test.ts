/** Hold, and giving the customer to a colleague, a team or an outside number. */
import { afterEach, describe, expect, it } from 'vitest';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { type Floor, openFloor } from './transfer-rig.ts';

const database = testDatabase({ maxConnections: 12 });
let floor: Floor;

afterEach(() => floor.rig.close());

const undecided = (attemptId: string) => ({
  attemptId,
  disposition: { kind: 'undecided' as const },
  mustSayTicked: [],
  note: '',
});

describe('hold', () => {
  it('plays music to the customer until the agent resumes; the time counts as talk', async () => {
    floor = await openFloor(database());
    const { rig, anna } = floor;
    const attemptId = await floor.talking();
    const leg = await floor.customerLeg(attemptId);
    expect((await rig.dialer.agents.hold(anna, true)).call?.heldAt).toBeGreaterThan(0);
    await rig.until(async () => (await floor.seat(leg))?.hold === true, 'the customer holds');
    await rig.dialer.agents.hold(anna, false);
    await rig.until(async () => (await floor.seat(leg))?.hold === false, 'the customer is back');
    // Faster than the carrier answers: what was asked for last holds.
    const { agents } = rig.dialer;
    await Promise.all([agents.hold(anna, true), agents.hold(anna, true)]);
    await agents.hold(anna, false);
    await agents.hold(anna, true);
    await rig.until(async () => (await floor.seat(leg))?.hold === true, 'the customer holds again');
    await agents.hangUp(anna);
    const done = await floor.is(anna, (view) => view.activity === 'wrap-up', 'wrap-up');
    expect(done.today.talkMs).toBeGreaterThan(0);
    expect(await floor.attempt(attemptId)).toMatchObject({ heldAt: null, closing: 'hung-up' });
    const talks = await floor.prisma.agentInterval.findMany({ where: { userId: anna, activity: 'talking' } });
    expect(talks).toHaveLength(1);
  });
});

describe('a transfer at once', () => {
  it('moves the customer to the colleague: the conversation, its recording and its outcome are theirs', async () => {
    floor = await openFloor(database());
    const { rig, anna, ben, prisma } = floor;
    const { agents } = rig.dialer;
    const attemptId = await floor.talking();
    expect(await agents.transferTargets(anna)).toEqual({
      agents: [{ userId: ben, name: 'Agent 1', teamName: 'Team' }],
      teams: [{ teamId: floor.centre.teamId, name: 'Team', free: 1 }],
    });
    await agents.transfer(anna, { to: { kind: 'agent', userId: ben }, consult: false });
    const taken = await floor.is(ben, (view) => view.activity === 'talking', 'Ben talks');
    expect(taken.call).toMatchObject({ attemptId, part: 'own', state: 'connected' });
    await floor.is(anna, (view) => view.activity === 'ready' && view.call === null, 'Anna is free');
    await rig.clock.sleep(4_000);
    await agents.hangUp(ben);
    await floor.is(ben, (view) => view.activity === 'wrap-up', 'Ben writes up');
    await agents.saveOutcome(ben, undecided(attemptId));
    await expect(agents.saveOutcome(anna, undecided(attemptId))).rejects.toMatchObject({ code: 'outcome-exists' });
    expect(await floor.attempt(attemptId)).toMatchObject({ agentId: ben, outcome: 'connected', abandonedAt: null });
    const recording = await rig.until(
      () => prisma.recording.findFirst({ where: { attemptId, state: 'stored' } }),
      'one whole recording',
    );
    expect(recording).toMatchObject({ agentId: ben, channels: 2, problem: null });
    // Talk time of both, by the ledger, is what the recording is held against; the way between them is neither's.
    const talks = await prisma.agentInterval.findMany({ where: { attemptId, activity: 'talking' } });
    const sum = talks.reduce((ms, { startedAt, endedAt }) => ms + (endedAt?.getTime() ?? 0) - startedAt.getTime(), 0);
    expect(talks.map(({ userId }) => userId)).toEqual([anna, ben]);
    expect(recording.talkMs).toBe(sum);
    expect(recording.durationMs ?? 0).toBeGreaterThan(sum - 1_500);
    expect(rig.warnings).toEqual([]);
  });

  it('goes to whoever of a team has rested longest, and is refused where nobody is free', async () => {
    floor = await openFloor(database());
    const { rig, anna, ben, centre } = floor;
    const { agents } = rig.dialer;
    const attemptId = await floor.talking();
    await agents.takeBreak(ben, 'rest');
    const wish = { to: { kind: 'team' as const, teamId: centre.teamId }, consult: false };
    await expect(agents.transfer(anna, wish)).rejects.toMatchObject({ code: 'target-not-free' });
    expect((await floor.view(anna)).call).toMatchObject({
      attemptId,
      state: 'connected',
      transfer: null,
      heldAt: null,
    });
    await agents.ready(ben);
    await agents.transfer(anna, wish);
    await floor.is(ben, (view) => view.activity === 'talking', 'Ben talks');
  });
});

describe('a transfer after consultation', () => {
  it('the colleague is asked while the customer holds, and takes over', async () => {
    floor = await openFloor(database());
    const { rig, anna, ben } = floor;
    const { agents } = rig.dialer;
    const attemptId = await floor.talking();
    const leg = await floor.customerLeg(attemptId);
    await agents.transfer(anna, { to: { kind: 'agent', userId: ben }, consult: true });
    const asked = await floor.is(ben, (view) => view.activity === 'talking', 'Ben is asked');
    expect(asked.call).toMatchObject({ attemptId, part: 'helping', transfer: { phase: 'consulting', to: 'Agent 1' } });
    expect((await floor.seat(leg))?.hold).toBe(true);
    // The customer is Anna's: whoever helps cannot end the call or write it up.
    await expect(agents.hangUp(ben)).rejects.toMatchObject({ code: 'no-call' });
    await agents.completeTransfer(anna);
    await floor.is(ben, (view) => view.call?.part === 'own' && view.activity === 'talking', 'Ben has the customer');
    await floor.is(anna, (view) => view.activity === 'ready', 'Anna is free');
    expect(await floor.attempt(attemptId)).toMatchObject({ agentId: ben, transfer: null, heldAt: null });
    expect(await floor.roomOf(leg)).toHaveLength(2);
    expect(rig.warnings).toEqual([]);
  });

  it('or the agent takes the question back, and the customer with it', async () => {
    floor = await openFloor(database());
    const { rig, anna, ben } = floor;
    const { agents } = rig.dialer;
    const attemptId = await floor.talking();
    const leg = await floor.customerLeg(attemptId);
    await agents.transfer(anna, { to: { kind: 'agent', userId: ben }, consult: true });
    await floor.is(ben, (view) => view.activity === 'talking', 'Ben is asked');
    await agents.cancelTransfer(anna);
    await floor.is(ben, (view) => view.activity === 'ready' && view.legState === 'joined', 'Ben is home');
    await rig.until(async () => (await floor.seat(leg))?.hold === false, 'the customer is back');
    expect((await floor.view(anna)).call).toMatchObject({ attemptId, transfer: null, heldAt: null });
    // The same again, and taken back before the colleague has come.
    await agents.transfer(anna, { to: { kind: 'agent', userId: ben }, consult: true });
    await agents.cancelTransfer(anna);
    await floor.is(ben, (view) => view.activity === 'ready' && view.legState === 'joined', 'Ben is home again');
    expect(rig.warnings).toEqual([]);
  });
});
