/** Types of customers with their stores. That a complaint is open is quality's word; this is where the dialler is told. */
import { allocationStore } from '../../dialer/adapters/store/allocations.ts';
import { createDialerBus } from '../../dialer/adapters/bus.ts';
import { customerReading } from '../../dialer/adapters/store/customer-reading.ts';
import { extractionStore } from '../../dialer/adapters/store/extractions.ts';
import { pooledDb } from '../../dialer/adapters/store/pooled.ts';
import { segmentFacts } from '../../dialer/adapters/store/segment-facts.ts';
import { segmentRulesStore } from '../../dialer/adapters/store/segment-rules.ts';
import { segmentRunStore } from '../../dialer/adapters/store/segment-runs.ts';
import {
  type AllocationCommands,
  createAllocations,
  createExtractions,
  createSegments,
  type ExtractionCommands,
  type SegmentCommands,
} from '../../dialer/index.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/event-bus.ts';

type Deps = { database: Database; bus: EventBus; clock: Pick<Clock, 'now'> };

export function composeSegments({ database, bus, clock }: Deps): {
  segments: SegmentCommands;
  extractions: ExtractionCommands;
  allocations: AllocationCommands;
} {
  const { client } = database;
  const dialerBus = createDialerBus(bus);
  const segments = createSegments({
    store: segmentRulesStore(client),
    runs: segmentRunStore(client),
    facts: segmentFacts(client, customerReading(pooledDb(database.pool)), (of) => openComplaints(client, of)),
    clock,
  });
  const extractions = createExtractions({
    ...{ segments, clock, store: extractionStore(client) },
    publish: (event) => dialerBus.publish(event),
  });
  const allocations = createAllocations({ store: allocationStore(client), clock });
  return { segments, extractions, allocations };
}

/** Of those that came out of a call: of the others nobody knows whose number it is. */
async function openComplaints(
  client: PrismaClient,
  { centreId, clientId }: { centreId: string; clientId: string },
): Promise<string[]> {
  const campaigns = await client.campaign.findMany({ where: { centreId, clientId }, select: { id: true } });
  const rows = await client.caseFile.findMany({
    where: {
      ...{ kind: 'complaint', state: { not: 'closed' }, duplicateOf: null, contactId: { not: null } },
      campaignId: { in: campaigns.map(({ id }) => id) },
    },
    select: { contactId: true },
  });
  return rows.flatMap(({ contactId }) => contactId ?? []);
}
