/** What administrators keep: centres with their calendars, products, reasons; and the rules of places that campaigns begin from. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callingPresets } from '../../../dialer/index.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Answer, type Browser, type HttpRig, openHttpRig } from './rig.ts';

describe('administration over HTTP', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let admin: Browser;
  let manager: Browser;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    [admin, manager] = await Promise.all([rig.signedIn('admin'), rig.signedIn('manager')]);
  });
  afterAll(() => rig.close());

  const idOf = ({ body }: Answer): string => {
    if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string') return body.id;
    throw new Error('the answer has no id');
  };

  test('a second centre with make-up working days, a team and a person of its own', async () => {
    const fields = { name: '成都外呼中心', timeZone: 'Asia/Shanghai', workWeek: [1, 2, 3, 4, 5] };
    expect(await manager.ask('POST', '/api/centres', fields)).toMatchObject({ status: 403 });
    expect(await admin.ask('POST', '/api/centres', { ...fields, timeZone: 'Asia/Chengdu' })).toMatchObject({
      status: 400,
      body: { code: 'bad-request', field: 'body.timeZone' },
    });
    const made = await admin.ask('POST', '/api/centres', fields);
    expect(made).toMatchObject({ status: 201, body: fields });
    const centreId = idOf(made);
    const days = [
      { date: '2026-10-01', working: false, label: '国庆节' },
      { date: '2026-10-10', working: true, label: '调休' },
    ];
    await admin.ask('PUT', `/api/centres/${centreId}/calendar`, { items: days });
    expect((await admin.ask('GET', `/api/centres/${centreId}/calendar`)).body).toEqual({ items: days });
    expect((await admin.ask('GET', `/api/centres/${house.centreId}/calendar`)).body).toEqual({ items: [] });
    const team = await admin.ask('POST', '/api/teams', { centreId, name: '一班' });
    expect(team).toMatchObject({ status: 201, body: { centreId, members: 0 } });
    const renamed = await admin.ask('PATCH', `/api/teams/${idOf(team)}`, { name: '一组' });
    expect(renamed).toMatchObject({ status: 200, body: { centreId, name: '一组', members: 0 } });
    const client = await admin.ask('POST', '/api/clients', { name: 'Chongqin' });
    const corrected = { name: 'Chongqing 重庆' };
    expect(await manager.ask('PATCH', `/api/clients/${idOf(client)}`, corrected)).toMatchObject({ status: 403 });
    expect(await admin.ask('PATCH', `/api/clients/${idOf(client)}`, corrected)).toMatchObject({
      status: 200,
      body: corrected,
    });
    expect(await admin.ask('PATCH', `/api/clients/${idOf(team)}`, corrected)).toMatchObject({ status: 404 });
    const person = { username: 'chen', password: 'correct horse battery', displayName: '陈', role: 'agent' };
    const user = await admin.ask('POST', '/api/users', { ...person, centreId, teamId: idOf(team) });
    expect(user).toMatchObject({ status: 201, body: { centreId, teamName: '一组' } });
    expect((await admin.ask('PATCH', `/api/centres/${centreId}`, { workWeek: [1, 2, 3, 4, 5, 6] })).body).toMatchObject(
      {
        name: fields.name,
        workWeek: [1, 2, 3, 4, 5, 6],
      },
    );
  });

  test('a product is made, changed, and seen by its client only', async () => {
    const fields = { clientId: house.clientIds[0], name: 'Ring tone', line: 'media', tariffText: '5 a month' };
    const options = [{ code: 'new', label: { en: 'New songs', zh: '新歌' } }];
    const made = await admin.ask('POST', '/api/products', { ...fields, trialDays: 30, options });
    expect(made).toMatchObject({ status: 201, body: { ...fields, trialDays: 30, options, clientName: 'Own' } });
    const changed = await admin.ask('PATCH', `/api/products/${idOf(made)}`, { trialDays: 0 });
    expect(changed).toMatchObject({ status: 200, body: { ...fields, trialDays: 0, options } });
    expect(await manager.ask('PATCH', `/api/products/${idOf(made)}`, { trialDays: 9 })).toMatchObject({ status: 403 });
    expect(
      await admin.ask('POST', '/api/products', { ...fields, trialDays: 0, options: [], clientId: house.centreId }),
    ).toMatchObject({ status: 400, body: { code: 'unknown-reference' } });
    const names = async (username: string) => (await (await rig.signedIn(username)).ask('GET', '/api/products')).text;
    expect(await names('client')).toContain('Ring tone');
    expect(await names('client2')).not.toContain('Ring tone');
  });

  test('a script goes to its client only once there are words for all that must be said', async () => {
    const { body: products } = await admin.ask('GET', '/api/products');
    const productId = /"id":"([^"]+)"/.exec(JSON.stringify(products))?.[1];
    const words = { en: 'Hello', zh: '您好' };
    const none = { en: ' ', zh: '' };
    const steps = [{ id: 'step-1', title: words, text: words }];
    const mustSay = [{ id: 'say-1', kind: 'tariff', text: none, step: null }];
    const version = idOf(
      await manager.ask('POST', '/api/scripts', { productId, name: 'Offer', body: { steps, mustSay } }),
    );
    const submit = () => manager.ask('POST', `/api/script-versions/${version}/submit`);
    expect(await submit()).toMatchObject({ status: 409, body: { code: 'script-incomplete', field: 'mustSay.0.text' } });
    const write = (text: object, said: object[]) =>
      manager.ask('PUT', `/api/script-versions/${version}`, {
        body: { steps: [{ id: 'step-1', title: words, text }], mustSay: said },
      });
    await write(none, []);
    expect(await submit()).toMatchObject({ status: 409, body: { code: 'script-incomplete', field: 'steps.0.text' } });
    await write({ en: '', zh: '您好' }, []);
    expect(await submit()).toMatchObject({ status: 200, body: { state: 'submitted' } });
  });

  test('a campaign is refused a caller ID that is no number, and is not ready with a list that held nobody', async () => {
    const { body: products } = await admin.ask('GET', '/api/products');
    const productId = /"id":"([^"]+)"/.exec(JSON.stringify(products))?.[1];
    const make = (number: string) =>
      manager.ask('POST', '/api/campaigns', {
        ...{ centreId: house.centreId, productId, name: `Winter ${number}` },
        callerIds: [{ number, region: '', dailyCap: null }],
      });
    for (const number of ['abc', '+12', '0', '1'.repeat(20)])
      expect(await make(number)).toMatchObject({ status: 400, body: { field: 'body.callerIds.0.number' } });
    const made = await make('10010');
    expect(made).toMatchObject({ status: 201 });
    await mustFitTogether(idOf(made), idOf({ ...made, body: { id: productId } }));
    const campaignId = idOf(made);
    const { client } = database().database;
    const at = { importedAt: new Date(rig.clock.now()) };
    const list = await client.contactList.create({
      data: { campaignId, name: 'Empty', fileName: 'empty.csv', state: 'ready', rejected: 3, total: 3, ...at },
    });
    const checks = async () => JSON.stringify((await manager.ask('GET', `/api/campaigns/${campaignId}/checks`)).body);
    expect(await checks()).toContain('no-list');
    const contact = { campaignId, listId: list.id, name: 'Li', timeZone: 'Asia/Shanghai' };
    await client.contact.create({ data: { ...contact, dueAt: at.importedAt } });
    expect(await checks()).not.toContain('no-list');
  });

  /** What a campaign may be made of, and what not; nothing of a refused one stays. */
  async function mustFitTogether(campaignId: string, productId: string): Promise<void> {
    const elsewhere = idOf(await admin.ask('POST', '/api/centres', { name: 'Far', timeZone: 'UTC', workWeek: [1] }));
    const foreign = idOf(await admin.ask('POST', '/api/teams', { centreId: elsewhere, name: 'Foreign' }));
    const [own] = house.teamIds;
    const clientId = house.clientIds[1];
    const fields = { clientId, name: 'Other', line: 'other', tariffText: '1 a month', trialDays: 0, options: [] };
    const words = { en: 'Hello', zh: '您好' };
    const body = { steps: [{ id: 'a', title: words, text: words }], mustSay: [] };
    const other = idOf(await admin.ask('POST', '/api/products', fields));
    const script = idOf(await manager.ask('POST', '/api/scripts', { productId: other, name: 'Other', body }));
    const campaign = { centreId: house.centreId, productId, name: 'Unfit' };
    const callerId = { number: '10010', region: '' };
    const cases = [
      [{ centreId: elsewhere }, 400, 'body.centreId'],
      [{ teamIds: [own, foreign] }, 400, 'body.teamIds'],
      [{ teamIds: [own, own] }, 400, 'body.teamIds'],
      [{ scriptVersionId: script }, 400, 'body.scriptVersionId'],
      [{ callerIds: [{ ...callerId, dailyCap: 2 ** 31 }] }, 400, 'body.callerIds.0.dailyCap'],
      [{ settings: { pacing: { mode: 'none' } } }, 422, 'settings.pacing.mode'],
    ] as const;
    for (const [part, status, field] of cases) {
      const refused = { status, body: { field } };
      expect(await manager.ask('POST', '/api/campaigns', { ...campaign, ...part })).toMatchObject(refused);
      if ('centreId' in part || 'settings' in part) continue;
      expect(await manager.ask('PATCH', `/api/campaigns/${campaignId}`, part)).toMatchObject(refused);
    }
    expect(await database().database.client.campaign.count({ where: { name: 'Unfit' } })).toBe(0);
    const kept = await manager.ask('PATCH', `/api/campaigns/${campaignId}`, { teamIds: [own], scriptVersionId: null });
    expect(kept).toMatchObject({ status: 200, body: { teams: [{ id: own }] } });
    // A window that reaches back beyond all dates would stop the campaign's every claim.
    const window = { kind: 'rolling-minutes', minutes: Number.MAX_SAFE_INTEGER };
    const limits = [{ id: 'far', scope: 'number', counts: 'attempts', window, max: 1 }];
    expect(await manager.ask('PATCH', `/api/campaigns/${campaignId}/settings`, { limits })).toMatchObject({
      status: 422,
      body: { field: 'settings.limits.0.window.minutes' },
    });
  }

  test.each(['refusal-reasons', 'break-reasons'])('%s: codes stay, names and order are the centre’s', async (list) => {
    const url = `/api/${list}`;
    const items = async () => {
      const { body } = await admin.ask('GET', url);
      if (typeof body !== 'object' || body === null || !('items' in body) || !Array.isArray(body.items))
        throw new Error('no list');
      return body.items;
    };
    const [first, ...rest] = await items();
    const own = { code: 'own-reason', label: { en: 'Own', zh: '自定' }, offered: true };
    const changed = [own, ...rest, { ...first, offered: false }];
    expect(await manager.ask('PUT', url, { items: changed })).toMatchObject({ status: 403 });
    expect(await admin.ask('PUT', url, { items: changed })).toMatchObject({ status: 200 });
    expect(await items()).toEqual(changed);
    for (const [wrong, code] of [
      [changed.slice(1), 'wrong-state'],
      [[...changed, own], 'name-taken'],
      [changed.map((reason) => ({ ...reason, offered: false })), 'bad-request'],
      [[...changed, { ...own, code: 'nameless', label: { en: ' ', zh: '无' } }], 'bad-request'],
    ] as const)
      expect(await admin.ask('PUT', url, { items: wrong })).toMatchObject({ body: { code } });
    expect(await items()).toEqual(changed);
    const { rows } = await database().database.pool.query('select 1 from audit_entry where action = $1', [
      `${list}-changed`,
    ]);
    expect(rows).toHaveLength(1);
    // Two who add a reason at once: neither takes away what the other has just added.
    const two = ['one', 'two'].map((code) => [...changed, { ...own, code }]);
    const both = await Promise.all(two.map((added) => admin.ask('PUT', url, { items: added })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('the reasons that the dialler gives by itself cannot be taken', async () => {
    const own = { code: 'browser-gone', label: { en: 'Gone', zh: '离开' }, offered: true };
    const { body } = await admin.ask('GET', '/api/break-reasons');
    const items =
      typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items) ? body.items : [];
    expect(await admin.ask('PUT', '/api/break-reasons', { items: [...items, own] })).toMatchObject({
      body: { code: 'name-taken' },
    });
  });

  test('every preset can be taken over as it is, and leaves what it does not name', async () => {
    const { body } = await manager.ask('GET', '/api/calling-presets');
    expect(body).toEqual({ items: callingPresets });
    for (const { change } of callingPresets)
      expect(await manager.ask('PATCH', `/api/campaigns/${house.campaignId}/settings`, change)).toMatchObject({
        status: 200,
        body: { settings: { ...change, pacing: { ...change.pacing, mode: 'predictive', ringTimeoutMs: 25_000 } } },
      });
  });

  test('the last active administrator stays one, of two who step down at once too', async () => {
    const { client } = database().database;
    const { id } = await client.user.findUniqueOrThrow({ where: { username: 'admin' } });
    const change = (of: string, body: object) => admin.ask('PATCH', `/api/users/${of}`, body);
    for (const [body, field] of [
      [{ active: false }, 'body.active'],
      [{ role: 'agent' }, 'body.role'],
    ] as const)
      expect(await change(id, body)).toMatchObject({ status: 409, body: { code: 'last-administrator', field } });
    const off = await rig.makeUser({ username: 'admin-off', role: 'administrator' });
    await client.user.update({ where: { id: off }, data: { active: false } });
    expect(await change(id, { active: false })).toMatchObject({ status: 409 });
    expect(await change(id, { displayName: 'Head', role: 'administrator' })).toMatchObject({ status: 200 });
    const second = await rig.makeUser({ username: 'admin2', role: 'administrator' });
    const answers = await Promise.all([change(second, { active: false }), change(id, { role: 'agent' })]);
    expect(answers.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    expect(await client.user.count({ where: { role: 'administrator', active: true } })).toBe(1);
    await client.user.update({ where: { id }, data: { role: 'administrator', active: true } });
    await client.user.update({ where: { id: second }, data: { active: false } });
    admin = await rig.signedIn('admin');
  });

  test.each(['inspector', 'supervisor', 'manager'] as const)(
    'a %s of no centre is not made, and sees nothing',
    async (role) => {
      const { client } = database().database;
      const person = { username: `new-${role}`, password: 'correct horse battery', displayName: 'Head', role };
      const refused = { status: 400, body: { code: 'bad-request', field: 'body.centreId' } };
      expect(await admin.ask('POST', '/api/users', person)).toMatchObject(refused);
      const made = await admin.ask('POST', '/api/users', { ...person, centreId: house.centreId });
      expect(made).toMatchObject({ status: 201 });
      expect(await admin.ask('PATCH', `/api/users/${idOf(made)}`, { centreId: null })).toMatchObject(refused);
      const homeless = `homeless-${role}`;
      const id = await rig.makeUser({ username: homeless, role });
      const before = await rig.signedIn(homeless);
      const lists = [
        'campaigns',
        'users',
        'centres',
        'teams',
        'recordings',
        'attempts?limit=5',
        'listening/agents',
        'summaries',
        'wallboard',
      ];
      let shown = 0;
      for (const list of lists) {
        const { status, body } = await before.ask('GET', `/api/${list}`);
        if (status === 200) shown += 1;
        expect({ list, status, body }).toMatchObject(status === 200 ? { body: { items: [] } } : { status: 403 });
      }
      expect(shown).toBeGreaterThan(2);
      expect((await before.ask('GET', `/api/campaigns/${house.campaignId}`)).status).toBe(404);
      // What is there from before can be switched off as it is.
      expect(await admin.ask('PATCH', `/api/users/${id}`, { centreId: null, active: false })).toMatchObject({
        status: 200,
      });
      expect(await client.user.count({ where: { id, active: true } })).toBe(0);
    },
  );
});
