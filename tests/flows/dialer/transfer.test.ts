/** Hold, and giving the customer to a colleague, a team or an outside number. */
import { afterEach, describe, expect, it } from 'vitest';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import type { CallFate, PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import { person } from './rig.ts';
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

/** Everybody at a number of their own answers as these say; all others talk for two minutes. */
const outside = (fates: Record<string, CallFate>): PhoneNetwork => ({
  plan: ({ to }) => ({ setupMs: 100, fate: fates[to] ?? person(120_000) }),
});
const EXPERT = '+12025550177';

describe('a transfer to an outside number', () => {
  it('at once: the customer holds until the number answers, then both go on without the agent, who writes it up', async () => {
    floor = await openFloor(database(), { network: outside({ [EXPERT]: person(60_000) }) });
    const { rig, anna, prisma } = floor;
    const { agents } = rig.dialer;
    const attemptId = await floor.talking();
    const leg = await floor.customerLeg(attemptId);
    await agents.transfer(anna, { to: { kind: 'number', number: EXPERT }, consult: false });
    const freed = await floor.is(anna, (view) => view.activity === 'wrap-up', 'Anna writes up');
    expect(freed.call).toMatchObject({ attemptId, transfer: { phase: 'away' } });
    await rig.until(async () => {
      const labels = (await floor.roomOf(leg))?.map(({ label }) => label).sort();
      return labels?.length === 2 && labels[0] === attemptId && labels[1] === `guest-${attemptId}`;
    }, 'customer and guest are alone');
    expect((await floor.seat(leg))?.hold).toBe(false);
    await agents.saveOutcome(anna, undecided(attemptId));
    await floor.is(anna, (view) => view.activity === 'ready' && view.legState === 'joined', 'Anna is ready again');
    expect(await floor.attempt(attemptId)).toMatchObject({ live: true, closing: 'transferred', abandonedAt: null });
    // The expert hangs up: the customer's call ends as well, and was a conversation of Anna's.
    const guest = (await floor.roomOf(leg))?.find(({ label }) => label.startsWith('guest-'));
    await rig.clock.sleep(4_000);
    await rig.hangUp(guest?.callSid ?? '');
    await rig.until(async () => (await floor.attempt(attemptId)).state === 'ended', 'the call is over');
    expect(await floor.attempt(attemptId)).toMatchObject({
      agentId: anna,
      outcome: 'connected',
      disposition: 'undecided',
    });
    const recording = await rig.until(
      () => prisma.recording.findFirst({ where: { attemptId, state: 'stored' } }),
      'one whole recording',
    );
    expect(recording).toMatchObject({ agentId: anna, problem: null });
    expect(rig.warnings).toEqual([]);
  });

  it('after consultation: the agent speaks with the number while the customer holds, then leaves the two alone', async () => {
    floor = await openFloor(database(), { network: outside({ [EXPERT]: person(60_000) }) });
    const { rig, anna } = floor;
    const { agents } = rig.dialer;
    const attemptId = await floor.talking();
    const leg = await floor.customerLeg(attemptId);
    const labels = async () => (await floor.roomOf(leg))?.map(({ label }) => label).sort();
    const consulting = () =>
      floor.is(anna, ({ call }) => call?.transfer?.phase === 'consulting', 'Anna speaks with the number');
    const wish = { to: { kind: 'number' as const, number: EXPERT }, consult: true };
    await agents.transfer(anna, wish);
    await consulting();
    await rig.until(async () => (await labels())?.length === 3, 'all three are in the room');
    expect(await labels()).toEqual([attemptId, 'agent', `guest-${attemptId}`].sort());
    expect((await floor.seat(leg))?.hold).toBe(true);
    // The number is not the right one: taken back, the customer is with the agent as before.
    await agents.cancelTransfer(anna);
    await rig.until(async () => (await labels())?.length === 2, 'the number is gone');
    await rig.until(async () => (await floor.seat(leg))?.hold === false, 'the customer is back');
    await agents.transfer(anna, wish);
    await consulting();
    await rig.until(async () => (await floor.seat(leg))?.hold === true, 'the customer holds again');
    await agents.completeTransfer(anna);
    await floor.is(anna, (view) => view.activity === 'wrap-up', 'Anna writes up');
    await rig.until(async () => (await labels())?.join() === [attemptId, `guest-${attemptId}`].sort().join(), 'alone');
    await rig.until(async () => (await floor.seat(leg))?.hold === false, 'customer and number hear each other');
    await agents.saveOutcome(anna, undecided(attemptId));
    await floor.is(anna, (view) => view.activity === 'ready' && view.legState === 'joined', 'Anna is ready again');
    // The customer hangs up this time; the conversation was Anna's.
    await rig.clock.sleep(4_000);
    await rig.hangUp(leg);
    await rig.until(async () => (await floor.attempt(attemptId)).state === 'ended', 'the call is over');
    expect(await floor.attempt(attemptId)).toMatchObject({ agentId: anna, outcome: 'connected', abandonedAt: null });
    expect(rig.warnings).toEqual([]);
  });

  it('that is busy leaves the customer with the agent; a blocked one is not called', async () => {
    floor = await openFloor(database(), { network: outside({ [EXPERT]: { kind: 'busy' } }) });
    const { rig, anna, prisma } = floor;
    const { agents } = rig.dialer;
    const attemptId = await floor.talking();
    const leg = await floor.customerLeg(attemptId);
    const wish = { to: { kind: 'number' as const, number: EXPERT }, consult: true };
    await agents.transfer(anna, wish);
    await floor.is(anna, ({ call }) => call?.transfer === null && call.heldAt === null, 'it came to nothing');
    await rig.until(async () => (await floor.seat(leg))?.hold === false, 'the customer is back');
    await prisma.blacklistEntry.create({
      data: { number: EXPERT, scope: 'all', reason: 'opt-out', source: 'test', addedAt: new Date(rig.clock.now()) },
    });
    await expect(agents.transfer(anna, wish)).rejects.toMatchObject({ code: 'number-blocked' });
    await expect(agents.transfer(anna, { ...wish, to: { kind: 'number', number: '911' } })).rejects.toMatchObject({
      code: 'number-invalid',
    });
    const { number } = await floor.attempt(attemptId);
    await expect(agents.transfer(anna, { ...wish, to: { kind: 'number', number } })).rejects.toMatchObject({
      code: 'number-not-allowed',
    });
  });
});
