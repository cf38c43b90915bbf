/** The application goes away in the middle of calls: what a new process makes of them. */
import { describe, expect, it } from 'vitest';
import { everybody, person } from '../../flows/dialer/rig.ts';
import { callsMade, signed, raceGround } from './race-ground.ts';

const { open, outcomes, prisma } = raceGround();

describe('races', () => {
  it('12 the application dies during a talk: a new process finds agent and customer where they are', async () => {
    const { rig, centre } = await open(everybody(person(40_000)), { contacts: 1 });
    const [agent = ''] = centre.agents;
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await rig.dialer.agents.view(agent)).activity === 'talking', 'talking');
    const second = await rig.replace();
    await second.start();
    expect((await second.agents.view(agent)).activity).toBe('talking');
    await rig.until(async () => (await second.agents.view(agent)).activity === 'wrap-up', 'the talk ends');
    expect(callsMade(rig)).toBe(1);
  });

  it('12 calls end while nobody listens: a new process asks the carrier what became of them', async () => {
    const { rig, centre } = await open(everybody(person(6_000)), { contacts: 1 });
    const [agent = ''] = centre.agents;
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await rig.dialer.agents.view(agent)).activity === 'talking', 'talking');
    rig.serve(false);
    await rig.dialer.stop();
    await rig.until(
      async () => (await rig.carrierCalls()).every((to) => to.startsWith('client:')),
      'the customer hangs up',
    );
    rig.serve(true);
    const second = await rig.replace();
    await second.start();
    expect(await outcomes(centre)).toEqual(['connected']);
    expect((await second.agents.view(agent)).activity).toBe('wrap-up');
  });

  it('12 a customer answers while no server does: a new process counts them as abandoned, at the time of the answer', async () => {
    const { rig, centre } = await open(everybody(person(40_000)), { contacts: 1 });
    const [agent = ''] = centre.agents;
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await rig.carrierCalls()).some((to) => to.startsWith('+')), 'dialled');
    rig.serve('never');
    await rig.until(async () => (await rig.carrierCalls()).every((to) => to.startsWith('client:')), 'the call is over');
    await rig.dialer.stop();
    rig.serve(true);
    const second = await rig.replace();
    await second.start();
    await rig.until(async () => (await outcomes(centre))[0], 'an end');
    const call = await prisma().attempt.findFirstOrThrow({ where: { campaignId: centre.campaignId } });
    expect(call).toMatchObject({ outcome: 'abandoned', error: 'message-not-played', connectedAt: null });
    const [answeredAt, abandonedAt, endedAt] = [call.answeredAt, call.abandonedAt, call.endedAt].map(
      (time) => time?.getTime() ?? 0,
    );
    expect(abandonedAt).toBe((answeredAt ?? 0) + 2_000);
    expect(abandonedAt).toBeLessThan(endedAt ?? 0);
    const contact = await prisma().contact.findFirstOrThrow({ where: { campaignId: centre.campaignId } });
    expect(contact.lastOutcome).toBe('abandoned');
    expect(contact.state === 'finished' || contact.lockedUntil !== null).toBe(true);
    expect((await second.agents.view(agent)).call).toBeNull();
  });

  it('12 a customer who waited while no server was there and talks at last was abandoned all the same', async () => {
    const settings = { pacing: { mode: 'progressive', ringTimeoutMs: 60_000 }, limits: [], retry: [] };
    const { rig, centre } = await open(everybody({ kind: 'no-answer' }), { contacts: 1, settings }, { speed: 10 });
    const [agent = ''] = centre.agents;
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    const ringing = () => prisma().attempt.findFirst({ where: { campaignId: centre.campaignId, state: 'ringing' } });
    const { id, carrierCallId } = await rig.until(ringing, 'ringing');
    const customer = { CallSid: carrierCallId ?? '', CallStatus: 'in-progress' };
    await signed(rig, `/telephony/status/${id}`, { ...customer, SequenceNumber: '2' });
    rig.serve('never');
    const second = await rig.replace();
    const answeredAt = (await prisma().attempt.findUniqueOrThrow({ where: { id } })).answeredAt?.getTime() ?? 0;
    await rig.until(async () => rig.clock.now() > answeredAt + 2_000, 'the grace is over');
    rig.serve(true);
    await second.start();
    const document = await signed(rig, `/telephony/customer/${id}`, customer, second);
    expect(document.body).toContain('<Conference');
    expect(await prisma().attempt.findUnique({ where: { id } })).toMatchObject({
      ...{ agentId: agent, abandonedAt: new Date(answeredAt + 2_000) },
    });
    expect((await second.live(centre.campaignId)).abandonRate).toMatchObject({ hour: 1, today: 1, window: 1 });
  });
});
