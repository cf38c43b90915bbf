/** A suspension as quality tells of it: no selling call in any mode until a supervisor lifts it, and what quality asks for all the same. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHandoffs } from '../../../src/handoffs.ts';
import { composeQuality } from '../../../src/compose/quality.ts';
import { auditLog } from '../../../src/platform/audit.ts';
import { openCentre } from '../../contracts/dialer/centre.ts';
import { agentsAtWork } from '../../faults/dialer/floor-at-work.ts';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { everybody, openRig, person } from './rig.ts';

const database = testDatabase({ maxConnections: 12 });
const START = Date.UTC(2026, 0, 6, 10);
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const prisma = () => database().database.client;
const readyIn = (saw: unknown): number => z.object({ ready: z.number() }).parse(saw).ready;

async function open(mode: string) {
  await prisma().campaign.updateMany({ data: { state: 'finished' } });
  const settings = { limits: [], retry: [], pacing: { mode, ringTimeoutMs: 15_000 } };
  const centre = await openCentre(prisma(), { agents: 2, contacts: 40, now: START, demo: true, settings });
  const rig = await openRig({
    database: database().database,
    network: everybody(person(3_000)),
    startMs: START,
    speed: 40,
  });
  closers.push(() => rig.close());
  const quality = composeQuality({
    database: database().database,
    bus: { publish: () => {} },
    clock: rig.clock,
    country: 'US',
  });
  const faults: unknown[] = [];
  const handoffs = createHandoffs({
    database: database().database,
    dialer: rig.dialer,
    audit: auditLog(database().database),
    quality,
    clock: rig.clock,
    onError: (error) => faults.push(error),
  });
  const [suspended = '', other = ''] = centre.agents;
  const attempts = (agentId: string) =>
    prisma().attempt.count({
      where: { campaignId: centre.campaignId, OR: [{ agentId }, { connectedAt: { not: null }, agentId }] },
    });
  /** The level as quality has it, and the fact that it owes the dialler for it. */
  const told = async (maySell: boolean) => {
    await prisma().handoff.create({
      data: {
        topic: 'selling-changed',
        payload: { agentId: suspended, maySell },
        createdAt: new Date(rig.clock.now()),
      },
    });
    await handoffs.deliver();
    expect(faults).toEqual([]);
  };
  return { rig, centre, quality, suspended, other, attempts, told, handoffs };
}

describe('an agent suspended from selling', () => {
  it.each(['preview', 'progressive', 'predictive'])(
    'is given no selling call in %s mode, not their own appointment nor a retry kept for an agent, but a corrective call; and sells again once it is lifted',
    async (mode) => {
      const { rig, centre, suspended, other, attempts, told, handoffs } = await open(mode);
      const [appointment = '', kept = ''] = centre.contacts;
      await prisma().contact.update({ where: { id: appointment }, data: { agentId: suspended, priority: 50 } });
      await prisma().contact.update({
        where: { id: kept },
        data: { needsAgent: true, lockedUntil: new Date(START + 72 * 3_600_000), priority: 40 },
      });
      await told(false);
      await rig.dialer.start();
      const work = agentsAtWork(rig, centre.agents);
      closers.push(() => work.stop());
      const accept = async (agent: string) => {
        if (mode === 'preview') await rig.dialer.agents.acceptPreview(agent).catch(() => undefined);
      };
      await rig.until(async () => {
        await accept(other);
        return (await attempts(other)) >= 4;
      }, 'the other agent has had four calls');
      expect(await attempts(suspended)).toBe(0);
      // Nobody was dialled in the hope of the suspended one either: no decision counted more than the other as ready.
      const decisions = await prisma().pacingDecision.findMany({ where: { campaignId: centre.campaignId } });
      expect(decisions.map(({ saw }) => readyIn(saw)).filter((ready) => ready > 1)).toEqual([]);
      expect(decisions.length > 0).toBe(mode !== 'preview');

      const source = await prisma().attempt.findFirstOrThrow({
        where: { campaignId: centre.campaignId, agentId: other, live: false },
      });
      await prisma().handoff.create({
        data: {
          topic: 'task-call-wanted',
          payload: {
            origin: { kind: 'corrective', id: randomUUID() },
            attemptId: source.id,
            agentId: suspended,
            notBefore: rig.clock.now(),
            deadlineAt: rig.clock.now() + 86_400_000,
          },
          createdAt: new Date(rig.clock.now()),
        },
      });
      await handoffs.deliver();
      const corrective = await rig.until(async () => {
        await Promise.all([accept(other), accept(suspended)]);
        return prisma().attempt.findFirst({ where: { agentId: suspended }, include: { contact: true } });
      }, 'the corrective call is theirs');
      expect(corrective.contact.origin).toMatchObject({ kind: 'corrective' });

      await told(true);
      await rig.until(async () => {
        await Promise.all([accept(other), accept(suspended)]);
        return (await attempts(suspended)) > 1;
      }, 'sells again');
    },
    60_000,
  );
});
