/** Customers' months over HTTP: who brings and sees them, that numbers are masked, looks and changes noted, and reviewed by somebody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { monthPlus, valueSettings } from '../../../dialer/index.ts';
import { eraseCustomerMonths } from '../../../src/jobs.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';
import { sendFile } from './send-file.ts';

const page = z.object({ items: z.array(z.looseObject({ id: z.string() })), next: z.string().nullable() });

describe('customers over HTTP', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let manager: Browser;
  let lead: Browser;
  const month = () => new Date(rig.clock.now()).toISOString().slice(0, 7);
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    [manager, lead] = await Promise.all([rig.signedIn('manager'), rig.signedIn('lead')]);
  });
  afterAll(() => rig.close());

  const url = () => `/api/clients/${house.clientIds[0]}/customer-months`;
  const bring = (browser: Browser, lines: string[], fields: Record<string, string> = { month: month() }) =>
    sendFile(rig, browser, url(), fields, Buffer.from(['phone,status,bill', ...lines].join('\r\n')));
  const actions = async () => {
    const rows = await database().database.client.auditEntry.findMany({ orderBy: { id: 'asc' } });
    return rows.map(({ action }) => action).filter((action) => action.startsWith('customer'));
  };

  test('are brought by a manager, told line by line, and seen with their numbers masked; every look is noted', async () => {
    const { status, body } = await bring(manager, [
      '+12125550123,in-service,99.50',
      '12125550124,arrears,1',
      'x,lost,1',
    ]);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        state: 'ready',
        accepted: 2,
        rejected: 1,
        byStatus: { 'in-service': 1, arrears: 1 },
        changes: null,
        own: true,
      },
    });
    const rejected = await manager.ask('GET', `/api/customer-months/${body.id}/rejected`);
    expect(rejected.body).toMatchObject({ items: [{ line: 4, reason: 'number-invalid', field: 'phone' }] });
    const customers = await manager.ask('GET', `/api/customer-months/${body.id}/customers?limit=1`);
    expect(customers.body).toMatchObject({ items: [{ numberMasked: '+12••••23', of: { bill: 9950 } }], next: '2' });
    const [{ id = '' } = {}] = page.parse(customers.body).items;
    const one = await manager.ask('GET', `/api/customers/${id}`);
    expect(one.body).toMatchObject({ numberMasked: '+12••••23', months: [{ status: 'in-service', month: month() }] });
    const search = { number: '(212) 555-0124' };
    const found = await manager.ask('POST', `/api/clients/${house.clientIds[0]}/customers/search`, search);
    expect(found.body).toMatchObject({ items: [{ numberMasked: '+12••••24', months: [{ status: 'arrears' }] }] });
    for (const answer of [customers, one, found]) expect(answer.text).not.toMatch(/2125550/);
    expect(await actions()).toEqual([
      'customer-months-imported',
      'customers-read',
      'customer-read',
      'customers-searched',
    ]);
    const clients = await manager.ask('GET', '/api/customer-clients');
    expect(clients.body).toMatchObject({ items: [{ id: house.clientIds[0], months: 1, last: month() }] });
  });

  test('a lead brings them, too, and looks at those on the lists of the own team; another’s finds no such client', async () => {
    const { body } = await bring(lead, ['+12125550123,in-service,99.50', '+12125550124,lost,1', '+12125550125,lost,1']);
    expect(body).toMatchObject({ changes: { added: 1, changed: 1, gone: 0 }, reviewedAt: null });
    const table = `/api/customer-months/${body.id}`;
    expect((await lead.ask('GET', `${table}/customers`)).body).toMatchObject({
      items: [{ numberMasked: '+12••••23' }],
      next: null,
    });
    expect((await lead.ask('GET', `${table}/changes`)).body).toMatchObject({ items: [] });
    const changes = page.parse((await manager.ask('GET', `${table}/changes`)).body).items;
    expect(changes).toHaveLength(2);
    expect(changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ before: null, after: expect.objectContaining({ status: 'lost' }) }),
        expect.objectContaining({
          before: expect.objectContaining({ status: 'arrears' }),
          after: expect.objectContaining({ status: 'lost' }),
        }),
      ]),
    );
    expect((await lead.ask('GET', `/api/customers/${changes[0]?.id}`)).status).toBe(404);
    // Whoever changed them does not review the change; and it is reviewed once.
    expect((await lead.ask('POST', `${table}/review`)).status).toBe(409);
    expect((await manager.ask('POST', `${table}/review`)).status).toBe(200);
    expect((await manager.ask('POST', `${table}/review`)).status).toBe(409);
    const tables = await manager.ask('GET', `/api/clients/${house.clientIds[0]}/customer-months`);
    expect(tables.body).toMatchObject({
      items: [{ state: 'ready', reviewedBy: 'Name of manager' }, { state: 'replaced' }],
    });
    expect((await bring(await rig.signedIn('lead2'), [])).status).toBe(404);
    expect((await bring(await rig.signedIn('agent'), [])).status).toBe(403);
    expect((await (await rig.signedIn('client')).ask('GET', `${table}/customers`)).status).toBe(403);
  });

  test('need a month that has begun, and a file', async () => {
    for (const named of [{ month: '2999-01' }, { month: 'soon' }, {}])
      expect(await bring(manager, [], named)).toMatchObject({
        status: 422,
        body: { code: 'month-invalid', field: 'month' },
      });
    expect((await sendFile(rig, manager, url(), { month: month() }, null)).body).toMatchObject({
      code: 'file-missing',
    });
  });

  test('what became of them after a conversation: figures for client and manager, customers for whoever may see them', async () => {
    const back = (count: number) => monthPlus(month(), -count);
    const { client } = database().database;
    const at = new Date(`${back(3)}-10T02:00:00Z`);
    const { number } = await client.attempt.update({
      where: { id: house.attemptId },
      data: { connectedAt: at, answeredAt: at },
    });
    for (const [count, status] of [
      [4, 'in-service'],
      [2, 'lost'],
    ] as const)
      await bring(manager, [`${number},${status},10`, `+12125550177,${status},10`], { month: back(count) });
    const base = `/api/campaigns/${house.campaignId}/effect`;
    const of = `month=${back(3)}`;
    const browser = await rig.signedIn('client');
    expect((await browser.ask('GET', `${base}/months`)).body).toEqual({
      items: [{ month: back(3), customers: 1, strangers: 0 }],
    });
    const summary = await browser.ask('GET', `${base}?${of}`);
    expect(summary.body).toMatchObject({
      groups: {
        'spoken-with': expect.arrayContaining([
          expect.objectContaining({
            kind: null,
            customers: 1,
            lost: expect.objectContaining({ numerator: 1, denominator: 1 }),
          }),
        ]),
        'not-called': expect.arrayContaining([expect.objectContaining({ kind: null, customers: 1 })]),
      },
    });
    const file = await browser.ask('GET', `${base}/csv?${of}`);
    expect(file.text).toContain('Spoken with,All,1,0,1,');
    expect(file.text).toContain('no proof of an effect');
    const behind = `${base}/customers?${of}&change=lost&limit=1`;
    expect((await browser.ask('GET', `${behind}&group=spoken-with`)).status).toBe(403);
    const seen = await manager.ask('GET', `${behind}&group=spoken-with`);
    expect(seen.body).toMatchObject({
      items: [{ numberMasked: '+12••••23', change: 'lost', course: [{ status: 'lost' }] }],
      next: null,
    });
    expect((await manager.ask('GET', `${behind}&group=not-called`)).body).toMatchObject({
      items: [{ numberMasked: '+12••••77' }],
    });
    // A lead sees customers on the team's lists: whom nobody called is on none.
    expect((await lead.ask('GET', `${behind}&group=spoken-with`)).body).toMatchObject({
      items: [{ numberMasked: '+12••••23' }],
    });
    expect((await lead.ask('GET', `${behind}&group=not-called`)).body).toMatchObject({ items: [] });
    expect((await (await rig.signedIn('client2')).ask('GET', `${base}?${of}`)).status).toBe(404);
  });

  test('are valued by thresholds that managers change in versions, each count down to the customers behind it', async () => {
    const base = `/api/clients/${house.clientIds[0]}/values`;
    const [number, other] = ['+12125550123', '+12125550177'];
    // A quarter that is over: its last month, of which both are told.
    const now = month();
    const end = monthPlus(now, -(Number(now.slice(5)) % 3));
    await bring(manager, [`${number},in-service,500`, `${other},in-service,10`], { month: end });
    const asked = await manager.ask('GET', `${base}?month=${end}`);
    const { version, settings } = z.object({ version: z.number(), settings: valueSettings }).parse(asked.body);
    const counts = (answer: { body: unknown }) =>
      z.object({ classes: z.array(z.object({ class: z.string(), customers: z.number() })) }).parse(answer.body).classes;
    const low = (answer: { body: unknown }) => counts(answer).find((one) => one.class === 'low')?.customers;
    expect([version, low(asked)]).toEqual([0, 2]);
    const spend = { middle: 100, high: 20_000 };
    const next = { ...settings, measures: { ...settings.measures, spend }, points: { middle: 1, high: 2 } };
    expect((await lead.ask('PUT', `${base}/settings`, { version, settings: next })).status).toBe(403);
    expect((await manager.ask('PUT', `${base}/settings`, { version, settings: next })).body).toMatchObject({
      version: 1,
    });
    expect(await manager.ask('PUT', `${base}/settings`, { version, settings: next })).toMatchObject({
      ...{ status: 409, body: { code: 'plan-changed' } },
    });
    const flat = { ...next, points: { middle: 2, high: 2 } };
    expect((await manager.ask('PUT', `${base}/settings`, { version: 1, settings: flat })).status).toBe(400);
    expect((await manager.ask('GET', `${base}/versions`)).body).toMatchObject({
      items: [
        { version: 1, changedBy: 'Name of manager' },
        { version: 0, changedBy: null },
      ],
    });
    const of = (name: string) => `${base}/customers?month=${end}&class=${name}`;
    expect(counts(await manager.ask('GET', `${base}?month=${end}`))).toMatchObject([
      ...[
        { class: 'high', customers: 1 },
        { class: 'middle', customers: 1 },
        { class: 'low', customers: 0 },
      ],
      { class: 'group', customers: 0 },
    ]);
    expect((await manager.ask('GET', of('high'))).body).toMatchObject({
      items: [{ numberMasked: '+12••••23', points: 2 }],
    });
    expect((await manager.ask('GET', of('middle'))).body).toMatchObject({ items: [{ numberMasked: '+12••••77' }] });
    expect((await lead.ask('GET', of('high'))).body).toMatchObject({ items: [{ numberMasked: '+12••••23' }] });
    expect((await lead.ask('GET', of('middle'))).body).toMatchObject({ items: [] });
  });

  test('are erased when their time is over: said beforehand, noted without a person, and not to be brought again', async () => {
    const { client } = database().database;
    const old = monthPlus(month(), -24);
    await bring(manager, ['+12125550150,in-service,1', '+12125550151,lost,1'], { month: old });
    const list = () => manager.ask('GET', url());
    const tables = z.object({
      months: z.array(z.string()),
      items: z.array(z.looseObject({ id: z.string(), month: z.string(), keptUntil: z.number() })),
    });
    const { months, items } = tables.parse((await list()).body);
    const table = items.find((one) => one.month === old);
    expect([months.at(-1), (table?.keptUntil ?? 0) > rig.clock.now()]).toEqual([old, true]);
    const kept = await client.caseFile.create({
      data: {
        ...{ kind: 'complaint', state: 'open', channel: 'phone', words: 'x', openedAt: new Date(rig.clock.now()) },
        ...{ campaignId: house.campaignId, life: { number: '+12125550150' } },
      },
    });
    await rig.clock.advance((table?.keptUntil ?? 0) - rig.clock.now());
    const { customers, audit } = rig.services;
    const erase = async () => {
      await eraseCustomerMonths({ customers, audit }, AbortSignal.timeout(60_000));
      const rows = await client.auditEntry.findMany({
        where: { subjectId: table?.id ?? '', action: 'customer-months-erased' },
        orderBy: { id: 'asc' },
      });
      return rows.map(({ actorId, detail }) => ({ actorId, detail }));
    };
    const noted = (left: number) => ({
      actorId: null,
      detail: { clientId: house.clientIds[0], month: old, customers: 1, left },
    });
    expect(await erase()).toEqual([noted(1)]);
    await client.caseFile.update({ where: { id: kept.id }, data: { state: 'closed', closedAt: new Date() } });
    expect(await erase()).toEqual([noted(1), noted(0)]);
    const again = await rig.signedIn('manager');
    const after = (await again.ask('GET', url())).body;
    const shown = z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(after);
    expect(shown.items.find(({ id }) => id === table?.id)).toMatchObject({ state: 'erased', accepted: 2, erased: 2 });
    expect((await again.ask('GET', `/api/customer-months/${table?.id}/customers`)).body).toMatchObject({ items: [] });
    const search = await again.ask('POST', `/api/clients/${house.clientIds[0]}/customers/search`, {
      number: '+12125550150',
    });
    expect(search.body).toEqual({ items: [] });
    expect(await bring(again, ['+12125550150,lost,1'], { month: old })).toMatchObject({
      ...{ status: 422, body: { code: 'month-invalid' } },
    });
  });
});
