import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formStore } from '../../../qa/adapters/store/forms.ts';
import { BUILT_IN_FORMS } from '../../../qa/rules/forms/index.ts';
import type { FormVersion } from '../../../src/contract/forms.ts';
import { useTestDatabase } from '../../support/database.ts';
import { answers, type JudgingHouse, makeJudgingHouse } from './judging-house.ts';

const roles = {
  agent: 'agent',
  ann: 'inspector',
  boss: 'supervisor',
  other: 'supervisor',
  manager: 'manager',
} as const;
const limits = {
  id: 'limits-told',
  text: { en: 'The limits were stated', zh: '说明了限制条件' },
  askedOf: 'all',
  mayNotApply: false,
  retired: false,
  reasons: [{ code: 'limits-left-out', text: { en: 'Limits left out', zh: '未说明限制条件' }, retired: false }],
} as const;

/** The body of a version with a new check, first in the criterion of the script. */
const withLimits = ({ title, criteria }: FormVersion) => ({
  title,
  criteria: criteria.map((criterion) =>
    criterion.id === 'approved-script'
      ? { ...criterion, checks: [{ ...limits, reasons: [...limits.reasons] }, ...criterion.checks] }
      : criterion,
  ),
});

describe('forms in the database', () => {
  const database = useTestDatabase();
  const store = () => formStore(database().database.client, new Map());

  it('begin as the built-in ones, version 1 of each', async () => {
    for (const form of BUILT_IN_FORMS) {
      expect(await store().newest(form.id)).toEqual({ formId: form.id, formVersion: form.version });
      expect(await store().published(form.id, form.version)).toEqual(form);
    }
    expect(await store().heads()).toHaveLength(BUILT_IN_FORMS.length);
  });

  it('can be neither changed nor deleted once they are published, by nobody', async () => {
    const { pool } = database().database;
    for (const change of [`update qa_form_version set note = 'x'`, 'delete from qa_form_version'])
      await expect(pool.query(`${change} where form_id = 'conduct'`)).rejects.toThrow(/qa_form_version is refused/);
  });

  it('have one draft each, which only who saw its latest state can change', async () => {
    const [form] = BUILT_IN_FORMS.filter(({ id }) => id === 'floor-patrol');
    if (form === undefined) throw new Error('the form of patrols comes with the product');
    const by = '00000000-0000-4000-8000-000000000001';
    expect(await store().begin({ ...form, version: 2 }, by, 1)).toBe(true);
    expect(await store().begin({ ...form, version: 3 }, by, 1)).toBe(false);
    expect(await store().save({ ...form, version: 2 }, 'why', 0, by, 2)).toBe(true);
    expect(await store().save({ ...form, version: 2 }, 'lost', 0, by, 3)).toBe(false);
    expect(await store().draft('floor-patrol')).toMatchObject({ version: 2, revision: 1, note: 'why', state: 'draft' });
    expect(await store().published('floor-patrol', 2)).toBeNull();
    expect(await store().publish('floor-patrol', 0, [], by, 4)).toBe(false);
    expect(await store().discard('floor-patrol', 1)).toBe(true);
    expect(await store().discard('floor-patrol', 1)).toBe(false);
    expect(await store().draft('floor-patrol')).toBeNull();
  });
});

describe('a new version of the form that sales are judged by', () => {
  const database = useTestDatabase();
  let house: JudgingHouse<keyof typeof roles>;
  const boss = () => house.person('boss');
  const form = 'valid-marketing';

  beforeAll(async () => {
    house = await makeJudgingHouse(database().database, {
      now: '2026-11-23T10:00',
      roles,
      settings: { quality: { dailyRate: 1, weeklyRate: 0, weeklyOverlap: 1 } },
    });
  });
  beforeEach(() => {
    house.clock.now += 1000;
  });
  const inspections = () => house.client.inspection.findMany({ orderBy: [{ drawnAt: 'asc' }, { kind: 'asc' }] });

  it('is drafted, refused while something is wrong with it, published, and never changed', async () => {
    const { forms } = house.quality;
    // A working day on, so that the first recording is drawn by version 1 and waits.
    await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-24T02:00');
    await house.quality.drawDue();

    const begun = await forms.begin(boss(), form);
    expect(begun).toMatchObject({ version: 2, state: 'draft', faults: [{ code: 'nothing-changed' }] });
    await expect(forms.begin(boss(), form)).rejects.toMatchObject({ code: 'form-draft-exists' });
    const three = { title: begun.title, criteria: begun.criteria.slice(0, 3) };
    const broken = await forms.save(boss(), form, { revision: begun.revision, note: '', body: three });
    expect(broken.faults.map(({ code }) => code)).toContain('not-the-four');
    await expect(forms.publish(boss(), form, { revision: broken.revision, sameMeaning: [] })).rejects.toMatchObject({
      code: 'form-invalid',
      faults: expect.arrayContaining([{ code: 'key-gone', field: 'criteria.explicit-consent' }]),
    });
    const stale = { revision: begun.revision, note: '', body: withLimits(begun) };
    await expect(forms.save(house.person('other'), form, stale)).rejects.toMatchObject({ code: 'form-draft-changed' });
    const right = await forms.save(boss(), form, { ...stale, note: 'Limits', revision: broken.revision });
    expect(right.faults).toEqual([]);
    const published = await forms.publish(boss(), form, { revision: right.revision, sameMeaning: [] });
    expect(published).toMatchObject({ version: 2, state: 'published', publishedBy: 'supervisor', note: 'Limits' });
    await expect(forms.save(boss(), form, { ...stale, revision: right.revision })).rejects.toMatchObject({
      code: 'form-draft-unknown',
    });
    expect(await forms.changes(form, 1, 2)).toEqual([
      expect.objectContaining({ what: 'check', how: 'added', at: ['approved-script', 'limits-told'] }),
    ]);
  });

  it('judges what is drawn after it; what was drawn before keeps version 1, and both are read back as they were', async () => {
    await house.conversation(house.person('agent'));
    house.clock.now = house.at('2026-11-25T02:00');
    await house.quality.drawDue();
    await house.quality.sweep();
    const [before, after] = await inspections();
    if (before === undefined || after === undefined) throw new Error('two recordings were drawn');
    expect([before.formVersion, after.formVersion]).toEqual([1, 2]);

    const judged = async ({ id, assignedTo }: { id: string; assignedTo: string | null }, reason: string) => {
      const judge = [house.person('ann'), boss(), house.person('other')].find(({ userId }) => userId === assignedTo);
      if (judge === undefined) throw new Error('handed out to nobody');
      const detail = await house.quality.inspections.open(judge, id);
      const given = answers(detail, 'approved-script').map((one) =>
        one.verdict === 'fail' ? { ...one, reason } : one,
      );
      return {
        judge,
        detail,
        score: () => house.quality.inspections.score(judge, id, { answers: given, note: '', listenedSeconds: 9 }),
      };
    };
    const codes = ({ formContent }: Awaited<ReturnType<typeof judged>>['detail']) =>
      formContent.criteria.flatMap(({ reasons }) => reasons.map(({ code }) => code));
    const key = 'limits-told/limits-left-out';
    const old = await judged(before, key);
    expect(codes(old.detail)).not.toContain(key);
    await expect(old.score()).rejects.toMatchObject({ code: 'answers-faulty' });
    await (await judged(before, 'tariff/missing')).score();
    const young = await judged(after, key);
    expect(codes(young.detail)).toContain(key);
    await young.score();

    for (const [id, version, reason] of [
      [before.id, 1, 'tariff/missing'],
      [after.id, 2, key],
    ] as const) {
      const { form: stamp, formContent, register } = await house.quality.inspections.read(house.person('manager'), id);
      expect(stamp).toEqual({ id: form, version });
      expect(formContent.version).toBe(version);
      expect(register.flatMap((entry) => entry.answers.flatMap((one) => one.reason ?? []))).toEqual([reason]);
    }
    const { rows } = await house.quality.causes.table(house.person('manager'), {
      period: 'week',
      periods: 4,
      split: 'none',
    });
    expect(rows.map(({ reason, total }) => [reason, total]).sort()).toEqual(
      [
        [key, 1],
        ['tariff/missing', 1],
      ].sort(),
    );
  });

  it('is not taken by a blind second judgement of what version 1 has judged', async () => {
    house.clock.now = house.at('2026-11-30T02:00');
    await house.quality.drawDue();
    const blind = (await inspections()).filter(({ kind }) => kind === 'overlap');
    expect(blind.length).toBe(1);
    const pair = await house.client.inspection.findUniqueOrThrow({ where: { id: blind[0]?.pairId ?? '' } });
    expect(blind[0]?.formVersion).toBe(pair.formVersion);
  });
});
