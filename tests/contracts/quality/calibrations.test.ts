import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/contract/quality.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type JudgingHouse, makeJudgingHouse } from './judging-house.ts';

const roles = { agent: 'agent', ann: 'inspector', ben: 'inspector', expert: 'supervisor', manager: 'manager' } as const;
const now = Date.UTC(2026, 10, 23, 2);

describe('calibration sessions', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<keyof typeof roles>;

  beforeEach(async () => {
    house = await makeJudgingHouse(database().database, { now, roles });
  });

  /** Conversations whose inspection is closed; every second one failed. */
  async function closed(count: number, judge: string = randomUUID()): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const common = {
        attemptId: randomUUID(),
        campaignId: house.world.campaignId,
        agentId: house.person('agent').userId,
        recordingId: randomUUID(),
      };
      await house.client.conversation.create({
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
      await house.client.inspection.create({
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
  const open = (count: number, judges = [house.person('ann'), house.person('ben')]) =>
    house.quality.calibrations.open(house.person('manager'), {
      name: 'November',
      count,
      expertId: house.person('expert').userId,
      judgeIds: judges.map(({ userId }) => userId),
    });
  /** Judges everything of theirs; `failing` says which criterion fails of the n-th recording, by id. */
  async function judge(viewer: Viewer, session: string, failing: (recordingId: string) => string | null) {
    const { mine } = await house.quality.calibrations.read(viewer, session);
    for (const { inspectionId, recordingId } of mine) {
      const detail = await house.quality.inspections.open(viewer, inspectionId);
      await house.score(viewer, detail, failing(recordingId));
    }
  }

  it('asks everybody for the same recordings, hides what others said until all are done, and compares with the expert', async () => {
    await closed(8);
    const session = await open(4);
    expect(session).toMatchObject({ recordings: 4, asked: 12, done: 0, result: null, verdicts: [] });
    const recordings = (await house.quality.calibrations.read(house.person('ann'), session.id)).mine.map(
      ({ recordingId }) => recordingId,
    );
    const [first = '', second = ''] = recordings.toSorted();
    await judge(house.person('expert'), session.id, (id) => (id === first || id === second ? 'understood' : null));
    await judge(house.person('ann'), session.id, (id) => (id === first || id === second ? 'understood' : null));
    const running = await house.quality.calibrations.read(house.person('ben'), session.id);
    expect(running).toMatchObject({ done: 8, result: null, verdicts: [] });
    const page = await house.quality.inspections.register(house.person('ben'), { limit: 50 });
    expect(page.items.filter(({ entry }) => entry === 'scored')).toEqual([]);

    await judge(house.person('ben'), session.id, (id) => (id === first ? 'understood' : null));
    const { result, verdicts } = await house.quality.calibrations.read(house.person('ben'), session.id);
    const byJudge = new Map(result?.byJudge.map((each) => [each.judgeId, each]));
    expect(byJudge.get(house.person('ann').userId)).toMatchObject({ pairs: 4, percent: 1, kappa: 1, ac1: 1 });
    // Against the expert's 2 of 4, Ben found 1: po 3/4, pe 1/2, so kappa 1/2; of the failures 2·1 ÷ (2·1 + 1).
    expect(byJudge.get(house.person('ben').userId)).toMatchObject({
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
    const { campaignId } = house.world;
    const sold = await house.client.inspection.findFirstOrThrow({ where: { campaignId } });
    const { attemptId, agentId } = sold;
    const told = new Date(now);
    const sale = await house.client.sale.create({
      data: { attemptId, campaignId, agentId, state: 'valid', recordedAt: told, since: told, life: {} },
    });
    const before = await house.quality.week(house.world.campaignId, now - 86_400_000, now + 86_400_000);
    const session = await open(2, [house.person('ann')]);
    await judge(house.person('ann'), session.id, () => 'explicit-consent');
    await judge(house.person('expert'), session.id, () => 'explicit-consent');
    expect(await house.quality.week(house.world.campaignId, now - 86_400_000, now + 86_400_000)).toEqual(before);
    expect(await house.client.inspectionLevel.count({ where: { agentId: house.person('agent').userId } })).toBe(0);
    expect(await house.client.handoff.count({ where: { topic: 'task-call-wanted' } })).toBe(0);
    const { inspectionIds } = await house.quality.sales.read(house.person('manager'), sale.id);
    expect(inspectionIds).toEqual([sold.id]);
    const seen = await house.quality.inspections.list(house.person('agent'), { limit: 50, order: 'newest' });
    expect(seen.items.filter(({ kind }) => kind === 'calibration')).toEqual([]);
    await expect(house.quality.calibrations.read(house.person('agent'), session.id)).rejects.toMatchObject({
      code: 'calibration-unknown',
    });
  });

  it('takes recordings that none of its people has judged, and refuses what cannot be compared', async () => {
    const known = await closed(3, house.person('ann').userId);
    await expect(open(2)).rejects.toMatchObject({ code: 'no-recordings' });
    const fresh = await closed(3);
    const session = await open(50);
    const taken = (await house.quality.calibrations.read(house.person('ben'), session.id)).mine.map(
      ({ recordingId }) => recordingId,
    );
    expect(taken.toSorted()).toEqual(fresh.toSorted());
    expect(taken.filter((id) => known.includes(id))).toEqual([]);
    await expect(open(2, [house.person('expert')])).rejects.toMatchObject({ code: 'expert-is-judge' });
    await expect(open(2, [house.person('agent')])).rejects.toMatchObject({ code: 'judge-unknown' });
  });

  it('ends when it is closed: what was not judged makes no pairs', async () => {
    await closed(2);
    const session = await open(2);
    await judge(house.person('expert'), session.id, () => null);
    await judge(house.person('ann'), session.id, () => null);
    const over = await house.quality.calibrations.close(house.person('manager'), session.id);
    expect(over.result?.byJudge.map(({ pairs }) => pairs)).toEqual([2, 0]);
    await expect(house.quality.calibrations.close(house.person('manager'), session.id)).rejects.toMatchObject({
      code: 'step-not-now',
    });
  });
});
