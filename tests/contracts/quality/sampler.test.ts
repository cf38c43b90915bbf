import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationIntake } from '../../../qa/adapters/store/conversations.ts';
import { samplingStore } from '../../../qa/adapters/store/draws.ts';
import type { CampaignQuality } from '../../../qa/ports/surroundings.ts';
import { commitmentOf, verifyDraw } from '../../../qa/rules/sampling.ts';
import { createSampler } from '../../../qa/workflow/sampler.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { useTestDatabase } from '../../support/database.ts';

const zone = 'Asia/Shanghai';
const monday = '2026-11-23';
const at = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();

describe('draws on the database', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let campaign: CampaignQuality;
  let now: number;
  let secret: string;
  const agents = Array.from({ length: 6 }, () => randomUUID());

  beforeAll(() => {
    client = database().database.client;
  });
  beforeEach(() => {
    now = at(`${monday}T23:59`);
    secret = randomUUID();
    campaign = {
      campaignId: randomUUID(),
      centreId: randomUUID(),
      clientId: randomUUID(),
      name: 'Campaign',
      purpose: 'marketing',
      timeZone: zone,
      calendar: {
        addWorkingDays: (from, days) => from + days * 86_400_000,
        subtractWorkingDays: (before, days) => before - days * 86_400_000,
      },
      trialDays: 0,
      frame: 'sales',
      dailyRate: 0.1,
      weeklyRate: 0.05,
      weeklyOverlap: 2,
      tightenedMultiple: 3,
      recheckAll: false,
      correctiveDeadlineWorkingDays: 1,
      holdForQuality: false,
      twoStepClose: false,
      replyWithinDays: 1,
      forced: { longerThanSeconds: null, shorterThanSeconds: null, firstDaysOfAgent: 0, complaints: true },
    };
  });

  const store = () => samplingStore(database().database);
  /** Campaigns whose turn comes before ours. */
  let before: CampaignQuality[] = [];
  const sampler = (raised: { agentId: string; rate: number; minimum: number }[] = []) =>
    createSampler({
      store: store(),
      campaigns: { all: async () => [...before, campaign], of: async () => campaign },
      forms: { newest: async (formId) => ({ formId, formVersion: 1 }) },
      clock: { now: () => now },
      raised: async () => raised,
      secret,
      publish: () => undefined,
    });
  async function talk(count: number, day = monday, { sale = true, stored = true } = {}): Promise<string[]> {
    const intake = conversationIntake(client);
    const ids = [];
    for (let index = 0; index < count; index += 1) {
      const attemptId = randomUUID();
      const recordingId = randomUUID();
      const connectedAt = at(`${day}T10:00`) + index * 60_000;
      await intake.close({
        attemptId,
        campaignId: campaign.campaignId,
        contactId: randomUUID(),
        agentId: agents[index % agents.length] ?? '',
        teamId: null,
        purpose: 'marketing',
        settingsVersion: 1,
        scriptVersionId: null,
        connectedAt,
        endedAt: connectedAt + 60_000,
        talkMs: 60_000,
        day,
        disposition: sale ? 'sale' : 'refused',
        detail: {},
        selfCheck: null,
        mustSayTicked: [],
        note: '',
        origin: null,
        demo: false,
        recordingId,
      });
      if (stored)
        await intake.recording({
          recordingId,
          attemptId,
          state: 'stored',
          durationMs: 60_000,
          agentTalkShare: null,
          storedAt: connectedAt + 90_000,
        });
      ids.push(recordingId);
    }
    return ids;
  }
  const draws = (kind: string) =>
    client.draw.findMany({
      where: { campaignId: campaign.campaignId, kind },
      orderBy: { round: 'asc' },
      include: { items: true },
    });

  it('draws nothing before the day is over, and 10 % rounded up when it is, with an inspection for each', async () => {
    await talk(61);
    await talk(20, monday, { sale: false });
    expect((await sampler().drawDue()).made).toEqual([]);
    now = at('2026-11-24T00:00');
    expect((await sampler().drawDue()).made).toMatchObject([{ kind: 'daily' }]);
    const [draw] = await draws('daily');
    expect(draw).toMatchObject({ frameSize: 61, round: 0, late: 0 });
    // 7 by lot; an agent the lot left out is added, since all are drawn at least once a week.
    expect(draw?.items.filter(({ reason }) => reason === 'lot')).toHaveLength(7);
    expect(new Set(draw?.items.map(({ agentId }) => agentId)).size).toBe(6);
    expect(await client.inspection.count({ where: { drawId: draw?.id ?? '' } })).toBe(draw?.size);
    expect((await sampler().drawDue()).made).toEqual([]);
  });

  it('draws for the others where one campaign cannot be drawn for, and says so', async () => {
    await talk(10);
    now = at('2026-11-24T00:00');
    before = [{ ...campaign, campaignId: randomUUID(), timeZone: 'Nowhere/Town' }];
    await expect(sampler().drawDue()).rejects.toThrow(/^1 of 2 failed, the first with: /);
    expect(await draws('daily')).toHaveLength(1);
    before = [];
  });

  it('draws late recordings in a round of their own for their own day', async () => {
    await talk(20);
    now = at('2026-11-24T00:00');
    await sampler().drawDue();
    await talk(5);
    await sampler().drawDue();
    const [first, second] = await draws('daily');
    expect(second).toMatchObject({ round: 1, frameSize: 5, late: 5, size: 1 });
    expect(first?.periodFrom).toEqual(second?.periodFrom);
    expect(second?.items.every(({ late }) => late)).toBe(true);
  });

  it('draws the week independently, with a blind overlap tied to the centre’s own inspections', async () => {
    await talk(40, '2026-11-24');
    await talk(40, '2026-11-29');
    now = at('2026-11-30T00:01');
    const { made } = await sampler().drawDue();
    expect(made.map(({ kind }) => kind)).toEqual(['daily', 'daily', 'weekly', 'overlap']);
    expect(await draws('weekly')).toMatchObject([{ frameSize: 80, size: 4 }]);
    const pairs = await client.inspection.findMany({ where: { campaignId: campaign.campaignId, kind: 'overlap' } });
    expect(pairs).toHaveLength(2);
    for (const pair of pairs) expect(pair.pairId).not.toBeNull();
    // 8 or more are drawn daily and 4 weekly, so that enough are left of which no supervisor has judged one yet.
    const [weekly] = await draws('weekly');
    const [overlap] = await draws('overlap');
    const own = new Set(weekly?.items.map(({ recordingId }) => recordingId));
    expect(overlap?.items.filter(({ recordingId }) => own.has(recordingId))).toEqual([]);
    const stored = await store().stored(overlap?.id ?? '');
    if (stored === null) throw new Error('the overlap cannot be read back');
    expect(verifyDraw({ ...stored, keyCommitment: stored.commitment })).toMatchObject({ same: true, drawnSize: 2 });
  });

  it('is made once, however many processes try', async () => {
    await talk(20);
    now = at('2026-11-24T00:00');
    const results = await Promise.all([sampler().drawDue(), sampler().drawDue(), sampler().drawDue()]);
    expect(results.flatMap(({ made }) => made)).toHaveLength(1);
  });

  it('is what its stored frame and key say, and its key was committed to before the day was over', async () => {
    await talk(30);
    await sampler().drawDue(); // while the day runs
    const promised = await client.drawKey.findFirstOrThrow({
      where: { campaignId: campaign.campaignId, kind: 'daily' },
    });
    now = at('2026-11-24T00:00');
    await sampler([{ agentId: agents[0] ?? '', rate: 0.6, minimum: 3 }]).drawDue();
    const [draw] = await draws('daily');
    expect(draw?.commitment).toBe(promised.commitment);
    const stored = await store().stored(draw?.id ?? '');
    if (stored === null) throw new Error('the draw cannot be read back');
    expect(verifyDraw({ ...stored, keyCommitment: stored.commitment })).toMatchObject({ same: true, differences: [] });
    expect(verifyDraw({ ...stored, keyCommitment: stored.commitment, drawn: stored.drawn.slice(1) }).same).toBe(false);
    expect(draw?.items.filter(({ agentId }) => agentId === agents[0]).length).toBeGreaterThanOrEqual(3);
  });

  it('says for ever that its promise was not kept when the secret was changed meanwhile, and is drawn all the same', async () => {
    await talk(30);
    await sampler().drawDue();
    secret = randomUUID();
    now = at('2026-11-24T00:00');
    await sampler().drawDue();
    const [draw] = await draws('daily');
    const stored = await store().stored(draw?.id ?? '');
    if (stored === null) throw new Error('the draw cannot be read back');
    expect(draw?.size).toBeGreaterThanOrEqual(3);
    const { same, differences } = verifyDraw({ ...stored, keyCommitment: stored.commitment });
    expect({ same, faults: differences.map(({ fault }) => fault) }).toEqual({
      same: false,
      faults: ['promise-not-kept'],
    });
    // The next day is promised by the new secret, and holds.
    await talk(30, '2026-11-24');
    now = at('2026-11-25T00:00');
    await sampler().drawDue();
    const [, next] = await draws('daily');
    const kept = await store().stored(next?.id ?? '');
    expect(kept?.promise).toBe(next?.commitment);
  });

  it('keeps a promise that was made before keys were kept outside the database', async () => {
    const key = 'ab'.repeat(32);
    const periodFrom = new Date(monday);
    const row = { campaignId: campaign.campaignId, kind: 'daily', periodFrom, committedAt: new Date(now) };
    await client.drawKey.create({ data: { ...row, key, commitment: commitmentOf(key) } });
    await talk(30);
    await sampler().drawDue();
    now = at('2026-11-24T00:00');
    await sampler().drawDue();
    const [draw] = await draws('daily');
    expect(draw).toMatchObject({ key, commitment: commitmentOf(key) });
    const stored = await store().stored(draw?.id ?? '');
    expect(stored !== null && verifyDraw({ ...stored, keyCommitment: stored.commitment }).same).toBe(true);
  });

  it('leaves recordings that are not stored for a later round and never draws one twice', async () => {
    await talk(10, monday, { stored: false });
    await talk(10);
    now = at('2026-11-24T00:00');
    await sampler().drawDue();
    expect(await draws('daily')).toMatchObject([{ frameSize: 10 }]);
  });

  it('cannot be changed or removed in the database', async () => {
    await talk(10);
    now = at('2026-11-24T00:00');
    await sampler().drawDue();
    await expect(client.$executeRaw`update qa_draw_item set reason = 'lot'`).rejects.toThrow(/append-only/);
    await expect(client.$executeRaw`delete from qa_draw`).rejects.toThrow(/append-only/);
  });
});
