/** The store of plans: whom it finds and what bars them, and a day that is laid out once, whole, whoever does it. */
import { DateTime } from 'luxon';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCampaigns } from '../../../dialer/adapters/store/campaigns.ts';
import { contactStore } from '../../../dialer/adapters/store/contacts.ts';
import { planStore } from '../../../dialer/adapters/store/plans.ts';
import { createContactPicker } from '../../../dialer/engine/contact-picker.ts';
import { createPlans } from '../../../dialer/engine/plans.ts';
import { planSettings } from '../../../dialer/rules/plan/settings.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { addContacts, fictional, makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const zone = 'Asia/Shanghai';
const at = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();
const morning = at('2026-11-23T07:00');
const week = [1, 2, 3, 4, 5, 6, 7];

describe('plans of repeated calls', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let contacts: string[];
  let now = morning;
  let solved: { contactId: string; at: number }[] = [];
  let store: ReturnType<typeof planStore>;
  let plans: ReturnType<typeof createPlans>;

  beforeAll(() => {
    client = database().database.client;
    store = planStore(client, async () => solved);
    plans = createPlans({ store, clock: { now: () => now }, publish: () => undefined });
  });
  beforeEach(async () => {
    await client.$executeRaw`truncate contact, contact_number, contact_list, attempt, attempt_event, blacklist_entry, campaign_team, caller_id, campaign, call_plan cascade`;
    world = await makeWorld(client, morning);
    contacts = await addContacts(client, world.campaignId, morning - 86_400_000, 12);
    await client.contact.updateMany({ data: { state: 'finished' } });
    now = morning;
    solved = [];
  });

  const settings = (change: object = {}) =>
    planSettings.parse({
      who: { campaignIds: [world.campaignId] },
      cycle: { kind: 'every', count: 4, unit: 'days' },
      share: { kind: 'rotation', share: 1 },
      window: { days: week, from: '10:00', to: '11:30' },
      startsOn: '2026-11-23',
      ...change,
    });
  const make = (change: object = {}) =>
    plans.create(world.campaignId, { name: 'Visits', settings: settings(change) }, { userId: null });
  const layOutDue = async () => Promise.all((await plans.due()).map((plan) => plans.layOut(plan)));
  const laid = () =>
    client.contact.findMany({
      where: { planTerms: { not: 'null' }, list: { planId: { not: null } } },
      orderBy: [{ dueAt: 'asc' }, { line: 'asc' }],
      include: { numbers: true },
    });
  const past = (contact: number, hoursAgo: number, connected: boolean) =>
    client.attempt.create({
      data: {
        ...{
          campaignId: world.campaignId,
          contactId: contacts[contact] ?? '',
          number: fictional(contact),
          callerId: '+12025550190',
        },
        ...{
          mode: 'predictive',
          settingsVersion: 1,
          state: 'ended',
          live: false,
          intendedAt: new Date(now - hoursAgo * 3_600_000),
        },
        connectedAt: connected ? new Date(now - hoursAgo * 3_600_000) : null,
      },
    });
  const block = (number: string, reason: string) =>
    client.blacklistEntry.create({ data: { number, scope: 'all', reason, source: 'test', addedAt: new Date(now) } });

  it('lays out a day once, however many do it at once, and the rest of the people over the other days', async () => {
    await make();
    const rounds = await Promise.all([layOutDue(), layOutDue(), layOutDue()]);
    expect(rounds.flat().filter((made) => made !== null)).toEqual([{ day: '2026-11-23', laid: 3 }]);
    expect(await plans.due()).toEqual([]);
    const numbers = new Set<string>();
    for (const day of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']) {
      now = at(`${day}T07:00`);
      await layOutDue();
      for (const contact of await laid()) for (const { number } of contact.numbers) numbers.add(number);
    }
    expect(numbers.size).toBe(12);
    expect(await laid()).toHaveLength(12);
    expect(await client.contactList.findMany({ where: { planId: { not: null } } })).toMatchObject([
      { name: 'Visits 2026-11-23', total: 12, accepted: 12, state: 'ready' },
    ]);
    expect((await laid()).map(({ line }) => line)).toEqual(Array.from({ length: 12 }, (_, line) => line + 1));
  });

  it('leaves nothing behind when it dies in the middle, and does the whole day afterwards', async () => {
    await make();
    const [plan] = await plans.due();
    if (plan === undefined) throw new Error('no plan is due');
    const work = { day: '2026-11-23', period: '2026-11-23', population: 1, leftOut: {} };
    const call = { contactId: contacts[0] ?? '', number: fictional(0), place: 0, dueAt: now, deadlineAt: now };
    // The second has no turn that the database could keep: by then day, list and contacts are written.
    await expect(
      store.layOut(
        plan,
        work,
        [
          { ...call, turn: '2026-11-23' },
          { ...call, turn: '2026-11-23' },
        ],
        now,
      ),
    ).rejects.toThrow();
    expect(await laid()).toEqual([]);
    expect(await client.callPlanDay.count()).toBe(0);
    expect(await layOutDue()).toEqual([{ day: '2026-11-23', laid: 3 }]);
  });

  it('lays nothing out by what was changed or paused since it was read', async () => {
    const { id, version } = await make();
    const [before] = await plans.due();
    if (before === undefined) throw new Error('no plan is due');
    await plans.change(id, { name: 'Visits', settings: settings({ maxPerDay: 1 }), version }, { userId: null });
    expect(await plans.layOut(before)).toBeNull();
    await expect(
      plans.change(id, { name: 'Visits', settings: settings(), version }, { userId: null }),
    ).rejects.toMatchObject({ code: 'plan-changed' });
    expect(await plans.pause(id)).toBe(true);
    expect(await plans.pause(id)).toBe(false);
    expect(await plans.due()).toEqual([]);
    expect(await client.callPlanVersion.count({ where: { planId: id } })).toBe(2);
    await plans.resume(id);
    expect(await layOutDue()).toEqual([{ day: '2026-11-23', laid: 1 }]);
  });

  it('counts whom it leaves out, by reason', async () => {
    await block(fictional(0), 'complaint');
    await block(fictional(1), 'opt-out');
    await past(2, 30, true);
    await past(3, 30, false);
    await past(4, 24 * 9, true);
    await client.contactNumber.updateMany({ where: { contactId: contacts[5] ?? '' }, data: { dead: true } });
    await client.contact.update({ where: { id: contacts[6] ?? '' }, data: { state: 'waiting' } });
    const { id } = await make();
    const { days, laidToday } = await plans.preview(world.campaignId, id, settings());
    expect(laidToday).toBe(0);
    expect(days.map(({ due }) => due)).toEqual([2, 2, 2, 1, 2, 2, 2, 1]);
    const barred = { 'on-blacklist': 1, 'do-not-call': 1, 'recently-called': 1, 'no-number': 1, 'already-waiting': 1 };
    expect(days[0]).toMatchObject({ population: 12, quota: 7, leftOut: { ...barred, 'another-day': 5 } });
    await layOutDue();
    expect((await plans.load(id)).days).toMatchObject([{ population: 12, laid: 2, leftOut: barred }]);
  });

  it('finds the people of lists and columns, each once', async () => {
    await client.contact.updateMany({
      where: { id: { in: contacts.slice(0, 4) } },
      data: { attributes: { type: 'VIP' } },
    });
    const [twin] = await addContacts(client, world.campaignId, morning, 1);
    await client.contact.update({
      where: { id: twin ?? '' },
      data: { attributes: { type: 'VIP' }, state: 'finished' },
    });
    const who = { campaignIds: [world.campaignId], field: { name: 'type', values: ['VIP', 'member'] } };
    const campaign = await store.campaign(world.campaignId);
    if (campaign === null) throw new Error('no campaign');
    const found = await store.people(campaign, settings({ who }), now, null);
    expect(found.map(({ key }) => key)).toEqual([0, 1, 2, 3].map(fictional));
    // What is said of somebody last counts.
    expect(found[0]?.contactId).toBe(twin);
    const [first] = await client.contactList.findMany({ orderBy: { importedAt: 'asc' } });
    const of = settings({ who: { ...who, listIds: [first?.id ?? ''] } });
    expect((await store.people(campaign, of, now, null))[0]?.contactId).toBe(contacts[0]);
  });

  it('follows complaints that were solved, though the complaint blocked the number, and new people', async () => {
    await block(fictional(0), 'complaint');
    await block(fictional(1), 'opt-out');
    solved = [0, 1, 2].map((index) => ({ contactId: contacts[index] ?? '', at: at('2026-11-22T16:00') }));
    const cycle = { kind: 'after', event: 'complaint-solved', withinDays: 3 };
    await make({ cycle, share: { kind: 'all' }, startsOn: '2026-11-22' });
    await layOutDue();
    const calls = await laid();
    expect(calls.flatMap(({ numbers }) => numbers.map(({ number }) => number)).sort()).toEqual([
      fictional(0),
      fictional(2),
    ]);
    expect(calls[0]).toMatchObject({
      deadlineAt: new Date(at('2026-11-26T00:00')),
      dueAt: new Date(at('2026-11-23T10:00')),
    });
    const picker = createContactPicker({ store: contactStore(database().database.pool) });
    const claims = await picker.claim({
      ...{ campaignId: world.campaignId, count: 5, mode: 'predictive', agentId: null, decisionId: null },
      now: at('2026-11-23T10:05'),
    });
    expect(claims.map(({ number }) => number).sort()).toEqual([fictional(0), fictional(2)]);
    const campaign = await store.campaign(world.campaignId);
    if (campaign === null) throw new Error('no campaign');
    const fresh = settings({
      cycle: { kind: 'after', event: 'new', withinDays: 7 },
      share: { kind: 'all' },
      startsOn: '2026-11-22',
    });
    expect(new Set((await store.people(campaign, fresh, now, null)).map(({ eventOn }) => eventOn))).toEqual(
      new Set(['2026-11-22']),
    );
    expect(await store.people(campaign, { ...fresh, startsOn: '2026-11-23' }, now, null)).toEqual([]);
  });

  it('is called within its own hours, but for times that the customer named', async () => {
    await make({ maxPerDay: 1 });
    await layOutDue();
    const [call] = await laid();
    const picker = createContactPicker({ store: contactStore(database().database.pool) });
    const claim = (now: number) =>
      picker.claim({
        campaignId: world.campaignId,
        count: 5,
        mode: 'progressive',
        agentId: world.teamId,
        decisionId: null,
        now,
      });
    await client.contact.update({ where: { id: call?.id ?? '' }, data: { dueAt: new Date(morning) } });
    expect(await claim(at('2026-11-23T15:00'))).toEqual([]);
    expect(await client.contact.findUnique({ where: { id: call?.id ?? '' } })).toMatchObject({
      ...{ reason: 'outside-hours', dueAt: new Date(at('2026-11-24T10:00')) },
    });
    const promised = { dueAt: new Date(at('2026-11-23T15:00')), lastOutcome: 'appointment' };
    await client.contact.update({ where: { id: call?.id ?? '' }, data: promised });
    expect(await claim(at('2026-11-23T15:00'))).toHaveLength(1);
  });

  it('does not begin a day that is over, nor one of a campaign that rests', async () => {
    await make();
    now = at('2026-11-23T11:30');
    expect(await plans.due()).toEqual([]);
    now = at('2026-11-24T00:01');
    expect(await plans.due()).toHaveLength(1);
    await client.campaign.updateMany({ data: { state: 'paused' } });
    expect(await plans.due()).toEqual([]);
  });

  it('lets a campaign start that has no list of its own', async () => {
    const campaigns = createCampaigns(client);
    await client.$executeRaw`truncate contact, contact_number, contact_list cascade`;
    expect(await campaigns.startFacts(world.campaignId)).toMatchObject({ readyLists: 0 });
    const { id } = await make();
    expect(await campaigns.startFacts(world.campaignId)).toMatchObject({ readyLists: 1 });
    await plans.pause(id);
    expect(await campaigns.startFacts(world.campaignId)).toMatchObject({ readyLists: 0 });
  });

  it('says what came of the period', async () => {
    const { id } = await make();
    await layOutDue();
    const [one] = await laid();
    const told = { contactId: one?.id ?? '', number: one?.numbers[0]?.number ?? '' };
    const attempt = await past(0, 0, true);
    await client.attempt.update({ where: { id: attempt.id }, data: { ...told, outcomeAt: new Date(now) } });
    await client.contact.update({ where: { id: told.contactId }, data: { state: 'finished' } });
    const version = await client.questionnaireVersion.create({
      data: {
        campaignId: world.campaignId,
        version: 1,
        state: 'published',
        body: { questions: [] },
        createdAt: new Date(now),
      },
    });
    await client.surveySheet.create({
      data: {
        attemptId: attempt.id,
        versionId: version.id,
        campaignId: world.campaignId,
        contactId: told.contactId,
        answers: {},
        savedAt: new Date(now),
      },
    });
    expect(await plans.load(id)).toMatchObject({
      period: { from: '2026-11-23', until: '2026-11-27' },
      progress: { laid: 3, waiting: 2, reached: 1, answered: 1 },
    });
  });

  it('nobody is laid out by two plans of a client on one day: the sooner last day first, the other is told why', async () => {
    const {
      id: _,
      settings: kept,
      ...like
    } = await client.campaign.findUniqueOrThrow({ where: { id: world.campaignId } });
    const other = await client.campaign.create({ data: { ...like, settings: kept ?? {}, name: 'Another' } });
    await client.campaign.updateMany({ data: { state: 'running' } });
    const who = { campaignIds: [world.campaignId] };
    const later = { ...{ who, share: { kind: 'all' } }, cycle: { kind: 'every', count: 12, unit: 'days' } };
    const slow = await plans.create(other.id, { name: 'Slow', settings: settings(later) }, { userId: null });
    const fast = await make({ share: { kind: 'all' } });
    const rows = async () => {
      const due = await plans.due();
      expect(new Set(due.map(({ id }) => id))).toEqual(new Set([slow.id, fast.id]));
      return due.sort((a) => (a.id === slow.id ? -1 : 1));
    };
    const all = () => client.callPlanTurn.findMany();
    const once = async () => {
      const turns = await all();
      expect(new Set(turns.map(({ number }) => number)).size).toBe(turns.length);
      return turns.filter(({ planId }) => planId === fast.id).length;
    };
    // The slow one comes first, and leaves to the other whom that would call today.
    for (const plan of await rows()) await plans.layOut(plan);
    expect(await once()).toBe(3);
    expect((await plans.load(slow.id)).days).toMatchObject([{ laid: 1 }]);
    // It comes last: whom the other has laid out and not reached stands in its reasons.
    now += 86_400_000;
    for (const plan of (await rows()).reverse()) await plans.layOut(plan);
    expect(await once()).toBe(6);
    expect((await plans.load(slow.id)).days[0]).toMatchObject({ laid: 1, leftOut: { 'in-another-plan': 6 } });

    // Two that did not see each other: where they would meet, one begins anew.
    now += 86_400_000;
    await Promise.all((await rows()).map((plan) => plans.layOut(plan)));
    for (const plan of await plans.due()) await plans.layOut(plan);
    expect(await once()).toBe(8);
  });
});
