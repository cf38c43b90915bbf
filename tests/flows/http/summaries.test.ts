import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { summary } from '../../../src/contract/summaries.ts';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonical } from '../../../src/platform/audit.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

const dayMs = 86_400_000;

describe('weekly summaries', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
  });
  afterAll(() => rig.close());
  const rows = () => database().database.client.weeklySummary.findMany();

  test('are not published before Monday six o’clock of the centre, then once, and never change', async () => {
    // The rig begins on Monday 5 January 2026, 17:00 in Shanghai: the week is due on the 12th at 06:00 there.
    const untilDue = Date.UTC(2026, 0, 11, 22) - rig.clock.now();
    await rig.clock.advance(untilDue - 1);
    expect(await rig.services.reports.publishDue()).toEqual({ published: [] });
    await rig.clock.advance(1);
    const [first, second] = await Promise.all([rig.services.reports.publishDue(), rig.services.reports.publishDue()]);
    const made = await rows();
    expect(made).toHaveLength(1);
    expect([...first.published, ...second.published].map(({ id }) => id)).toEqual(
      expect.arrayContaining([made[0]?.id]),
    );
    expect(await rig.services.reports.publishDue()).toEqual({ published: [] });
    expect(made[0]?.hash).toBe(createHash('sha256').update(canonical(made[0]?.content)).digest('hex'));

    const { pool } = database().database;
    await expect(pool.query(`update weekly_summary set hash = ''`)).rejects.toThrow(/append-only/);
    await expect(pool.query('delete from weekly_summary')).rejects.toThrow(/append-only/);
    await expect(pool.query('truncate weekly_summary')).rejects.toThrow(/append-only/);
  });

  test('say what the rows say, to those whose campaign it is', async () => {
    const manager = await rig.signedIn('manager');
    const [row] = await rows();
    const { body } = await manager.ask('GET', `/api/summaries/${row?.id}`);
    expect(body).toMatchObject({
      from: '2026-01-05',
      to: '2026-01-11',
      content: {
        figures: { attempts: 1, conversations: 1, connectRate: { numerator: 1, denominator: 1, value: 1 } },
        before: null,
        byDay: { length: 7, 0: { day: '2026-01-05', attempts: 1, conversations: 1 } },
        byAgent: [{ name: 'Name of agent', conversations: 1 }],
        voice: [{ topic: 'refused:no-need', count: 1 }],
      },
    });
    const client = await rig.signedIn('client');
    const seen = await client.ask('GET', `/api/summaries/${row?.id}`);
    expect(seen.text).not.toContain('Name of agent');
    expect((await (await rig.signedIn('client2')).ask('GET', `/api/summaries/${row?.id}`)).status).toBe(404);
    expect((await (await rig.signedIn('agent')).ask('GET', '/api/summaries')).status).toBe(403);
  });

  test('come as files that carry who took them out', async () => {
    const manager = await rig.signedIn('manager');
    const [row] = await rows();
    const csv = await manager.ask('GET', `/api/summaries/${row?.id}/csv`);
    expect(csv.text.startsWith('\uFEFFSummary\r\nCampaign,Campaign\r\n')).toBe(true);
    expect(csv.text).toContain(`manager, ${new Date(rig.clock.now()).toISOString()}`);
    await manager.ask('PATCH', '/api/session', { locale: 'zh' });
    expect((await manager.ask('GET', `/api/summaries/${row?.id}/csv`)).text).toContain('坐席接通,1');
    const xlsx = await manager.ask('GET', `/api/summaries/${row?.id}/xlsx`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.read(Readable.from(xlsx.raw));
    const cells = new Map<string, unknown>();
    for (const sheet of book.worksheets)
      sheet.eachRow((line) => cells.set(String(line.getCell(1).value), line.getCell(2).value));
    // Opened by a program that reads spreadsheets, the figures are numbers, and those of the published week.
    const { figures } = summary.parse((await manager.ask('GET', `/api/summaries/${row?.id}`)).body).content;
    expect(cells.get('坐席接通')).toBe(figures.conversations);
    expect(cells.get('已外呼')).toBe(figures.attempts);
    // Codes are said in words, in the reader's language.
    expect(cells.get('拒绝：不需要')).toBe(1);
    expect([...cells.keys()].filter((name) => /^[a-z-]+(:[a-z-]+)?$/.test(name))).toEqual([]);
    expect(book.creator).toBe('manager');
    expect(await database().database.client.auditEntry.count({ where: { action: 'exported' } })).toBe(3);
  });

  test('invite the client to listen, and its remark on a recording comes back as a case with that recording', async () => {
    const [row] = await rows();
    const url = `/api/summaries/${row?.id}`;
    const customer = await rig.signedIn('client');
    expect((await customer.ask('GET', '/api/summaries')).body).toMatchObject({ items: [{ id: row?.id }] });
    const { recordingId } = house;
    // What is offered may be heard: the right goes with the client's own campaigns.
    expect((await customer.ask('GET', `/api/recordings/${recordingId}`)).status).toBe(200);
    const words = 'The tariff was said too fast.';
    const told = await customer.ask('POST', `${url}/remarks`, { words, recordingId });
    expect(told.status).toBe(201);
    const { caseId } = z.object({ caseId: z.string() }).parse(told.body);
    const file = await (await rig.signedIn('manager')).ask('GET', `/api/cases/${caseId}`);
    expect(file.body).toMatchObject({ kind: 'client-remark', channel: 'client', words, recordingIds: [recordingId] });
    expect((await customer.ask('GET', `/api/cases/${caseId}`)).status).toBe(200);
    const stranger = await rig.signedIn('client2');
    expect((await stranger.ask('POST', `${url}/remarks`, { words, recordingId })).status).toBe(404);
    expect((await stranger.ask('GET', `/api/cases/${caseId}`)).status).toBe(404);
    expect((await customer.ask('POST', `${url}/remarks`, { words: ' ' })).status).toBe(400);
  });

  test('a week that is not over is shown, but not published', async () => {
    const manager = await rig.signedIn('manager');
    await rig.clock.advance(2 * dayMs);
    const today = new Date(rig.clock.now()).toISOString().slice(0, 10);
    const url = `/api/campaigns/${house.campaignId}/week`;
    const shown = await (await rig.signedIn('manager')).ask('GET', url);
    expect(shown.body).toMatchObject({ from: '2026-01-12', figures: { attempts: 0 }, before: { attempts: 1 } });
    expect(await manager.ask('POST', `${url}/publish`, { day: today })).toMatchObject({
      status: 401,
    });
    const again = await rig.signedIn('manager');
    expect(await again.ask('POST', `${url}/publish`, { day: today })).toMatchObject({
      status: 409,
      body: { code: 'week-not-over', field: 'body.day' },
    });
    // The week of the first day that there is begins before it.
    for (const day of ['1970-01-01', '2999-12-31'])
      expect(await again.ask('GET', `${url}?day=${day}`)).toMatchObject({
        status: 400,
        body: { field: 'querystring.day' },
      });
    expect(await again.ask('POST', `${url}/publish`, { day: '1970-01-01' })).toMatchObject({ status: 400 });
  });
});
