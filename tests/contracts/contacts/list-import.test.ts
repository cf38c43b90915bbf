import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listSource } from '../../../dialer/adapters/list-source.ts';
import { listStore } from '../../../dialer/adapters/store/lists.ts';
import { createCampaigns } from '../../../dialer/adapters/store/campaigns.ts';
import { pooledDb } from '../../../dialer/adapters/store/pooled.ts';
import { createReading } from '../../../dialer/adapters/store/reading.ts';
import { createListImport } from '../../../dialer/engine/list-import.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { fictional, makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const now = Date.UTC(2026, 10, 23, 2);

describe('importing a list', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let folder: string;

  beforeAll(async () => {
    client = database().database.client;
    folder = await mkdtemp(join(tmpdir(), 'fairline-import-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    world = await makeWorld(client, now);
  });

  const parts = () => ({
    lists: listStore(client),
    source: listSource(folder),
    clock: { now: () => now },
    country: 'CN',
    publish: () => undefined,
  });
  const run = (content: AsyncIterable<Uint8Array> | Buffer | string, name = 'list.csv') =>
    createListImport(parts()).importFile({
      campaignId: world.campaignId,
      name,
      fileName: name,
      content: stream(content),
      by: { userId: null },
    });
  async function* stream(content: AsyncIterable<Uint8Array> | Buffer | string): AsyncIterable<Uint8Array> {
    if (typeof content !== 'string' && !Buffer.isBuffer(content)) return yield* content;
    const bytes = Buffer.from(content);
    // Odd pieces, so that characters and line ends are cut in two.
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  const faults = (listId: string) =>
    client.rejectedLine.findMany({
      where: { listId },
      orderBy: { line: 'asc' },
      select: { line: true, reason: true, field: true },
    });

  it('takes good lines and reports every bad one with its line and reason', async () => {
    await client.blacklistEntry.create({
      data: { number: '+8613800138003', scope: 'all', reason: 'opt-out', source: 'test', addedAt: new Date(now) },
    });
    const result = await run(
      [
        'name,phone,phone2,tariff',
        '张三,13800138000,,5G 129',
        '李四,12345,,',
        '"王, 五",13800138001,023-6712 3456,"said ""later"""',
        '赵六,13800138000,,',
        '',
        '钱七,13800138003,,',
        'too,few',
      ].join('\r\n'),
    );
    expect(result).toMatchObject({
      state: 'ready',
      encoding: 'utf-8',
      total: 6,
      accepted: 2,
      rejected: 4,
      failure: null,
    });
    expect(await faults(result.listId)).toEqual([
      { line: 3, reason: 'number-invalid', field: 'phone' },
      { line: 5, reason: 'duplicate-in-file', field: 'phone' },
      { line: 7, reason: 'on-blacklist', field: 'phone' },
      { line: 8, reason: 'wrong-field-count', field: '2 ≠ 4' },
    ]);
    const contacts = await client.contact.findMany({
      where: { listId: result.listId },
      include: { numbers: { orderBy: { position: 'asc' } } },
      orderBy: { line: 'asc' },
    });
    expect(contacts).toMatchObject([
      {
        name: '张三',
        line: 2,
        timeZone: 'Asia/Shanghai',
        attributes: { tariff: '5G 129' },
        numbers: [{ number: '+8613800138000' }],
      },
      {
        name: '王, 五',
        attributes: { tariff: 'said "later"' },
        numbers: [{ number: '+8613800138001' }, { number: '+862367123456' }],
      },
    ]);
  });

  it.each([
    ['utf-8', (text: string) => Buffer.from(text)],
    ['utf-8-bom', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['gb18030', (text: string) => iconv.encode(text, 'gb18030')],
    ['utf-16le', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ] as const)('reads %s', async (encoding, encode) => {
    const result = await run(encode('姓名,手机号\n欧阳娜娜,13800138000\n'));
    expect(result).toMatchObject({ state: 'ready', encoding, accepted: 1 });
    expect(await client.contact.findFirst({ where: { listId: result.listId } })).toMatchObject({ name: '欧阳娜娜' });
  });

  it('does not take a number that the campaign has from another list', async () => {
    await run('phone\n13800138000\n');
    const again = await run('phone\n13800138000\n13800138009\n');
    expect(again).toMatchObject({ accepted: 1, rejected: 1 });
    expect(await faults(again.listId)).toEqual([{ line: 2, reason: 'duplicate-in-campaign', field: 'phone' }]);
  });

  it.each([
    ['no phone column', 'name,tariff\na,b\n', 'column-missing', 'phone'],
    ['a column twice', 'phone,phone\n1,2\n', 'column-twice', 'phone'],
    ['nothing', '', 'file-empty', ''],
  ])('refuses a file with %s as a whole', async (_name, text, code, field) => {
    const result = await run(text);
    expect(result).toMatchObject({ state: 'failed', failure: { code, field } });
    expect(await client.contact.count({ where: { listId: result.listId } })).toBe(0);
  });

  it('reports a line with a broken quote and goes on after it', async () => {
    const result = await run(
      'phone,name\n13800138000,"a"b\n13800138001,ok\n13800138002,"never closed\n13800138005,ok\n',
    );
    expect(result).toMatchObject({ state: 'ready', accepted: 2, rejected: 2 });
    expect(await faults(result.listId)).toEqual([
      { line: 2, reason: 'malformed-line', field: 'text-after-quote' },
      { line: 4, reason: 'malformed-line', field: 'quote-not-closed' },
    ]);
  });

  it('reads a spreadsheet as it reads a CSV file, with the numbers of its rows', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('名单');
    sheet.addRow(['name', 'phone', 'time_zone', 'since', 'tariff']);
    // A number typed as a number, a date, a cell in two styles, and one that is computed.
    sheet.addRow(['张伟', fictional(1), 'America/New_York', new Date(Date.UTC(2024, 4, 6)), 39]);
    sheet.addRow([]);
    sheet.addRow([
      { richText: [{ text: 'Li ' }, { text: 'Na' }] },
      fictional(2),
      'America/New_York',
      null,
      { formula: '"a"&"b"', result: 'ab' },
    ]);
    sheet.addRow(['Short row', fictional(3), 'America/New_York']);
    sheet.addRow(['Bad', '12', 'America/New_York', null, '']);
    book.addWorksheet('Notes').addRow(['phone', fictional(9)]);
    const result = await run(Buffer.from(await book.xlsx.writeBuffer()), 'list.xlsx');
    expect(result).toMatchObject({ state: 'ready', encoding: 'xlsx', total: 4, accepted: 3, rejected: 1 });
    expect(await faults(result.listId)).toEqual([{ line: 6, reason: 'number-invalid', field: 'phone' }]);
    const people = await client.contact.findMany({
      where: { listId: result.listId },
      orderBy: { line: 'asc' },
      include: { numbers: true },
    });
    expect(people.map(({ line, name, numbers, attributes }) => [line, name, numbers[0]?.number, attributes])).toEqual([
      [2, '张伟', fictional(1), { since: '2024-05-06T00:00:00.000Z', tariff: '39' }],
      [4, 'Li Na', fictional(2), { tariff: 'ab' }],
      [5, 'Short row', fictional(3), {}],
    ]);
  });

  it.each([
    [
      'a damaged archive',
      Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(500, 7)]),
      'not-a-spreadsheet',
    ],
    [
      'the form before 2007',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(500)]),
      'old-spreadsheet',
    ],
  ])('refuses %s and says why', async (_, content, field) => {
    expect(await run(content, 'list.xlsx')).toMatchObject({
      state: 'failed',
      failure: { code: 'header-unreadable', field, line: 1 },
    });
  });

  it('leaves nothing of an upload that breaks off', async () => {
    async function* broken(): AsyncIterable<Uint8Array> {
      yield Buffer.from('phone\n13800138000\n');
      throw new Error('connection lost');
    }
    await expect(run(broken())).rejects.toThrow('connection lost');
    expect(await client.contactList.findFirst({ where: { campaignId: world.campaignId } })).toMatchObject({
      state: 'failed',
      accepted: 0,
    });
    expect(await client.contact.count({ where: { campaignId: world.campaignId } })).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('fails lists that a crash left behind', async () => {
    const store = listStore(client);
    const { listId } = await store.begin({
      campaignId: world.campaignId,
      name: 'x',
      fileName: 'x',
      importedBy: null,
      now,
    });
    const number = { number: fictional(1), kind: 'unknown' as const };
    const contact = { name: 'Li', timeZone: 'America/New_York', region: '', attributes: {}, numbers: [number] };
    const contacts = () => client.contact.count({ where: { listId } });
    await store.append(listId, { contacts: [{ line: 2, contact }], faults: [] });
    expect(await contacts()).toBe(1);
    // Until the list is ready they count for nothing, here as where they are claimed.
    const { pool } = database().database;
    const none = { waiting: 0, inAttempt: 0, finished: 0, undialledByReason: {} };
    expect(await createReading(pooledDb(pool)).contactCounts(world.campaignId)).toEqual(none);
    const facts = await createCampaigns(client).startFacts(world.campaignId);
    expect(facts).toMatchObject({ readyLists: 0, waitingContacts: 0 });
    const day = 24 * 3_600_000;
    const ended = createListImport({ ...parts(), clock: { now: () => now + day + 1 } }).endAbandoned();
    expect(await ended).toBe(1);
    expect(await client.contactList.findUnique({ where: { id: listId } })).toMatchObject({ state: 'failed' });
    expect(await contacts()).toBe(0);
    // Should its process live on, it finds the list ended.
    await store.append(listId, { contacts: [{ line: 3, contact }], faults: [] });
    const counts = { encoding: 'utf-8', total: 2, accepted: 2, rejected: 0 };
    await expect(store.finish(listId, counts, [])).rejects.toMatchObject({ code: 'busy-try-again' });
    expect(await contacts()).toBe(0);
  });

  it('does not fail a list that is ready', async () => {
    const { listId } = await run('phone,time_zone\n13800138000,Asia/Shanghai\n');
    await listStore(client).fail(listId, {
      encoding: '',
      total: 0,
      failure: { code: 'import-interrupted', field: '', line: null },
    });
    expect(await client.contactList.findUnique({ where: { id: listId } })).toMatchObject({
      state: 'ready',
      accepted: 1,
    });
  });

  it('a long file keeps the process responsive and every line accounted for', async () => {
    async function* long(): AsyncIterable<Uint8Array> {
      yield Buffer.from('phone,time_zone\n');
      for (let index = 0; index < 20_000; index += 1) yield Buffer.from(`${fictional(index)},America/New_York\n`);
    }
    let beats = 0;
    const timer = setInterval(() => {
      beats += 1;
    }, 5);
    const result = await run(long());
    clearInterval(timer);
    expect(result).toMatchObject({ total: 20_000, accepted: 20_000 });
    expect(beats).toBeGreaterThan(5);
  });
});
