/** What an auditor sees: the command with its exit status, and the page's own recomputing, of good draws and of tampered ones. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { framePieces } from '../../../qa/adapters/store/frame-pieces.ts';
import { samplingStore } from '../../../qa/adapters/store/draws.ts';
import { buildFrame, commitmentOf } from '../../../qa/rules/sampling.ts';
import type { Viewer } from '../../../src/contract/quality.ts';
import { checkDraw } from '../../../src/tools/draw-check.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type JudgingHouse, makeJudgingHouse } from './judging-house.ts';

describe('verifying a draw', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<'agent' | 'manager'>;

  beforeAll(async () => {
    house = await makeJudgingHouse(database().database, {
      roles: { agent: 'agent', manager: 'manager' },
      now: '2026-11-23T15:00',
      settings: { quality: { dailyRate: 0.4, weeklyRate: 0 } },
    });
  });

  async function command(id: string, env: NodeJS.ProcessEnv = { DATABASE_URL: database().url }) {
    const lines: string[] = [];
    const faults: string[] = [];
    const status = await checkDraw([id], env, { out: (line) => lines.push(line), fault: (line) => faults.push(line) });
    return { status, said: lines.join('\n'), faults: faults.join('\n') };
  }
  /** A day of its own for each draw. */
  let days = 0;
  async function made(): Promise<string> {
    days += 1;
    const day = house.at('2026-11-23T15:00') + days * 86_400_000;
    house.clock.now = day - 3 * 3_600_000;
    await house.quality.drawDue();
    for (let index = 0; index < 9; index += 1) {
      house.clock.now = day + index * 60_000;
      await house.conversation(house.person('agent'));
    }
    house.clock.now = day + 12 * 3_600_000;
    await house.quality.drawDue();
    const { id } = await house.client.draw.findFirstOrThrow({ where: { kind: 'daily' }, orderBy: { drawnAt: 'desc' } });
    return id;
  }
  const items = (drawId: string) =>
    house.client.drawItem.findMany({ where: { drawId }, orderBy: { recordingId: 'asc' } });
  /** As somebody with all rights on the database could, past the triggers. */
  const tamper = (change: string, ...values: unknown[]) =>
    house.client.$transaction([
      house.client.$executeRawUnsafe('set local session_replication_role = replica'),
      house.client.$executeRawUnsafe(change, ...values),
    ]);
  const lookedAt = (id: string) => house.quality.draws.verify(house.person('manager'), id);

  it('says of a good draw that it is the same, with what an auditor needs to recompute it elsewhere', async () => {
    const id = await made();
    const draw = await house.client.draw.findUniqueOrThrow({ where: { id } });
    const { status, said } = await command(id);
    expect(status).toBe(0);
    for (const fact of [draw.frameHash, draw.key, commitmentOf(draw.key), '9 recordings', 'The same draw'])
      expect(said).toContain(fact);
    // The promise is of that morning, before any of the day's recordings.
    expect(said).toContain('made 2026-11-24T04:00:00.000Z');
    expect(await lookedAt(id)).toMatchObject({ same: true, frameHashSame: true, commitmentSame: true, changed: [] });
  });

  it('is for the client too, who learns no agent’s name by it, and for no other client', async () => {
    const id = await made();
    const { clientId } = await house.client.campaign.findUniqueOrThrow({ where: { id: house.world.campaignId } });
    const client = { userId: randomUUID(), role: 'client', centreId: null, teamId: null, clientId } as const;
    expect(await house.quality.draws.verify(client, id)).toMatchObject({ same: true });
    const seen = async (viewer: Viewer) =>
      (await house.quality.draws.items(viewer, id, { limit: 50 })).items.map(({ agent }) => agent.name);
    expect(new Set(await seen(client))).toEqual(new Set(['']));
    expect(new Set(await seen(house.person('manager')))).toEqual(new Set(['agent']));
    const stranger = { ...client, clientId: randomUUID() };
    await expect(house.quality.draws.verify(stranger, id)).rejects.toMatchObject({ code: 'draw-unknown' });
  });

  it.each<[string, (id: string) => Promise<unknown>, string, object]>([
    [
      'a recording taken out of the frame',
      async (id) => {
        const stored = await samplingStore(database().database).stored(id);
        const built = buildFrame([...(stored?.entries ?? [])].slice(1));
        const [piece] = built.ok ? [...framePieces(built.frame)] : [];
        await tamper('update qa_draw_frame set lines = $1 where draw_id = $2::uuid', piece?.lines, id);
      },
      'frame-changed',
      { frameHashSame: false },
    ],
    [
      'a drawn recording swapped for another',
      async (id) => {
        const [item] = await items(id);
        const { recordingId } = await house.client.conversation.findFirstOrThrow({
          where: {
            day: new Date(`2026-11-${23 + days}`),
            recordingId: { notIn: (await items(id)).map((one) => one.recordingId) },
          },
        });
        await tamper(
          'update qa_draw_item set recording_id = $1::uuid where draw_id = $2::uuid and recording_id = $3::uuid',
          recordingId,
          id,
          item?.recordingId,
        );
      },
      'not-drawn',
      { missing: { length: 1 }, unexpected: { length: 1 }, frameHashSame: true },
    ],
    [
      'a chance written anew',
      async (id) => {
        const [item] = await items(id);
        await tamper(
          'update qa_draw_item set probability = 0.9 where draw_id = $1::uuid and recording_id = $2::uuid',
          id,
          item?.recordingId,
        );
      },
      'inclusionProbability: kept 0.9, recomputed 0.',
      {
        changed: { length: 1 },
        missing: [],
        unexpected: [],
        differences: [{ fault: 'differs', field: 'inclusionProbability', stored: '0.9' }],
      },
    ],
    [
      'what lists tell of it written anew',
      (id) => tamper('update qa_draw set rate = 0.9, size = 99 where id = $1::uuid', id),
      'figure-differs rate: kept 0.9, recomputed 0.4',
      { differences: [{ field: 'rate' }, { field: 'size', stored: '99' }] },
    ],
    [
      'another key',
      (id) => tamper('update qa_draw set key = $1 where id = $2::uuid', 'ab'.repeat(32), id),
      'key-differs-from-commitment',
      { commitmentSame: false },
    ],
    [
      'another key with a commitment to match, but not the one of that morning',
      (id) =>
        tamper(
          'update qa_draw set key = $1, commitment = $2 where id = $3::uuid',
          'ab'.repeat(32),
          commitmentOf('ab'.repeat(32)),
          id,
        ),
      'promise-not-kept',
      { commitmentSame: false },
    ],
  ])('finds %s', async (_, change, fault, seen) => {
    const id = await made();
    expect((await command(id)).status).toBe(0);
    await change(id);
    const { status, said } = await command(id);
    expect(status).toBe(1);
    expect(said).toContain(fault);
    expect(said).toMatch(/NOT the (same|promised) draw/);
    expect(await lookedAt(id)).toMatchObject({ same: false, ...seen });
  });

  it('says what is wrong, and that nothing was recomputed, when there is no such draw, no id, or no database', async () => {
    expect(await command(randomUUID())).toMatchObject({ status: 2, faults: 'There is no such draw in this database.' });
    expect(await command('draw')).toMatchObject({ status: 2, faults: expect.stringContaining('Usage') });
    const nowhere = { DATABASE_URL: 'postgres://postgres@127.0.0.1:9/fairline' };
    expect(await command(randomUUID(), nowhere)).toMatchObject({
      status: 2,
      said: '',
      faults: expect.stringMatching(/./),
    });
  });

  it('ends as a process with that status', async () => {
    const program = fileURLToPath(new URL('../../../src/tools/verify-draw.ts', import.meta.url));
    const env = { ...process.env, DATABASE_URL: database().url };
    const run = (id: string) =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', program, id], { env }).then(
        () => 0,
        ({ code }: { code: number }) => code,
      );
    const good = await made();
    const bad = await made();
    await tamper('update qa_draw_item set probability = 0.9 where draw_id = $1::uuid', bad);
    expect(await Promise.all([run(good), run(bad)])).toEqual([0, 1]);
  });

  it('is announced by the hash of its key while the day runs, and the key is nowhere in the database before the draw', async () => {
    house.clock.now = house.at('2027-03-01T09:00');
    await house.quality.drawDue();
    for (let index = 0; index < 9; index += 1) await house.conversation(house.person('agent'));
    const promised = await house.quality.draws.promised(house.person('manager'));
    expect(promised).toMatchObject([
      { kind: 'daily', from: '2027-03-01', committedAt: house.clock.now },
      { kind: 'weekly', from: '2027-03-01' },
    ]);
    const elsewhere = { ...house.person('manager'), centreId: randomUUID() };
    expect(await house.quality.draws.promised(elsewhere)).toEqual([]);

    const before = await everything();
    house.clock.now = house.at('2027-03-02T00:00');
    await house.quality.drawDue();
    const { id, key, commitment } = await house.client.draw.findFirstOrThrow({
      where: { kind: 'daily', periodFrom: new Date('2027-03-01') },
    });
    expect(before).not.toContain(key);
    expect(before).toContain(commitment);
    expect(commitmentOf(key)).toBe(promised[0]?.commitment);
    expect((await command(id)).said).toContain(`Commitment  ${commitment}, made 2027-03-01T`);
  });

  /** Every row of every table as text, as somebody who may read the database reads it. */
  async function everything(): Promise<string> {
    const tables = await house.client.$queryRaw<{ name: string }[]>`
      select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
    const texts = await Promise.all(
      tables.map(({ name }) =>
        house.client.$queryRawUnsafe<{ rows: string | null }[]>(
          `select string_agg(t::text, ' ') as rows from ${name} t`,
        ),
      ),
    );
    return texts
      .flat()
      .map(({ rows }) => rows ?? '')
      .join(' ');
  }
});
