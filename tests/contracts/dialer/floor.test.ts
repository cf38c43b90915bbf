import { beforeEach, describe, expect, it } from 'vitest';
import { createFloor } from '../../../dialer/adapters/store/floor.ts';
import { pooledDb } from '../../../dialer/adapters/store/pooled.ts';
import { sql } from '../../../dialer/adapters/store/sql.ts';
import type { DeskSignal } from '../../../dialer/rules/agent.ts';
import { decideDesk } from '../../../dialer/rules/agent.ts';
import { type CallSignal, decide } from '../../../dialer/rules/call.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { type Centre, intend, openCentre } from './centre.ts';

const NOW = Date.UTC(2026, 0, 5, 10);
const database = testDatabase({ maxConnections: 12 });

describe('the floor', () => {
  const prisma = () => database().database.client;
  const floor = () => createFloor(pooledDb(database().database.pool));
  let centre: Centre;
  let agents: string[];

  beforeEach(async () => {
    centre = await openCentre(prisma(), { agents: 3, contacts: 60, now: NOW });
    agents = centre.agents;
    await prisma().attempt.updateMany({ data: { live: false, state: 'ended' } });
  });

  const deskSignal = async (userId: string, signal: DeskSignal, now: number) => {
    const before = (await floor().desk(userId)) ?? (await floor().openDesk(userId, now));
    const { desk: after } = decideDesk(before, signal, now);
    expect(await floor().commit({ now, desk: { before, after } })).toBe(true);
  };

  const makeReady = async (userId: string, now: number) => {
    await deskSignal(userId, { kind: 'sign-in', campaignId: centre.campaignId, teamId: centre.teamId }, now);
    await deskSignal(userId, { kind: 'leg-dialling', room: `room-${userId}`, giveUpAt: now + 1 }, now);
    await deskSignal(userId, { kind: 'leg-joined', legId: `leg-${userId}`, room: `room-${userId}` }, now);
  };

  const callSignal = async (attemptId: string, signal: CallSignal, now: number) => {
    const found = await floor().callAndDesk(attemptId);
    if (found === null) throw new Error('no call');
    const { call: after } = decide(found.call, signal, now);
    return floor().commit({ now, call: { before: found.call, after }, journal: [{ kind: signal.kind, data: {} }] });
  };

  const present = (attemptId: string, now: number, carrierCallId = `CA${attemptId}`) =>
    floor().present({
      attemptId,
      carrierCallId,
      detection: null,
      answeredAt: now,
      abandonWithinMs: 2000,
      joinWithinMs: 3000,
      now,
    });

  const match = (now: number) =>
    floor().match({ campaignId: centre.campaignId, joinWithinMs: 3000, abandonWithinMs: 2000, now });

  it('writes a change once: the second writer of one version is told to read again', async () => {
    const attemptId = await intend(prisma(), centre, 0, NOW);
    const call = await floor().call(attemptId);
    if (call === null) throw new Error('no call');
    const after = decide(call, { kind: 'placing' }, NOW).call;
    const change = { now: NOW, call: { before: call, after }, journal: [{ kind: 'placing', data: {} }] };
    const wins = await Promise.all([floor().commit(change), floor().commit(change), floor().commit(change)]);
    expect(wins.filter(Boolean)).toHaveLength(1);
    expect(await prisma().attemptEvent.count({ where: { attemptId } })).toBe(1);
  });

  it('waits for the disk with everything but the word of the carrier that it dials and that it rings', async () => {
    const db = pooledDb(database().database.pool);
    const unhurried: boolean[] = [];
    const watched = createFloor({
      ...db,
      $queryRaw: (query, ...values) => {
        const { text } = 'sql' in query ? query : sql(query, ...values);
        unhurried.push(text.includes('synchronous_commit'));
        return db.$queryRaw(query, ...values);
      },
    });
    const attemptId = await intend(prisma(), centre, 0, NOW);
    const told = { lastedMs: null, endedAt: null, detection: null };
    const signals: [CallSignal, boolean][] = [
      [{ kind: 'placing' }, false],
      [{ kind: 'accepted', carrierCallId: 'CA-1', queueMs: 0 }, true],
      [{ kind: 'over', how: 'busy', sequence: 3, carrierCallId: 'CA-1', networkCode: 486, told }, false],
    ];
    for (const [signal, mayWait] of signals) {
      const before = await floor().call(attemptId);
      if (before === null) throw new Error('no call');
      const { call: after } = decide(before, signal, NOW);
      unhurried.length = 0;
      expect(await watched.commit({ now: NOW, call: { before, after }, journal: [] })).toBe(true);
      expect(unhurried).toEqual([mayWait]);
    }
  });

  it('writes call, desk, contact, recording, journal and handoffs together or not at all', async () => {
    const [agent] = agents;
    if (agent === undefined) throw new Error('no agent');
    await makeReady(agent, NOW);
    const attemptId = await intend(prisma(), centre, 0, NOW);
    await present(attemptId, NOW + 10);
    const found = await floor().callAndDesk(attemptId);
    if (found?.desk == null) throw new Error('not reserved');
    const { call, desk } = found;
    const change = {
      now: NOW + 20,
      call: { before: call, after: decide(call, { kind: 'joined', agentId: agent }, NOW + 20).call },
      desk: {
        before: { ...desk, version: desk.version + 7 },
        after: decideDesk(desk, { kind: 'join', attemptId }, NOW + 20).desk,
      },
      recording: { agentId: agent, nextTryAt: NOW + 60_000 },
      handoffs: [{ topic: 'sale-recorded' as const, attemptId }],
    };
    expect(await floor().commit(change)).toBe(false);
    expect(await prisma().recording.count({ where: { attemptId } })).toBe(0);
    expect((await floor().call(attemptId))?.state).toBe('reserved');
    expect(await floor().commit({ ...change, desk: { ...change.desk, before: desk } })).toBe(true);
    expect(await prisma().recording.count({ where: { attemptId, agentId: agent } })).toBe(1);
    const handoff = await prisma().handoff.findFirst({ orderBy: { id: 'desc' } });
    expect(handoff).toMatchObject({ topic: 'sale-recorded', payload: { attemptId } });
    const after = await floor().callAndDesk(attemptId);
    expect(after).toMatchObject({ call: { state: 'connected' }, desk: { activity: 'talking', userId: agent } });
  });

  it('keeps the time ledger without gap or overlap', async () => {
    const [agent] = agents;
    if (agent === undefined) throw new Error('no agent');
    await makeReady(agent, NOW);
    await deskSignal(agent, { kind: 'break', reason: 'lunch' }, NOW + 5_000);
    await deskSignal(agent, { kind: 'ready' }, NOW + 9_000);
    // Another process' clock is behind: time still goes forward.
    await deskSignal(agent, { kind: 'break', reason: 'training' }, NOW + 8_000);
    await deskSignal(agent, { kind: 'sign-out' }, NOW + 20_000);
    const intervals = await prisma().agentInterval.findMany({ where: { userId: agent }, orderBy: { id: 'asc' } });
    expect(intervals.map(({ presence, activity, reason }) => [presence, activity, reason])).toEqual([
      ['signed-in', 'none', null],
      ['signed-in', 'ready', null],
      ['on-break', 'none', 'lunch'],
      ['signed-in', 'ready', null],
      ['on-break', 'none', 'training'],
    ]);
    intervals.forEach((interval, index) => {
      const next = intervals[index + 1];
      if (next === undefined) expect(interval.endedAt?.getTime()).toBe(NOW + 20_000);
      else expect(interval.endedAt?.getTime()).toBe(next.startedAt.getTime());
    });
  });

  it('gives the longest rested agent, and each agent once, to customers who answer at the same instant', async () => {
    await Promise.all(agents.map((agent, index) => makeReady(agent, NOW - index * 1000)));
    const first = await intend(prisma(), centre, 0, NOW);
    expect(await present(first, NOW)).toMatchObject({ call: 'reserved', agentId: agents[2], changed: true });
    const others = await Promise.all(
      Array.from({ length: 20 }, (_, index) => intend(prisma(), centre, index + 1, NOW)),
    );
    const answers = await Promise.all(others.map((attemptId) => present(attemptId, NOW + 1)));
    const given = answers.filter((answer) => answer?.call === 'reserved').map((answer) => answer?.agentId);
    expect(new Set(given).size).toBe(given.length);
    expect(given.length).toBeGreaterThanOrEqual(1);
    // Whoever found the last agents locked for a moment waits, and is matched first come, first served.
    while ((await match(NOW + 2)) !== null);
    const desks = await Promise.all(agents.map((agent) => floor().desk(agent)));
    expect(desks.every((desk) => desk?.activity === 'reserved')).toBe(true);
    expect(new Set(desks.map((desk) => desk?.attemptId)).size).toBe(3);
  });

  it('answers a repeated request with the same room, and a second call of the carrier with a refusal', async () => {
    await makeReady(agents[0] ?? '', NOW);
    const attemptId = await intend(prisma(), centre, 0, NOW);
    const once = await present(attemptId, NOW);
    const again = await present(attemptId, NOW + 50);
    // What the answer hands on to be remembered is what was written, so that the next signal needs no read.
    expect(once?.seen).toEqual(await floor().callAndDesk(attemptId));
    expect(again).toEqual({ ...once, changed: false, seen: null, deskVersion: null });
    expect((await present(attemptId, NOW + 60, 'CAother'))?.call).toBe('stranger');
    expect(await present('00000000-0000-4000-8000-000000000000', NOW)).toBeNull();
  });

  it('counts a customer who got an agent only after the grace as abandoned, from when the grace was over', async () => {
    const [one = '', two = '', three = ''] = agents;
    const attempts = await Promise.all([0, 1, 2, 3].map((index) => intend(prisma(), centre, index, NOW)));
    const [inTime = '', matched = '', presented = '', asksAgain = ''] = attempts;
    const abandonedAt = async (attemptId: string) => (await floor().call(attemptId))?.abandonedAt ?? null;
    // At the last moment, which is not too late.
    expect((await present(inTime, NOW))?.call).toBe('waiting');
    await makeReady(one, NOW + 1);
    expect((await match(NOW + 2000))?.attemptId).toBe(inTime);
    expect(await abandonedAt(inTime)).toBeNull();
    // Nobody held the request any more: the server that did is gone, and another one finds an agent.
    expect((await present(matched, NOW + 10))?.call).toBe('waiting');
    await makeReady(two, NOW + 11);
    expect((await match(NOW + 9000))?.attemptId).toBe(matched);
    expect(await abandonedAt(matched)).toBe(NOW + 2010);
    // The answer was written, and the document is asked for only when a server is there again.
    await callSignal(presented, { kind: 'placing' }, NOW);
    const answered = { kind: 'progress', step: 'answered', sequence: 1, carrierCallId: `CA${presented}` } as const;
    await callSignal(presented, answered, NOW + 20);
    await makeReady(three, NOW + 21);
    expect(await present(presented, NOW + 9000)).toMatchObject({ call: 'reserved', agentId: three, changed: true });
    expect(await abandonedAt(presented)).toBe(NOW + 2020);
    // The server claimed an agent and went away before it could say so: they ask again.
    await prisma().agentDesk.update({ where: { userId: one }, data: { activity: 'ready', attemptId: null } });
    expect((await present(asksAgain, NOW + 30))?.call).toBe('reserved');
    expect(await present(asksAgain, NOW + 1000)).toMatchObject({ call: 'reserved', agentId: one, changed: false });
    expect(await abandonedAt(asksAgain)).toBeNull();
    expect(await present(asksAgain, NOW + 9000)).toMatchObject({ call: 'reserved', agentId: one, changed: false });
    expect(await abandonedAt(asksAgain)).toBe(NOW + 2030);
    // Once, and they are a conversation all the same.
    await callSignal(asksAgain, { kind: 'joined', agentId: one }, NOW + 9500);
    await present(asksAgain, NOW + 20_000);
    const over = { kind: 'over', how: 'completed', sequence: null, carrierCallId: `CA${asksAgain}` } as const;
    const told = { lastedMs: 30_000, endedAt: NOW + 30_000, detection: null };
    await callSignal(asksAgain, { ...over, networkCode: null, told }, NOW + 30_000);
    expect(await floor().call(asksAgain)).toMatchObject({
      ...{ outcome: 'connected', connectedAt: NOW + 9500, abandonedAt: NOW + 2030 },
    });
  });

  it('serves waiting calls in the order of their answers, and newcomers after them', async () => {
    const attempts = await Promise.all([0, 1, 2].map((index) => intend(prisma(), centre, index, NOW)));
    const [a, b, c] = attempts;
    if (a === undefined || b === undefined || c === undefined) throw new Error('no attempts');
    expect((await present(b, NOW + 1))?.call).toBe('waiting');
    expect((await present(a, NOW + 2))?.call).toBe('waiting');
    await makeReady(agents[0] ?? '', NOW + 3);
    expect((await present(c, NOW + 4))?.call).toBe('waiting');
    expect((await match(NOW + 5))?.attemptId).toBe(b);
    expect(await match(NOW + 6)).toBeNull();
    expect((await floor().call(a))?.deadlineAt).toBe(NOW + 2 + 2000);
  });

  it('never gives a pool customer to an agent suspended from selling', async () => {
    const [agent] = agents;
    if (agent === undefined) throw new Error('no agent');
    await makeReady(agent, NOW);
    await floor().setMaySell(agent, false);
    const attemptId = await intend(prisma(), centre, 0, NOW);
    expect((await present(attemptId, NOW))?.call).toBe('waiting');
  });

  it('gives a call that was dialled for one agent to that agent', async () => {
    const [one, two] = agents;
    if (one === undefined || two === undefined) throw new Error('no agents');
    await makeReady(two, NOW - 5000);
    await makeReady(one, NOW);
    expect(
      (await floor().reserveAgent({ campaignId: centre.campaignId, agentId: one, holdUntil: NOW + 100, now: NOW }))
        ?.userId,
    ).toBe(one);
    const attemptId = await intend(prisma(), centre, 0, NOW, one);
    await deskSignal(one, { kind: 'reserve', attemptId, deadlineAt: null }, NOW);
    expect(await present(attemptId, NOW + 10)).toMatchObject({ call: 'reserved', agentId: one });
    expect((await floor().desk(two))?.activity).toBe('ready');
  });

  it('finds what is overdue', async () => {
    const attemptId = await intend(prisma(), centre, 0, NOW);
    expect(await floor().overdueCalls(NOW + 1000, NOW, 100)).not.toContain(attemptId);
    expect(await floor().overdueCalls(NOW + 1000, NOW + 1, 100)).toContain(attemptId);
    await callSignal(attemptId, { kind: 'placing' }, NOW);
    expect(await floor().overdueCalls(NOW + 1000, NOW + 1, 100)).not.toContain(attemptId);
    expect(await floor().overdueCalls(NOW + 100_000, NOW + 1, 100)).toContain(attemptId);
    await callSignal(attemptId, { kind: 'refused', outcome: 'failed', code: 'x' }, NOW);
    expect(await floor().overdueCalls(NOW + 100_000, NOW + 1, 100)).not.toContain(attemptId);
  });
});
