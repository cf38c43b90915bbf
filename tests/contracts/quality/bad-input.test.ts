import { describe, expect, it } from 'vitest';
import { verifyDraw } from '../../../qa/rules/sampling.ts';
import { samplingStore } from '../../../qa/adapters/store/draws.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type JudgingHouse, makeJudgingHouse } from './judging-house.ts';

const roles = {
  agent: 'agent',
  other: 'agent',
  inspector: 'inspector',
  supervisor: 'supervisor',
  manager: 'manager',
} as const;

describe('odd input of draws', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<keyof typeof roles>;

  const open = async (settings: object, now = '2026-11-23T15:00', timeZone = 'Asia/Shanghai') => {
    house = await makeJudgingHouse(database().database, { roles, now, timeZone, settings: { quality: settings } });
  };
  const agent = () => house.person('agent');
  const draws = (kind = 'daily') =>
    house.client.draw.findMany({
      where: { campaignId: house.world.campaignId, kind },
      include: { items: true },
      orderBy: [{ periodFrom: 'asc' }, { round: 'asc' }],
    });
  async function tomorrow(): Promise<void> {
    house.clock.now = house.at('2026-11-24T00:00');
    await house.quality.drawDue();
  }
  async function same(id: string): Promise<boolean> {
    const stored = await samplingStore(database().database).stored(id);
    return stored !== null && verifyDraw({ ...stored, keyCommitment: stored.commitment }).same;
  }

  it('a day on which nobody was spoken to has no draw; one without a sale has an empty one, which can be verified', async () => {
    await open({});
    await tomorrow();
    expect(await draws()).toEqual([]);
    await open({});
    await house.conversation(agent(), { disposition: 'refused', detail: { kind: 'refused' } });
    await tomorrow();
    const [draw] = await draws();
    expect(draw).toMatchObject({ frameSize: 0, size: 0, items: [] });
    expect(await same(draw?.id ?? '')).toBe(true);
    await house.quality.drawDue();
    expect(await draws()).toHaveLength(1);
  });

  it('a sale stands at the end of its call, however late it is heard of', async () => {
    await open({});
    const endedAt = house.at('2026-11-22T23:58');
    const heard = await house.conversation(agent(), { connectedAt: endedAt - 240_000, endedAt });
    expect((await house.saleOf(heard)).recordedAt).toEqual(new Date(endedAt));
    // A clock that went back: nothing stands in the future.
    const ahead = await house.conversation(agent(), { endedAt: house.clock.now + 60_000 });
    expect((await house.saleOf(ahead)).recordedAt).toEqual(new Date(house.clock.now));
  });

  it('a frame of one is drawn for certain, whatever the rate', async () => {
    await open({ dailyRate: 0.01 });
    await house.conversation(agent());
    await tomorrow();
    expect(await draws()).toMatchObject([{ frameSize: 1, size: 1, items: [{ probability: 1 }] }]);
  });

  it.each([
    [0, ['short']],
    [1, ['lot', 'lot', 'lot', 'lot', 'short']],
  ])('at a rate of %d nothing hangs on the lot, and each recording says so', async (dailyRate, reasons) => {
    await open({ dailyRate, forced: { shorterThanSeconds: 10 } });
    for (let index = 0; index < 4; index += 1) await house.conversation(agent());
    await house.conversation(agent(), { talkMs: 9_000 });
    await tomorrow();
    const [draw] = await draws();
    expect(draw?.items.map(({ reason }) => reason).toSorted()).toEqual(reasons);
    expect(draw?.items.every(({ probability }) => probability === 1)).toBe(true);
    expect(await same(draw?.id ?? '')).toBe(true);
  });

  it.each([
    [0, 0],
    [1, 3],
  ])(
    'a week at a rate of %d draws %d of its three; an overlap larger than the week is all that the days drew',
    async (weeklyRate, size) => {
      await open({ dailyRate: 1, weeklyRate, weeklyOverlap: 9 });
      for (let index = 0; index < 3; index += 1) await house.conversation(agent());
      house.clock.now = house.at('2026-11-30T00:00');
      await house.quality.drawDue();
      const [weekly] = await draws('weekly');
      expect(weekly).toMatchObject({ frameSize: 3, size });
      expect(weekly?.items.every(({ probability, reason }) => probability === 1 && reason === 'lot')).toBe(true);
      const [overlap] = await draws('overlap');
      expect(overlap).toMatchObject({ frameSize: 3, size: 3 });
      expect([await same(weekly?.id ?? ''), await same(overlap?.id ?? '')]).toEqual([true, true]);
    },
  );

  it('a recording without sound or length is in the frame as it is; forced rules do not choke on it', async () => {
    await open({ dailyRate: 0, forced: { shorterThanSeconds: 10, longerThanSeconds: 100 } });
    const facts = await house.conversation(agent(), { talkMs: 0 }, { stored: false });
    await house.quality.intake.recordingStored({ ...house.recordingOf(facts, 'stored'), durationMs: null });
    await tomorrow();
    expect(await draws()).toMatchObject([{ frameSize: 1, items: [{ reason: 'short' }] }]);
  });

  it('agents who left before the draw are drawn, judged and carded like everybody, and their corrective call is wished for', async () => {
    await open({});
    const facts = await house.conversation(agent());
    await house.client.user.update({ where: { id: agent().userId }, data: { active: false } });
    house.clock.now = house.at('2026-11-24T00:01');
    const { judge, detail } = await house.drawn('daily');
    await house.score(judge, detail, 'understood');
    expect(await house.saleOf(facts)).toMatchObject({ state: 'unqualified' });
    // The dialler gives a call of somebody who has left to anybody.
    expect((await house.handoffs('task-call-wanted')).at(-1)).toMatchObject({ payload: { agentId: agent().userId } });
    const cards = await house.quality.scorecards.cards(house.person('manager'), { period: 'week', subject: 'agent' });
    expect(cards.find(({ subject }) => subject.id === agent().userId)).toMatchObject({ sales: 1, inspected: 1 });
    // Nobody disputes for them: the result stands when the time is over.
    house.clock.now = house.at('2026-12-05T09:00');
    await house.quality.sweep();
    expect(await house.client.inspection.findUnique({ where: { id: detail.id } })).toMatchObject({ state: 'closed' });
  });

  it.each([
    [3, 5],
    [10, 12],
  ])(
    'who is inspected more closely at %d times the rate has %d of twelve drawn',
    async (tightenedMultiple, expected) => {
      await open({ dailyRate: 0.1, weeklyRate: 0, tightenedMultiple });
      await house.conversation(agent());
      house.clock.now = house.at('2026-11-24T09:00');
      const { judge, detail } = await house.drawn('daily');
      await house.score(judge, detail, 'understood');
      for (let index = 0; index < 12; index += 1) await house.conversation(agent());
      house.clock.now = house.at('2026-11-25T09:00');
      await house.quality.drawDue();
      expect((await draws()).at(-1)).toMatchObject({ frameSize: 12, size: expected });
      // What the page of levels says is what is drawn.
      expect(await house.quality.inspections.levels(agent())).toMatchObject([{ rate: 0.1 * tightenedMultiple }]);
    },
  );

  it('a make-up working day is one: it counts for the deadline of what the day before drew, and its own is drawn at its close', async () => {
    await open({ dailyRate: 1, weeklyRate: 0 }, '2026-11-26T15:00');
    await house.client.calendarDay.create({
      data: { centreId: house.world.centreId, date: new Date('2026-11-28'), label: 'Make-up day', working: true },
    });
    await house.conversation(agent());
    house.clock.now = house.at('2026-11-27T00:01');
    await house.quality.drawDue();
    // Handed out on the Friday, for one working day: to the end of the Saturday, which is worked.
    const asked = { where: { campaignId: house.world.campaignId } };
    const { deadlineAt } = await house.client.inspection.findFirstOrThrow(asked);
    expect(deadlineAt.getTime()).toBe(house.at('2026-11-29T00:00'));
    house.clock.now = house.at('2026-11-28T15:00');
    const saturday = await house.conversation(agent());
    house.clock.now = house.at('2026-11-29T00:00');
    await house.quality.drawDue();
    expect(await draws()).toMatchObject([
      { periodFrom: new Date('2026-11-26') },
      { periodFrom: new Date('2026-11-28'), items: [{ recordingId: saturday.recordingId }] },
    ]);
  });

  it.each([
    // Clocks go on at 02:00 (23 hours) and back at 02:00 (25 hours).
    ['2026-03-08', '2026-03-09', 23, 'T05:00:00Z'],
    ['2026-11-01', '2026-11-02', 25, 'T04:00:00Z'],
  ])(
    'the frame of %s in New York ends at the midnight of the clocks, %s, after %d hours',
    async (day, next, hours, begins) => {
      await open({ dailyRate: 1, weeklyRate: 0 }, `${day}T00:00`, 'America/New_York');
      const start = Date.parse(`${day}${begins}`);
      expect(house.at(`${day}T00:00`)).toBe(start);
      const end = start + hours * 3_600_000;
      const called = async (at: number) => {
        house.clock.now = at + 60_000;
        return house.conversation(agent(), { connectedAt: at, endedAt: at + 60_000, talkMs: 60_000 });
      };
      const own = [await called(start), await called(start + 2 * 3_600_000), await called(end - 1)];
      const foreign = [await called(start - 1), await called(end)];
      const drawnOf = async () =>
        (await draws())
          .find(({ periodFrom }) => periodFrom.toISOString().startsWith(day))
          ?.items.map((item) => item.recordingId);
      house.clock.now = end - 1;
      await house.quality.drawDue();
      expect(await drawnOf()).toBeUndefined();
      house.clock.now = end;
      await house.quality.drawDue();
      const drawn = await drawnOf();
      expect(drawn?.toSorted()).toEqual(own.map(({ recordingId }) => recordingId).toSorted());
      expect(drawn).not.toContain(foreign[0]?.recordingId);
      // Handed out on the Monday, for one working day: to the end of Tuesday by the clocks of that week.
      const { deadlineAt } = await house.client.inspection.findFirstOrThrow({
        where: { recordingId: own[0]?.recordingId ?? '' },
      });
      expect(deadlineAt.toISOString()).toBe(
        day === '2026-03-08' ? '2026-03-11T04:00:00.000Z' : '2026-11-04T05:00:00.000Z',
      );
      expect(end).toBe(house.at(`${next}T00:00`));
    },
  );
});
