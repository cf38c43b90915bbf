/** Work that is started, left and come back to: how far it is and what came of it is told to whoever started it, and to nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LongJob } from '../../../src/contract/long-jobs.ts';
import { useTestDatabase } from '../../support/database.ts';
import { makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

describe('a long job', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let campaignId: string;
  let manager: Browser;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    ({ campaignId } = await makeHouse(rig));
    manager = await rig.signedIn('manager');
  });
  afterAll(() => rig.close());

  const jobs = async (browser: Browser, query = '') => {
    const { body } = await browser.ask('GET', `/api/long-jobs${query}`);
    return (body as { items: LongJob[] }).items;
  };

  test('goes on when its asker has left, tells how far it is, and keeps its answer', async () => {
    const asked = await manager.ask('POST', '/api/what-if', { campaignId, agents: [2, 1, 2], hours: 0.25 });
    expect(asked).toMatchObject({ status: 200, body: { state: 'running', total: 2, subjectId: campaignId } });
    const { id } = asked.body as LongJob;
    // Somebody comes back in a browser of their own.
    const again = await rig.signedIn('manager');
    await expect
      .poll(async () => (await again.ask('GET', `/api/long-jobs/${id}`)).body, { interval: 20 })
      .toMatchObject({ state: 'done', done: 2, about: 'Campaign', whatIf: { rows: [{ agents: 1 }, { agents: 2 }] } });
    expect(await jobs(again, `?kind=what-if&subjectId=${campaignId}`)).toMatchObject([{ id }]);
    expect(await jobs(again, '?kind=week')).toEqual([]);
    const other = await rig.signedIn('lead');
    expect(await jobs(other)).toEqual([]);
    expect((await other.ask('GET', `/api/long-jobs/${id}`)).status).toBe(404);
  });

  test('that is refused says why; one whose process went down is not running any more', async () => {
    expect((await manager.ask('POST', `/api/campaigns/${campaignId}/week/publish`, { day: '2099-01-01' })).status).toBe(
      409,
    );
    expect(await jobs(manager, '?kind=week')).toMatchObject([{ state: 'failed', failure: 'week-not-over' }]);
    const { longJobs } = rig.services;
    const user = await database().database.client.user.findUniqueOrThrow({ where: { username: 'manager' } });
    await longJobs.begin({ kind: 'external-list', about: 'A list', userId: user.id }, () => new Promise(() => {}));
    expect(await jobs(manager, '?kind=external-list')).toMatchObject([{ state: 'running', failure: null }]);
    await database().database.client.longJob.updateMany({
      where: { kind: 'external-list' },
      data: { aliveUntil: new Date(rig.clock.now() - 1) },
    });
    expect(await jobs(manager, '?kind=external-list')).toMatchObject([{ state: 'failed', failure: 'interrupted' }]);
  });
});
