/** A plan in rotation over two days, from its laying out to the customers' phones, each morning with a system that was started anew. */
import { afterEach, expect, it } from 'vitest';
import { planSettings } from '../../../dialer/index.ts';
import { composePlans } from '../../../src/compose/plans.ts';
import { openEventBus } from '../../../src/platform/event-bus.ts';
import { fictionNumber, openCentre } from '../../contracts/dialer/centre.ts';
import { agentsAtWork } from '../../faults/dialer/floor-at-work.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { everybody, openRig, person } from './rig.ts';

const database = testDatabase({ maxConnections: 12 });
/** A Tuesday. */
const START = Date.UTC(2026, 0, 6, 10);
const DAY = 86_400_000;
const closers: (() => Promise<void>)[] = [];
const closeAll = async () => {
  for (const close of closers.splice(0).reverse()) await close();
};
afterEach(closeAll);

it('reaches everybody once in the period before anybody twice, by the same dialling as all other calls', async () => {
  const { client } = database().database;
  const settings = { limits: [], retry: [], pacing: { mode: 'progressive', ringTimeoutMs: 15_000 } };
  const centre = await openCentre(client, { agents: 2, contacts: 6, now: START - DAY, demo: true, settings });
  // They were called in an earlier round, and wait for nothing.
  await client.contact.updateMany({ data: { state: 'finished' } });

  const bus = await openEventBus({ kind: 'process', onError: () => {} });
  const called = async (day: number): Promise<string[]> => {
    const desk = { presence: 'signed-out', activity: 'none', attemptId: null, campaignId: null };
    await client.agentDesk.updateMany({ data: desk });
    const startMs = START + day * DAY;
    const rig = await openRig({
      ...{ database: database().database, network: everybody(person(3_000)), startMs, speed: 40 },
    });
    closers.push(() => rig.close());
    const plans = composePlans({
      database: database().database,
      bus,
      clock: rig.clock,
    });
    if (day === 0)
      await plans.create(
        centre.campaignId,
        {
          name: 'VIP',
          settings: planSettings.parse({
            who: { campaignIds: [centre.campaignId] },
            cycle: { kind: 'every', count: 2, unit: 'days' },
            share: { kind: 'rotation', share: 1 },
            window: { days: [1, 2, 3, 4, 5], from: '09:00', to: '19:00' },
            restDays: 0,
            startsOn: '2026-01-06',
          }),
        },
        { userId: null },
      );
    for (const plan of await plans.due()) await plans.layOut(plan);
    await rig.dialer.start();
    const work = agentsAtWork(rig, centre.agents);
    closers.push(() => work.stop());
    const { campaignId } = centre;
    await rig.until(
      async () =>
        (await client.contact.count({ where: { campaignId, state: { not: 'finished' } } })) === 0 &&
        (await client.attempt.count({ where: { campaignId, live: true } })) === 0,
      'the day’s customers were called',
    );
    const calls = await client.attempt.findMany({ where: { campaignId, intendedAt: { gte: new Date(startMs) } } });
    // On a busy machine the fast clock's customers may wait too long for an answer: those were called, and not reached.
    const { period, progress } = (await plans.list(campaignId)).items[0] ?? expect.fail('the plan is gone');
    const connected = { campaignId, connectedAt: { not: null }, intendedAt: { gte: new Date(period?.from ?? 0) } };
    expect(progress).toEqual({
      ...{ laid: day % 2 === 0 ? 3 : 6, waiting: 0, answered: 0 },
      reached: await client.attempt.count({ where: connected }),
    });
    await closeAll();
    return calls.map(({ number }) => number).sort();
  };

  const days = [await called(0), await called(1)];
  expect(days.map(({ length }) => length)).toEqual([3, 3]);
  expect(days.flat().sort()).toEqual([0, 1, 2, 3, 4, 5].map(fictionNumber));
  // The next round begins with whoever has waited longest.
  expect(await called(2)).toEqual(days[0]);
}, 60_000);
