import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig, rigFileBytes } from './rig.ts';
import { sendFile } from './send-file.ts';

const contactPage = z.object({
  items: z.array(z.object({ id: z.string(), dueAt: z.number() })),
  next: z.string().nullable(),
});

describe('contact lists over HTTP', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let manager: Browser;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    manager = await rig.signedIn('manager');
  });
  afterAll(() => rig.close());

  const upload = (browser: Browser, name: string, content: Buffer, campaignId = house.campaignId) =>
    send(browser, `/api/campaigns/${campaignId}/lists`, { name }, content);

  const send = (browser: Browser, url: string, fields: Record<string, string>, content: Buffer | null) =>
    sendFile(rig, browser, url, fields, content);
  const contacts = () => database().database.client.contact.count({ where: { campaignId: house.campaignId } });

  test('are taken line by line, and every line that is not says why', async () => {
    const csv = [
      'name,phone,time_zone,tariff',
      '张伟,+12125550101,America/New_York,Basic',
      'Twice,+12125550101,America/New_York,Basic',
      'Short,12,America/New_York,Basic',
      'Real,+12125551234,America/New_York,Basic',
      'Li,+12125550102,America/New_York,Plus',
    ].join('\r\n');
    const { status, body } = await upload(manager, 'Autumn', Buffer.from(`\uFEFF${csv}`));
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { name: 'Autumn', state: 'ready', total: 5, accepted: 2, rejected: 3, linesRead: null },
    });
    const rejected = await manager.ask('GET', `/api/lists/${body.id}/rejected`);
    expect(rejected.body).toMatchObject({
      items: [
        { line: 3, reason: 'duplicate-in-file' },
        { line: 4, reason: 'number-invalid' },
        { line: 5, reason: 'number-not-fictional' },
      ],
    });
    for (const after of ['1e999', '2147483648', '1.5', 'words'])
      expect(await manager.ask('GET', `/api/lists/${body.id}/rejected?after=${after}`)).toMatchObject({ status: 400 });
    const file = await manager.ask('GET', `/api/lists/${body.id}/rejected.csv`);
    expect(file.text).toContain('line,reason,field\r\n3,duplicate-in-file');
  });

  test('sent twice at once: every person stands in the campaign once', async () => {
    const csv = Buffer.from('name,phone,time_zone\nA,+19795550141,America/Chicago\nB,+19795550142,America/Chicago\n');
    const before = await contacts();
    const both = await Promise.all([upload(manager, 'Twin', csv), upload(manager, 'Twin', csv)]);
    expect(both.map(({ body }) => body.accepted).sort()).toEqual([0, 2]);
    expect((await contacts()) - before).toBe(2);
    const empty = both.find(({ body }) => body.accepted === 0);
    const rejected = await manager.ask('GET', `/api/lists/${empty?.body.id}/rejected`);
    expect(rejected.body).toMatchObject({ items: [2, 3].map((line) => ({ line, reason: 'duplicate-in-campaign' })) });
  });

  test('in GB18030, as Chinese spreadsheets write them', async () => {
    const head = Buffer.from('name,phone,time_zone\r\n');
    // 王芳 in GB18030.
    const line = Buffer.concat([
      Buffer.from([0xcd, 0xf5, 0xb7, 0xbc]),
      Buffer.from(',+12125550103,America/New_York\r\n'),
    ]);
    const { body } = await upload(manager, 'GB', Buffer.concat([head, line]));
    expect(body).toMatchObject({ state: 'ready', encoding: 'gb18030', accepted: 1 });
    expect(await database().database.client.contact.count({ where: { name: '王芳' } })).toBe(1);
  });

  test('without a column for numbers: nothing is imported', async () => {
    const before = await contacts();
    const { status, body } = await upload(manager, 'Wrong', Buffer.from('name,city\r\nA,B\r\n'));
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { state: 'failed', failure: { code: 'column-missing', field: 'phone' } },
    });
    expect(await contacts()).toBe(before);
  });

  test('longer than a request of JSON may be: to the last line', async () => {
    const note = 'x'.repeat(1_000);
    const line = (at: number) => `No ${at},12,America/New_York,${note}`;
    const csv = ['name,phone,time_zone,note', ...Array.from({ length: 2_000 }, (_, at) => line(at))].join('\r\n');
    const { body } = await upload(manager, 'Long', Buffer.from(csv));
    expect(body).toMatchObject({ state: 'ready', total: 2_000, rejected: 2_000 });
  });

  test('over the limit: refused with the reason, and nothing of them stays', async () => {
    const before = await contacts();
    const lines = Array.from({ length: 100 }, (_, at) => `N,+12125550${100 + at},America/New_York,`);
    const csv = ['name,phone,time_zone,note', ...lines, `Z,12,America/New_York,${'x'.repeat(rigFileBytes)}`].join(
      '\r\n',
    );
    const { status, body } = await upload(manager, 'Too long', Buffer.from(csv));
    expect({ status, body }).toMatchObject({ status: 413, body: { code: 'file-too-large', field: 'body.file' } });
    expect(await contacts()).toBe(before);
    const { body: lists } = await manager.ask('GET', `/api/campaigns/${house.campaignId}/lists`);
    expect(lists).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ name: 'Too long', state: 'failed', accepted: 0 })]),
    });
  });

  test('contacts are read from a time on, page by page, and one person is found without being named in an address', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, at) => `找人${at},+1312555${String(100 + at).padStart(4, '0')},America/Chicago,`,
    );
    const csv = ['name,phone,time_zone,note', ...lines].join('\r\n');
    const { body: list } = await upload(manager, 'Search', Buffer.from(csv));
    expect(list).toMatchObject({ accepted: 60, rejected: 0 });
    const { pool } = database().database;
    const start = rig.clock.now() + 3_600_000;
    // Four due at each minute, so that pages end between contacts of the same instant.
    await pool.query(
      `update contact set due_at = $2::timestamptz + ((line / 4) || ' minutes')::interval where list_id = $1`,
      [list.id, new Date(start)],
    );
    const url = `/api/campaigns/${house.campaignId}/contacts`;
    const from = start + 5 * 60_000;
    const seen: { id: string; dueAt: number }[] = [];
    for (let after = ''; ; ) {
      const { body } = await manager.ask('GET', `${url}?limit=7&from=${from}&listId=${list.id}${after}`);
      const page = contactPage.parse(body);
      seen.push(...page.items);
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    const { rows } = await pool.query(
      'select id from contact where list_id = $1 and due_at >= $2 order by due_at, id',
      [list.id, new Date(from)],
    );
    expect(seen.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));

    const search = (who: string, browser = manager) => browser.ask('POST', `${url}/search`, { who });
    const byNumber = await search('(312) 555-0142');
    expect(byNumber.body).toMatchObject({ items: [{ nameMasked: '找••', numberMasked: '+13••••42' }] });
    expect((await search('找人17')).body).toMatchObject({ items: [{ numberMasked: '+13••••17' }] });
    expect((await search('nobody')).body).toEqual({ items: [] });
    expect((await search('找人17', await rig.signedIn('lead2'))).status).toBe(404);
    expect((await search('找人17', await rig.signedIn('agent'))).status).toBe(403);
  });

  test('need the right, and a campaign within sight', async () => {
    const csv = Buffer.from('name,phone,time_zone\r\nA,+12125550104,America/New_York\r\n');
    const before = await contacts();
    expect((await upload(await rig.signedIn('agent'), 'No', csv)).status).toBe(403);
    expect((await upload(await rig.signedIn('lead2'), 'No', csv)).status).toBe(404);
    expect((await manager.ask('POST', `/api/campaigns/${house.campaignId}/lists`, {})).body).toMatchObject({
      code: 'file-missing',
    });
    for (const name of ['zero \0', 'long '.repeat(60)])
      expect(await upload(manager, name, csv)).toMatchObject({ status: 400, body: { field: 'body.name' } });
    expect(await contacts()).toBe(before);
  });

  describe('of numbers that others forbid', () => {
    const dayMs = 86_400_000;
    const daysAgo = (days: number) => String(rig.clock.now() - days * dayMs);
    const list = (fields: Record<string, string>, lines: string[] | null, browser = manager) =>
      send(
        browser,
        '/api/blacklist/external',
        { name: 'National', source: 'Ministry', ...fields },
        lines === null ? null : Buffer.from(lines.join('\r\n')),
      );
    const blocked = async (number: string) => {
      const { rows } = await database().database.pool.query<{ blocked: boolean }>(
        'select number_blocked($1, $2::uuid, $3, now()) as blocked',
        [number, house.campaignId, 'broadband'],
      );
      return rows[0]?.blocked;
    };
    const warnings = async () => (await manager.ask('GET', `/api/campaigns/${house.campaignId}/checks`)).body;

    test('are imported with their date; lines without a number are counted and named', async () => {
      const lines = ['号码,备注', '(212) 555-0123,x', 'nobody,x', '+12125550130', '"12,x', '12'];
      const { status, body } = await list({ asOf: daysAgo(10) }, lines);
      expect({ status, body }).toMatchObject({ status: 201, body: { entries: 2, rejected: 3 } });
      expect(body.faults).toMatchObject([{ line: 3 }, { line: 5 }, { line: 6 }]);
      expect(await blocked('+12125550123')).toBe(true);
      expect(await warnings()).toMatchObject({ warnings: [] });
      const { body: known } = await manager.ask('GET', '/api/blacklist/external');
      expect(known).toMatchObject({
        items: [{ name: 'National', entries: 2, rejected: 3, stale: false, importedBy: 'Name of manager' }],
      });
    });

    test('are told to be stale where a campaign is started, not only on their own page', async () => {
      const [clientId] = house.clientIds;
      await database().database.client.product.create({ data: { clientId, name: 'X', line: 'x', tariffText: '1' } });
      expect((await list({ name: 'Operator', asOf: daysAgo(32) }, ['+12125550140'])).status).toBe(201);
      expect(
        (await list({ name: 'Other', asOf: daysAgo(32), scope: 'product-line', scopeId: 'x' }, ['+12125550141']))
          .status,
      ).toBe(201);
      expect(await warnings()).toMatchObject({
        warnings: [{ code: 'external-list-stale', name: 'Operator', staleDays: 31 }],
      });
      const { body } = await manager.ask('GET', '/api/blacklist/external');
      expect(body).toMatchObject({
        items: expect.arrayContaining([expect.objectContaining({ name: 'Operator', stale: true })]),
      });
      await list({ name: 'Operator', asOf: daysAgo(1) }, ['+12125550142']);
      expect(await warnings()).toMatchObject({ warnings: [] });
      expect([await blocked('+12125550140'), await blocked('+12125550142')]).toEqual([false, true]);
    });

    test.each<[string, Record<string, string>, string[] | null, number, object]>([
      ['an older one than is in force', { asOf: '1' }, ['+12125550150'], 409, { code: 'list-older', field: 'asOf' }],
      ['an empty one', { name: 'Empty', asOf: '1' }, ['phone', ''], 422, { code: 'list-empty', field: 'file' }],
      ['a wrong field', { asOf: '1', staleDays: '0' }, ['+12125550150'], 400, { field: 'body.staleDays' }],
      ['one without its date', {}, ['+12125550150'], 400, { field: 'body.asOf' }],
      [
        'one of a campaign that is not named',
        { asOf: '1', name: 'N', scope: 'campaign' },
        ['+12125550150'],
        422,
        { code: 'scope-missing' },
      ],
      [
        'one under a name that no store holds',
        { asOf: '1', name: 'a\0b' },
        ['+12125550150'],
        400,
        { field: 'body.name' },
      ],
      [
        'one of a product line that there is not',
        { asOf: '1', name: 'N', scope: 'product-line', scopeId: 'typo' },
        ['+12125550150'],
        400,
        { field: 'body.scopeId' },
      ],
      ['none', { asOf: '1' }, null, 400, { code: 'file-missing' }],
    ])('%s is refused, and nothing changes', async (_, fields, lines, status, problem) => {
      expect(await list(fields, lines)).toMatchObject({ status, body: problem });
      expect([await blocked('+12125550123'), await blocked('+12125550150')]).toEqual([true, false]);
    });

    test('and numbers that we block ourselves: for something that there is, found by the whole number or by enough of its end', async () => {
      const block = (scope: object) =>
        manager.ask('POST', '/api/blacklist', {
          number: '(212) 555-0188',
          reason: 'opt-out',
          source: 'test',
          ...scope,
        });
      for (const scopeId of ['Campaign', '00000000-0000-4000-8000-000000000000'])
        expect(await block({ scope: 'campaign', scopeId })).toMatchObject({
          status: 400,
          body: { code: 'unknown-reference', field: 'body.scopeId' },
        });
      // Two at the same moment: one wins, the other is told so and which entry it is.
      const both = await Promise.all([1, 2].map(() => block({ scope: 'campaign', scopeId: house.campaignId })));
      const replies = both.map(({ body }) => z.object({ id: z.string(), added: z.boolean() }).parse(body));
      expect(replies.map(({ added }) => added).sort()).toEqual([false, true]);
      expect(new Set(replies.map(({ id }) => id)).size).toBe(1);
      expect(await blocked('+12125550188')).toBe(true);
      const search = (number: string) => manager.ask('POST', '/api/blacklist/search', { number });
      for (const number of ['+1 212 555 0188', '2125550188', '50188'])
        expect((await search(number)).body).toMatchObject({ items: [{ numberMasked: '+12••••88' }] });
      expect((await search('+1 212 555 0189')).body).toEqual({ items: [], external: [] });
      // What others forbid is found too, while their list is in force: 0140 was on one that a newer one replaced.
      for (const number of ['+12125550142', '50142'])
        expect((await search(number)).body).toMatchObject({
          items: [],
          external: [{ name: 'Operator', numbersMasked: ['+12••••42'], reason: 'regulator', stale: false }],
        });
      expect((await search('+12125550140')).body).toMatchObject({ external: [] });
      for (const number of ['000', '188', 'abc'])
        expect(await search(number)).toMatchObject({ status: 400, body: { field: 'body.number' } });
    });

    test('are a manager’s to import', async () => {
      expect((await list({ asOf: daysAgo(0) }, ['+12125550150'], await rig.signedIn('lead2'))).status).toBe(403);
    });
  });
});
