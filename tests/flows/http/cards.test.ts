import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsBehindRoutes } from '../../../src/contract/calls-behind.ts';
import { scorecardRoutes } from '../../../src/contract/scorecards.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

const hour = 3_600_000;
const scorecardCalls = callsBehindRoutes['GET /api/scorecards/:id/calls'].reply;
const day = 24 * hour;

/** The rig begins on Monday 5 January 2026, 17:00 in Shanghai; these tests look back from Thursday. */
describe('cards of teams and centres', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let monday: number;

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    const { client } = database().database;
    monday = rig.clock.now();
    const at = (ms: number) => new Date(monday + ms);
    const { campaignId, centreId, agentId } = house;
    // The agent joined long ago, worked on Monday and Wednesday; Tuesday is a holiday, Thursday nobody came.
    await client.user.updateMany({ where: { id: agentId }, data: { joinedAt: at(-90 * day) } });
    await client.calendarDay.create({
      data: { centreId, date: new Date('2026-01-06'), working: false, label: 'Holiday' },
    });
    for (const start of [0, 2 * day, 2 * day + hour])
      await client.agentInterval.create({
        data: { userId: agentId, campaignId, presence: 'signed-in', activity: 'ready', startedAt: at(start), endedAt: at(start + hour / 2) },
      }); // biome-ignore format: one interval a line says no more
    const sale = { campaignId, agentId, since: at(0), recordedAt: at(0), life: {} };
    await client.sale.createMany({
      data: ['void', 'valid', 'valid', 'billable'].map((state, n) => ({
        ...sale,
        state,
        attemptId: `00000000-0000-4000-8000-00000000000${n}`,
      })),
    });
    const file = {
      state: 'closed',
      channel: 'hotline',
      words: 'said',
      campaignId,
      openedAt: at(0),
      deadlineAt: at(30 * hour),
    };
    const complaint = await client.caseFile.create({
      data: { ...file, kind: 'complaint', agentId, closedAt: at(10 * hour), satisfaction: 'satisfied' },
    });
    await client.caseFile.create({ data: { ...file, kind: 'complaint', agentId, closedAt: at(40 * hour) } });
    await client.caseFile.create({ data: { ...file, kind: 'problem', state: 'open', agentId } });
    // A remark on a whole week names no agent: the centre answers for it, no team.
    await client.caseFile.create({ data: { ...file, kind: 'client-remark', closedAt: at(20 * hour) } });
    const task = {
      kind: 'return-call',
      campaignId,
      agentId,
      sourceAttemptId: house.attemptId,
      notBefore: at(0),
      deadlineAt: at(day),
      createdAt: at(0),
    };
    await client.taskCall.createMany({
      data: [
        { ...task, state: 'done', caseId: complaint.id, result: 'satisfied' },
        { ...task, state: 'done', result: 'fairly-satisfied' },
        // Of an earlier round of the case that ended well.
        { ...task, state: 'done', caseId: complaint.id, result: 'not-satisfied' },
        { ...task, state: 'done' },
        // Nobody was named to ring: it is of whom the case is about.
        { ...task, agentId: null, state: 'asked', caseId: complaint.id },
        { ...task, state: 'asked' },
        { ...task, state: 'withdrawn' },
      ],
    });
    // Two conversations whose records an inspector looked at; in the second the outcome was wrong.
    for (const [n, verdict] of ['pass', 'fail', 'not-applicable'].entries()) {
      const attemptId = `00000000-0000-4000-8000-00000000000${n}`;
      const recordingId = `00000000-0000-4000-9000-00000000000${n}`;
      const call = { campaignId, agentId, attemptId, recordingId };
      await client.conversation.create({
        data: { ...call, contactId: house.centreId, purpose: 'marketing', settingsVersion: 1, connectedAt: at(0), endedAt: at(0), talkMs: 0, day: at(0), closed: true },
      }); // biome-ignore format: one conversation a line says no more
      const { id: inspectionId } = await client.inspection.create({
        data: { ...call, kind: 'forced', state: 'closed', reason: 'complaint', formId: 'conduct', formVersion: 1, drawnAt: at(0), deadlineAt: at(day), scoredAt: at(hour), qualified: true },
      }); // biome-ignore format: one inspection a line says no more
      const answers = [{ criterion: 'records', verdict }];
      await client.registerEntry.create({
        data: { inspectionId, at: at(hour), entry: 'scored', qualified: true, answers },
      });
    }
    await rig.clock.advance(3 * day);
  });
  afterAll(() => rig.close());

  async function cards(who: Browser, subject: 'agent' | 'team' | 'centre') {
    const { body } = await who.ask('GET', `/api/scorecards?subject=${subject}`);
    return scorecardRoutes['GET /api/scorecards'].reply.parse(body).items;
  }

  test('have the workload, invalid rate, complaints and their handling, the client and the call-backs', async () => {
    const manager = await rig.signedIn('manager');
    const [team] = await cards(manager, 'team');
    expect(team).toMatchObject({
      subject: { id: house.teamIds[0], name: 'One' },
      attempts: 1,
      conversations: 1,
      complaints: 2,
      team: {
        invalidRate: { numerator: 1, denominator: 4, value: 0.25 },
        complaintsPerThousandConversations: 2000,
        complaintsPerTenThousandSales: 5000,
        handlingHours: { median: 25, longest: 40, count: 2 },
        clientAnsweredInTime: { denominator: 0, value: null },
        completion: { numerator: 4, denominator: 6 },
        satisfaction: { numerator: 2, denominator: 4 },
        satisfied: 1,
        fairlySatisfied: 1,
        resolution: { numerator: 2, denominator: 3 },
        recordAccuracy: { numerator: 1, denominator: 2 },
      },
    });
    const [centre] = await cards(manager, 'centre');
    expect(centre).toMatchObject({
      subject: { id: house.centreId, name: 'Centre' },
      team: { clientAnsweredInTime: { numerator: 1, denominator: 1 }, invalidRate: { numerator: 1, denominator: 4 } },
    });
  });

  test('of the whole centre are not given to a lead, and agents have no part of a team', async () => {
    const lead = await rig.signedIn('lead');
    expect(await cards(lead, 'centre')).toEqual([]);
    const path = `/api/scorecards/${house.centreId}/calls?figure=attempts&subject=centre`;
    expect((await lead.ask('GET', path)).status).toBe(404);
    expect((await (await rig.signedIn('manager')).ask('GET', path)).status).toBe(200);
    expect((await cards(lead, 'agent'))[0]?.team).toBeNull();
  });

  test('say attendance by the working days of the centre so far', async () => {
    const [card] = await cards(await rig.signedIn('agent'), 'agent');
    // Monday, Wednesday and Thursday were working days; the holiday counts for nobody.
    expect(card?.attendance).toMatchObject({ numerator: 2, denominator: 3 });
  });

  test('time the questions within a call: answered in five minutes, later, or given to the problem desk (A5)', async () => {
    const { client } = database().database;
    const { attemptId } = house;
    const agent = await rig.signedIn('agent');
    const press = (what: '' | '/answered', who = agent) =>
      who.ask('POST', `/api/agent/questions${what}`, { attemptId });
    // The call is over: no customer is there to ask.
    expect((await press('')).status).toBe(409);
    const now = new Date(rig.clock.now());
    await client.attempt.update({ where: { id: attemptId }, data: { connectedAt: now, endedAt: null } });
    expect((await press('', await rig.signedIn('agent2'))).status).toBe(404);
    const minutes = (many: number) => rig.clock.advance(many * 60_000);
    for (const took of [2, 5, 6]) {
      const { body } = await press('');
      await minutes(took / 2);
      // A second press, or window, starts no second clock.
      expect((await press('')).body).toEqual(body);
      expect(body).toMatchObject({ limitMs: 300_000, openSince: rig.clock.now() - took * 30_000 });
      await minutes(took / 2);
      expect((await press('/answered')).body).toMatchObject({ openSince: null });
    }
    await press('');
    await minutes(7);
    const shown = await agent.ask('GET', `/api/agent/questions?attemptId=${attemptId}`);
    expect(shown.body).toMatchObject({
      openSince: rig.clock.now() - 7 * 60_000,
      answered: [{ tookMs: 120_000 }, { tookMs: 300_000 }, { tookMs: 360_000 }],
    });
    const figures = async (disposition: string) => {
      await client.attempt.update({
        where: { id: attemptId },
        data: { endedAt: new Date(rig.clock.now()), disposition },
      });
      const [card] = await cards(await rig.signedIn('manager'), 'agent');
      const behind = async (figure: string) => {
        const { body } = await agent.ask('GET', `/api/scorecards/${house.agentId}/calls?period=week&figure=${figure}`);
        return scorecardCalls.parse(body).total;
      };
      const lists = [
        await behind('questions-in-time'),
        await behind('questions-answered'),
        await behind('questions-handed-over'),
      ];
      expect(lists).toEqual([
        card?.questionsInTime.numerator,
        card?.questionsInTime.denominator,
        card?.questionsHandedOver,
      ]);
      return lists;
    };
    expect(await figures('question')).toEqual([2, 3, 1]);
    // Neither answered nor handed over, it lasted as long as the call.
    expect(await figures('refused')).toEqual([2, 4, 0]);
  });

  test('find months of shortfall in a row', async () => {
    const { client } = database().database;
    const weights = {
      effectiveRate: 0,
      utilization: 0,
      sales: 1,
      complaints: 0,
      selfCheck: 0,
      conduct: 0,
      attendance: 0,
    };
    const manager = await rig.signedIn('manager');
    expect((await manager.ask('PUT', '/api/scorecard-weights', { weights, preview: false })).status).toBe(200);
    for (const month of ['2025-10', '2025-11', '2025-12']) {
      const startedAt = new Date(`${month}-10T04:00:00Z`);
      await client.agentInterval.create({
        data: { userId: house.agentId, presence: 'signed-in', activity: 'ready', startedAt, endedAt: new Date(startedAt.getTime() + hour) },
      }); // biome-ignore format: one interval a line says no more
    }
    const ask = async () =>
      scorecardRoutes['GET /api/scorecard-streaks'].reply.parse(
        (await manager.ask('GET', '/api/scorecard-streaks')).body,
      ).items;
    // Three months without a single valid sale, which is all that counts here.
    expect(await ask()).toEqual([{ agent: { id: house.agentId, name: 'Name of agent' }, mark: 'short', months: 3 }]);
    expect((await (await rig.signedIn('agent')).ask('GET', '/api/scorecard-streaks')).status).toBe(403);
    // The centre says what short is: under nothing nobody is.
    const change = (limits: object) =>
      manager.ask('PUT', '/api/scorecard-weights', { weights: { ...weights, ...limits }, preview: false });
    expect((await change({ shortBelow: 0 })).status).toBe(200);
    expect(await ask()).toEqual([]);
    expect((await change({ shortBelow: 60, excellentFrom: 50 })).status).toBe(400);
    expect((await manager.ask('GET', '/api/scorecard-weights')).body).toMatchObject({
      shortBelow: 0,
      excellentFrom: 90,
    });
  });

  test('of one agent alone say what they say among all: the same figures, and the rank among everybody', async () => {
    const { client } = database().database;
    const { campaignId, agentId, centreId } = house;
    const { id: otherId } = await client.user.findUniqueOrThrow({ where: { username: 'agent2' } });
    const at = new Date(rig.clock.now() - hour);
    // The other agent's only sale was found valid, this one's was not; both were visited.
    for (const [n, id] of [agentId, otherId].entries()) {
      const call = { campaignId, agentId: id, attemptId: randomUUID(), recordingId: randomUUID() };
      await client.conversation.create({
        data: { ...call, contactId: centreId, purpose: 'marketing', settingsVersion: 1, connectedAt: at, endedAt: at, talkMs: 0, day: at, disposition: 'sale' },
      }); // biome-ignore format: one conversation a line says no more
      await client.inspection.create({
        data: { ...call, kind: 'daily', state: 'closed', reason: 'lot', drawId: randomUUID(), probability: 0.5, formId: 'valid-marketing', formVersion: 1, drawnAt: at, deadlineAt: at, scoredAt: at, qualified: n === 1, failed: n === 1 ? [] : ['understood'] },
      }); // biome-ignore format: one inspection a line says no more
      await client.patrol.create({
        data: { at, inspectorId: agentId, agentId: id, observation: '', marks: { manner: 60 + 20 * n } },
      });
    }
    const lead = await rig.signedIn('lead');
    const all = await cards(lead, 'agent');
    const told = all.map(({ subject, rank, conductMarks }) => [subject.id, rank, conductMarks]);
    expect(told).toEqual(expect.arrayContaining([[agentId, 2, 60], [otherId, 1, 80]])); // biome-ignore format: two cards
    for (const card of all) {
      const { body } = await lead.ask('GET', `/api/scorecards/${card.subject.id}?period=week&count=1`);
      expect(scorecardRoutes['GET /api/scorecards/:id'].reply.parse(body).items).toEqual([card]);
    }
  });
});
