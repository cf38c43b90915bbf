import { beforeAll, describe, expect, it } from 'vitest';
import type { CauseTable } from '../../../src/contract/causes.ts';
import { createReports } from '../../../src/reports/index.ts';
import { useTestDatabase } from '../../support/database.ts';
import { answers, type JudgingHouse, makeJudgingHouse } from './judging-house.ts';

const roles = {
  agent: 'agent',
  inspector: 'inspector',
  supervisor: 'supervisor',
  manager: 'manager',
  lead: 'lead',
} as const;

/** Weeks of Monday 23 and Monday 30 November 2026. */
describe('causes by period and the study meeting', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<keyof typeof roles>;
  let failed: { inspectionId: string; reason: string };

  beforeAll(async () => {
    house = await makeJudgingHouse(database().database, {
      roles,
      now: '2026-11-23T15:00',
      settings: { quality: { weeklyRate: 0, weeklyOverlap: 0 } },
    });
    const { attemptId } = await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T09:00');
    const { judge, detail } = await house.drawn('daily');
    await house.score(judge, detail, 'approved-script');
    const answer = answers(detail, 'approved-script').find(({ verdict }) => verdict === 'fail');
    failed = { inspectionId: detail.id, reason: answer?.reason ?? '' };
    const { id } = await house.quality.cases.open(house.person('manager'), {
      ...{ kind: 'complaint', channel: 'hotline', words: 'It costs money after all.', serious: false, department: '' },
      ...{ attemptId: null, number: null, campaignId: house.world.campaignId, recordingId: null },
    });
    // The dialler's row of the call is not in this house: the case is tied to it here.
    const agentId = house.person('agent').userId;
    await house.client.caseFile.update({ where: { id }, data: { cause: 'script', attemptId, agentId } });
    await house.quality.sweep();
    house.clock.now = house.at('2026-11-30T10:00');
    // Until the week is drawn supervisors, who may be given any of its recordings, are told of none.
    expect(said(await house.quality.causes.table(house.person('supervisor'), ask))).toEqual([
      ['complaint', 'script', null, [1, 0]],
    ]);
    await house.quality.drawDue();
  });

  const ask = { period: 'week', periods: 2, split: 'none' } as const;
  const said = ({ rows }: CauseTable) => rows.map(({ source, cause, part, counts }) => [source, cause, part, counts]);

  it('counts complaints by cause and failures by criterion and reason, with the cases and inspections that show them', async () => {
    const table = await house.quality.causes.table(house.person('supervisor'), ask);
    expect(table.periods).toEqual([
      { from: '2026-11-23', to: '2026-11-29' },
      { from: '2026-11-30', to: '2026-12-06' },
    ]);
    // The complaint has the recording judged again, blind: until that is done nothing is said of the first judgement.
    expect(said(table)).toEqual([['complaint', 'script', null, [1, 0]]]);
    await house.client.inspection.updateMany({ where: { reason: 'complaint' }, data: { state: 'closed' } });
    const after = await house.quality.causes.table(house.person('supervisor'), ask);
    expect(said(after)).toEqual([
      ['complaint', 'script', null, [1, 0]],
      ['inspection', 'approved-script', null, [1, 0]],
    ]);
    expect(failed.reason).not.toBe('');
    expect(after.rows[1]).toMatchObject({ reason: failed.reason, examples: [{ inspectionId: failed.inspectionId }] });
  });

  it.each([
    ['team', 'Team'],
    ['product', 'Fibre'],
    ['script', null],
  ] as const)('split by %s', async (split, part) => {
    const { rows } = await house.quality.causes.table(house.person('lead'), { ...ask, period: 'month', split });
    expect(rows.map((row) => row.part)).toEqual([part, part]);
  });

  it('split by who answers for them: whom the case found responsible, the agent of a failed recording; and as a file', async () => {
    const lead = house.person('lead');
    const names = new Map(
      (await house.client.user.findMany({})).map(({ id, displayName }) => [id, displayName] as const),
    );
    await house.client.$executeRaw`
      update qa_case set life = jsonb_set(life, '{found}', ${JSON.stringify({ cause: 'script', responsibleId: lead.userId })}::jsonb)`;
    const { causes } = house.quality;
    const query = { ...ask, split: 'person' } as const;
    const { rows } = await causes.table(lead, query);
    expect(rows.map(({ source, part }) => [source, part])).toEqual([
      ['complaint', names.get(lead.userId)],
      ['inspection', names.get(house.person('agent').userId)],
    ]);
    await house.client.$executeRaw`
      update qa_case set life = jsonb_set(life, '{found,responsibleId}', 'null'), department = 'Billing'`;
    expect((await causes.table(lead, query)).rows[0]?.part).toBe('Billing');
    const reports = createReports({
      database: database().database,
      quality: house.quality,
      clock: { now: () => house.clock.now },
    });
    const lines = (await reports.causesCsv(lead, query, 'en')).split('\r\n');
    expect(lines[1]).toBe(
      'Source,Cause,Reason,Part,2026-11-23 – 2026-11-29,2026-11-30 – 2026-12-06,Total,Cases,Inspections',
    );
    expect(lines[2]).toMatch(/^complaint,script,,Billing,1,0,1,[0-9a-f-]{36},$/);
    expect(lines[3]).toMatch(/^inspection,approved-script,[^,]+,[^,]+,1,0,1,,[0-9a-f-]{36}$/);
    expect(lines.at(-2)).toContain(new Date(house.clock.now).toISOString());
  });

  it('a meeting decides, four weeks before and after are compared, and a measure is checked once', async () => {
    const { causes } = house.quality;
    const supervisor = house.person('supervisor');
    const cause = { source: 'inspection', cause: 'approved-script', reason: failed.reason } as const;
    await causes.record(supervisor, {
      ...{ heldOn: '2026-11-30', people: 'all leads', notes: '' },
      measures: [{ ...cause, measure: 'The tariff comes first.' }],
    });
    const [meeting] = await causes.meetings(house.person('lead'));
    const [measure] = meeting?.measures ?? [];
    expect(meeting).toMatchObject({ heldOn: '2026-11-30', people: 'all leads' });
    expect(measure).toMatchObject({ ...cause, before: 1, after: 0, helped: null });
    const id = measure?.id ?? '';
    await causes.check(supervisor, id, { helped: true, finding: 'None since.' });
    await expect(causes.check(supervisor, id, { helped: false, finding: 'x' })).rejects.toMatchObject({
      code: 'measure-unknown',
    });
    expect((await causes.meetings(supervisor))[0]?.measures).toMatchObject([{ helped: true, finding: 'None since.' }]);
    const elsewhere = { ...supervisor, centreId: '00000000-0000-4000-8000-000000000001' };
    await expect(causes.meetings(elsewhere)).rejects.toMatchObject({ code: 'centre-unknown' });
  });
});
