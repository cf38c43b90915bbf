/** Recordings from expected to stored, damaged or lost, with a scripted carrier and a clock that is moved by hand. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalRecordings } from '../../../dialer/adapters/recordings/local-folder.ts';
import { createStores } from '../../../dialer/adapters/store/index.ts';
import { createBackground } from '../../../dialer/engine/background.ts';
import { createCampaignCache } from '../../../dialer/engine/campaign-cache.ts';
import { createRecordingLog, type RecordingLog } from '../../../dialer/engine/recording-log.ts';
import type { Carrier, Download } from '../../../dialer/ports/carrier.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { intend, openCentre } from './centre.ts';
import { notAsked } from './not-asked.ts';

const NOW = Date.UTC(2026, 0, 5, 10);
const TALK_MS = 4_000;
const database = testDatabase();

/** 8 kHz, 16 bit: every sample of the first channel is 1, of the second 2. */
/** Two sides at rest, or the agent's second channel speaking throughout. */
function wav(ms: number, channels = 2, speaking = false): Buffer {
  const samples = ms * 8;
  const data = Buffer.alloc(samples * channels * 2);
  for (let i = 0; i < samples * channels; i += 1)
    data.writeInt16LE(speaking && i % channels === 1 ? 9000 : (i % channels) + 1, i * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000 * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

async function* inPieces(file: Buffer, piece = 777): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += piece) yield file.subarray(at, at + piece);
}

describe('the recording log', () => {
  const prisma = () => database().database.client;
  let now = NOW;
  let folder = '';
  let downloads: (() => Download)[] = [];
  let listed: { recordingId: string; url: string }[] = [];
  let log: RecordingLog;
  let idle: () => Promise<void>;
  let attemptId = '';
  /** How long the call was for the carrier. */
  let lastedMs: number | null = null;

  beforeEach(async () => {
    now = NOW;
    folder = await mkdtemp(join(tmpdir(), 'fairline-recordings-'));
    downloads = [];
    listed = [];
    lastedMs = TALK_MS;
    await prisma().recording.deleteMany();
    const centre = await openCentre(prisma(), { now: NOW });
    await prisma().attempt.updateMany({ data: { live: false, state: 'ended' } });
    attemptId = await intend(prisma(), centre, 0, NOW);
    await prisma().attempt.update({
      where: { id: attemptId },
      data: { state: 'ended', live: false, outcome: 'connected', carrierCallId: `CA${attemptId}` },
    });
    await prisma().recording.create({
      data: {
        attemptId,
        campaignId: centre.campaignId,
        agentId: centre.agents[0] ?? '',
        talkStartedAt: new Date(NOW),
        talkMs: TALK_MS,
        nextTryAt: new Date(NOW + 900_000),
      },
    });
    const clock = { now: () => now, after: () => () => {}, sleep: () => Promise.resolve() };
    const bus = { publish: () => {}, subscribe: () => () => {} };
    const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const background = createBackground(logger);
    idle = background.idle;
    const stores = createStores(prisma(), database().database.pool);
    const carrier: Carrier = {
      ...notAsked,
      call: (carrierCallId) =>
        Promise.resolve({
          kind: 'ok',
          value: {
            carrierCallId,
            to: '',
            from: '',
            end: 'completed',
            status: 'over',
            startedAt: NOW,
            lastedMs,
            endedAt: null,
            detection: null,
          },
        }),
      download: () =>
        Promise.resolve((downloads.length > 1 ? downloads.shift() : downloads[0])?.() ?? { kind: 'absent' }),
      recordingsOf: () =>
        Promise.resolve({ kind: 'ok', value: listed.map((one) => ({ ...one, durationMs: null, channels: 2 })) }),
    };
    log = createRecordingLog({
      recordings: stores.recordings,
      files: createLocalRecordings(folder),
      floor: stores.floor,
      carrier,
      cache: createCampaignCache(stores.campaigns, clock, bus),
      bus,
      clock,
      logger,
      background,
      toleranceMs: 500,
    });
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const row = () => prisma().recording.findUniqueOrThrow({ where: { attemptId } });
  const announce = async (state: 'completed' | 'absent' = 'completed') => {
    await log.announced({
      kind: 'recording',
      attemptId,
      recordingId: 'RE1',
      url: 'http://x/RE1',
      state,
      durationMs: 4000,
      channels: 2,
    });
    await idle();
  };
  /** Works on everything that falls due until nothing does. */
  const workItOut = async () => {
    for (let rounds = 0; rounds < 40; rounds += 1) {
      const due = (await row()).nextTryAt;
      if (due === null) return;
      now = Math.max(now, due.getTime());
      await log.work();
      await idle();
    }
  };
  const topics = async () =>
    (await prisma().handoff.findMany({ orderBy: { id: 'desc' }, take: 1 })).map(({ topic }) => topic);

  it('stores what is announced, agent left and customer right, with the hash of what lies there', async () => {
    downloads = [() => ({ kind: 'ok', content: inPieces(wav(TALK_MS)) })];
    await announce();
    const stored = await row();
    expect(stored).toMatchObject({ state: 'stored', channels: 2, durationMs: TALK_MS, problem: null, tries: 0 });
    expect(stored.agentTalkShare).toBeNull();
    expect(stored.path).toMatch(/^2026\/01\/05\/[0-9a-f-]+\.wav$/);
    const file = await readFile(join(folder, stored.path ?? ''));
    expect(file.readInt16LE(44)).toBe(2);
    expect(file.readInt16LE(46)).toBe(1);
    expect(file.length).toBe(wav(TALK_MS).length);
    expect(await topics()).toEqual(['recording-stored']);
    expect((await log.open(stored.id)).sha256).toBe(stored.sha256);
  });

  it('after a start asks soon, one after the other, for what the calls that are over had announced to nobody', async () => {
    const asked = { state: 'ended', live: false, outcome: 'connected' };
    const first = await row();
    const more = [
      { call: asked, recording: { tries: 0 } },
      { call: { state: 'connected' }, recording: { tries: 0 } },
      { call: asked, recording: { tries: 3 } },
      { call: asked, recording: { tries: 0, nextTryAt: new Date(NOW + 100) } },
    ];
    const centre = await openCentre(prisma(), { now: NOW, contacts: more.length });
    const { campaignId } = centre;
    const others: string[] = [];
    for (const [index, { call, recording }] of more.entries()) {
      const id = await intend(prisma(), centre, index, NOW);
      await prisma().attempt.update({ where: { id }, data: { ...call, carrierCallId: `CA${id}` } });
      const usual = { talkStartedAt: new Date(NOW), talkMs: TALK_MS, nextTryAt: new Date(NOW + 900_000) };
      const data = { attemptId: id, campaignId, agentId: centre.agents[0] ?? '', ...usual, ...recording };
      others.push((await prisma().recording.create({ data })).id);
    }
    expect(await log.lookBack()).toBe(2);
    const due = async (id = '') =>
      ((await prisma().recording.findUniqueOrThrow({ where: { id } })).nextTryAt?.getTime() ?? 0) - NOW;
    const [second, live, retried, sooner] = others;
    const soon = [await due(first.id), await due(second)].sort((a, b) => a - b);
    expect(soon).toEqual([15_000, 15_250]);
    expect([await due(live), await due(retried), await due(sooner)]).toEqual([900_000, 900_000, 100]);
    // A process that starts a little later makes none of them wait longer.
    now = NOW + 1_000;
    await log.lookBack();
    expect([await due(first.id), await due(second)].sort((a, b) => a - b)).toEqual(soon);
    listed = [{ recordingId: 'RE1', url: 'http://x/RE1' }];
    downloads = [() => ({ kind: 'ok', content: inPieces(wav(TALK_MS)) })];
    now = NOW + 20_000;
    await log.work();
    await idle();
    expect(await row()).toMatchObject({ state: 'stored' });
  });

  it('is told twice and stores once, with who spoke how much of it', async () => {
    downloads = [() => ({ kind: 'ok', content: inPieces(wav(TALK_MS, 2, true)) })];
    await announce();
    await announce();
    expect((await row()).agentTalkShare).toBe(1);
    expect(await prisma().handoff.count({ where: { payload: { path: ['attemptId'], equals: attemptId } } })).toBe(1);
  });

  it('tries again with growing delays, and stores in the end', async () => {
    downloads = [
      () => ({ kind: 'failed', cause: 'status-500', retryable: true }),
      () => ({ kind: 'ok', content: inPieces(wav(TALK_MS).subarray(0, 9_000)) }),
      () => ({ kind: 'ok', content: inPieces(wav(TALK_MS)) }),
    ];
    await announce();
    expect(await row()).toMatchObject({ state: 'announced', problem: 'status-500', tries: 1 });
    await workItOut();
    expect(await row()).toMatchObject({ state: 'stored', tries: 2, problem: null });
  });

  it.each([
    ['truncated', () => wav(TALK_MS).subarray(0, 9_000)],
    ['not-two-channels', () => wav(TALK_MS, 1)],
    ['shorter-than-talk', () => wav(1_000)],
    ['not-wav', () => Buffer.from('<html>please log in</html>')],
    ['empty', () => Buffer.alloc(0)],
  ])('reports a file that stays %s as damaged, and keeps nothing of it', async (problem, file) => {
    downloads = [() => ({ kind: 'ok', content: inPieces(file()) })];
    await announce();
    await workItOut();
    expect(await row()).toMatchObject({ state: 'damaged', problem, path: null });
    expect(await topics()).toEqual(['recording-lost']);
  });

  it('stores a recording of the whole call whose end was learnt late', async () => {
    // The customer hung up after two seconds; the process that would have been told was being started again.
    lastedMs = 2_000;
    downloads = [() => ({ kind: 'ok', content: inPieces(wav(1_900)) })];
    await announce();
    expect(await row()).toMatchObject({ state: 'stored', problem: null, durationMs: 1_900 });
  });

  describe('when it is there and something of ours stands in the way', () => {
    const whole = (): Download => ({ kind: 'ok', content: inPieces(wav(TALK_MS)) });
    /** Twice as many tries as there are delays: longer than a night. */
    const tryLong = async () => {
      for (let round = 0; round < 16; round += 1) {
        now = Math.max(now, (await row()).nextTryAt?.getTime() ?? Number.NaN);
        await log.work();
        await idle();
      }
      expect(now - NOW).toBeGreaterThan(12 * 3_600_000);
    };

    it('stores it when the disk takes files again, however long that took', async () => {
      // A file where the folder should be: nothing can be written, as on a full disk.
      await rm(folder, { recursive: true });
      await writeFile(folder, '');
      downloads = [whole];
      await announce();
      await tryLong();
      expect(await row()).toMatchObject({ state: 'announced', tries: 17 });
      await rm(folder);
      await mkdir(folder);
      await workItOut();
      expect(await row()).toMatchObject({ state: 'stored', problem: null });
    });

    it('fetches it when the carrier can be reached again', async () => {
      downloads = [() => ({ kind: 'failed', cause: 'unreachable', retryable: true })];
      await announce();
      await tryLong();
      downloads = [whole];
      await workItOut();
      expect(await row()).toMatchObject({ state: 'stored' });
    });

    it('is reported as lost after thirty days', async () => {
      downloads = [() => ({ kind: 'failed', cause: 'unreachable', retryable: true })];
      await announce();
      await tryLong();
      now = NOW + 31 * 86_400_000;
      await workItOut();
      expect(await row()).toMatchObject({ state: 'lost', problem: 'unreachable', nextTryAt: null });
      expect(await topics()).toEqual(['recording-lost']);
    });

    it('gives up in its time where the carrier refuses for good', async () => {
      downloads = [() => ({ kind: 'failed', cause: 'status-410', retryable: false })];
      await announce();
      await workItOut();
      expect(await row()).toMatchObject({ state: 'lost', problem: 'status-410', tries: 8 });
    });
  });

  it('asks the carrier for what was never announced', async () => {
    listed = [{ recordingId: 'RE9', url: 'http://x/RE9' }];
    downloads = [() => ({ kind: 'ok', content: inPieces(wav(TALK_MS)) })];
    await workItOut();
    expect(await row()).toMatchObject({ state: 'stored', carrierRecordingId: 'RE9' });
  });

  it('reports what never comes as lost', async () => {
    await announce('absent');
    await workItOut();
    expect(await row()).toMatchObject({ state: 'lost', problem: 'not-announced' });
    expect(await topics()).toEqual(['recording-lost']);
    expect(now - NOW).toBeGreaterThan(5 * 3_600_000);
  });
});
