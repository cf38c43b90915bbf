import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { blacklistStore } from '../../../dialer/adapters/store/blacklist.ts';
import { contactStore } from '../../../dialer/adapters/store/contacts.ts';
import { createStores } from '../../../dialer/adapters/store/index.ts';
import type { HeldShare } from '../../../dialer/ports/pacing.ts';
import { campaignSettings } from '../../../dialer/rules/campaign-settings.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { type Centre, fictionNumber, intend, openCentre } from './centre.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 5, 10);
const database = testDatabase();

describe('the stores of the engine', () => {
  const prisma = () => database().database.client;
  const stores = () => createStores(prisma(), database().database.pool);
  let centre: Centre;

  beforeEach(async () => {
    centre = await openCentre(prisma(), { agents: 2, contacts: 3, now: NOW });
    await prisma().attempt.updateMany({ data: { live: false, state: 'ended' } });
  });

  /** At their desks, and free. */
  const ready = async (...agents: string[]) => {
    const at = new Date(NOW);
    for (const userId of agents) {
      const desk = { userId, campaignId: centre.campaignId, presence: 'signed-in', activity: 'ready' };
      const create = { ...desk, since: at, restSince: at, seenAt: at };
      await prisma().agentDesk.upsert({ where: { userId }, update: desk, create });
    }
  };

  it('give a lease to one owner until it expires, and count its owners', async () => {
    const { lease } = stores();
    expect(await lease.take('x', 'a', NOW + 100, NOW)).toEqual({ epoch: 1 });
    expect(await lease.take('x', 'b', NOW + 100, NOW + 50)).toBeNull();
    expect(await lease.take('x', 'a', NOW + 200, NOW + 50)).toEqual({ epoch: 1 });
    expect(await lease.take('x', 'b', NOW + 400, NOW + 200)).toEqual({ epoch: 2 });
    await lease.release('x', 'a');
    expect(await lease.take('x', 'a', NOW + 400, NOW + 201)).toBeNull();
    await lease.release('x', 'b');
    expect(await lease.take('x', 'c', NOW + 400, NOW + 202)).toEqual({ epoch: 3 });
    const takers = await Promise.all(['c', 'd', 'e', 'f'].map((owner) => lease.take('y', owner, NOW + 1, NOW)));
    expect(takers.filter((taken) => taken !== null)).toHaveLength(1);
  });

  it('keep every version of a campaign’s settings, and refuse the second of two changes', async () => {
    const { campaigns } = stores();
    const settings = campaignSettings.parse({ pacing: { maxLines: 3 } });
    const change = { campaignId: centre.campaignId, expectedVersion: 1, settings, by: null, now: NOW };
    expect(await campaigns.saveSettings(change)).toBe(true);
    expect(await campaigns.saveSettings(change)).toBe(false);
    expect(await campaigns.load(centre.campaignId)).toMatchObject({
      settingsVersion: 2,
      settings: { pacing: { maxLines: 3 } },
    });
    expect(await prisma().campaignSettings.count({ where: { campaignId: centre.campaignId } })).toBe(1);
    expect(await campaigns.move(centre.campaignId, ['draft'], 'finished', NOW)).toBe(false);
    expect(await campaigns.startFacts(centre.campaignId)).toMatchObject({
      scriptState: 'approved',
      readyLists: 1,
      callerIds: 1,
      teams: 1,
    });
  });

  it('give each due recording to one worker', async () => {
    for (const index of [0, 1, 2]) {
      const attemptId = await intend(prisma(), centre, index, NOW);
      const agentId = centre.agents[0] ?? '';
      const due = new Date(NOW + index * 10);
      await prisma().recording.create({
        data: { attemptId, campaignId: centre.campaignId, agentId, talkStartedAt: new Date(NOW), nextTryAt: due },
      });
    }
    const { recordings } = stores();
    const shares = await Promise.all([1, 2, 3].map(() => recordings.claimDue(NOW + 10, NOW + 1000, 5)));
    expect(shares.flat()).toHaveLength(2);
    expect(new Set(shares.flat().map(({ recordingId }) => recordingId)).size).toBe(2);
    expect(await recordings.claimDue(NOW + 999, NOW + 2000, 5)).toHaveLength(1);
  });

  it('make one contact of an origin, however often it is asked for, and take it back while it waits', async () => {
    const { taskContacts } = stores();
    const attemptId = await intend(prisma(), centre, 0, NOW);
    const task = {
      origin: { kind: 'corrective', id: `case-${attemptId}` },
      attemptId,
      agentId: centre.agents[1] ?? null,
      notBefore: NOW + 60_000,
      deadlineAt: NOW + 86_400_000,
      now: NOW,
    };
    const made = await Promise.all([1, 2, 3].map(() => taskContacts.create(task)));
    expect(new Set(made.map((one) => one?.contactId)).size).toBe(1);
    const contact = await prisma().contact.findUniqueOrThrow({
      where: { id: made[0]?.contactId ?? '' },
      include: { numbers: true },
    });
    expect(contact).toMatchObject({
      needsAgent: true,
      agentId: centre.agents[1],
      state: 'waiting',
      origin: task.origin,
    });
    expect(contact.numbers).toHaveLength(1);
    const [away, named] = centre.agents;
    if (away === undefined || named === undefined) throw new Error('too few agents');
    await ready(named);
    expect(await stores().pacing.reservedWork(centre.campaignId, NOW, 5)).toEqual([]);
    // However many are bound to somebody who is away, and however many this one has: each who is ready is told of once.
    const bound = [...Array(9).fill(away), named].map((agentId) => ({
      ...{
        campaignId: centre.campaignId,
        listId: contact.listId,
        timeZone: 'UTC',
        dueAt: new Date(NOW),
        priority: 99,
        agentId,
      },
    }));
    await prisma().contact.createMany({ data: bound });
    expect(await stores().pacing.reservedWork(centre.campaignId, NOW + 60_000, 5)).toEqual([{ agentId: named }]);
    await prisma().contact.deleteMany({ where: { priority: 99 } });
    expect(await taskContacts.withdraw(task.origin, NOW)).toEqual({ campaignId: centre.campaignId });
    expect(await taskContacts.withdraw(task.origin, NOW)).toBeNull();
  });

  it('tell whoever makes a task call what was said and noted in the call that it goes back to', async () => {
    const [first = '', second = ''] = centre.agents;
    const told = await intend(prisma(), centre, 0, NOW - HOUR);
    await prisma().attempt.update({
      where: { id: told },
      data: {
        ...{ live: false, state: 'ended', agentId: first, outcome: 'connected', disposition: 'complaint' },
        outcomeDetail: { fields: { words: 'Charged although I cancelled.' }, note: 'Prefers mornings.' },
      },
    });
    const origin = { kind: 'return-call', id: randomUUID() };
    const task = { origin, attemptId: told, agentId: null, notBefore: NOW, deadlineAt: NOW + 2400 * HOUR, now: NOW };
    const made = await stores().taskContacts.create(task);
    const contactId = made?.contactId ?? '';
    const { id } = await prisma().attempt.create({
      data: {
        ...{ campaignId: centre.campaignId, contactId, number: fictionNumber(0), callerId: '+12025550100' },
        ...{ mode: 'progressive', settingsVersion: 1, state: 'connected', agentId: second, intendedAt: new Date(NOW) },
      },
    });
    expect((await stores().reading.callForDesk(id, second))?.history).toEqual([
      {
        ...{ at: NOW - HOUR, outcome: 'connected', disposition: 'complaint', agentIsMe: false },
        ...{ words: 'Charged although I cancelled.', note: 'Prefers mornings.' },
      },
    ]);
  });

  it('give a task call to another agent by a repeat, to nobody who has left, and to anybody shortly before its deadline', async () => {
    const { taskContacts, pacing } = stores();
    const attemptId = await intend(prisma(), centre, 0, NOW);
    const [one = '', two = ''] = centre.agents;
    await ready(one, two);
    const wish = (agentId: string) => ({
      origin: { kind: 'verification', id: randomUUID() },
      ...{ attemptId, agentId, notBefore: NOW, deadlineAt: NOW + 20 * HOUR, now: NOW },
    });
    const reserved = async () => (await pacing.reservedWork(centre.campaignId, NOW, 5)).map(({ agentId }) => agentId);
    const task = wish(one);
    await taskContacts.create(task);
    await taskContacts.create({ ...task, agentId: two });
    expect(await reserved()).toEqual([two]);
    expect(await taskContacts.freeFromAgents(NOW + 9 * HOUR)).toEqual([]);
    expect(await taskContacts.freeFromAgents(NOW + 20 * HOUR)).toEqual([centre.campaignId]);
    expect(await reserved()).toEqual([null]);
    await prisma().user.update({ where: { id: two }, data: { active: false } });
    await taskContacts.create({ ...task, agentId: one });
    await taskContacts.create(wish(two));
    // Both are due at once: which comes first is the lot of their ids.
    expect(new Set(await reserved())).toEqual(new Set([one, null]));
    await prisma().user.update({ where: { id: one }, data: { active: false } });
    await taskContacts.freeFromAgents(NOW);
    expect(await reserved()).toEqual([null, null]);
  });

  it('tell quality of task calls that nobody will make: past their deadline, refused for good, blocked', async () => {
    const { taskContacts } = stores();
    const wish = async (index: number, deadlineAt: number) => {
      const attemptId = await intend(prisma(), centre, index, NOW);
      await prisma().attempt.update({ where: { id: attemptId }, data: { live: false, state: 'ended' } });
      const origin = { kind: 'corrective', id: randomUUID() };
      const made = await taskContacts.create({
        origin,
        attemptId,
        agentId: null,
        notBefore: NOW,
        deadlineAt,
        now: NOW,
      });
      return { origin, contactId: made?.contactId ?? '' };
    };
    const told = async () =>
      (await prisma().handoff.findMany({ where: { topic: 'task-call-unreached' }, orderBy: { id: 'asc' } })).map(
        ({ payload }) => payload,
      );
    const before = (await told()).length;
    const late = await wish(0, NOW + HOUR);
    const blocked = await wish(1, NOW + 90 * HOUR);
    const spent = await wish(2, NOW + 90 * HOUR);
    expect(await taskContacts.endOverdue(NOW, 10)).toEqual([]);
    expect(await taskContacts.endOverdue(NOW + HOUR, 10)).toEqual([centre.campaignId]);
    expect(await taskContacts.endOverdue(NOW + HOUR, 10)).toEqual([]);
    await blacklistStore(prisma()).add({
      ...{ number: fictionNumber(1), scope: 'all', scopeId: null, reason: 'opt-out', source: 'test', evidence: {} },
      ...{ endsAt: null, addedBy: null, now: NOW },
    });
    await contactStore(database().database.pool).claim(
      {
        campaignId: centre.campaignId,
        count: 1,
        mode: 'progressive',
        agentId: centre.agents[0] ?? '',
        decisionId: null,
        now: NOW,
      },
      20,
      () => ({ dial: false, reason: 'limit-total', until: null }),
    );
    expect((await told()).slice(before)).toEqual(
      [late, blocked, spent].map(({ origin }) => ({ attemptId: null, origin, outcome: '' })),
    );
    // Whoever takes the number off the blacklist again does not bring the call back: the sale has gone on without it.
    const entry = await prisma().blacklistEntry.findFirstOrThrow({ where: { number: fictionNumber(1) } });
    await blacklistStore(prisma()).remove(entry.id, { by: null, why: 'by mistake', now: NOW });
    expect(await prisma().contact.findUniqueOrThrow({ where: { id: blocked.contactId } })).toMatchObject({
      state: 'finished',
    });
  });

  it('give an agent who is suspended from selling only what quality asked for', async () => {
    const { floor, taskContacts, pacing } = stores();
    const [agentId = ''] = centre.agents;
    const attemptId = await intend(prisma(), centre, 0, NOW);
    await prisma().attempt.update({ where: { id: attemptId }, data: { live: false, state: 'ended' } });
    await floor.openDesk(agentId, NOW);
    await floor.setMaySell(agentId, false);
    await prisma().contact.update({ where: { id: centre.contacts[1] ?? '' }, data: { agentId } });
    const claim = () =>
      contactStore(database().database.pool).claim(
        { campaignId: centre.campaignId, count: 3, mode: 'progressive', agentId, decisionId: null, now: NOW },
        20,
        ({ facts }) => ({ dial: true, number: facts.numbers[0] ?? '', callerId: '+12025550100' }),
      );
    expect(await pacing.reservedWork(centre.campaignId, NOW, 5)).toEqual([]);
    expect((await claim()).claims).toEqual([]);
    const origin = { kind: 'corrective', id: randomUUID() };
    const made = await taskContacts.create({
      origin,
      attemptId,
      agentId,
      notBefore: NOW,
      deadlineAt: NOW + 90 * HOUR,
      now: NOW,
    });
    expect((await claim()).claims.map(({ contactId }) => contactId)).toEqual([made?.contactId]);
    // Their appointments are anybody's.
    await taskContacts.freeFromAgents(NOW);
    expect(await prisma().contact.findUniqueOrThrow({ where: { id: centre.contacts[1] ?? '' } })).toMatchObject({
      agentId: null,
      needsAgent: true,
    });
  });

  it('count an agent’s day to the millisecond, intervals across its beginning and the open one included', async () => {
    const userId = centre.agents[0] ?? '';
    const day = NOW - 3_600_000;
    const interval = (presence: string, activity: string, from: number, to: number | null) =>
      prisma().agentInterval.create({
        data: {
          userId,
          campaignId: centre.campaignId,
          presence,
          activity,
          startedAt: new Date(from),
          endedAt: to === null ? null : new Date(to),
        },
      });
    await interval('signed-in', 'talking', day - 5_000, day + 7_123);
    await interval('signed-in', 'wrap-up', day + 7_123, day + 10_000);
    await interval('on-break', 'none', day + 10_000, day + 11_001);
    await interval('signed-in', 'talking', day + 11_001, null);
    const open = NOW - (day + 11_001);
    expect(await stores().reading.agentDay(userId, day, NOW)).toMatchObject({
      talkMs: 7_123 + open,
      wrapUpMs: 2_877,
      breakMs: 1_001,
      signedInMs: 10_000 + open,
    });
    const { stretches } = await stores().reading.course(centre.campaignId, NOW - 3_600_000, NOW);
    const mine = { signedIn: true, from: day + 11_001, doing: 'talking', to: null };
    expect(stretches).toContainEqual(mine);
    expect(stretches.every(({ signedIn, to }) => signedIn && (to === null || to > NOW - 3_600_000))).toBe(true);
  });

  it('count the last half hour from before midnight, too', async () => {
    const [userId = ''] = centre.agents;
    const midnight = NOW + 14 * HOUR;
    const minute = (at: number) => new Date(midnight + at * 60_000);
    const stretch = { userId, campaignId: centre.campaignId, presence: 'signed-in' };
    await prisma().agentInterval.createMany({
      data: [
        { ...stretch, activity: 'talking', startedAt: minute(-40), endedAt: minute(-10) },
        { ...stretch, activity: 'ready', startedAt: minute(-10), endedAt: minute(-5) },
        { ...stretch, activity: 'talking', startedAt: minute(-5), endedAt: minute(5) },
      ],
    });
    const { time } = await stores().reading.live(centre.campaignId, midnight, midnight + 10 * 60_000);
    const ms = (minutes: number) => minutes * 60_000;
    expect(time.lastHalfHour).toEqual({ signedInMs: ms(25), talkMs: ms(20) });
    expect(time.today).toEqual({ signedInMs: ms(5), talkMs: ms(5), wrapUpMs: 0 });
  });

  it('keep a pacer’s memory and decisions, and forget old ones', async () => {
    const { pacing } = stores();
    const { campaignId } = centre;
    expect(await pacing.loadMemory(campaignId)).toBeNull();
    await pacing.saveMemory(campaignId, 'predictive', { rate: [1, null] }, NOW);
    await pacing.saveMemory(campaignId, 'predictive', { rate: [2] }, NOW);
    expect(await pacing.loadMemory(campaignId)).toEqual({
      ...{ policy: 'predictive', memory: { rate: [2] }, savedAt: NOW },
    });
    const old = await pacing.recordDecision({ campaignId, at: NOW - 1000, placed: 2, why: 'placing', saw: {} });
    const calls = [{ attemptId: randomUUID(), risk: null, chance: null }];
    await pacing.recordClaimed({ decisionId: old, campaignId, at: NOW - 1000, calls });
    await pacing.recordDecision({ campaignId, at: NOW, placed: 0, why: 'waiting', saw: { binding: 'lines' } });
    expect(await prisma().pacingDecision.findUnique({ where: { id: old } })).toMatchObject({ placed: 2, claimed: 1 });
    expect(await pacing.forgetDecisions(NOW, 10)).toBe(1);
    const live = await stores().reading.live(campaignId, NOW - 3_600_000, NOW);
    expect(live.decision).toMatchObject({ placed: 0, why: 'waiting', saw: { binding: 'lines' } });
  });

  it('tell a new pacer what agents said of the pool’s calls after a time, and of no others', async () => {
    const { pacing } = stores();
    const { campaignId } = centre;
    const decisionId = await pacing.recordDecision({ campaignId, at: NOW, placed: 1, why: 'placing', saw: {} });
    const over = { live: false, state: 'ended', outcome: 'connected', disposition: 'machine', decisionId };
    const times = { answeredAt: new Date(NOW - 60_000), connectedAt: new Date(NOW - 60_000), endedAt: new Date(NOW) };
    const rows = [
      { outcomeAt: new Date(NOW + 1) },
      { outcomeAt: new Date(NOW) },
      { outcomeAt: new Date(NOW + 1), decisionId: null },
    ];
    const ids: string[] = [];
    for (const [index, row] of rows.entries()) {
      const id = await intend(prisma(), centre, index, NOW);
      await prisma().attempt.update({ where: { id }, data: { ...over, ...times, ...row } });
      ids.push(id);
    }
    expect(await pacing.saidSince(campaignId, NOW, 10)).toMatchObject([
      { attemptId: ids[0], disposition: 'machine', outcomeAt: NOW + 1, fromPool: true },
    ]);
  });

  it('let pacers hold their part of the carrier account, and no longer than they renew it', async () => {
    const { pacing } = stores();
    const neighbour = await openCentre(prisma(), { now: NOW });
    const hold = (campaignId: string, lines: number, now: number) => {
      const seen: HeldShare[] = [];
      const wants = { lines, callsPerSecond: lines / 10 };
      return pacing
        .holdShare({ campaignId, weight: 2, wants, now, until: now + 1000 }, (others) => {
          seen.push(...others);
          return wants;
        })
        .then(() => seen.find(({ id }) => id !== campaignId && [centre.campaignId, neighbour.campaignId].includes(id)));
    };
    await hold(centre.campaignId, 30, NOW);
    const whole = { lines: 30, callsPerSecond: 3 };
    const theirs = { id: centre.campaignId, weight: 2, wants: whole, holds: whole };
    expect(await hold(neighbour.campaignId, 50, NOW + 500)).toEqual(theirs);
    expect(await hold(centre.campaignId, 40, NOW + 900)).toMatchObject({ holds: { lines: 50 } });
    expect(await hold(neighbour.campaignId, 50, NOW + 2000)).toMatchObject({ weight: 0, holds: { lines: 0 } });
  });

  it('hold what the pacing foretold of each call against what came of it, and know how quickly it decided', async () => {
    const { pacing } = stores();
    const { campaignId } = centre;
    const outcomes = [
      { risk: 0.004, connectedAt: new Date(NOW), outcome: 'connected' as const },
      { risk: 0.025, abandonedAt: new Date(NOW), outcome: 'abandoned' as const },
      { risk: 0.9, outcome: 'no-answer' as const },
    ];
    const calls = [];
    for (const [index, { risk, ...came }] of outcomes.entries()) {
      const attemptId = await intend(prisma(), centre, index, NOW);
      const answeredAt = came.outcome === 'no-answer' ? null : new Date(NOW);
      await prisma().attempt.update({
        where: { id: attemptId },
        data: { live: false, state: 'ended', answeredAt, ...came },
      });
      calls.push({ attemptId, risk, chance: null });
    }
    for (const lagMs of [10, 20, 30]) {
      const decision = { campaignId, at: NOW, placed: 1, why: 'placing', saw: { lagMs } };
      const decisionId = await pacing.recordDecision(decision);
      if (lagMs === 10) await pacing.recordClaimed({ decisionId, campaignId, at: NOW, calls });
    }
    const rows = await pacing.calibration(campaignId, NOW - 1);
    expect(rows.filter(({ calls: presented }) => presented > 0)).toEqual([
      { upTo: 0.01, calls: 1, foretold: 0.004, foundNobody: 0 },
      { upTo: 0.03, calls: 1, foretold: 0.025, foundNobody: 1 },
    ]);
    expect(await pacing.reaction(campaignId, NOW - 1)).toEqual({ decisions: 3, p50: 20, p95: 29 });
    await pacing.forgetDecisions(NOW + 1, 10);
    expect(await prisma().pacingForetold.count({ where: { campaignId } })).toBe(0);
  });
});
