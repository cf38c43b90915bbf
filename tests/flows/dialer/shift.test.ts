/** Longer stretches of work: two processes, preview, breaks, locked contacts, and what must be refused. */
import { afterEach, describe, expect, it } from 'vitest';
import type { CallFate, PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import { type Centre, type CentreOptions, openCentre } from '../../contracts/dialer/centre.ts';
import { agentsAtWork, allOver, expectSound } from '../../faults/dialer/floor-at-work.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { everybody, openRig, person, type Rig, type RigOptions } from './rig.ts';

const database = testDatabase({ maxConnections: 12 });
const START = Date.UTC(2026, 0, 6, 10);
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const prisma = () => database().database.client;
const free = { limits: [], retry: [] };

async function open(
  network: PhoneNetwork,
  centreOptions: Partial<CentreOptions>,
  rigOptions: Partial<RigOptions> = {},
): Promise<{ rig: Rig; centre: Centre; agent: string }> {
  await prisma().campaign.updateMany({ data: { state: 'finished' } });
  await prisma().agentDesk.updateMany({
    data: { presence: 'signed-out', activity: 'none', attemptId: null, campaignId: null },
  });
  await prisma().attempt.updateMany({ where: { live: true }, data: { live: false, state: 'ended' } });
  const centre = await openCentre(prisma(), { agents: 1, now: START, demo: true, ...centreOptions });
  const rig = await openRig({ database: database().database, network, startMs: START, ...rigOptions });
  closers.push(() => rig.close());
  return { rig, centre, agent: centre.agents[0] ?? '' };
}

/** Takes turns: person, busy, nobody, machine. */
function mixed(): PhoneNetwork {
  const fates: CallFate[] = [
    person(6_000),
    { kind: 'busy' },
    person(12_000),
    { kind: 'no-answer' },
    { kind: 'machine', ringMs: 1_500, greetingMs: 6_000, detection: { verdict: 'machine', afterMs: 3_000 } },
    { kind: 'invalid' },
  ];
  let calls = 0;
  return {
    plan: () => {
      const fate = fates[calls % fates.length] ?? { kind: 'busy' };
      calls += 1;
      return { setupMs: 400, fate };
    },
  };
}

describe('a shift', () => {
  it('is worked by two processes at once: one pacer, any of them answers any webhook, every contact is called once', async () => {
    const settings = { ...free, pacing: { mode: 'predictive', ringTimeoutMs: 15_000 } };
    const { rig, centre } = await open(mixed(), { agents: 4, contacts: 24, settings });
    const second = rig.another();
    await rig.dialer.start();
    await second.start();
    const work = agentsAtWork(rig, centre.agents);
    closers.push(() => work.stop());
    await rig.until(() => allOver(prisma(), centre), 'the list is worked through', 40_000);
    await work.stop();
    await expectSound(prisma(), centre);
    const attempts = await prisma().attempt.findMany({ where: { campaignId: centre.campaignId } });
    expect(new Set(attempts.map(({ contactId }) => contactId)).size).toBe(24);
    expect(attempts.length).toBe(24);
    expect(attempts.every(({ decisionId, agentId }) => decisionId !== null || agentId !== null)).toBe(true);
    const byOutcome = (outcome: string) => attempts.filter((attempt) => attempt.outcome === outcome).length;
    expect(byOutcome('machine')).toBeGreaterThan(0);
    expect(byOutcome('invalid')).toBe(4);
    const dead = await prisma().contactNumber.count({ where: { dead: true, contactId: { in: centre.contacts } } });
    expect(dead).toBe(4);
    expect(await prisma().lease.count({ where: { name: `pacer:${centre.campaignId}` } })).toBe(1);
    const live = await rig.dialer.live(centre.campaignId);
    expect(live.today).toMatchObject({
      attempts: 24,
      connected: byOutcome('connected'),
      abandoned: byOutcome('abandoned'),
    });
    expect(live.byState.ready).toBe(4);
    expect(live.talkUtilization.today).toBeGreaterThan(0);
    expect(live.pacing?.why).toBeTypeOf('string');
  }, 60_000);

  it('in preview: the agent sees the contact first, skips it, accepts the next, and is the one who talks', async () => {
    const settings = { ...free, pacing: { mode: 'preview' } };
    const { rig, agent } = await open(everybody(person(5_000)), { contacts: 2, settings });
    await rig.dialer.start();
    const { agents } = rig.dialer;
    await agents.signIn(agent, {});
    const offer = async (not: string | null) => {
      const view = await agents.view(agent);
      return view.call?.state === 'preview' && view.call.contactId !== not && view.call;
    };
    const first = await rig.until(() => offer(null), 'an offer');
    await agents.skipPreview(agent, 'spoke yesterday');
    const skipped = await prisma().attempt.findUniqueOrThrow({ where: { id: first.attemptId } });
    expect(skipped).toMatchObject({ outcome: 'canceled', error: 'spoke yesterday', placedAt: null });
    const second = await rig.until(() => offer(first.contactId), 'another offer');
    await agents.acceptPreview(agent);
    const talking = await rig.until(async () => {
      const view = await agents.view(agent);
      return view.activity === 'talking' && view;
    }, 'talking');
    expect(talking.call?.attemptId).toBe(second.attemptId);
  });

  it('lets a break asked for during the call begin when the call is written up', async () => {
    const settings = { ...free, pacing: { mode: 'progressive' } };
    const { rig, agent } = await open(everybody(person(4_000)), { contacts: 2, settings });
    const { agents } = rig.dialer;
    await rig.dialer.start();
    await agents.signIn(agent, {});
    await rig.until(async () => (await agents.view(agent)).activity === 'talking', 'talking');
    expect((await agents.takeBreak(agent, 'lunch')).presence).toBe('signed-in');
    const done = await rig.until(async () => {
      const view = await agents.view(agent);
      return view.activity === 'wrap-up' && view;
    }, 'wrap-up');
    await expect(agents.ready(agent)).resolves.toMatchObject({ next: null });
    await agents.takeBreak(agent, 'lunch');
    const attemptId = done.call?.attemptId ?? '';
    const outcome = { attemptId, disposition: { kind: 'undecided' as const }, mustSayTicked: [], note: '' };
    expect(await agents.saveOutcome(agent, outcome)).toMatchObject({ presence: 'on-break', breakReason: 'lunch' });
    await expect(agents.saveOutcome(agent, outcome)).rejects.toMatchObject({ code: 'outcome-exists' });
    expect(await agents.ready(agent)).toMatchObject({ presence: 'signed-in', activity: 'ready' });
    const day = (await agents.view(agent)).today;
    expect(day).toMatchObject({ conversations: 1, attempts: 1 });
    expect(day.breakMs).toBeGreaterThan(0);
    expect(day.talkMs).toBeGreaterThanOrEqual(3_000);
  });

  it('sends an agent who does not write up on a break, and closes the conversation without an outcome', async () => {
    const settings = { ...free, pacing: { mode: 'progressive', wrapUpSeconds: 5 } };
    const { rig, centre, agent } = await open(everybody(person(2_000)), { contacts: 1, settings });
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    const away = await rig.until(async () => {
      const view = await rig.dialer.agents.view(agent);
      return view.presence === 'on-break' && view;
    }, 'on a break');
    expect(away).toMatchObject({ breakReason: 'wrap-up-overdue', call: null });
    const attempt = await prisma().attempt.findFirstOrThrow({ where: { campaignId: centre.campaignId } });
    expect(attempt).toMatchObject({ outcome: 'connected', disposition: null });
    expect(attempt.outcomeAt).not.toBeNull();
    const contact = await prisma().contact.findFirstOrThrow({ where: { campaignId: centre.campaignId } });
    expect(contact.state).not.toBe('in-attempt');
  });

  it('dials a contact that needs an agent only with one reserved, also in predictive mode', async () => {
    const settings = { ...free, pacing: { mode: 'predictive' } };
    const { rig, centre, agent } = await open(everybody(person(3_000)), { contacts: 1, settings });
    await prisma().contact.updateMany({
      where: { campaignId: centre.campaignId },
      data: { lockedUntil: new Date(START + 72 * 3_600_000), needsAgent: true },
    });
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    const attempt = await rig.until(
      () => prisma().attempt.findFirst({ where: { campaignId: centre.campaignId, state: { not: 'intended' } } }),
      'dialled',
    );
    expect(attempt).toMatchObject({ agentId: agent, mode: 'progressive', decisionId: null });
    await rig.until(async () => (await rig.dialer.agents.view(agent)).activity === 'talking', 'talking');
    const reserved = await prisma().agentInterval.findMany({
      where: { userId: agent, attemptId: attempt.id },
      orderBy: { id: 'asc' },
    });
    const { placedAt } = await prisma().attempt.findUniqueOrThrow({ where: { id: attempt.id } });
    expect(reserved[0]?.activity).toBe('reserved');
    expect(reserved[0]?.startedAt.getTime()).toBeLessThanOrEqual(placedAt?.getTime() ?? 0);
  });

  it('takes no agent whom a progressive call is under way for, however due a contact is that needs one', async () => {
    const settings = { ...free, pacing: { mode: 'progressive', ringTimeoutMs: 25_000 } };
    const slow: CallFate = {
      ...{ kind: 'person', ringMs: 14_000, detection: { verdict: 'human', afterMs: 3_000 } },
      person: { patienceMs: 60_000, talkMs: 3_000, accepts: true },
    };
    const { rig, centre } = await open(everybody(slow), { contacts: 2, settings });
    const { campaignId } = centre;
    const [, later = ''] = centre.contacts;
    await prisma().contact.update({ where: { id: later }, data: { dueAt: new Date(START + 72 * 3_600_000) } });
    await rig.dialer.start();
    const work = agentsAtWork(rig, centre.agents);
    const ringing = () => prisma().attempt.findFirst({ where: { campaignId, state: 'ringing' } });
    await rig.until(ringing, 'the first is rung up');
    const needs = { dueAt: new Date(START), needsAgent: true, lockedUntil: new Date(START + 72 * 3_600_000) };
    await prisma().contact.update({ where: { id: later }, data: needs });
    const ended = () => prisma().attempt.count({ where: { campaignId, state: 'ended' } });
    await rig.until(async () => (await ended()) === 2, 'both were called');
    await work.stop();
    const calls = await prisma().attempt.findMany({ where: { campaignId }, orderBy: { intendedAt: 'asc' } });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
  });

  it('dials contacts that need an agent within its lines, however many agents are free', async () => {
    const settings = { ...free, pacing: { mode: 'predictive', maxLines: 1 } };
    const { rig, centre } = await open(everybody(person(4_000)), { agents: 2, contacts: 2, settings });
    const { campaignId } = centre;
    const needs = { lockedUntil: new Date(START + 72 * 3_600_000), needsAgent: true };
    await prisma().contact.updateMany({ where: { campaignId }, data: needs });
    for (const agent of centre.agents) await rig.dialer.agents.signIn(agent, {});
    const ready = async () => (await prisma().agentDesk.count({ where: { campaignId, activity: 'ready' } })) === 2;
    await rig.until(ready, 'all are ready');
    await rig.dialer.start();
    await rig.until(async () => {
      const ended = await prisma().attempt.count({ where: { campaignId, state: 'ended' } });
      // Whoever has talked is still writing up: the other agent takes the second.
      return ended === 2;
    }, 'all were called');
    const calls = await prisma().attempt.findMany({ where: { campaignId }, orderBy: { intendedAt: 'asc' } });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
    for (const [index, { intendedAt }] of calls.slice(1).entries())
      expect(intendedAt.getTime()).toBeGreaterThanOrEqual(calls[index]?.endedAt?.getTime() ?? Number.NaN);
  });

  it('refuses a demo campaign on a carrier that is not the sandbox, before anybody is called', async () => {
    const settings = { ...free, pacing: { mode: 'progressive' } };
    const { rig, centre, agent } = await open(
      everybody(person(3_000)),
      { contacts: 1, settings },
      {
        parts: ({ carrier }) => ({ carrier: { ...carrier, isSandbox: false } }),
      },
    );
    await prisma().campaign.update({ where: { id: centre.campaignId }, data: { state: 'paused' } });
    await expect(rig.dialer.campaigns.start(centre.campaignId, { userId: null })).rejects.toMatchObject({
      code: 'campaign-not-startable',
      faults: [{ code: 'demo-needs-sandbox', field: 'demo' }],
    });
    await prisma().campaign.update({ where: { id: centre.campaignId }, data: { state: 'running' } });
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    const refused = () =>
      prisma().attempt.findFirst({ where: { campaignId: centre.campaignId, error: 'demo-needs-sandbox' } });
    expect(await rig.until(refused, 'refused')).toMatchObject({ outcome: 'canceled', carrierCallId: null });
    expect(rig.requests).not.toContain('/telephony/customer');
  });

  it('stops placing when the campaign is paused, and lets the calls in the air end', async () => {
    const settings = { ...free, pacing: { mode: 'progressive' } };
    const { rig, centre, agent } = await open(everybody(person(8_000)), { contacts: 3, settings });
    await rig.dialer.start();
    await rig.dialer.agents.signIn(agent, {});
    await rig.until(async () => (await rig.dialer.agents.view(agent)).activity === 'talking', 'talking');
    await rig.dialer.campaigns.pause(centre.campaignId, { userId: null });
    const done = await rig.until(async () => {
      const view = await rig.dialer.agents.view(agent);
      return view.activity === 'wrap-up' && view;
    }, 'the talk ends by itself');
    const disposition = { kind: 'refused' as const, reason: 'no' };
    await rig.dialer.agents.saveOutcome(agent, {
      attemptId: done.call?.attemptId ?? '',
      disposition,
      mustSayTicked: [],
      note: '',
    });
    await rig.clock.sleep(10_000);
    expect(await prisma().attempt.count({ where: { campaignId: centre.campaignId } })).toBe(1);
    const changed = await rig.dialer.campaigns.changeSettings(
      centre.campaignId,
      { pacing: { maxLines: 7 } },
      { userId: null },
    );
    expect(changed).toMatchObject({ version: 2, settings: { pacing: { maxLines: 7, mode: 'progressive' } } });
    await expect(
      rig.dialer.campaigns.changeSettings(centre.campaignId, { pacing: { maxAbandonRate: 7 } }, { userId: null }),
    ).rejects.toMatchObject({ code: 'settings-invalid', faults: [{ field: 'settings.pacing.maxAbandonRate' }] });
  });

  it('refuses a webhook with a wrong signature and changes nothing', async () => {
    const { rig, centre } = await open(everybody(person(3_000)), { contacts: 1, settings: free });
    const answer = await rig.dialer.webhooks.handle({
      method: 'POST',
      rawUrl: '/telephony/status/11111111-2222-4333-8444-555555555555',
      headers: { 'x-twilio-signature': 'bm8=' },
      rawBody: 'CallSid=CA1&CallStatus=completed',
    });
    expect(answer.status).toBe(403);
    expect(rig.dialer.refusedWebhooks()).toBe(1);
    expect(await prisma().attempt.count({ where: { campaignId: centre.campaignId } })).toBe(0);
  });
});
