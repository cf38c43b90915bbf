import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { callsBehindRoutes, type FigureName } from '../../../src/contract/calls-behind.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { type Scorecard, scorecardRoutes } from '../../../src/contract/scorecards.ts';
import { type SummaryContent, summary, summaryContent, type WeekFigures } from '../../../src/contract/summaries.ts';
import { fillWeek } from '../../fixtures/week.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

const hour = 3_600_000;
const weekBefore = { start: Date.UTC(2025, 11, 28, 16), end: Date.UTC(2026, 0, 4, 16) };
/** The week of Monday 5 January 2026 in Shanghai, in which the rig begins. */
const week = { start: Date.UTC(2026, 0, 4, 16), end: Date.UTC(2026, 0, 11, 16) };

type Opened = { figure: FigureName; detail?: string; says: number };

/** Every figure of a week that counts something, with what it says. */
function figuresOf(figures: WeekFigures): Opened[] {
  const each = (figure: FigureName, counts: Record<string, number>): Opened[] =>
    Object.entries(counts).map(([detail, says]) => ({ figure, detail, says }));
  return [
    { figure: 'attempts', says: figures.attempts },
    { figure: 'answered', says: figures.answered },
    { figure: 'conversations', says: figures.conversations },
    { figure: 'abandoned', says: figures.abandoned },
    { figure: 'connected-or-abandoned', says: figures.abandonRate.denominator },
    { figure: 'sales', says: figures.sales },
    { figure: 'valid-sales', says: figures.validSales },
    { figure: 'inspected-sales', says: figures.inspected },
    { figure: 'qualified-sales', says: figures.effectiveRate.numerator },
    ...each('unqualified-sales', figures.unqualifiedByCriterion),
    { figure: 'corrective-asked', says: figures.correctiveCalls.asked },
    { figure: 'corrective-done', says: figures.correctiveCalls.done },
    { figure: 'corrective-confirmed', says: figures.correctiveCalls.confirmed },
    { figure: 'corrective-open', says: figures.correctiveCalls.asked - figures.correctiveCalls.done },
    { figure: 'opt-outs', says: figures.optOuts },
    { figure: 'complaints', says: figures.complaints.opened },
    { figure: 'complaints-valid', says: figures.complaints.valid },
    { figure: 'complaints-closed', says: figures.complaints.closed },
    { figure: 'complaints-overdue', says: figures.complaints.overdue },
    { figure: 'complaints-satisfied', says: figures.complaints.answers?.satisfied ?? -1 },
    { figure: 'complaints-fairly-satisfied', says: figures.complaints.answers?.fairlySatisfied ?? -1 },
    { figure: 'complaints-not-satisfied', says: figures.complaints.answers?.notSatisfied ?? -1 },
    { figure: 'recordings-expected', says: figures.recordings.expected },
    { figure: 'recordings-stored', says: figures.recordings.stored },
    { figure: 'recordings-missing', says: figures.recordings.missing },
    ...each('outcome', figures.outcomes),
    ...each('disposition', figures.dispositions),
  ];
}

function figuresOfTeam(team: NonNullable<Scorecard['team']>): Opened[] {
  return [
    { figure: 'void-sales', says: team.invalidRate.numerator },
    { figure: 'complaints-handled', says: team.handlingHours.count },
    { figure: 'client-remarks', says: team.clientAnsweredInTime.denominator },
    { figure: 'client-remarks-in-time', says: team.clientAnsweredInTime.numerator },
    { figure: 'return-calls', says: team.completion.denominator },
    { figure: 'return-calls-done', says: team.completion.numerator },
    { figure: 'return-calls-content', says: team.satisfaction.numerator },
    { figure: 'return-calls-satisfied', says: team.satisfied },
    { figure: 'return-calls-fairly-satisfied', says: team.fairlySatisfied },
    { figure: 'cases-reported', says: team.resolution.denominator },
    { figure: 'cases-solved', says: team.resolution.numerator },
    { figure: 'records-checked', says: team.recordAccuracy.denominator },
    { figure: 'records-accurate', says: team.recordAccuracy.numerator },
  ];
}

/** Pauses, wrap-ups and waiting besides the talks: over midnights, over the edges of the week, and one that is still open. */
async function fillTimes(
  client: PrismaClient,
  { campaignId, agentIds }: { campaignId: string; agentIds: string[] },
  { start }: { start: number },
) {
  const spans = [
    { presence: 'signed-in', activity: 'ready', from: -20, hours: 24 },
    { presence: 'signed-in', activity: 'wrap-up', from: 30.7, hours: 1.3 },
    { presence: 'on-break', activity: 'idle', from: 47.5, hours: 1 },
    ...[0, 1, 2, 3, 4, 5, 6].map((day) => ({
      presence: 'signed-in',
      activity: 'ready',
      from: day * 24 + 23,
      hours: 2,
    })),
  ];
  const at = (hours: number) => new Date(start + hours * hour);
  await client.agentInterval.createMany({
    data: agentIds.flatMap((userId) =>
      spans.map(({ from, hours, ...what }) => ({
        ...what,
        userId,
        campaignId,
        startedAt: at(from),
        endedAt: at(from + hours),
      })),
    ),
  });
  const [first] = agentIds;
  if (first === undefined) throw new Error('no agents');
  const open = { presence: 'signed-in', activity: 'ready', startedAt: at(7 * 24 - 5), endedAt: null };
  await client.agentInterval.create({ data: { ...open, userId: first, campaignId } });
}

describe('the calls behind a figure', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let agentIds: string[];
  let manager: Browser;
  let content: SummaryContent;
  let url: string;

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    const { client } = database().database;
    const agents = await client.user.findMany({ where: { role: 'agent' }, orderBy: { username: 'asc' } });
    agentIds = agents.map(({ id }) => id);
    const { contactId } = await client.attempt.findUniqueOrThrow({ where: { id: house.attemptId } });
    const owners = { campaignId: house.campaignId, contactId, agentIds };
    await fillWeek(client, owners, week, { seed: 11, attempts: 300 });
    await fillWeek(client, owners, weekBefore, { seed: 12, attempts: 200 });
    await fillTimes(client, owners, week);
    await client.$executeRaw`
      update qa_case k set satisfaction = (array['satisfied', 'fairly-satisfied', 'not-satisfied'])[1 + o.n % 3]
        from (select id, row_number() over (order by opened_at, id) as n from qa_case where kind = 'complaint') o where o.id = k.id`;
    await rig.clock.advance(week.end + 6 * hour - rig.clock.now());
    manager = await rig.signedIn('manager');
    // By hand, and so before the week before, which is nothing but compared with.
    const made = await manager.ask('POST', `/api/campaigns/${house.campaignId}/week/publish`, { day: '2026-01-07' });
    url = `/api/summaries/${summary.parse(made.body).id}`;
    content = summary.parse((await manager.ask('GET', url)).body).content;
  });
  afterAll(() => rig.close());

  /** All pages of a list. `total` must have said how long it is. */
  async function list(who: Browser, path: string, query: Record<string, string>, limit = 400) {
    const schema = callsBehindRoutes['GET /api/summaries/:id/calls'].reply;
    const items: z.infer<typeof schema>['items'] = [];
    let after: string | null = null;
    let total: number | null = null;
    do {
      const parts = new URLSearchParams({ ...query, limit: String(limit), ...(after === null ? {} : { after }) });
      const page = schema.parse((await who.ask('GET', `${path}/calls?${parts}`)).body);
      total ??= page.total;
      items.push(...page.items);
      after = page.next;
    } while (after !== null);
    expect(total).toBe(items.length);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    return items;
  }
  const asked = ({ figure, detail }: { figure: FigureName; detail?: string }) => ({
    figure,
    ...(detail === undefined ? {} : { detail }),
  });
  async function expectCounts(figures: WeekFigures, path: string, query: Record<string, string> = {}) {
    for (const opened of figuresOf(figures)) {
      const found = (await list(manager, path, { ...query, ...asked(opened) })).length;
      expect({ ...opened, found }).toEqual({ ...opened, found: opened.says });
    }
  }
  const sumOf = async (path: string, query: Record<string, string>, who = manager) =>
    (await list(who, path, query)).reduce((sum, { ms }) => sum + (ms ?? Number.NaN), 0);
  async function expectWhole() {
    await expectCounts(content.figures, url);
    if (content.before === null) throw new Error('nothing to compare with');
    await expectCounts(content.before, url, { week: 'before' });
    for (const [figures, query] of [
      [content.figures, {}],
      [content.before, { week: 'before' }],
    ] as const) {
      expect(await sumOf(url, { ...query, figure: 'talk-time' })).toBeCloseTo(figures.talkMs, -1);
      expect(await sumOf(url, { ...query, figure: 'signed-in-time' })).toBeCloseTo(figures.signedInMs, -1);
    }
  }

  test('are exactly as many as the figure says, for every figure of a week', async () => {
    // None of them is empty by chance: a list of nothing would prove nothing.
    expect(figuresOf(content.figures).filter(({ says }) => says === 0)).toEqual([]);
    expect(Math.min(content.before?.sales ?? 0, content.before?.talkMs ?? 0)).toBeGreaterThan(0);
    await expectWhole();
    for (const { topic, count } of content.voice)
      expect(await list(manager, url, { figure: 'voice', detail: topic })).toHaveLength(count);
  });

  test('and for every row of its tables', async () => {
    for (const row of content.byDay)
      for (const [figure, says] of [
        ['attempts', row.attempts],
        ['conversations', row.conversations],
        ['sales', row.sales],
      ] as const)
        expect(await list(manager, url, { figure, day: row.day })).toHaveLength(says);
    for (const row of content.byAgent)
      for (const [figure, says] of [
        ['conversations', row.conversations],
        ['sales', row.sales],
        ['inspected-sales', row.inspected],
        ['valid-sales', row.validSales],
      ] as const)
        expect(await list(manager, url, { figure, agentId: row.agentId })).toHaveLength(says);
    const share = async (query: Record<string, string>) =>
      (await sumOf(url, { figure: 'talk-time', ...query })) /
      (await sumOf(url, { figure: 'signed-in-time', ...query }));
    for (const { day, talkUtilization } of content.byDay)
      expect(await share({ day })).toBeCloseTo(talkUtilization ?? 0, 6);
    for (const { agentId, talkUtilization } of content.byAgent)
      expect(await share({ agentId })).toBeCloseTo(talkUtilization ?? 0, 6);
    const summed = (rows: { sales: number }[]) => rows.reduce((sum, { sales }) => sum + sales, 0);
    expect(summed(content.byDay)).toBe(content.figures.sales);
    expect(summed(content.byAgent)).toBe(content.figures.sales);
  });

  test('stay those of the published week, whatever becomes of them later', async () => {
    const { client } = database().database;
    await rig.clock.advance(hour);
    const now = new Date(rig.clock.now());
    await client.sale.updateMany({ data: { state: 'void' } });
    await client.caseFile.updateMany({ data: { valid: false, closedAt: now, satisfaction: null } });
    await client.inspection.updateMany({ data: { qualified: false, failed: ['understood'] } });
    await client.recording.updateMany({ where: { state: 'lost' }, data: { state: 'stored', storedAt: now } });
    await client.attempt.updateMany({
      where: { outcome: 'connected', disposition: null },
      data: { disposition: 'refused', outcomeAt: now },
    });
    manager = await rig.signedIn('manager');
    await expectWhole();
    await expect(database().database.pool.query('delete from weekly_summary_list')).rejects.toThrow(/append-only/);
  });

  test('are shown to the client with masked numbers and pseudonyms, of its own campaign only, and the look is logged', async () => {
    const client = await rig.signedIn('client');
    const items = await list(client, url, { figure: 'sales' });
    expect(items).toHaveLength(content.figures.sales);
    for (const { call } of items) {
      expect(call?.numberMasked).toMatch(/^\+12••••\d\d$/);
      expect(call?.agent?.name).toMatch(/^#[0-9A-F]{6}$/);
    }
    expect((await (await rig.signedIn('client2')).ask('GET', `${url}/calls?figure=sales`)).status).toBe(404);
    expect((await (await rig.signedIn('agent')).ask('GET', `${url}/calls?figure=sales`)).status).toBe(403);
    expect((await manager.ask('GET', `${url}/calls?figure=nonsense`)).status).toBe(400);
    expect((await manager.ask('GET', `${url}/calls?figure=sales&day=2026-01-12`)).status).toBe(400);
    const looks = await database().database.client.auditEntry.findMany({ where: { action: 'calls-read' } });
    expect(looks.at(-1)?.detail).toEqual({ figure: 'sales' });
  });

  test('of a week that is not published are those of this moment, and it is compared with what was published', async () => {
    const path = `/api/campaigns/${house.campaignId}/week`;
    const { body } = await manager.ask('GET', path);
    const { figures, before } = summaryContent.parse(body);
    expect(figures.attempts).toBeGreaterThan(0);
    expect(before).toEqual(content.figures);
    await expectCounts(figures, path);
    await expectCounts(content.figures, path, { week: 'before' });
    // A week that still runs ends now: nobody has been signed in until Sunday.
    expect(figures.signedInMs).toBeLessThanOrEqual((rig.clock.now() - week.end) * agentIds.length);
    expect(await sumOf(path, { figure: 'signed-in-time' })).toBeCloseTo(figures.signedInMs, -1);
    expect((await (await rig.signedIn('lead')).ask('GET', `${path}/calls?figure=sales`)).status).toBe(403);
    expect((await manager.ask('GET', `${url}/calls?figure=patrols`)).status).toBe(400);
  });

  test('of a card are as many as the card says, for the agent itself, its lead and the team', async () => {
    const of = async (who: Browser, subject: 'agent' | 'team') => {
      const path = `/api/scorecards?period=week&day=2026-01-05&subject=${subject}`;
      return scorecardRoutes['GET /api/scorecards'].reply.parse((await who.ask('GET', path)).body).items;
    };
    const lead = await rig.signedIn('lead');
    const cards = [...(await of(lead, 'agent')), ...(await of(lead, 'team'))];
    expect(cards).toHaveLength(3);
    for (const card of cards) {
      const subject = card.subject.id === house.teamIds[0] ? 'team' : 'agent';
      const figures: Opened[] = [
        { figure: 'attempts', says: card.attempts },
        { figure: 'conversations', says: card.conversations },
        { figure: 'sales', says: card.sales },
        { figure: 'valid-sales', says: card.validSales },
        { figure: 'inspected', says: card.inspected },
        { figure: 'inspected-sales', says: card.effectiveRate.denominator },
        { figure: 'qualified-sales', says: card.effectiveRate.numerator },
        { figure: 'complaints', says: card.complaints },
        { figure: 'self-checked', says: card.selfCheckAccuracy.denominator },
        { figure: 'self-check-agreed', says: card.selfCheckAccuracy.numerator },
        ...Object.entries(card.unqualifiedByCriterion).map(([detail, says]) => ({
          figure: 'unqualified' as const,
          detail,
          says,
        })),
        { figure: 'working-days', says: card.attendance.denominator },
        { figure: 'days-attended', says: card.attendance.numerator },
        ...(card.team === null ? [] : figuresOfTeam(card.team)),
      ];
      for (const opened of figures) {
        const query = { ...asked(opened), period: 'week', day: '2026-01-05', subject };
        const found = await list(lead, `/api/scorecards/${card.subject.id}`, query);
        expect({ ...opened, found: found.length }).toEqual({ ...opened, found: opened.says });
      }
      for (const [figure, says] of [
        ['talk-time', card.talkMs],
        ['wrap-up-time', card.wrapUpMs],
        ['signed-in-time', card.signedInMs],
        ['break-time', card.breakMs],
      ] as const) {
        expect(says).toBeGreaterThan(0);
        const query = { figure, period: 'week', day: '2026-01-05', subject };
        expect(await sumOf(`/api/scorecards/${card.subject.id}`, query, lead)).toBeCloseTo(says, -1);
      }
    }
    const own = await rig.signedIn('agent');
    const [mine, other] = [
      `/api/scorecards/${house.agentId}`,
      `/api/scorecards/${agentIds.find((id) => id !== house.agentId)}`,
    ];
    const query = 'calls?figure=attempts&period=week&day=2026-01-05';
    expect((await own.ask('GET', `${mine}/${query}`)).status).toBe(200);
    expect((await own.ask('GET', `${other}/${query}`)).status).toBe(404);
    expect((await (await rig.signedIn('lead2')).ask('GET', `${mine}/${query}`)).status).toBe(404);
  });
});
