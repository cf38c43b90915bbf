/** Types of customers through the API: rules in versions, tried, put in force, and customers sorted by them; and by whom. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { planPreview } from '../../../src/contract/plans.ts';
import {
  allocation as allocationShape,
  segmentPreview,
  segmentRun,
  segments as segmentsShape,
} from '../../../src/contract/segments.ts';
import { useTestDatabase } from '../../support/database.ts';
import { tellMonths } from './customers.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

/** What follows begins where the test before it ended. */
describe('types of customers', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let manager: Browser;
  const ofClient = () => ({ clientId: house.clientIds[0] });
  /** A minute later: the newest sorting counts. */
  const sort = async () => {
    await rig.clock.advance(60_000);
    return manager.ask('POST', '/api/segments/sort', ofClient());
  };
  const current = async () => segmentsShape.parse((await manager.ask('GET', '/api/segments')).body);

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    manager = await rig.signedIn('manager');
  });
  afterAll(() => rig.close());

  test('begin with the eight of the house, and say that nothing is known of the customers', async () => {
    const begun = await current();
    expect(begun).toMatchObject({ version: 0, changedAt: null, clients: [{ name: 'Own', run: null }] });
    expect(begun.rules.types).toHaveLength(8);
    expect(await sort()).toMatchObject({
      status: 422,
      body: { code: 'segment-facts-missing' },
    });
  });

  test('are tried on a client’s customers before they are kept, with masked examples', async () => {
    const owner = { centreId: house.centreId, clientId: house.clientIds[0] };
    // Four months of sixteen: twelve members, two VIPs of whom one is warned, one with an open complaint, one of no type.
    await tellMonths(database().database.client, owner, '2025-12', {
      ...Object.fromEntries(
        Array.from({ length: 12 }, (_, index) => [`+86138000001${index + 10}`, Array(4).fill(110_000)]),
      ),
      '+8613800000003': [60_000, 60_000, 60_000, 60_000],
      '+8613800000004': [60_000, 250_000, 250_000, 250_000],
      '+12125550123': [60_000, 60_000, 60_000, 60_000],
      '+8613800000006': [1_000, 1_000, 1_000, 1_000],
    });
    const { client } = database().database;
    const called = await client.contact.findFirstOrThrow();
    const at = new Date(rig.clock.now());
    await client.caseFile.create({
      data: {
        ...{ kind: 'complaint', state: 'open', channel: 'phone', words: 'too loud', openedAt: at },
        ...{ campaignId: house.campaignId, contactId: called.id },
      },
    });
    const { rules } = await current();
    const asked = await manager.ask('POST', '/api/segments/preview', { ...ofClient(), rules });
    const preview = segmentPreview.parse(asked.body);
    const counts = Object.fromEntries(preview.counts.types.map(({ key, taken, lost }) => [key, [taken, lost]]));
    expect(preview).toMatchObject({ month: '2025-12', counts: { population: 16, none: 1 } });
    expect(counts).toMatchObject({ complaint: [1, 0], warning: [1, 0], member: [12, 0], vip: [1, 1] });
    expect(preview.counts.types.find(({ key }) => key === 'vip')?.lostTo).toEqual({ complaint: 1 });
    expect(preview.examples.find(({ key }) => key === 'member')?.items).toHaveLength(10);
    expect(asked.text).not.toMatch(/13800000110|2125550123/);
    expect((await current()).clients).toMatchObject([{ run: null }]);
  });

  test('are kept in versions, with what each changed, and refused with the field at fault', async () => {
    const { rules } = await current();
    const moved = { ...rules, types: [...rules.types.slice(1), ...rules.types.slice(0, 1)], restMonths: 2 };
    const wrong = { ...rules, types: rules.types.map((type) => ({ ...type, name: { en: '', zh: '' } })) };
    expect(await manager.ask('PUT', '/api/segments', { version: 0, rules: wrong })).toMatchObject({
      status: 422,
      body: { code: 'segment-invalid', field: 'types.0.name' },
    });
    expect(await manager.ask('PUT', '/api/segments', { version: 0, rules: moved })).toMatchObject({
      status: 200,
      body: { version: 1, changedBy: { name: 'Name of manager' } },
    });
    expect(await manager.ask('PUT', '/api/segments', { version: 0, rules })).toMatchObject({
      status: 409,
      body: { code: 'segment-changed' },
    });
    expect(await manager.ask('GET', '/api/segments/versions')).toMatchObject({
      body: {
        items: [
          {
            ...{ version: 1, restMonths: { before: 0, after: 2 }, changedBy: { name: 'Name of manager' } },
            changes: rules.types.map(() => ({ how: 'moved' })),
          },
          { version: 0, changedAt: null, changedBy: null, changes: [] },
        ],
      },
    });
  });

  test('sort the customers of a month, each into one, and do so again as a whole', async () => {
    const { client } = database().database;
    const sorted = await sort();
    // Complaints come last now: the VIP who complains is a VIP.
    expect(sorted).toMatchObject({ status: 200, body: { month: '2025-12', version: 1, counts: { population: 16 } } });
    await sort();
    const members = await client.segmentMember.groupBy({ by: ['type'], _count: true, orderBy: { type: 'asc' } });
    expect(members.map(({ type, _count }) => [type, _count])).toEqual([
      ['member', 12],
      ['vip', 2],
      ['warning', 1],
    ]);
    expect((await current()).clients).toMatchObject([{ run: { by: { name: 'Name of manager' } } }]);
    const noted = await client.auditEntry.findMany({ where: { subjectType: 'segment-rules' }, orderBy: { id: 'asc' } });
    expect(noted.map(({ action }) => action)).toEqual([
      ...['segments-previewed', 'segment-rules-changed', 'customers-sorted', 'customers-sorted'],
    ]);
  });

  const wish = (change: object = {}) => ({
    ...{ campaignId: house.campaignId, teamId: house.teamIds[0], type: 'member', limit: 3, ...change },
  });

  test('are handed to a campaign as contacts, nobody twice, also by extractions at the same moment', async () => {
    const { client } = database().database;
    expect(await manager.ask('POST', '/api/extractions/preview', wish({ limit: 20 }))).toMatchObject({
      status: 200,
      body: { month: '2025-12', ofType: 12, taken: 12, leftOut: {} },
    });
    const made = await Promise.all(Array.from({ length: 5 }, () => manager.ask('POST', '/api/extractions', wish())));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 422]);
    const handed = await client.extractedCustomer.findMany();
    expect(new Set(handed.map(({ customerId }) => customerId)).size).toBe(12);
    const contacts = await client.contact.findMany({
      where: { id: { in: handed.map(({ contactId }) => contactId) } },
      include: { numbers: true },
    });
    expect(new Set(contacts.flatMap(({ numbers }) => numbers.map(({ number }) => number))).size).toBe(12);
    expect(contacts[0]).toMatchObject({
      ...{ state: 'waiting', timeZone: 'Asia/Shanghai', attributes: { type: 'Member / 会员客户' } },
    });
    // Whoever forgot the order of things is stopped by the database.
    const [one] = handed;
    if (one === undefined) throw new Error('nobody was handed out');
    await expect(
      client.extractedCustomer.create({
        data: { ...one, contactId: house.agentId },
      }),
    ).rejects.toMatchObject({ code: 'P2002' });
    expect(await manager.ask('POST', '/api/extractions/preview', wish())).toMatchObject({
      body: { ofType: 12, taken: 0, leftOut: { 'handed-out': 12 } },
    });
  });

  test('leave customers who were handed out in their type, and rest for the months that the rules say', async () => {
    const { client } = database().database;
    const { rules, version } = await current();
    const nobody = rules.types.map((type) =>
      type.key === 'member'
        ? {
            ...type,
            groups: [
              { match: 'all', conditions: [{ kind: 'bill', of: 'each', months: 1, is: 'over', amount: 900_000 }] },
            ],
          }
        : type,
    );
    await manager.ask('PUT', '/api/segments', { version, rules: { ...rules, types: nobody } });
    const { body } = await sort();
    expect(segmentRun.parse(body).counts.types.find(({ key }) => key === 'member')).toMatchObject({
      taken: 12,
      held: 12,
    });
    await manager.ask('PUT', '/api/segments', { version: version + 1, rules });
    // Two months of rest: in the second after it they are not handed out, in the third they are.
    for (const [month, leftOut] of [
      ['2026-02', { 'handed-out': 12 }],
      ['2026-03', {}],
    ] as const) {
      await client.customerImport.updateMany({ where: { state: 'ready' }, data: { state: 'replaced' } });
      const owner = { centreId: house.centreId, clientId: house.clientIds[0] };
      const numbers = Array.from({ length: 12 }, (_, index) => [`+86138000001${index + 10}`, Array(4).fill(110_000)]);
      await tellMonths(client, owner, month, Object.fromEntries(numbers));
      await sort();
      await client.contact.updateMany({ data: { state: 'finished' } });
      expect(await manager.ask('POST', '/api/extractions/preview', wish())).toMatchObject({
        body: { month, ofType: 12 },
      });
      const { body: foreseen } = await manager.ask('POST', '/api/extractions/preview', wish({ limit: 20 }));
      expect(foreseen).toMatchObject({ leftOut, taken: 'handed-out' in leftOut ? 0 : 12 });
    }
  });

  test('are handed to own campaigns and their teams, and each lead sees those of the own team', async () => {
    expect((await manager.ask('POST', '/api/extractions', wish({ teamId: house.teamIds[1] }))).status).toBe(400);
    const elsewhere = wish({ campaignId: '00000000-0000-4000-8000-000000000000' });
    expect((await manager.ask('POST', '/api/extractions', elsewhere)).status).toBe(404);
    const lead = await rig.signedIn('lead');
    expect((await lead.ask('POST', '/api/extractions', wish())).status).toBe(403);
    const seen = async (who: Browser) =>
      z.object({ items: z.array(z.unknown()) }).parse((await who.ask('GET', '/api/extractions')).body).items.length;
    expect([await seen(manager), await seen(lead), await seen(await rig.signedIn('lead2'))]).toEqual([4, 4, 0]);
  });

  test('are divided over the team’s agents by its lead, who signs, and says why when it is changed', async () => {
    const { client } = database().database;
    const lead = await rig.signedIn('lead');
    const extraction = await client.extraction.findFirstOrThrow({ orderBy: { at: 'desc' } });
    await client.contact.updateMany({ where: { listId: extraction.listId }, data: { state: 'waiting' } });
    const at = `/api/extractions/${extraction.id}/allocation`;
    const { agents, open } = allocationShape.parse((await lead.ask('GET', at)).body);
    expect([agents.length, open]).toEqual([2, 3]);
    const agentIds = agents.map(({ agent }) => agent.id);
    const [first, second] = agentIds;
    const even = { way: 'even', agentIds };
    const foreseen = await lead.ask('POST', `${at}/preview`, even);
    expect(foreseen).toMatchObject({ status: 200, body: { open: 3, nobody: 0, shares: [{}, {}] } });
    // Two leads’ windows at the same moment: one signature counts.
    const signed = await Promise.all([1, 2].map(() => lead.ask('POST', at, { ...even, seen: 0, reason: '' })));
    expect(signed.map(({ status }) => status).sort()).toEqual([200, 409]);
    const bound = () => client.contact.groupBy({ by: ['agentId'], where: { listId: extraction.listId }, _count: true });
    expect((await bound()).map(({ _count }) => _count).sort()).toEqual([1, 2]);

    const change = { ...even, agentIds: [second], seen: 1, reason: ' ' };
    expect(await lead.ask('POST', at, change)).toMatchObject({ status: 422, body: { code: 'reason-missing' } });
    // What is being dialled stays with whom it is.
    const dialled = await client.contact.findFirstOrThrow({
      where: { listId: extraction.listId, agentId: first ?? '' },
    });
    await client.contact.update({ where: { id: dialled.id }, data: { state: 'in-attempt' } });
    expect(await lead.ask('POST', at, { ...change, reason: 'ill today' })).toMatchObject({
      status: 200,
      body: {
        ...{ open: 2, fixed: 1 },
        signatures: [
          { number: 2, reason: 'ill today', by: { name: 'Name of lead' } },
          { number: 1, reason: '' },
        ],
      },
    });
    expect((await client.contact.findUniqueOrThrow({ where: { id: dialled.id } })).agentId).toBe(first);

    // Nobody is there for this region: whoever is free calls them.
    const skills = { types: ['member'], regions: ['Chongqing'] };
    expect((await lead.ask('PUT', `/api/agents/${second}/skills`, skills)).status).toBe(200);
    const byRegion = { way: 'skill-region', agentIds: [second], seen: 2, reason: 'by region' };
    expect(await lead.ask('POST', at, byRegion)).toMatchObject({ body: { signatures: [{ nobody: 2 }, {}, {}] } });
    expect(await client.contact.count({ where: { listId: extraction.listId, agentId: null } })).toBe(2);

    const foreign = {
      ...even,
      agentIds: [house.agentId, '00000000-0000-4000-8000-000000000000'],
      seen: 3,
      reason: 'x',
    };
    expect((await lead.ask('POST', at, foreign)).status).toBe(404);
    const other = await rig.signedIn('lead2');
    expect((await other.ask('GET', at)).status).toBe(404);
    expect((await other.ask('POST', at, { ...even, seen: 3, reason: 'mine' })).status).toBe(404);
    expect((await other.ask('PUT', `/api/agents/${second}/skills`, skills)).status).toBe(404);
    expect((await manager.ask('GET', at)).status).toBe(200);
    expect((await manager.ask('POST', at, { ...even, seen: 3, reason: 'mine' })).status).toBe(403);
  });

  test('narrow the people of a plan', async () => {
    const plan = (types: string[]) => ({
      planId: null,
      settings: {
        who: { campaignIds: [house.campaignId], types },
        cycle: { kind: 'every', count: 1, unit: 'months' },
        share: { kind: 'all' },
        window: { days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '19:00' },
        startsOn: '2026-01-05',
      },
    });
    const people = async (types: string[]) => {
      const { body } = await manager.ask('POST', `/api/campaigns/${house.campaignId}/plans/preview`, plan(types));
      return planPreview.parse(body).days[0]?.population;
    };
    // The one who was there before, and the twelve who were handed out.
    expect([await people([]), await people(['member']), await people(['vip', 'sleeping'])]).toEqual([13, 12, 0]);
  });

  test('are read by leads, changed and tried by managers only, and are not for others’ clients', async () => {
    const { rules, version } = await current();
    const lead = await rig.signedIn('lead');
    expect(await lead.ask('GET', '/api/segments')).toMatchObject({ status: 200, body: { version: 3 } });
    expect((await lead.ask('PUT', '/api/segments', { version, rules })).status).toBe(403);
    expect((await lead.ask('POST', '/api/segments/preview', { ...ofClient(), rules })).status).toBe(403);
    expect((await lead.ask('POST', '/api/segments/sort', ofClient())).status).toBe(403);
    const theirs = { clientId: house.clientIds[1] };
    expect((await manager.ask('POST', '/api/segments/preview', { ...theirs, rules })).status).toBe(404);
    expect((await manager.ask('POST', '/api/segments/sort', theirs)).status).toBe(404);
    for (const stranger of ['agent', 'client', 'inspector'])
      expect((await (await rig.signedIn(stranger)).ask('GET', '/api/segments')).status).toBe(403);
  });
});
