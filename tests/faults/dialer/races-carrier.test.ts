/** Races with the carrier, against the sandbox with faults: answers and callbacks that are lost, doubled, late and in any order. */
import { describe, expect, it } from 'vitest';
import type { Fault, FaultName } from '../../../dialer/adapters/telephony/sandbox/index.ts';
import { everybody, person } from '../../flows/dialer/rig.ts';
import { expectSound } from './floor-at-work.ts';
import { beside, callsMade, signed, raceGround } from './race-ground.ts';

const { open, outcomes, prisma, workThrough } = raceGround();

describe('races', () => {
  it('1 a webhook comes before the 201 of the call it speaks of', async () => {
    // They talk for a real second: nothing here is about an end that is told before the beginning of the talk.
    const { rig, centre } = await open(everybody(person(20_000), 50));
    rig.sandbox.faults.set('rest-slow', { rate: 1, ms: 300 });
    await workThrough(rig, centre);
    expect(await outcomes(centre)).toEqual(['connected', 'connected']);
    await expectSound(prisma(), centre);
  });

  it('2 callbacks come twice, late and in any order', async () => {
    const { rig, centre } = await open(everybody(person(4_000)), { agents: 2, contacts: 8 });
    rig.sandbox.faults.set('callback-duplicate', { rate: 0.7 });
    rig.sandbox.faults.set('callback-reorder', { rate: 0.5, ms: 1_500 });
    await workThrough(rig, centre);
    expect(await prisma().attempt.count({ where: { campaignId: centre.campaignId } })).toBe(8);
    await expectSound(prisma(), centre);
  });

  it('3 the answer to a create is lost: the call is known by its webhooks and never made again', async () => {
    const { rig, centre } = await open(everybody(person(5_000)), { contacts: 3 });
    const [agent = ''] = centre.agents;
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await rig.dialer.agents.view(agent)).activity === 'ready', 'ready');
    rig.sandbox.faults.set('lost-create-answer', { rate: 1 });
    await workThrough(rig, centre);
    expect(await outcomes(centre)).toEqual(['connected', 'connected', 'connected']);
    expect(callsMade(rig)).toBe(3);
  });

  it('3 a create that was never processed is given up after a while, and dialled by nobody meanwhile', async () => {
    const { rig, centre } = await open(everybody(person(5_000)), { contacts: 1 }, { speed: 60 });
    const [agent = ''] = centre.agents;
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await rig.dialer.agents.view(agent)).activity === 'ready', 'ready');
    rig.sandbox.faults.set('rest-reset', { rate: 1 });
    await rig.dialer.start();
    const uncertain = () =>
      prisma().attempt.findFirst({ where: { campaignId: centre.campaignId, state: 'uncertain' } });
    await rig.until(uncertain, 'uncertain');
    rig.sandbox.faults.clear();
    await rig.until(async () => (await outcomes(centre)).includes('failed'), 'given up');
    expect(await prisma().attempt.findFirst({ where: { campaignId: centre.campaignId } })).toMatchObject({
      error: 'not-dialled',
    });
    expect(callsMade(rig)).toBe(0);
  });

  it('8 a hang-up of a call that just ended is a success', async () => {
    const { rig, centre } = await open(everybody({ kind: 'busy' }), { contacts: 1 });
    await workThrough(rig, centre);
    const attempt = await prisma().attempt.findFirstOrThrow({ where: { campaignId: centre.campaignId } });
    expect(attempt.outcome).toBe('busy');
    expect(await rig.hangUp(attempt.carrierCallId ?? '')).toEqual({ kind: 'gone' });
  });

  it('9 the document is asked for after the call was cancelled: it is told to hang up', async () => {
    const { rig, centre } = await open(everybody({ kind: 'no-answer' }), {
      contacts: 1,
      settings: { pacing: { mode: 'preview' }, limits: [], retry: [] },
    });
    const [agent = ''] = centre.agents;
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await rig.dialer.agents.view(agent)).call?.state === 'preview', 'an offer');
    await rig.dialer.agents.acceptPreview(agent);
    const ringing = () => prisma().attempt.findFirst({ where: { campaignId: centre.campaignId, state: 'ringing' } });
    const attempt = await rig.until(ringing, 'ringing');
    await rig.dialer.agents.hangUp(agent);
    const path = `/telephony/customer/${attempt.id}`;
    const answer = await signed(rig, path, { CallSid: attempt.carrierCallId ?? '', CallStatus: 'in-progress' });
    expect(answer.body).toContain('<Hangup/>');
    expect(answer.body).not.toContain('<Conference');
    await rig.until(async () => (await outcomes(centre)).includes('canceled'), 'cancelled');
    expect((await rig.dialer.agents.view(agent)).activity).not.toBe('wrap-up');
  });

  it('10 the end is told by the call before the room, or by the room before the call: the agent is freed once', async () => {
    const { rig, centre } = await open(everybody(person(3_000)), { contacts: 6 });
    rig.sandbox.faults.set('callback-reorder', { rate: 1, ms: 400 });
    await workThrough(rig, centre);
    await expectSound(prisma(), centre);
    const wraps = await prisma().agentInterval.findMany({
      where: { userId: { in: centre.agents }, activity: 'wrap-up' },
    });
    expect(new Set(wraps.map(({ attemptId }) => attemptId)).size).toBe(wraps.length);
  });

  it('11 the recording comes late: nothing waits for it, and it is stored', async () => {
    const { rig, centre } = await open(everybody(person(4_000)), { contacts: 1 });
    rig.sandbox.faults.set('recording-late', { rate: 1, ms: 30_000 });
    await workThrough(rig, centre);
    const states = async () =>
      (await prisma().recording.findMany({ where: { campaignId: centre.campaignId } })).map(({ state }) => state);
    expect(await states()).toEqual(['expected']);
    await rig.until(async () => (await states())[0] === 'stored', 'stored');
  });

  it('13 the carrier does not list a call yet that it has made: callbacks are trusted over reads', async () => {
    const { rig, centre } = await open(everybody(person(5_000)), { contacts: 2 });
    rig.sandbox.faults.set('stale-reads', { rate: 1, ms: 20_000 });
    await workThrough(rig, centre);
    expect(await outcomes(centre)).toEqual(['connected', 'connected']);
  });

  it('14 the carrier queues calls beyond its rate: calls count as dialled when it dials', async () => {
    const { rig, centre } = await open(
      everybody({ kind: 'busy' }),
      { agents: 4, contacts: 6 },
      { sandbox: { cps: 1 } },
    );
    await workThrough(rig, centre);
    expect(await outcomes(centre)).toEqual(Array(6).fill('busy'));
    const placed = (await prisma().attempt.findMany({ where: { campaignId: centre.campaignId } })).map(
      (a) => a.placedAt?.getTime() ?? 0,
    );
    placed.sort((a, b) => a - b);
    expect((placed.at(-1) ?? 0) - (placed[0] ?? 0)).toBeGreaterThan(2_000);
  });

  it('429: refused requests are asked again, and every contact is called once', async () => {
    const { rig, centre } = await open(everybody({ kind: 'busy' }), { agents: 2, contacts: 6 });
    rig.sandbox.faults.set('rest-429', { rate: 0.4 });
    await workThrough(rig, centre);
    expect(await outcomes(centre)).toEqual(Array(6).fill('busy'));
  });

  it.each<[string, [FaultName, Fault][]]>([
    [
      'the carrier fails, breaks off and dawdles',
      [
        ['rest-500', { rate: 0.25, ms: 0 }],
        ['rest-reset', { rate: 0.25, ms: 0 }],
        ['rest-slow', { rate: 0.3, ms: 30 }],
      ],
    ],
    [
      'callbacks are lost, doubled and late, by a clock that is wrong',
      [
        ['callback-missing', { rate: 0.2, ms: 0 }],
        ['callback-duplicate', { rate: 0.5, ms: 0 }],
        ['callback-reorder', { rate: 0.7, ms: 3_000 }],
        ['clock-skew', { rate: 1, ms: 600_000 }],
      ],
    ],
    [
      'our own server is slow, fails and cannot be reached',
      [
        ['webhook-fail', { rate: 0.15, ms: 0 }],
        ['webhook-unreachable', { rate: 0.15, ms: 0 }],
        ['webhook-slow', { rate: 0.3, ms: 20 }],
      ],
    ],
    ['machines and people are taken for each other', [['amd-wrong', { rate: 0.5, ms: 0 }]]],
  ])('%s: nobody is called twice, every call is closed, and no agent is given two customers', async (_, faults) => {
    const people = { agents: 2, contacts: 4, settings: { ...beside, machineDetection: true } };
    const { rig, centre } = await open(everybody(person(5_000)), people, { speed: 40, sandbox: { seed: 3 } });
    for (const [name, fault] of faults) rig.sandbox.faults.set(name, fault);
    await workThrough(rig, centre, 30_000);
    rig.sandbox.faults.clear();
    const attempts = await prisma().attempt.findMany({ where: { campaignId: centre.campaignId } });
    expect(attempts).toHaveLength(4);
    for (const { number } of attempts) {
      expect((await rig.carrier.calls.list({ to: number })).length).toBeLessThanOrEqual(1);
    }
    await expectSound(prisma(), centre);
  });
});
