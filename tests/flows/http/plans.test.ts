/** A plan through the API: written with faults by field, foreseen, laid out, changed, paused, and by whom. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { plan as planShape } from '../../../src/contract/plans.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

describe('plans of repeated calls', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let manager: Browser;
  let at = '';
  /** Where the centre is it is Monday, 5 January 2026, five in the afternoon. */
  const settings = (change: object = {}) => ({
    who: { campaignIds: [house.campaignId] },
    cycle: { kind: 'every', count: 1, unit: 'weeks' },
    share: { kind: 'all' },
    window: { days: [1, 2, 3, 4, 5], from: '09:00', to: '19:00' },
    startsOn: '2026-01-05',
    ...change,
  });
  const layOutDue = async () => {
    for (const plan of await rig.services.plans.due()) await rig.services.plans.layOut(plan);
  };

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    const { client } = database().database;
    await client.campaign.update({ where: { id: house.campaignId }, data: { state: 'running' } });
    const list = await client.contactList.findFirstOrThrow();
    for (let index = 0; index < 9; index += 1)
      await client.contact.create({
        data: {
          ...{ campaignId: house.campaignId, listId: list.id, state: 'finished', timeZone: 'Asia/Shanghai' },
          ...{ dueAt: new Date(rig.clock.now()), attributes: { type: index < 3 ? 'VIP' : 'member' } },
          numbers: { create: { position: 1, number: `+1212555013${index}` } },
        },
      });
    manager = await rig.signedIn('manager');
    at = `/api/campaigns/${house.campaignId}/plans`;
  });
  afterAll(() => rig.close());

  test('says of what cannot work which field is at fault', async () => {
    const other = await database().database.client.campaign.findUniqueOrThrow({ where: { id: house.campaignId } });
    const { id: _, settings: own, ...like } = other;
    const theirs = await database().database.client.campaign.create({
      data: { ...like, settings: own ?? {}, clientId: house.clientIds[1], name: 'Of another client' },
    });
    const refused = async (change: object, name = 'Plan') => {
      const { status, body } = await manager.ask('POST', at, { name, settings: settings(change) });
      return { status, body };
    };
    const window = { days: [6], from: '21:00', to: '23:00' };
    const two = { ...{ window }, who: { campaignIds: [theirs.id] } };
    expect(await refused(two)).toMatchObject({
      status: 422,
      body: {
        code: 'plan-invalid',
        faults: [
          { field: 'who.campaignIds', code: 'plan-other-client' },
          { field: 'window', code: 'plan-outside-hours' },
        ],
      },
    });
    expect(await refused({}, ' ')).toMatchObject({ status: 400, body: { field: 'body.name' } });
    expect(await refused({ restDays: -1 })).toMatchObject({ status: 400, body: { field: 'body.settings.restDays' } });
    const nobodys = { who: { campaignIds: ['00000000-0000-4000-8000-000000000000'] } };
    expect(await refused(nobodys)).toMatchObject({ status: 400, body: { field: 'body.settings.who.campaignIds' } });
    expect((await manager.ask('GET', at)).body).toEqual({ today: '2026-01-05', items: [] });
  });

  test('is foreseen before it is kept, laid out as contacts of the campaign, changed and paused', async () => {
    const draft = { planId: null, settings: settings() };
    const foreseen = await manager.ask('POST', `${at}/preview`, draft);
    // One was spoken to today.
    expect(foreseen).toMatchObject({
      status: 200,
      body: {
        laidToday: 0,
        days: [{ day: '2026-01-05', population: 10, due: 2, leftOut: { 'recently-called': 1 } }, ...Array(7).fill({})],
      },
    });
    const made = await manager.ask('POST', at, { name: 'Members', settings: settings() });
    expect(made.status).toBe(201);
    const { id } = planShape.parse(made.body);
    await layOutDue();
    await layOutDue();
    const { body: contacts } = await manager.ask('GET', `/api/campaigns/${house.campaignId}/contacts?state=waiting`);
    expect(contacts).toMatchObject({ items: [{}, {}] });
    expect((await manager.ask('GET', `/api/campaigns/${house.campaignId}/lists`)).text).toContain('Members 2026-01-05');
    expect(await manager.ask('GET', `/api/plans/${id}`)).toMatchObject({
      body: {
        ...{ state: 'active', version: 1, progress: { laid: 2, waiting: 2, reached: 0, answered: 0 } },
        days: [{ day: '2026-01-05', laid: 2, population: 10 }],
      },
    });
    expect(await manager.ask('GET', `/api/plans/${id}/preview`)).toMatchObject({
      body: { laidToday: 2, days: [{ due: 0 }, { due: 2 }, ...Array(6).fill({})] },
    });

    const vip = settings({ who: { campaignIds: [house.campaignId], field: { name: 'type', values: ['VIP'] } } });
    const change = { name: 'VIPs', settings: vip, version: 1 };
    expect(await manager.ask('PUT', `/api/plans/${id}`, change)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await manager.ask('PUT', `/api/plans/${id}`, change)).toMatchObject({
      status: 409,
      body: { code: 'plan-changed' },
    });
    expect(await manager.ask('GET', `/api/plans/${id}/versions`)).toMatchObject({
      body: {
        items: [
          { version: 2, name: 'VIPs', changedBy: 'Name of manager' },
          { version: 1, name: 'Members' },
        ],
      },
    });

    expect((await manager.ask('POST', `/api/plans/${id}/pause`)).status).toBe(200);
    await rig.clock.advance(86_400_000);
    manager = await rig.signedIn('manager');
    await layOutDue();
    expect(await database().database.client.callPlanDay.count()).toBe(1);
    await manager.ask('POST', `/api/plans/${id}/pause`);
    await manager.ask('POST', `/api/plans/${id}/resume`);
    await layOutDue();
    expect(await database().database.client.callPlanDay.count()).toBe(2);
    const noted = await database().database.client.auditEntry.findMany({
      where: { subjectType: 'plan' },
      orderBy: { id: 'asc' },
    });
    expect(noted.map(({ action }) => action)).toEqual(['plan-created', 'plan-changed', 'plan-paused', 'plan-resumed']);
  });

  test('is read by the team’s lead and changed by managers only', async () => {
    const lead = await rig.signedIn('lead');
    const { items } = z.object({ items: z.array(planShape) }).parse((await manager.ask('GET', at)).body);
    const [plan] = items;
    expect((await lead.ask('GET', `/api/plans/${plan?.id}/preview`)).status).toBe(200);
    for (const [method, url, body] of [
      ['POST', at, { name: 'Mine', settings: settings() }],
      ['POST', `${at}/preview`, { planId: null, settings: settings() }],
      ['PUT', `/api/plans/${plan?.id}`, { name: 'Mine', settings: settings(), version: 2 }],
      ['POST', `/api/plans/${plan?.id}/pause`, undefined],
    ] as const)
      expect({ url, status: (await lead.ask(method, url, body)).status }).toEqual({ url, status: 403 });
    for (const stranger of ['lead2', 'client', 'inspector'])
      expect([403, 404]).toContain((await (await rig.signedIn(stranger)).ask('GET', at)).status);
  });
});
