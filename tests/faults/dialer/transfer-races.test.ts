/** What can go wrong while a customer is on hold or on the way to somebody else, each by its name, on the sandbox with faults. */
import { afterEach, describe, expect, it } from 'vitest';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { type Floor, openFloor } from '../../flows/dialer/transfer-rig.ts';

const database = testDatabase({ maxConnections: 12 });
let floor: Floor;

afterEach(() => floor.rig.close());

const toBen = (floor: Floor, consult: boolean) =>
  floor.rig.dialer.agents.transfer(floor.anna, { to: { kind: 'agent', userId: floor.ben }, consult });

const legOf = async ({ prisma }: Floor, userId: string): Promise<string> =>
  (await prisma.agentDesk.findUniqueOrThrow({ where: { userId } })).legId ?? '';

/** Nobody has a part in a call that is over, and nobody was counted as abandoned. */
async function expectSettled({ prisma }: Floor, attemptId: string): Promise<void> {
  expect(await prisma.agentDesk.count({ where: { asideAttemptId: attemptId } })).toBe(0);
  expect(await prisma.attempt.findUniqueOrThrow({ where: { id: attemptId } })).toMatchObject({
    abandonedAt: null,
    heldAt: null,
  });
}

describe('races around hold and transfer', () => {
  it('the customer hangs up on hold while the colleague is asked: the agent writes up, the colleague is home and free', async () => {
    floor = await openFloor(database());
    const attemptId = await floor.talking();
    await toBen(floor, true);
    await floor.is(floor.ben, (view) => view.activity === 'talking', 'Ben is asked');
    await floor.rig.hangUp(await floor.customerLeg(attemptId));
    const { call } = await floor.is(floor.anna, (view) => view.activity === 'wrap-up', 'Anna writes up');
    expect(call?.attemptId).toBe(attemptId);
    await floor.is(floor.ben, (view) => view.activity === 'ready' && view.legState === 'joined', 'Ben is free');
    await floor.rig.until(async () => (await floor.attempt(attemptId)).state === 'ended', 'over');
    await expectSettled(floor, attemptId);
  });

  it('the line of the transferring agent drops: the customer is with the colleague in a moment', async () => {
    // The colleague's leg has two seconds to come home; at a high speed a busy machine would not give it them.
    floor = await openFloor(database(), { rig: { speed: 3 } });
    const attemptId = await floor.talking();
    await toBen(floor, true);
    await floor.is(floor.ben, (view) => view.activity === 'talking', 'Ben is asked');
    await floor.rig.hangUp(await legOf(floor, floor.anna));
    const taken = await floor.is(
      floor.ben,
      ({ call }) => call?.part === 'own' && call.state === 'connected',
      'Ben has them',
    );
    expect(taken.call?.attemptId).toBe(attemptId);
    await expectSettled(floor, attemptId);
  });

  it('the line of the colleague drops while they are asked: the customer is back with the agent', async () => {
    floor = await openFloor(database());
    const attemptId = await floor.talking();
    await toBen(floor, true);
    await floor.is(floor.ben, (view) => view.activity === 'talking', 'Ben is asked');
    await floor.rig.hangUp(await legOf(floor, floor.ben));
    await floor.is(floor.anna, ({ call }) => call?.transfer === null && call.heldAt === null, 'Anna goes on');
    const leg = await floor.customerLeg(attemptId);
    await floor.rig.until(async () => (await floor.seat(leg))?.hold === false, 'no more music');
    await expectSettled(floor, attemptId);
  });

  it('the colleague’s line is gone when the customer comes: the customer returns to the giver', async () => {
    floor = await openFloor(database());
    const { rig } = floor;
    const attemptId = await floor.talking();
    // The carrier's word of the lost line comes late: the desk still looks ready.
    rig.sandbox.faults.set('callback-missing', { rate: 1 });
    await rig.hangUp(await legOf(floor, floor.ben));
    await toBen(floor, false);
    rig.sandbox.faults.clear();
    const back = await floor.is(
      floor.anna,
      (view) => view.activity === 'talking' && view.call?.attemptId === attemptId,
      'the customer is back',
    );
    expect(back.call).toMatchObject({ part: 'own', transfer: null });
    await expectSettled(floor, attemptId);
  });

  it('two agents give their customers to one colleague: one of them is told that nobody is free', async () => {
    floor = await openFloor(database(), { centre: { agents: 3, contacts: 2 } });
    const { rig, centre } = floor;
    const [anna = '', ben = '', cora = ''] = centre.agents;
    await rig.dialer.start();
    for (const agent of [anna, cora]) {
      await rig.dialer.agents.signIn(agent, {});
      await floor.is(agent, (view) => view.activity === 'talking', 'talking');
    }
    await rig.dialer.agents.signIn(ben, {});
    await floor.is(ben, (view) => view.activity === 'ready', 'Ben is ready');
    const wish = { to: { kind: 'agent' as const, userId: ben }, consult: false };
    const told = await Promise.allSettled([anna, cora].map((agent) => rig.dialer.agents.transfer(agent, wish)));
    const refused = told.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ reason: { code: 'target-not-free' } });
    await floor.is(ben, (view) => view.activity === 'talking', 'Ben has one of them');
    const talking = await floor.prisma.agentDesk.count({
      where: { activity: 'talking', campaignId: centre.campaignId },
    });
    expect(talking).toBe(2);
  });

  it('callbacks come twice and in disorder: hold, consultation and hand-over end where they should', async () => {
    floor = await openFloor(database());
    const { rig } = floor;
    const attemptId = await floor.talking();
    rig.sandbox.faults.set('callback-duplicate', { rate: 1 });
    rig.sandbox.faults.set('callback-reorder', { rate: 0.4, ms: 1_000 });
    await rig.dialer.agents.hold(floor.anna, true);
    await rig.dialer.agents.hold(floor.anna, false);
    await toBen(floor, true);
    await floor.is(floor.ben, (view) => view.activity === 'talking', 'Ben is asked');
    await rig.dialer.agents.completeTransfer(floor.anna);
    await floor.is(floor.ben, ({ call }) => call?.part === 'own' && call.state === 'connected', 'Ben has them');
    await floor.is(floor.anna, (view) => view.activity === 'ready', 'Anna is free');
    await expectSettled(floor, attemptId);
  });

  it('the process dies after the order was written: the next one brings it about or takes it back', async () => {
    floor = await openFloor(database());
    const { rig, prisma, anna, ben } = floor;
    const attemptId = await floor.talking();
    // Everything that is asked of the carrier from now on fails: the change is committed, and nothing comes of it.
    rig.sandbox.faults.set('rest-500', { rate: 1 });
    await toBen(floor, false);
    const next = await rig.replace();
    rig.sandbox.faults.clear();
    await next.start();
    const settled = async () => {
      const [{ transfer, state, agentId }] = [await floor.attempt(attemptId)];
      return transfer === null && state === 'connected' && [anna, ben].includes(agentId ?? '');
    };
    await rig.until(settled, 'the customer is with one of the two', 30_000);
    await expectSettled(floor, attemptId);
    expect(await prisma.agentDesk.count({ where: { attemptId } })).toBe(1);
  }, 60_000);
});
