/** A complaint's second judgement (K3a): whoever gives it learns nowhere that somebody complained, nor what was found before, until it is given. */
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../../support/database.ts';
import { type JudgingHouse, makeJudgingHouse } from './judging-house.ts';

const roles = {
  agent: 'agent',
  ann: 'inspector',
  bob: 'inspector',
  supervisor: 'supervisor',
  manager: 'manager',
} as const;
const page = { limit: 50 };
const judges = ['ann', 'bob'] as const;

describe('the second judgement of a complaint', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<keyof typeof roles>;
  let call: Awaited<ReturnType<typeof house.conversation>>;
  let first: (typeof judges)[number];
  let other: (typeof judges)[number];

  /** Monday's sale, failed on Tuesday by one of two inspectors; on Wednesday its customer complains. */
  beforeEach(async () => {
    const settings = { quality: { dailyRate: 1, weeklyRate: 0, weeklyOverlap: 0 } };
    house = await makeJudgingHouse(database().database, { roles, now: '2026-11-23T15:00', settings });
    call = await house.conversation(house.person('agent'));
    await placed();
    house.clock.now = house.at('2026-11-24T00:01');
    const { judge, detail } = await house.drawn('daily');
    first = judge.userId === house.person('ann').userId ? 'ann' : 'bob';
    other = first === 'ann' ? 'bob' : 'ann';
    await house.score(judge, detail, 'understood');
    house.clock.now = house.at('2026-11-25T11:00');
  });

  /** As the dialler keeps the call: whom a complaint is about is found there. */
  async function placed(): Promise<void> {
    const { client } = house;
    const { attemptId: id, contactId, recordingId, agentId, number, connectedAt, endedAt, campaignId } = call;
    const now = new Date(connectedAt);
    const list = await client.contactList.create({
      data: { campaignId, name: 'List', fileName: 'list.csv', state: 'ready', importedAt: now },
    });
    await client.contact.create({
      data: { id: contactId, campaignId, listId: list.id, timeZone: 'Asia/Shanghai', dueAt: now },
    });
    const times = { intendedAt: now, placedAt: now, connectedAt: now, endedAt: new Date(endedAt) };
    const state = { state: 'ended', live: false, mode: 'progressive', callerId: '+12125550190', settingsVersion: 1 };
    await client.attempt.create({ data: { id, campaignId, contactId, agentId, number, ...times, ...state } });
    await client.recording.create({
      data: { id: recordingId ?? '', attemptId: id, campaignId, agentId, state: 'stored', talkStartedAt: now },
    });
  }

  async function complain(teller: keyof typeof roles): Promise<string> {
    const { attemptId } = call;
    const what = { kind: 'complaint', channel: 'hotline', words: 'I was tricked', serious: false } as const;
    const about = { attemptId, number: null, campaignId: null, recordingId: null, department: '' };
    const { id } = await house.quality.cases.open(house.person(teller), { ...what, ...about });
    await house.quality.sweep();
    return id;
  }
  const asked = () =>
    house.client.inspection.findFirstOrThrow({ where: { kind: 'forced', campaignId: call.campaignId } });

  /** Everything of quality's in which one person could find the complaint. */
  async function toldTo(name: keyof typeof roles) {
    const { quality } = house;
    const viewer = house.person(name);
    const list = (filter: object) => quality.inspections.list(viewer, { ...page, order: 'newest', ...filter });
    const { id } = await asked();
    const [shown] = (await list({})).items.filter((one) => one.id === id);
    const draws = (await quality.draws.list(viewer, page)).items.filter(({ kind }) => kind === 'daily');
    const items = await Promise.all(draws.map((draw) => quality.draws.items(viewer, draw.id, page)));
    const hidden = await quality.inspections.hidden(viewer, [call.attemptId]);
    return {
      kind: shown?.kind,
      reason: shown?.reason,
      drawn: shown && { by: shown.drawId, at: shown.drawnAt },
      byKind: (await list({ kind: 'forced' })).items.length,
      sinceToday: (await list({ from: house.at('2026-11-25T00:00') })).items.length,
      ofDraws: items.flatMap((each) => each.items).map(({ inspectionId, reason }) => ({ inspectionId, reason })),
      cases: (await quality.cases.list(viewer, page)).items.length,
      kept: hidden.complaint.has(call.attemptId),
    };
  }

  it('looks to every judge like what the lot drew of its day; to a manager like what it is', async () => {
    await complain('manager');
    const draw = await house.client.draw.findFirstOrThrow({ where: { kind: 'daily', campaignId: call.campaignId } });
    const like = {
      kind: 'daily',
      reason: 'lot',
      drawn: { by: draw.id, at: draw.drawnAt.getTime() },
      byKind: 0,
      sinceToday: 0,
      ofDraws: [{ inspectionId: null, reason: 'lot' }],
      cases: 0,
      kept: true,
    };
    expect(await toldTo(other)).toMatchObject(like);
    expect(await toldTo('supervisor')).toMatchObject(like);
    expect(await toldTo('manager')).toMatchObject({
      ...{ kind: 'forced', reason: 'complaint', byKind: 1, sinceToday: 1, cases: 1, kept: false },
      drawn: { by: null, at: house.clock.now },
    });
    // Drawn at the same moment, as far as the supervisor may know: page by page they stand as on one page.
    const newest = (limit: number, after?: string) =>
      house.quality.inspections.list(house.person('supervisor'), { limit, after, order: 'newest' });
    const { items } = await newest(50);
    expect(items).toHaveLength(2);
    for (const [index, item] of items.entries()) expect((await newest(1, String(index))).items).toEqual([item]);
    // As with a drawn one, the sale is named; what was found of it is not.
    const { id, saleId } = await asked();
    expect(saleId).toBe((await house.saleOf(call)).id);
    expect(await house.quality.inspections.open(house.person(other), id)).toMatchObject({
      ...{
        kind: 'daily',
        reason: 'lot',
        register: [],
        qualified: null,
        assignedTo: { id: house.person(other).userId },
      },
    });
  });

  it('once it is given, its judge reads why it was asked for, and the complaint', async () => {
    await complain('manager');
    const judge = house.person(other);
    const detail = await house.quality.inspections.open(judge, (await asked()).id);
    expect(await house.score(judge, detail, null)).toMatchObject({ kind: 'forced', reason: 'complaint' });
    expect(await toldTo(other)).toMatchObject({ kind: 'forced', byKind: 1, cases: 1, kept: false });
  });

  it('answers the version of the form that the first one answered, whatever was published since', async () => {
    const { client } = house;
    const of = { formId: 'valid-marketing', version: 1 };
    const { formId, body, draftedAt, publishedAt } = await client.formVersion.findUniqueOrThrow({
      where: { formId_version: of },
    });
    const next = { formId, version: 2, state: 'published', body: body ?? {}, draftedAt, publishedAt };
    await client.formVersion.create({ data: next });
    await complain('manager');
    expect(await asked()).toMatchObject({ formId, formVersion: 1 });
  });

  it('goes to nobody who took the complaint down, or did something in its case', async () => {
    const id = await complain(other);
    expect(await asked()).toMatchObject({ state: 'drawn', assignedTo: null });
    const names = async () =>
      (await house.quality.inspections.judges(house.person('manager'), (await asked()).id)).map((one) => one.id);
    expect(await names()).toEqual([house.person('supervisor').userId]);
    // Who took it down goes on with it.
    expect((await toldTo(other)).cases).toBe(1);
    expect((await toldTo('supervisor')).cases).toBe(0);
    await house.client.caseFile.update({ where: { id }, data: { ownerId: house.person('supervisor').userId } });
    expect((await toldTo('supervisor')).cases).toBe(1);
    expect(await names()).toEqual([]);
  });
});
