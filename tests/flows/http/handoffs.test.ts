import { describe, expect, test } from 'vitest';
import { createHandoffs } from '../../../src/handoffs.ts';
import { conversationFacts } from '../../../src/handoffs/to-quality.ts';
import { auditLog } from '../../../src/platform/audit.ts';
import type { ConversationFacts, QualityIntake } from '../../../src/contract/quality.ts';
import { useTestDatabase } from '../../support/database.ts';
import { manualClock } from '../../support/manual-clock.ts';

/** A receiver that keeps what it is given, and fails when it is told to. */
function receiver() {
  const got: string[] = [];
  let failing: (topic: string, id: string) => boolean = () => false;
  const take = (topic: string) => async (facts: { attemptId?: string; recordingId?: string | null }) => {
    const id = facts.attemptId ?? '';
    if (failing(topic, id)) throw new Error('not now');
    got.push(`${topic} ${id.slice(-1)}`);
  };
  const intake: QualityIntake = {
    conversationClosed: take('closed') satisfies (facts: ConversationFacts) => Promise<void>,
    recordingStored: take('stored'),
    recordingLost: take('lost'),
    saleRecorded: take('sale'),
    taskCallClosed: take('task'),
    taskCallUnreached: async ({ outcome }) => void got.push(`unreached ${outcome}`),
    complaintTold: take('complaint'),
    textArrived: async ({ kind }) => void got.push(`arrived ${kind}`),
    textFailed: async (_, why) => void got.push(`failed ${why}`),
    textReplied: async ({ answer, words }) => void got.push(`replied ${answer} ${words}`),
  };
  return {
    got,
    intake,
    fail(when: (topic: string, id: string) => boolean) {
      failing = when;
    },
  };
}

describe('handoffs', () => {
  const database = useTestDatabase();
  const ids = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);

  const open = async () => {
    const { client } = database().database;
    const clock = manualClock();
    const now = new Date(clock.now());
    await client.handoff.deleteMany();
    if ((await client.campaign.count()) === 0) {
      const centre = await client.centre.create({ data: { name: 'C', timeZone: 'UTC', workWeek: [1] } });
      const owner = await client.client.create({ data: { name: 'O' } });
      const product = await client.product.create({ data: { clientId: owner.id, name: 'P', tariffText: '' } });
      const place = { centreId: centre.id, clientId: owner.id, productId: product.id };
      const campaign = await client.campaign.create({ data: { ...place, name: 'K', settings: {}, createdAt: now } });
      const list = await client.contactList.create({
        data: { campaignId: campaign.id, name: 'L', fileName: 'l', state: 'ready', importedAt: now },
      });
      for (const id of ids) {
        const contact = await client.contact.create({
          data: { campaignId: campaign.id, listId: list.id, timeZone: 'UTC', dueAt: now },
        });
        await client.attempt.create({
          data: {
            id,
            campaignId: campaign.id,
            contactId: contact.id,
            number: `+1212555010${id.slice(-1)}`,
            callerId: '+12125550190',
            mode: 'predictive',
            settingsVersion: 1,
            state: 'ended',
            live: false,
            agentId: centre.id,
            intendedAt: now,
            connectedAt: now,
            endedAt: now,
          },
        });
      }
    }
    const quality = receiver();
    const wishes: string[] = [];
    const holds: number[] = [];
    let breakHold = false;
    const handoffs = createHandoffs({
      database: database().database,
      clock,
      audit: auditLog(database().database),
      quality,
      dialer: {
        tasks: {
          request: async ({ origin }) => {
            wishes.push(origin.kind);
            return { contactId: '' };
          },
          withdraw: async () => void wishes.push('withdrawn'),
        },
        texts: { request: async ({ origin }) => void wishes.push(`text ${origin.kind}`) },
        setMaySell: async () => {},
        holdRecording: async (_, change) => {
          holds.push(change);
          if (breakHold) throw new Error('died after it was done');
        },
        blacklist: { add: async () => ({ id: '', added: true }), remove: async () => {} },
      },
      onError: () => {},
    });
    const write = (topic: string, payload: object) =>
      client.handoff.create({ data: { topic, payload, createdAt: new Date(clock.now()) } });
    return {
      client,
      clock,
      quality,
      wishes,
      holds,
      handoffs,
      write,
      breakHold(on: boolean) {
        breakHold = on;
      },
    };
  };
  const closed = (n: number) => ({ attemptId: ids[n - 1] });

  test('are delivered once each and in order', async () => {
    const { handoffs, write, quality } = await open();
    for (const n of [1, 2, 3]) await write('conversation-closed', closed(n));
    expect(await Promise.all([handoffs.deliver(), handoffs.deliver()])).toEqual([3, 3]);
    expect(await handoffs.deliver()).toBe(0);
    expect(quality.got).toEqual(['closed 1', 'closed 2', 'closed 3']);
  });

  test('of a call whose outcome was saved before the carrier said that it is over are not lost', async () => {
    const { handoffs, write, quality, client, clock } = await open();
    const id = ids[0] ?? '';
    const before = await client.attempt.findUniqueOrThrow({ where: { id } });
    const connected = before.connectedAt ?? new Date(0);
    const saved = new Date(connected.getTime() + 60_000);
    await client.attempt.update({
      where: { id },
      data: { state: 'connected', live: true, endedAt: null, outcomeAt: saved },
    });
    await client.recording.create({
      data: {
        ...{ attemptId: id, campaignId: before.campaignId, agentId: before.agentId ?? '', state: 'expected' },
        ...{ talkStartedAt: connected, talkMs: 45_000 },
      },
    });
    for (const topic of ['conversation-closed', 'sale-recorded', 'task-call-closed']) await write(topic, closed(1));
    await handoffs.deliver();
    expect([...quality.got].sort()).toEqual(['closed 1', 'sale 1', 'task 1']);
    expect(await conversationFacts(database().database, id)).toMatchObject({
      ...{ talkMs: 45_000, endedAt: saved.getTime() },
    });
    // A conversation that still runs is none yet.
    await client.attempt.update({ where: { id }, data: { outcomeAt: null } });
    expect(await conversationFacts(database().database, id)).toBeNull();
    await client.recording.deleteMany();
    await client.attempt.update({
      where: { id },
      data: { state: 'ended', live: false, endedAt: new Date(clock.now()) },
    });
  });

  test('wait behind a failed one of their topic only, and are tried again later and later', async () => {
    const { handoffs, write, quality, clock, client } = await open();
    quality.fail((topic, id) => topic === 'closed' && id === ids[0]);
    await write('conversation-closed', closed(1));
    await write('conversation-closed', closed(2));
    await write('sale-recorded', closed(3));
    await handoffs.deliver();
    expect(quality.got).toEqual(['sale 3']);
    await clock.advance(1_999);
    await handoffs.deliver();
    expect((await client.handoff.findFirstOrThrow({ orderBy: { id: 'asc' } })).tries).toBe(1);
    await clock.advance(1);
    await handoffs.deliver();
    expect(await client.handoff.findFirst({ orderBy: { id: 'asc' } })).toMatchObject({ tries: 2, error: 'not now' });
    quality.fail(() => false);
    await clock.advance(4_000);
    await handoffs.deliver();
    expect(quality.got).toEqual(['sale 3', 'closed 1', 'closed 2']);
  });

  test('one that can never be delivered steps aside in the end', async () => {
    const { handoffs, write, quality, clock } = await open();
    quality.fail((topic, id) => topic === 'closed' && id === ids[0]);
    await write('conversation-closed', closed(1));
    await write('conversation-closed', closed(2));
    for (let tries = 0; tries < 8; tries += 1) {
      await handoffs.deliver();
      await clock.advance(600_000);
    }
    expect(quality.got).toEqual(['closed 2']);
  });

  test('wishes of quality reach the dialler; what nobody receives is kept and reported', async () => {
    const { handoffs, write, wishes, client } = await open();
    const origin = { kind: 'corrective', id: ids[1] };
    await write('task-call-wanted', { origin, attemptId: ids[0], agentId: null, notBefore: 0, deadlineAt: 1 });
    await write('nobody-knows-this', {});
    await handoffs.deliver();
    expect(wishes).toEqual(['corrective']);
    expect(await client.handoff.findFirst({ where: { deliveredAt: null } })).toMatchObject({
      topic: 'nobody-knows-this',
      tries: 1,
    });
  });

  test('a wish and its withdrawal keep their order, and a task call nobody could be reached for is told', async () => {
    const { handoffs, write, wishes, quality } = await open();
    const origin = { kind: 'confirmation', id: ids[1] };
    await write('task-call-withdrawn', { origin });
    await write('task-call-wanted', { origin, attemptId: ids[0], agentId: null, notBefore: 0, deadlineAt: 1 });
    await write('task-call-withdrawn', { origin });
    await write('task-call-unreached', { attemptId: null, origin, outcome: 'no-answer' });
    await handoffs.deliver();
    expect(wishes).toEqual(['withdrawn', 'confirmation', 'withdrawn']);
    expect(quality.got).toEqual(['unreached no-answer']);
  });

  test('a hold may be counted twice but a release never is', async () => {
    const { handoffs, write, holds, clock, breakHold } = await open();
    await write('recording-held', { recordingId: ids[0], change: 1 });
    await write('recording-held', { recordingId: ids[0], change: -1 });
    breakHold(true);
    await handoffs.deliver();
    await clock.advance(10_000);
    breakHold(false);
    await handoffs.deliver();
    await clock.advance(10_000);
    await handoffs.deliver();
    expect(holds.filter((change) => change === 1).length).toBeGreaterThanOrEqual(1);
    expect(holds.filter((change) => change === -1)).toEqual([-1]);
  });
});
