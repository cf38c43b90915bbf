/** Work that is started, left and come back to: how far it is and what came of it is told to whoever started it, and to nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LongJob } from '../../../src/contract/long-jobs.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('a long job', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let campaignId: string;
  let manager: Browser;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    ({ campaignId } = house);
    manager = await rig.signedIn('manager');
  });
  afterAll(() => rig.close());

  const jobs = async (browser: Browser, query = '') => {
    const { body } = await browser.ask('GET', `/api/long-jobs${query}`);
    return (body as { items: LongJob[] }).items;
  };

  test('goes on when its asker has left, tells how far it is, and keeps its answer', async () => {
    const asked = await manager.ask('POST', '/api/what-if', { campaignId, agents: [2, 1, 2], hours: 0.25 });
    expect(asked).toMatchObject({ status: 200, body: { state: 'running', total: 2, subjectId: campaignId } });
    const { id } = asked.body as LongJob;
    // Somebody comes back in a browser of their own.
    const again = await rig.signedIn('manager');
    await expect
      .poll(async () => (await again.ask('GET', `/api/long-jobs/${id}`)).body, { interval: 20 })
      .toMatchObject({ state: 'done', done: 2, about: 'Campaign', whatIf: { rows: [{ agents: 1 }, { agents: 2 }] } });
    expect(await jobs(again, `?kind=what-if&subjectId=${campaignId}`)).toMatchObject([{ id }]);
    expect(await jobs(again, '?kind=week')).toEqual([]);
    const other = await rig.signedIn('lead');
    expect(await jobs(other)).toEqual([]);
    expect((await other.ask('GET', `/api/long-jobs/${id}`)).status).toBe(404);
  });

  test('that checks the audit log or a file of rows counts them, of how many, and keeps what came of it for who has left', async () => {
    const { client } = database().database;
    expect((await manager.ask('POST', '/api/audit/verify')).status).toBe(200);
    const [check] = await jobs(manager, '?kind=audit-check');
    const { entries } = check?.auditCheck ?? { entries: 0 };
    expect(entries).toBeGreaterThan(0);
    expect(check).toMatchObject({ state: 'done', done: entries, total: entries, auditCheck: { brokenAt: null } });

    const list = await client.contactList.create({
      data: {
        campaignId,
        name: 'A long list',
        fileName: 'a.csv',
        state: 'ready',
        importedAt: new Date(rig.clock.now()),
      },
    });
    const reject = (from: number, to: number) =>
      client.$executeRaw`insert into rejected_line (list_id, line, reason)
                         select ${list.id}::uuid, n, 'number-invalid' from generate_series(${from}::int, ${to}::int) n`;
    await reject(1, 100);
    const file = async () => (await manager.ask('GET', `/api/lists/${list.id}/rejected.csv`)).text.split('\r\n');
    // Short files are there before anybody looks.
    expect((await file()).length).toBe(102);
    expect(await jobs(manager, '?kind=rejected-file')).toEqual([]);
    await reject(101, 12_000);
    const lines = await file();
    expect(lines.slice(0, 2)).toEqual(['\uFEFFline,reason,field', '1,number-invalid,']);
    expect(new Set(lines).size).toBe(12_002);
    await expect
      .poll(() => jobs(manager, `?kind=rejected-file&subjectId=${campaignId}`), { interval: 20 })
      .toMatchObject([{ state: 'done', about: 'A long list', done: 12_000, total: 12_000 }]);
  });

  test('that writes a file is found with its count while it is written, and says so when its reader has gone', async () => {
    const { longJobs } = rig.services;
    const user = await database().database.client.user.findUniqueOrThrow({ where: { username: 'manager' } });
    async function* pieces() {
      for (let row = 0; row < 1_000_000; row += 2_000) yield { text: 'row\r\n'.repeat(2_000), rows: 2_000 };
    }
    const about = { kind: 'billing-file', about: 'A client', userId: user.id, total: 1_000_000 };
    const { body } = await longJobs.file(about, async () => null, pieces);
    const taken = body[Symbol.asyncIterator]();
    for (let piece = 0; piece < 20; piece += 1) await taken.next();
    await expect
      .poll(async () => (await jobs(manager, '?kind=billing-file'))[0], { interval: 20 })
      .toMatchObject({ state: 'running', done: expect.toSatisfy((done) => done >= 2_000), total: 1_000_000 });
    body.destroy();
    await expect
      .poll(async () => (await jobs(manager, '?kind=billing-file'))[0], { interval: 20 })
      .toMatchObject({ state: 'failed', failure: 'broken-off' });
  });

  test('compares calling hours by the answers that the campaign itself had at each hour', async () => {
    const { client } = database().database;
    const { contactId } = await client.attempt.findUniqueOrThrow({ where: { id: house.attemptId } });
    // Yesterday by the centre's clock, eight hours before UTC: one of ten answered at 10, six of ten at 18.
    const midnight = Math.floor((rig.clock.now() + 8 * hour) / day) * day - day - 8 * hour;
    const calls = [
      { at: 10, of: 10, answered: 1 },
      { at: 18, of: 10, answered: 6 },
    ].flatMap(({ at, of, answered }) =>
      Array.from({ length: 400 }, (_, i) => {
        const intendedAt = new Date(midnight + at * hour + i * 1_000);
        const isAnswered = i % of < answered;
        return {
          campaignId,
          contactId,
          number: '+12125550123',
          callerId: '+12125550190',
          mode: 'predictive',
          settingsVersion: 1,
          state: 'ended',
          live: false,
          intendedAt,
          answeredAt: isAnswered ? intendedAt : null,
          endedAt: intendedAt,
          outcome: isAnswered ? 'connected' : 'no-answer',
        };
      }),
    );
    await client.attempt.createMany({ data: calls });
    const windows = [
      { from: '10:00', to: '11:00' },
      { from: '18:00', to: '19:00' },
      { from: '10:30', to: '11:30', answerRate: 0.5 },
    ];
    const asked = await manager.ask('POST', '/api/what-if', {
      campaignId,
      agents: [4],
      windows,
      talkSeconds: 60,
      mode: 'progressive',
    });
    expect(asked).toMatchObject({ status: 200, body: { total: 3 } });
    const { id } = asked.body as LongJob;
    const read = async () => (await manager.ask('GET', `/api/long-jobs/${id}`)).body as LongJob;
    await expect.poll(async () => (await read()).state, { interval: 20 }).toBe('done');
    const { whatIf } = await read();
    const [morning, evening, given] = whatIf?.rows ?? [];
    expect(whatIf?.rows.map(({ window, agents }) => ({ ...window, agents }))).toEqual([
      { from: '10:00', to: '11:00', agents: 4 },
      { from: '18:00', to: '19:00', agents: 4 },
      { from: '10:30', to: '11:30', agents: 4 },
    ]);
    expect(morning?.assumedAnswerRate).toBeCloseTo(0.13, 1);
    expect(evening?.assumedAnswerRate).toBeCloseTo(0.57, 1);
    expect(given?.assumedAnswerRate).toBe(0.5);
    expect(evening?.answeredRate ?? 0).toBeGreaterThan(2 * (morning?.answeredRate ?? 1));
    expect(evening?.talkUtilization ?? 0).toBeGreaterThan(morning?.talkUtilization ?? 1);
    expect(whatIf?.assumed.hours.flatMap((rate, at) => (rate === null ? [] : [at]))).toEqual([10, 18]);
    const backwards = { windows: [{ from: '12:00', to: '09:00' }, ...windows], campaignId, agents: [4] };
    expect(await manager.ask('POST', '/api/what-if', backwards)).toMatchObject({ status: 400 });
  });

  test('about a campaign that there is not is refused before anything is played, to a manager of no centre too', async () => {
    const nobody = '00000000-0000-4000-8000-00000000dead';
    await rig.makeUser({ username: 'head', role: 'manager' });
    for (const name of ['manager', 'head']) {
      const browser = await rig.signedIn(name);
      const asked = await browser.ask('POST', '/api/what-if', { campaignId: nobody, agents: [500], hours: 12 });
      expect(asked.status).toBe(404);
    }
    expect(await database().database.client.longJob.count({ where: { subjectId: nobody } })).toBe(0);
  });

  test('that is refused says why; one whose process went down is not running any more', async () => {
    expect((await manager.ask('POST', `/api/campaigns/${campaignId}/week/publish`, { day: '2099-01-01' })).status).toBe(
      409,
    );
    expect(await jobs(manager, '?kind=week')).toMatchObject([{ state: 'failed', failure: 'week-not-over' }]);
    const { longJobs } = rig.services;
    const user = await database().database.client.user.findUniqueOrThrow({ where: { username: 'manager' } });
    await longJobs.begin({ kind: 'external-list', about: 'A list', userId: user.id }, () => new Promise(() => {}));
    expect(await jobs(manager, '?kind=external-list')).toMatchObject([{ state: 'running', failure: null }]);
    await database().database.client.longJob.updateMany({
      where: { kind: 'external-list' },
      data: { aliveUntil: new Date(rig.clock.now() - 1) },
    });
    expect(await jobs(manager, '?kind=external-list')).toMatchObject([{ state: 'failed', failure: 'interrupted' }]);
  });
});
