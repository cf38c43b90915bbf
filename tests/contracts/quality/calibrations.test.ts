import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { composeQuality } from '../../../src/compose/quality.ts';
import type { QualityApi, Viewer } from '../../../src/contract/quality.ts';
import { makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const now = Date.UTC(2026, 10, 23, 2);

describe('calibration sessions', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let quality: QualityApi;
  let people: Record<'agent' | 'ann' | 'ben' | 'expert' | 'manager', Viewer>;

  beforeAll(() => {
    client = database().database.client;
  });
  beforeEach(async () => {
    world = await makeWorld(client, now);
    quality = composeQuality({
      database: database().database,
      bus: { publish: () => undefined },
      clock: { now: () => now },
      country: 'US',
    });
    const person = async (role: Viewer['role']): Promise<Viewer> => {
      const { id } = await client.user.create({
        data: {
          username: randomUUID(),
          displayName: role,
          passwordHash: '',
          role,
          centreId: world.centreId,
          teamId: world.teamId,
          joinedAt: new Date(0),
        },
      });
      return { userId: id, role, centreId: world.centreId, teamId: world.teamId, clientId: null };
    };
    people = {
      agent: await person('agent'),
      ann: await person('inspector'),
      ben: await person('inspector'),
      expert: await person('supervisor'),
      manager: await person('manager'),
    };
  });

  /** Conversations whose inspection is closed; every second one failed. */
  async function closed(count: number, judge: string = randomUUID()): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const common = {
        attemptId: randomUUID(),
        campaignId: world.campaignId,
        agentId: people.agent.userId,
        recordingId: randomUUID(),
      };
      await client.conversation.create({
        data: {
          ...common,
          contactId: randomUUID(),
          purpose: 'marketing',
          settingsVersion: 1,
          connectedAt: new Date(now - index * 1000),
          endedAt: new Date(now),
          talkMs: 60_000,
          day: new Date('2026-11-20'),
          disposition: 'sale',
          closed: true,
          recordingState: 'stored',
          durationMs: 60_000,
        },
      });
      await client.inspection.create({
        data: {
          ...common,
          kind: 'daily',
          state: 'closed',
          reason: 'lot',
          probability: 0.1,
          formId: 'valid-marketing',
          formVersion: 1,
          assignedTo: judge,
          scoredBy: judge,
          scoredAt: new Date(now),
          qualified: index % 2 === 0,
          drawnAt: new Date(now),
          deadlineAt: new Date(now),
        },
      });
      ids.push(common.recordingId);
    }
    return ids;
  }
  const open = (count: number, judges = [people.ann, people.ben]) =>
    quality.calibrations.open(people.manager, {
      name: 'November',
      count,
      expertId: people.expert.userId,
      judgeIds: judges.map(({ userId }) => userId),
    });
  /** Judges everything of theirs; `failing` says which criterion fails of the n-th recording, by id. */
  async function judge(viewer: Viewer, session: string, failing: (recordingId: string) => string | null) {
    const { mine } = await quality.calibrations.read(viewer, session);
    for (const { inspectionId, recordingId } of mine) {
      const { formContent } = await quality.inspections.open(viewer, inspectionId);
      const fails = failing(recordingId);
      const answers = formContent.criteria.map(({ code, reasons }) => ({
        criterion: code,
        verdict: code === fails ? ('fail' as const) : ('pass' as const),
        reason: code === fails ? (reasons[0]?.code ?? null) : null,
        atSecond: code === fails ? 3 : null,
        checks: [],
        note: '',
      }));
      await quality.inspections.score(viewer, inspectionId, { answers, note: '', listenedSeconds: 60 });
    }
  }

  it('asks everybody for the same recordings, hides what others said until all are done, and compares with the expert', async () => {
    await closed(8);
    const session = await open(4);
    expect(session).toMatchObject({ recordings: 4, asked: 12, done: 0, result: null, verdicts: [] });
    const recordings = (await quality.calibrations.read(people.ann, session.id)).mine.map(
      ({ recordingId }) => recordingId,
    );
    const [first = '', second = ''] = recordings.toSorted();
    await judge(people.expert, session.id, (id) => (id === first || id === second ? 'understood' : null));
    await judge(people.ann, session.id, (id) => (id === first || id === second ? 'understood' : null));
    const running = await quality.calibrations.read(people.ben, session.id);
    expect(running).toMatchObject({ done: 8, result: null, verdicts: [] });
    const page = await quality.inspections.register(people.ben, { limit: 50 });
    expect(page.items.filter(({ entry }) => entry === 'scored')).toEqual([]);

    await judge(people.ben, session.id, (id) => (id === first ? 'understood' : null));
    const { result, verdicts } = await quality.calibrations.read(people.ben, session.id);
    const byJudge = new Map(result?.byJudge.map((each) => [each.judgeId, each]));
    expect(byJudge.get(people.ann.userId)).toMatchObject({ pairs: 4, percent: 1, kappa: 1, ac1: 1 });
    // Against the expert's 2 of 4, Ben found 1: po 3/4, pe 1/2, so kappa 1/2; of the failures 2·1 ÷ (2·1 + 1).
    expect(byJudge.get(people.ben.userId)).toMatchObject({
      pairs: 4,
      percent: 0.75,
      kappa: 0.5,
      onFailures: { numerator: 2, denominator: 3, value: 2 / 3 },
    });
    expect(result?.together).toMatchObject({ pairs: 8, percent: 7 / 8 });
    expect(result?.together.byCriterion.find(({ criterion }) => criterion === 'understood')).toMatchObject({
      pairs: 8,
      failures: 4,
    });
    expect(verdicts).toHaveLength(12);
  });

  it('touches neither card nor level nor sale, and nobody who is judged sees it', async () => {
    await closed(2);
    const before = await quality.week(world.campaignId, now - 86_400_000, now + 86_400_000);
    const session = await open(2, [people.ann]);
    await judge(people.ann, session.id, () => 'explicit-consent');
    await judge(people.expert, session.id, () => 'explicit-consent');
    expect(await quality.week(world.campaignId, now - 86_400_000, now + 86_400_000)).toEqual(before);
    expect(await client.inspectionLevel.count({ where: { agentId: people.agent.userId } })).toBe(0);
    expect(await client.handoff.count({ where: { topic: 'task-call-wanted' } })).toBe(0);
    const seen = await quality.inspections.list(people.agent, { limit: 50, order: 'newest' });
    expect(seen.items.filter(({ kind }) => kind === 'calibration')).toEqual([]);
    await expect(quality.calibrations.read(people.agent, session.id)).rejects.toMatchObject({
      code: 'calibration-unknown',
    });
  });

  it('takes recordings that none of its people has judged, and refuses what cannot be compared', async () => {
    const known = await closed(3, people.ann.userId);
    await expect(open(2)).rejects.toMatchObject({ code: 'no-recordings' });
    const fresh = await closed(3);
    const session = await open(50);
    const taken = (await quality.calibrations.read(people.ben, session.id)).mine.map(({ recordingId }) => recordingId);
    expect(taken.toSorted()).toEqual(fresh.toSorted());
    expect(taken.filter((id) => known.includes(id))).toEqual([]);
    await expect(open(2, [people.expert])).rejects.toMatchObject({ code: 'expert-is-judge' });
    await expect(open(2, [people.agent])).rejects.toMatchObject({ code: 'judge-unknown' });
  });

  it('ends when it is closed: what was not judged makes no pairs', async () => {
    await closed(2);
    const session = await open(2);
    await judge(people.expert, session.id, () => null);
    await judge(people.ann, session.id, () => null);
    const over = await quality.calibrations.close(people.manager, session.id);
    expect(over.result?.byJudge.map(({ pairs }) => pairs)).toEqual([2, 0]);
    await expect(quality.calibrations.close(people.manager, session.id)).rejects.toMatchObject({
      code: 'step-not-now',
    });
  });
});
