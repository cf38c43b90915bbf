import { DateTime } from 'luxon';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blacklistStore } from '../../../dialer/adapters/store/blacklist.ts';
import { contactStore } from '../../../dialer/adapters/store/contacts.ts';
import { createBlacklist } from '../../../dialer/engine/blacklist.ts';
import { createContactPicker } from '../../../dialer/engine/contact-picker.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { addContacts, fictional, makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const now = DateTime.fromISO('2026-11-23T10:00', { zone: 'Asia/Shanghai' }).toMillis();
const agent = '00000000-0000-4000-8000-000000000001';

describe('claiming contacts', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let contacts: string[];
  let picker: ReturnType<typeof createContactPicker>;

  beforeAll(() => {
    client = database().database.client;
    picker = createContactPicker({ store: contactStore(database().database.pool) });
  });
  beforeEach(async () => {
    await client.$executeRaw`truncate contact, contact_number, contact_list, attempt, attempt_event, blacklist_entry, campaign_team, caller_id cascade`;
    world = await makeWorld(client, now);
    contacts = await addContacts(client, world.campaignId, now, 30);
  });
  const claim = (count: number, change: Partial<Parameters<typeof picker.claim>[0]> = {}, by = picker) =>
    by.claim({
      campaignId: world.campaignId,
      count,
      mode: 'predictive',
      agentId: null,
      decisionId: null,
      now,
      ...change,
    });
  const blacklist = () =>
    createBlacklist({
      store: blacklistStore(client),
      clock: { now: () => now },
      country: 'CN',
      publish: () => undefined,
    });
  const block = (number: string) =>
    blacklist().add({
      number,
      scope: 'all',
      scopeId: null,
      reason: 'opt-out',
      source: 'test',
      evidence: {},
      endsAt: null,
      by: { userId: null },
    });

  it('takes the next contacts of a long list without sorting it: the whole order is in one index', async () => {
    await client.$executeRaw`
      insert into contact (campaign_id, list_id, line, time_zone, due_at)
      select campaign_id, list_id, 1000 + n, time_zone, due_at from contact c, generate_series(1, 5000) n where c.id = ${contacts[0]}::uuid`;
    await client.$executeRaw`analyze contact`;
    const plan = await client.$queryRaw<{ 'QUERY PLAN': string }[]>`
      explain select c.id from contact c where c.campaign_id = ${world.campaignId}::uuid and c.state = 'waiting'
        order by c.priority desc, c.due_at, c.line, c.id limit 20 for update of c skip locked`;
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('contact_next');
    expect(text).not.toContain('Sort');
    expect(await claim(2)).toHaveLength(2);
  });

  it('writes the intent with the claim, in the list’s order', async () => {
    const claims = await claim(3);
    expect(claims.map(({ contactId }) => contactId)).toEqual(contacts.slice(0, 3));
    const attempts = await client.attempt.findMany({ include: { events: true } });
    expect(attempts).toHaveLength(3);
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ state: 'intended', settingsVersion: 1, events: [{ kind: 'intended' }] });
    expect(await client.contact.count({ where: { state: 'in-attempt' } })).toBe(3);
  });

  it('gives each contact to one of many who ask at once', async () => {
    const rounds = await Promise.all(Array.from({ length: 6 }, () => claim(5)));
    const all = rounds.flat().map(({ contactId }) => contactId);
    expect(new Set(all).size).toBe(all.length);
    const rest = await claim(30);
    expect(all.length + rest.length).toBe(30);
  });

  it('never dials a blacklisted number, and says why the contact waits no longer', async () => {
    await block(fictional(0));
    const claims = await claim(30);
    expect(claims.map(({ number }) => number)).not.toContain(fictional(0));
    expect(await client.contact.findUnique({ where: { id: contacts[0] ?? '' } })).toMatchObject({
      state: 'finished',
      reason: 'on-blacklist',
    });
  });

  it('asks once more before the call: a number blocked after the claim is not dialled', async () => {
    const [first] = await claim(1);
    expect(await picker.recheck(first?.attemptId ?? '', now)).toEqual({ ok: true });
    await block(first?.number ?? '');
    expect(await picker.recheck(first?.attemptId ?? '', now)).toEqual({ ok: false, reason: 'on-blacklist' });
  });

  it('gives contacts back when a manager removes the entry', async () => {
    const { id } = await block(fictional(0));
    await blacklist().remove(id, 'entered by mistake', { userId: null });
    expect((await claim(30)).map(({ number }) => number)).toContain(fictional(0));
    expect(await client.blacklistEntry.findUnique({ where: { id } })).toMatchObject({ removal: 'entered by mistake' });
  });

  it('keeps one number out of two live calls, across contacts', async () => {
    await client.contactNumber.updateMany({ where: { contactId: contacts[1] ?? '' }, data: { number: fictional(0) } });
    const claims = await claim(30);
    expect(claims.filter(({ number }) => number === fictional(0))).toHaveLength(1);
    expect(await client.contact.findUnique({ where: { id: contacts[1] ?? '' } })).toMatchObject({
      state: 'waiting',
      reason: 'number-in-live-call',
    });
    await expect(
      client.attempt.updateMany({ where: { contactId: contacts[2] ?? '' }, data: { number: fictional(0) } }),
    ).rejects.toMatchObject({ code: 'P2002' });
  });

  it('puts contacts off until their hours, with the version of the settings that said so', async () => {
    const night = DateTime.fromISO('2026-11-23T22:00', { zone: 'Asia/Shanghai' }).toMillis();
    expect(await claim(5, { now: night })).toEqual([]);
    expect(await client.contact.findUnique({ where: { id: contacts[0] ?? '' } })).toMatchObject({
      reason: 'outside-hours',
      reasonVersion: 1,
      dueAt: DateTime.fromISO('2026-11-24T09:00', { zone: 'Asia/Shanghai' }).toJSDate(),
    });
  });

  it('leaves contacts that need an agent out of the pool, and gives them first to the agent they wait for', async () => {
    await client.contact.update({
      where: { id: contacts[5] ?? '' },
      data: { needsAgent: true, agentId: agent, priority: 100 },
    });
    expect((await claim(30)).map(({ contactId }) => contactId)).not.toContain(contacts[5]);
    const [own] = await claim(1, { agentId: agent, mode: 'progressive' });
    expect(own?.contactId).toBe(contacts[5]);
  });

  it('respects a caller ID’s daily cap', async () => {
    await client.callerId.updateMany({ where: { campaignId: world.campaignId }, data: { dailyCap: 2 } });
    expect(await claim(5)).toHaveLength(2);
    expect(await claim(5)).toEqual([]);
    expect(await client.contact.count({ where: { reason: 'caller-id-cap' } })).toBeGreaterThan(0);
  });

  it('counts the whole day against the cap, whoever claimed in it and however long ago, and begins the next day anew', async () => {
    const minute = 60_000;
    const other = createContactPicker({ store: contactStore(database().database.pool) });
    await client.callerId.updateMany({ where: { campaignId: world.campaignId }, data: { dailyCap: 9 } });
    const got: number[] = [];
    for (const [after, count, whose] of [
      [0, 2, picker],
      [0.5, 1, other],
      [3, 2, picker],
      [3.2, 1, other],
      [7, 20, picker],
      [30, 20, other],
      [24 * 60, 20, picker],
    ] as const) {
      await client.contact.updateMany({ where: { state: 'waiting' }, data: { dueAt: new Date(now) } });
      got.push((await claim(count, { now: now + after * minute }, whose)).length);
    }
    expect(got).toEqual([2, 1, 2, 1, 3, 0, 9]);
  });

  it('claims nothing for a campaign that rests or does not exist', async () => {
    await client.campaign.update({ where: { id: world.campaignId }, data: { state: 'paused' } });
    expect(await claim(5)).toEqual([]);
    expect(await claim(5, { campaignId: agent })).toEqual([]);
  });

  it('decides the contact’s future from what is stored', async () => {
    const [first] = await claim(1);
    const update = await picker.afterAttempt(first?.attemptId ?? '', { outcome: 'busy', disposition: null, at: now });
    expect(update).toMatchObject({ state: 'waiting', reason: 'retry-busy', dueAt: now + 30 * 60_000 });
  });
});
