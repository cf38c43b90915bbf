/** What becomes of recordings years later: erased with a record of it, and never while something may still turn on them. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalRecordings } from '../../../dialer/adapters/recordings/local-folder.ts';
import { createStores } from '../../../dialer/adapters/store/index.ts';
import { createErasure } from '../../../dialer/engine/erasure.ts';
import { recordingKeeps } from '../../../qa/adapters/store/recording-keeps.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { type Centre, intend, openCentre } from './centre.ts';

const NOW = Date.UTC(2026, 0, 31, 10);
/** 24 months of the calendar later, to the millisecond. */
const DUE = Date.UTC(2028, 0, 31, 10);
const database = testDatabase();

describe('recordings whose retention is over', () => {
  const prisma = () => database().database.client;
  let now = NOW;
  let folder = '';
  let centre: Centre;
  let ids: { recordingId: string; attemptId: string }[] = [];

  beforeEach(async () => {
    now = NOW;
    folder = await mkdtemp(join(tmpdir(), 'fairline-erasure-'));
    await mkdir(join(folder, 'day'));
    await prisma().recording.deleteMany();
    centre = await openCentre(prisma(), { contacts: 8, now: NOW });
    ids = [];
    for (let index = 0; index < 8; index += 1) {
      const attemptId = await intend(prisma(), centre, index, NOW);
      await prisma().attempt.update({ where: { id: attemptId }, data: { state: 'ended', live: false } });
      const recordingId = randomUUID();
      await writeFile(join(folder, 'day', `${recordingId}.wav`), 'sound');
      await prisma().recording.create({
        data: {
          ...{ id: recordingId, attemptId, campaignId: centre.campaignId, agentId: centre.agents[0] ?? '' },
          ...{ state: 'stored', path: `day/${recordingId}.wav`, sha256: 'f'.repeat(64), talkStartedAt: new Date(NOW) },
          ...{ talkMs: 1000, durationMs: 1000, bytes: 5, channels: 2, storedAt: new Date(NOW) },
        },
      });
      ids.push({ recordingId, attemptId });
    }
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const idOf = (index: number) => ids[index] ?? { recordingId: '', attemptId: '' };
  const erasure = (files = createLocalRecordings(folder)) =>
    createErasure({
      ...{ recordings: createStores(prisma(), database().database.pool).recordings, files },
      clock: { now: () => now, after: () => () => {}, sleep: () => Promise.resolve() },
      bus: { publish: () => {}, subscribe: () => () => {} },
      logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    });
  const run = async () => {
    const erased = await erasure().eraseDue(recordingKeeps(prisma()));
    return erased.map(({ recordingId }) => ids.findIndex((one) => one.recordingId === recordingId)).sort();
  };

  async function inspection(index: number, state: string): Promise<string> {
    const about = { campaignId: centre.campaignId, agentId: centre.agents[0] ?? '', reason: 'drawn' };
    const { id } = await prisma().inspection.create({
      data: {
        ...{ ...idOf(index), ...about, kind: 'daily', state, formId: 'valid-marketing', formVersion: 1 },
        ...{ drawnAt: new Date(NOW), deadlineAt: new Date(NOW) },
      },
    });
    return id;
  }
  async function sale(attemptId: string, state: string): Promise<string> {
    const about = { campaignId: centre.campaignId, agentId: centre.agents[0] ?? '' };
    const since = new Date(NOW);
    return (await prisma().sale.create({ data: { attemptId, ...about, state, recordedAt: since, since, life: {} } }))
      .id;
  }

  it('are erased, file and all, on the day the campaign’s months are over, with a record of it', async () => {
    const segments = [{ channel: 'customer', startMs: 0, endMs: 900, text: 'my words', confidence: null }];
    const transcript = {
      ...{ language: 'en', engine: 'test', engineVersion: '1', way: 'command', heardUntilMs: 1000 },
      segments,
    };
    const told = {
      recordingSha256: 'f'.repeat(64),
      contentSha256: 'c'.repeat(64),
      madeAt: new Date(NOW),
      deliveredAt: new Date(NOW),
    };
    await prisma().transcript.create({ data: { ...transcript, ...told, recordingId: idOf(0).recordingId } });
    now = DUE - 1;
    expect(await run()).toEqual([]);
    expect(await prisma().transcript.findFirst()).toMatchObject({ segments });
    now = DUE;
    expect(await run()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // What was said goes with the sound; that there was a transcript, and of what sound, is still known.
    expect(await prisma().transcript.findFirst()).toMatchObject({ segments: null, recordingSha256: 'f'.repeat(64) });
    expect(await run()).toEqual([]);
    expect(await readdir(join(folder, 'day'))).toEqual([]);
    const { recordingId, attemptId } = idOf(0);
    // What was there is still known: its length and its hash; the sound is not.
    expect(await prisma().recording.findUniqueOrThrow({ where: { id: recordingId } })).toMatchObject({
      ...{ state: 'erased', path: null, sourceUrl: null, sha256: 'f'.repeat(64), eraseAfter: new Date(DUE) },
    });
    expect(await prisma().attemptEvent.findMany({ where: { attemptId, kind: 'recording-erased' } })).toMatchObject([
      { at: new Date(DUE), data: { recordingId, keepMonths: 24, since: DUE, sha256: 'f'.repeat(64) } },
    ]);
  });

  it('take what the customer said in own words along, of which the length stays, so that every figure stays', async () => {
    const { campaignId } = centre;
    const question = (key: string, kind: string) => ({ key, kind });
    const { id: versionId } = await prisma().questionnaireVersion.create({
      data: {
        ...{ campaignId, version: 1, state: 'published', createdAt: new Date(NOW), publishedAt: new Date(NOW) },
        body: { questions: [question('why', 'text'), question('else', 'text'), question('way', 'single')] },
      },
    });
    const answers = { why: 'my words', else: ' ', way: 'phone' };
    for (const index of [0, 1, 2, 3]) {
      const { attemptId } = idOf(index);
      const { contactId } = await prisma().attempt.findUniqueOrThrow({ where: { id: attemptId } });
      const savedAt = new Date(NOW);
      await prisma().surveySheet.create({ data: { attemptId, versionId, campaignId, contactId, answers, savedAt } });
    }
    // A recording that never arrived keeps nobody's words for longer, nor does one that is held for less long.
    const change = (index: number, data: object) =>
      prisma().recording.update({ where: { id: idOf(index).recordingId }, data });
    await change(1, { state: 'lost', path: null });
    await change(2, { state: 'damaged', holds: 1 });
    await change(3, { holds: 1 });
    const kept = async () => {
      const sheets = await prisma().surveySheet.findMany();
      return [0, 1, 2, 3].map((index) => sheets.find(({ attemptId }) => attemptId === idOf(index).attemptId)?.answers);
    };
    now = DUE - 1;
    await run();
    expect(await kept()).toEqual([answers, answers, answers, answers]);
    now = DUE;
    expect(await run()).toEqual([0, 4, 5, 6, 7]);
    const erased = { why: 8, way: 'phone' };
    expect(await kept()).toEqual([erased, erased, answers, answers]);
    await change(2, { holds: 0 });
    expect(await run()).toEqual([]);
    expect(await kept()).toEqual([erased, erased, erased, answers]);
  });

  it('stay while a case, a dispute, an inspection or an undecided sale may turn on them, and go when it is over', async () => {
    await prisma().recording.update({ where: { id: idOf(0).recordingId }, data: { holds: 1 } });
    const open = await inspection(1, 'assigned');
    await inspection(2, 'closed');
    const undecided = await sale(idOf(3).attemptId, 'unqualified');
    const confirmed = await sale(randomUUID(), 'trial');
    await prisma().taskCall.create({
      data: {
        ...{ kind: 'confirmation', state: 'done', saleId: confirmed, campaignId: centre.campaignId },
        ...{ sourceAttemptId: randomUUID(), doneAttemptId: idOf(4).attemptId, createdAt: new Date(NOW) },
        ...{ notBefore: new Date(NOW), deadlineAt: new Date(NOW) },
      },
    });
    const file = await prisma().caseFile.create({
      data: {
        ...{ kind: 'complaint', state: 'answered', channel: 'hotline', words: 'rude', openedAt: new Date(NOW) },
        recordingIds: [idOf(5).recordingId],
      },
    });
    await sale(idOf(6).attemptId, 'billable');
    now = DUE + 40 * 86_400_000;
    expect(await run()).toEqual([2, 6, 7]);
    await prisma().recording.update({ where: { id: idOf(0).recordingId }, data: { holds: 0 } });
    await prisma().inspection.update({ where: { id: open }, data: { state: 'closed' } });
    await prisma().sale.updateMany({ where: { id: { in: [undecided, confirmed] } }, data: { state: 'void' } });
    await prisma().caseFile.update({ where: { id: file.id }, data: { state: 'closed' } });
    expect(await run()).toEqual([0, 1, 3, 4, 5]);
  });

  it('go by what the campaign says now, and a run that died between mark and file is finished by the next', async () => {
    await prisma().campaign.update({
      where: { id: centre.campaignId },
      data: { settings: { quality: { retentionMonths: 36 } } },
    });
    now = DUE;
    expect(await run()).toEqual([]);
    now = Date.UTC(2029, 0, 31, 10);
    const files = createLocalRecordings(folder);
    const dying = { ...files, remove: () => Promise.reject(new Error('the disk is gone')) };
    await expect(erasure(dying).eraseDue(recordingKeeps(prisma()))).rejects.toThrow('the disk is gone');
    expect(await readdir(join(folder, 'day'))).toHaveLength(8);
    expect(await run()).toEqual([]);
    expect(await readdir(join(folder, 'day'))).toEqual([]);
    expect(
      await prisma().recording.count({ where: { campaignId: centre.campaignId, path: null, state: 'erased' } }),
    ).toBe(8);
  });
});
