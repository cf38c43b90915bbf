/** The races of an outbound dialler on a Twilio-compatible carrier, each by its name, against the sandbox with faults. */
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault, FaultName } from '../../../dialer/adapters/telephony/sandbox/index.ts';
import { createPolicy, policies } from '../../../dialer/rules/pacing/index.ts';
import type { PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import { type Centre, type CentreOptions, openCentre } from '../../contracts/dialer/centre.ts';
import { everybody, openRig, person, type Rig, type RigOptions, TOKEN } from '../../flows/dialer/rig.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { agentsAtWork, allOver, expectSound } from './floor-at-work.ts';

const database = testDatabase({ maxConnections: 12 });
const START = Date.UTC(2026, 0, 6, 10);
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const prisma = () => database().database.client;

async function open(
  network: PhoneNetwork,
  centreOptions: Partial<CentreOptions> = {},
  rigOptions: Partial<RigOptions> = {},
): Promise<{ rig: Rig; centre: Centre }> {
  // Centres of earlier tests of this file are done.
  await prisma().campaign.updateMany({ data: { state: 'finished' } });
  await prisma().agentDesk.updateMany({
    data: { presence: 'signed-out', activity: 'none', attemptId: null, campaignId: null },
  });
  await prisma().attempt.updateMany({ where: { live: true }, data: { live: false, state: 'ended' } });
  const settings = { pacing: { mode: 'progressive' }, limits: [], retry: [] };
  const centre = await openCentre(prisma(), {
    agents: 1,
    contacts: 2,
    now: START,
    demo: true,
    settings,
    ...centreOptions,
  });
  const rig = await openRig({ database: database().database, network, startMs: START, ...rigOptions });
  closers.push(() => rig.close());
  return { rig, centre };
}

/** Agents work until every contact has been called and every call is closed. */
async function workThrough(rig: Rig, centre: Centre): Promise<void> {
  await rig.dialer.start();
  const work = agentsAtWork(rig, centre.agents);
  closers.push(() => work.stop());
  // On a busy machine every webhook takes long, and there are some thirty one after the other.
  await rig.until(() => allOver(prisma(), centre), 'all contacts are called and closed', 60_000);
  await work.stop();
}

const outcomes = async (centre: Centre): Promise<(string | null)[]> =>
  (await prisma().attempt.findMany({ where: { campaignId: centre.campaignId } })).map(({ outcome }) => outcome).sort();

const callsMade = (rig: Rig): number => rig.requests.filter((path) => path === '/telephony/customer').length;
const one = policies.progressive ?? createPolicy;
const overdial = { predictive: policies['ratio-3'] ?? one, progressive: one };
/** The agent joins at the answer, and the detection listens beside. */
const beside = { pacing: { mode: 'progressive' }, limits: [], retry: [], detectBeforeAgent: false };
const ratio3 = { pacing: { mode: 'predictive' }, limits: [], retry: [] };

const signed = (rig: Rig, path: string, form: Record<string, string>, { webhooks } = rig.dialer) => {
  const body = Object.keys(form)
    .sort()
    .map((name) => name + form[name])
    .join('');
  const signature = createHmac('sha1', TOKEN)
    .update(rig.publicUrl + path + body)
    .digest('base64');
  return webhooks.handle({
    method: 'POST',
    rawUrl: path,
    headers: { 'x-twilio-signature': signature },
    rawBody: new URLSearchParams(form).toString(),
  });
};

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
    await rig.dialer.start();
    const work = agentsAtWork(rig, centre.agents);
    closers.push(() => work.stop());
    await rig.until(() => allOver(prisma(), centre), 'all contacts are called and closed', 30_000);
    await work.stop();
    rig.sandbox.faults.clear();
    const attempts = await prisma().attempt.findMany({ where: { campaignId: centre.campaignId } });
    expect(attempts).toHaveLength(4);
    for (const { number } of attempts) {
      expect((await rig.carrier.calls.list({ to: number })).length).toBeLessThanOrEqual(1);
    }
    await expectSound(prisma(), centre);
  });
});
