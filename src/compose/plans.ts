/** Plans of repeated calls with their store. That a complaint is solved is quality's word; this is where the dialler is told. */
import { createDialerBus } from '../../dialer/adapters/bus.ts';
import { planStore } from '../../dialer/adapters/store/plans.ts';
import { createPlans, type PlanCommands } from '../../dialer/index.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/event-bus.ts';

export function composePlans(deps: { database: Database; bus: EventBus; clock: Pick<Clock, 'now'> }): PlanCommands {
  const { client } = deps.database;
  const bus = createDialerBus(deps.bus);
  return createPlans({
    store: planStore(client, (campaignIds, since) => solvedComplaints(client, campaignIds, since)),
    clock: deps.clock,
    publish: (event) => bus.publish(event),
  });
}

/** Closed complaints that came out of a call: of the others nobody knows whose number it is. */
async function solvedComplaints(
  client: PrismaClient,
  campaignIds: readonly string[],
  since: number,
): Promise<{ contactId: string; at: number }[]> {
  const rows = await client.caseFile.findMany({
    where: {
      ...{ kind: 'complaint', state: 'closed', duplicateOf: null, contactId: { not: null } },
      ...{ campaignId: { in: [...campaignIds] }, closedAt: { gte: new Date(since) } },
    },
    select: { contactId: true, closedAt: true },
  });
  return rows.flatMap(({ contactId, closedAt }) =>
    contactId === null || closedAt === null ? [] : [{ contactId, at: closedAt.getTime() }],
  );
}
