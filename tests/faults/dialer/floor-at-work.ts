/** Agents who work by themselves, and what must hold whatever the carrier does. */
import { expect } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { Centre } from '../../contracts/dialer/centre.ts';
import type { Rig } from '../../flows/dialer/rig.ts';

/** Signs agents in and writes up every call as soon as it can be. Ends when told. */
export function agentsAtWork(rig: Rig, agents: string[]): { stop(): Promise<void> } {
  let stopped = false;
  const busy = agents.map(async (agent) => {
    await rig.dialer.agents.signIn(agent, {});
    while (!stopped) {
      const view = await rig.dialer.agents.view(agent);
      const attemptId = view.call?.attemptId;
      if (view.activity === 'wrap-up' && attemptId !== undefined) {
        await rig.dialer.agents
          .saveOutcome(agent, {
            attemptId,
            disposition: { kind: 'refused', reason: 'no' },
            mustSayTicked: [],
            note: '',
          })
          .catch(() => undefined);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(busy);
    },
  };
}

export const allOver = async (prisma: PrismaClient, centre: Centre): Promise<boolean> =>
  (await prisma.contact.count({ where: { campaignId: centre.campaignId, attempts: { gt: 0 } } })) ===
    centre.contacts.length &&
  (await prisma.attempt.count({ where: { campaignId: centre.campaignId, live: true } })) === 0 &&
  (await prisma.attempt.count({ where: { campaignId: centre.campaignId, outcome: 'connected', outcomeAt: null } })) ===
    0;

/** Facts that no fault may break. */
export async function expectSound(prisma: PrismaClient, centre: Centre): Promise<void> {
  const { campaignId } = centre;
  const attempts = await prisma.attempt.findMany({ where: { campaignId }, include: { recording: true } });
  for (const attempt of attempts) {
    if (attempt.state !== 'ended') continue;
    expect(attempt.outcome).not.toBeNull();
    if (attempt.connectedAt !== null) expect(attempt.recording).not.toBeNull();
  }
  // One carrier call for each attempt, and one attempt for each carrier call (unique by constraint).
  const intervals = await prisma.agentInterval.findMany({
    where: { userId: { in: centre.agents } },
    orderBy: { id: 'asc' },
  });
  for (const agent of centre.agents) {
    const own = intervals.filter(({ userId }) => userId === agent);
    own.forEach((interval, index) => {
      const next = own[index + 1];
      if (next !== undefined && interval.presence !== 'signed-out') expect(interval.endedAt).toEqual(next.startedAt);
    });
    const talks = own.filter(({ activity }) => activity === 'talking').map(({ attemptId }) => attemptId);
    expect(new Set(talks).size).toBe(talks.length);
  }
}
