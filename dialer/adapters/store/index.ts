import type { Pool } from 'pg';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type {
  Campaigns,
  Floor,
  Lease,
  Listenings,
  PacingStore,
  Reading,
  Recordings,
  TaskContacts,
  TextStore,
  Transfers,
} from '../../ports.ts';
import { createCampaigns } from './campaigns.ts';
import { createFloor } from './floor.ts';
import { createLease } from './lease.ts';
import { createListenings } from './listenings.ts';
import { createPacingStore } from './pacing.ts';
import { pooledDb } from './pooled.ts';
import { createReading } from './reading.ts';
import { createRecordings } from './recordings.ts';
import { createTaskContacts } from './task-contacts.ts';
import { createTextStore } from './texts.ts';
import { createTransfers } from './transfers.ts';

type Stores = {
  floor: Floor;
  campaigns: Campaigns;
  recordings: Recordings;
  pacing: PacingStore;
  reading: Reading;
  taskContacts: TaskContacts;
  texts: TextStore;
  lease: Lease;
  transfers: Transfers;
  listenings: Listenings;
};

/** The engine's stores on one database: single statements on the pool, the few model queries and transactions by Prisma. */
export function createStores(prisma: PrismaClient, pool: Pool): Stores {
  const db = pooledDb(pool);
  return {
    floor: createFloor(db),
    campaigns: createCampaigns(prisma),
    recordings: createRecordings(db),
    pacing: createPacingStore(db),
    reading: createReading(db),
    taskContacts: createTaskContacts(prisma),
    texts: createTextStore(prisma),
    lease: createLease(db),
    transfers: createTransfers(db),
    listenings: createListenings(db),
  };
}
