/** Races for the customer on the line: who gets them, who has lost them, and whether it is a person. */
import { describe, expect, it } from 'vitest';
import { createPolicy, policies } from '../../../dialer/rules/pacing/index.ts';
import type { PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import { everybody, person } from '../../flows/dialer/rig.ts';
import { expectSound } from './floor-at-work.ts';
import { beside, signed, raceGround } from './race-ground.ts';

const { open, outcomes, prisma, workThrough } = raceGround();
const one = policies.progressive ?? createPolicy;
const overdial = { predictive: policies['ratio-3'] ?? one, progressive: one };
const ratio3 = { pacing: { mode: 'predictive' }, limits: [], retry: [] };

describe('races', () => {
  it('4 several customers answer at the same instant and one agent is free', async () => {
    const { rig, centre } = await open(
      everybody(person(8_000)),
      { contacts: 3, settings: ratio3 },
      { parts: () => ({ policies: overdial }) },
    );
    await workThrough(rig, centre);
    const found = await outcomes(centre);
    expect(found.filter((outcome) => outcome === 'connected')).toHaveLength(1);
    expect(found.filter((outcome) => outcome === 'abandoned')).toHaveLength(2);
    const waits = await prisma().attempt.findMany({ where: { campaignId: centre.campaignId, outcome: 'abandoned' } });
    for (const { answeredAt, abandonedAt } of waits) {
      expect((abandonedAt?.getTime() ?? 0) - (answeredAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(2000);
    }
    // D6: called again only with an agent reserved.
    const locked = await prisma().contact.findMany({
      where: { campaignId: centre.campaignId, lastOutcome: 'abandoned' },
    });
    expect(locked.length).toBe(2);
    expect(
      locked.every(({ needsAgent, lockedUntil, state }) => state === 'finished' || needsAgent || lockedUntil !== null),
    ).toBe(true);
    await expectSound(prisma(), centre);
  });

  it('5 the customer is gone before the join: the agent is free again', async () => {
    const { rig, centre } = await open(everybody(person(5_000, 1)));
    await workThrough(rig, centre);
    const found = await outcomes(centre);
    expect(found).toHaveLength(2);
    expect(found.every((outcome) => outcome === 'customer-hung-up' || outcome === 'connected')).toBe(true);
    await rig.until(
      async () => (await rig.dialer.agents.view(centre.agents[0] ?? '')).activity === 'ready',
      'ready again',
    );
  });

  it('6 the agent’s line drops during the talk: another agent takes the customer', async () => {
    const { rig, centre } = await open(everybody(person(60_000, 60_000)), { agents: 2, contacts: 1 });
    await rig.dialer.start();
    for (const agent of centre.agents) await rig.dialer.agents.signIn(agent, {});
    const talking = () =>
      prisma().agentDesk.findFirst({ where: { campaignId: centre.campaignId, activity: 'talking' } });
    const first = await rig.until(talking, 'somebody talks');
    await rig.until(
      () => prisma().agentDesk.findFirst({ where: { campaignId: centre.campaignId, activity: 'ready' } }),
      'the other one is ready',
    );
    await rig.hangUp(first.legId ?? '');
    const second = await rig.until(async () => {
      const desk = await talking();
      return desk !== null && desk.userId !== first.userId && desk;
    }, 'the other agent talks');
    expect(second.attemptId).toBe(first.attemptId);
    const back = async () => (await rig.dialer.agents.view(first.userId)).activity === 'ready';
    await rig.until(back, 'the first agent is back by a new leg');
  });

  it('6 the agent’s line drops and nobody is free: the customer hears the message, and is not counted as abandoned', async () => {
    const { rig, centre } = await open(everybody(person(60_000)), { contacts: 1 });
    await rig.dialer.start();
    await rig.dialer.agents.signIn(centre.agents[0] ?? '', {});
    const desk = await rig.until(
      () => prisma().agentDesk.findFirst({ where: { campaignId: centre.campaignId, activity: 'talking' } }),
      'talking',
    );
    // The agent does not come back.
    await prisma().user.update({ where: { id: desk.userId }, data: { phoneAddress: '+447700900907' } });
    await rig.hangUp(desk.legId ?? '');
    const over = await rig.until(
      () => prisma().attempt.findFirst({ where: { campaignId: centre.campaignId, state: 'ended' } }),
      'the call is over',
    );
    expect(over).toMatchObject({ outcome: 'connected', closing: 'agent-lost', abandonedAt: null });
  });

  it('7 the detection says machine after the talk began: the agent’s word wins', async () => {
    // On a busy machine a second of it is twenty here: the agent has time to speak before the verdict.
    const taken = person(45_000, 10_000, { verdict: 'machine', afterMs: 30_000 });
    const { rig, centre } = await open(everybody(taken), { contacts: 1, settings: beside });
    const [agent = ''] = centre.agents;
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await rig.dialer.agents.view(agent)).activity === 'talking', 'talking');
    await rig.dialer.agents.markHuman(agent);
    await rig.until(
      async () => (await rig.dialer.agents.view(agent)).activity === 'wrap-up',
      'the talk ends by itself',
    );
    expect((await prisma().attempt.findFirst({ where: { campaignId: centre.campaignId } }))?.closing).not.toBe(
      'machine',
    );
  });

  it('7 the detection says machine and nobody objects: the agent is released at once and has nothing to write up', async () => {
    const taken = person(30_000, 10_000, { verdict: 'machine', afterMs: 4_000 });
    const { rig, centre } = await open(everybody(taken), { contacts: 1, settings: beside });
    const [agent = ''] = centre.agents;
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await outcomes(centre)).includes('machine'), 'hung up');
    await rig.until(async () => (await rig.dialer.agents.view(agent)).activity === 'ready', 'ready');
    const activities = (await prisma().agentInterval.findMany({ where: { userId: agent } })).map(
      ({ activity }) => activity,
    );
    expect(activities).not.toContain('wrap-up');
  });

  it('7 with detection first a machine reaches nobody, and a person is told apart before the agent joins', async () => {
    const fates = [person(5_000, 10_000, { verdict: 'machine', afterMs: 3_000 }), person(5_000)];
    let calls = 0;
    const network: PhoneNetwork = {
      plan() {
        calls += 1;
        return { setupMs: 300, fate: fates[(calls - 1) % 2] ?? { kind: 'busy' } };
      },
    };
    const { rig, centre } = await open(network);
    await workThrough(rig, centre);
    expect(await outcomes(centre)).toEqual(['connected', 'machine']);
    const machine = await prisma().attempt.findFirstOrThrow({
      where: { campaignId: centre.campaignId, outcome: 'machine' },
    });
    expect(machine).toMatchObject({ agentId: null, connectedAt: null, detection: 'machine' });
    const talk = await prisma().attempt.findFirstOrThrow({
      where: { campaignId: centre.campaignId, outcome: 'connected' },
    });
    expect(talk.detection).toBe('human');
  });

  it('15 the answered callback and the request for the document come in either order', async () => {
    for (const first of ['status', 'customer'] as const) {
      const { rig, centre } = await open(everybody({ kind: 'no-answer' }), { contacts: 1 });
      await rig.dialer.start();
      await rig.dialer.agents.signIn(centre.agents[0] ?? '', {});
      const ringing = () => prisma().attempt.findFirst({ where: { campaignId: centre.campaignId, state: 'ringing' } });
      const { id, carrierCallId } = await rig.until(ringing, 'ringing');
      const CallSid = carrierCallId ?? '';
      const status = () =>
        signed(rig, `/telephony/status/${id}`, { CallSid, CallStatus: 'in-progress', SequenceNumber: '2' });
      const customer = () => signed(rig, `/telephony/customer/${id}`, { CallSid, CallStatus: 'in-progress' });
      if (first === 'status') await status();
      const document = await customer();
      if (first === 'customer') await status();
      expect(document.body).toContain('<Conference');
      expect(await prisma().attempt.findUnique({ where: { id } })).toMatchObject({
        state: 'reserved',
        agentId: centre.agents[0],
      });
    }
  });
});
